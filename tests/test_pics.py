"""docs/pics.md is what the tables say."""

from simulator.smpp.consts import CommandId, CommandStatus, TlvTag
from tools import pics


def test_the_page_is_what_the_tables_say() -> None:
    assert pics.PAGE.read_text(encoding="utf-8") == pics.page(), "run python -m tools.pics"


def test_everything_that_has_a_name_is_on_the_page() -> None:
    text = pics.page()
    names = [*(each.name.lower() for each in CommandId), *(each.name.lower() for each in TlvTag)]
    assert [name for name in [*names, *CommandStatus.__members__] if f"`{name}`" not in text] == []
