"""Every fenced block of every page is run, or says why not, and is then looked at."""

from pathlib import Path

import click
import pytest

from tests.docs.blocks import PAGES, blocks_of
from tests.docs.shell import Command, check, commands_of, shown_commands
from tests.docs.stage import Stage
from tests.docs.ways import play, run_suite


@pytest.mark.parametrize("page", [page for page in PAGES if any(blocks_of(page))])
def test_every_block_of_the_page_works(page: str, tmp_path: Path) -> None:
    blocks = list(blocks_of(page))
    with Stage(page, tmp_path) as stage:
        for block in blocks:
            try:
                play(block, stage)
            except Exception as error:
                error.add_note(f"in the block at {block}")
                raise
        run_suite(blocks, stage)


def test_the_persian_readme_has_the_same_blocks() -> None:
    """So that they need not be run twice."""
    assert [block[2:] for block in blocks_of("README.fa.md")] == [block[2:] for block in blocks_of("README.md")]


def test_commands_are_told_apart_as_a_shell_tells_them() -> None:
    script = "K=1  # a word\ncurl 'a\nb' \\\n  -d x\n\n# only a remark\nfor i in 1 2; do\n  echo $i\ndone\n"
    found = list(commands_of(script))
    assert [command.words[0] for command in found] == ["K=1", "curl", "for"]
    assert found[1].words == ["curl", "a\nb", "-d", "x"]
    assert [command.is_simple for command in found] == [True, True, False]
    assert Command("khatban explain --text 'a | b'").is_simple
    assert Command("curl x  # 409").refused_with == "409"


def test_a_console_shows_commands_with_what_they_print() -> None:
    assert list(shown_commands("$ a b\nc\nd\n$ e\n")) == [Command("a b", "c\nd\n"), Command("e", "")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("khatban sevre", "there is no command 'sevre'"),
        ("khatban serve --prot 1", "No such option"),
        ("khatban explain --from 3000200020 --to 09121110000", "text"),
        ("khatban clock jmp", "there is no command 'jmp'"),
        ("make dmeo", "make dmeo"),
    ],
)
def test_a_command_that_there_is_not_is_found(written: str, said: str) -> None:
    with pytest.raises((AssertionError, click.UsageError)) as caught:
        check(Command(written))
    error = caught.value
    assert said in (error.format_message() if isinstance(error, click.UsageError) else str(error))


def test_a_command_may_speak_of_files_that_are_not_there() -> None:
    check(Command("khatban report run --out elsewhere"))
    check(Command(".venv/bin/khatban run scenarios/none.yaml --out run"))
