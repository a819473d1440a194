"""Every fenced block of every page is run, or says why not, and is then looked at."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.docs.blocks import PAGES, Block, blocks_of
from tests.docs.shell import Command, check, commands_of, shown_commands
from tests.docs.stage import Operators, Stage
from tests.docs.ways import play, run_suite


@pytest.fixture(scope="module")
def operators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operators]:
    with Operators(tmp_path_factory.mktemp("operators")) as operators:
        yield operators


@pytest.mark.timeout(240)  # of a page with a suite, a run and a report, on a machine that has much else to do
@pytest.mark.parametrize("page", [page for page in PAGES if any(blocks_of(page))])
def test_every_block_of_the_page_works(page: str, tmp_path: Path, operators: Operators) -> None:
    blocks = list(blocks_of(page))
    with Stage(page, tmp_path, operators) as stage:
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
    assert Command("A=1 B_C='d e' locust -f x").program == "locust"


def test_a_console_shows_commands_with_what_they_print() -> None:
    assert list(shown_commands("$ a b\nc\nd\n$ e\n")) == [Command("a b", "c\nd\n"), Command("e", "")]


FAULTY = {
    "a console shows what is not printed": Block("p.md", 1, "console", "", "", "$ khatban --version\nkhatban 99\n"),
    "a status that is another": Block("p.md", 1, "sh", "", "", "curl http://127.0.0.1:8775/api/v1/messages  # 409\n"),
    "a resource that is none": Block("p.md", 1, "sh", "", "", "curl http://127.0.0.1:8775/api/v1/massages\n"),
    "a number that no line has": Block("p.md", 1, "sh", "", "", "khatban line show 3000999999\n"),
    "a shell's quote without end": Block("p.md", 1, "sh", "", "for a reason", "echo 'a\n"),
    "Python that is none": Block("p.md", 1, "python", "", "", "def f(:\n"),
    "a configuration's unknown key": Block("p.md", 1, "toml", "", "", "[server]\nprot = 1\n"),
    "a scenario's unknown step": Block("p.md", 1, "yaml", "", "", "title: A\nsteps: [{bnid: {as: panel}}]\n"),
    "a scenario's unknown clause": Block("p.md", 1, "yaml", "", "", "title: A\nclauses: [x.y]\nsteps: [unbind: ]\n"),
    "JSON that is none": Block("p.md", 1, "json", "", "", "{'a': 1}\n"),
    "no piece of its file": Block("p.md", 1, "python", "khatban_client/launch.py", "", "import gevent\n"),
    "a language without a way": Block("p.md", 1, "cobol", "", "", "STOP RUN.\n"),
    "nothing that vouches for it": Block("p.md", 1, "sql", "", "", "SELECT 1;\n"),
}


@pytest.mark.parametrize("block", FAULTY.values(), ids=FAULTY.keys())
def test_a_block_that_does_not_work_is_found(block: Block, tmp_path: Path, operators: Operators) -> None:
    with Stage(block.page, tmp_path, operators) as stage, pytest.raises(Exception, match=r"(?s)."):
        play(block, stage)


def test_a_block_says_nothing_of_itself_that_nobody_knows(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text('```sh unrun="why"\nls\n```\n', "utf-8")
    with pytest.raises(ValueError, match="unrun"):
        list(blocks_of(str(page)))


def test_a_suite_that_fails_without_saying_so_is_found(tmp_path: Path, operators: Operators) -> None:
    block = Block("p.md", 1, "python", "test_wrong.py", "", "def test_it():\n    assert False\n")
    with Stage(block.page, tmp_path, operators) as stage:
        play(block, stage)
        with pytest.raises(AssertionError, match="test_it"):
            run_suite([block], stage)


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
