"""The page about pytest: its tables are the plugin's. Its files are run by `tests/docs`."""

from khatban_pytest import fixtures
from khatban_pytest.plugin import __all__ as listed
from khatban_pytest.settings import INI
from tests.khatban_pytest.project import OURS

PAGE = (OURS / "docs" / "pytest.md").read_text("utf-8")


def rows(first: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading, without the heading."""
    _, _, rest = PAGE.partition(f"| {first} |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def test_every_fixture_is_told() -> None:
    assert {row[0] for row in rows("fixture")} == set(listed)
    defined = {name for name, value in vars(fixtures).items() if type(value).__name__ == "FixtureFunctionDefinition"}
    assert defined == set(listed)


def test_every_option_is_told_with_its_default() -> None:
    told = {option: (marker, default) for marker, option, default, _ in rows("marker")}
    assert set(told) == {
        f"khatban_{name}" for name in (*INI, "seconds", "operator", "scenarios", "driver", "driver_options")
    }
    for name, (default, _) in INI.items():
        assert told[f"khatban_{name}"] == (name, default or "the world's")
