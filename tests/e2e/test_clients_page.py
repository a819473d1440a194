"""The page about clients shows what the tests run."""

import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLIENTS = Path(__file__).parent / "clients"
PAGE = (ROOT / "docs" / "clients.md").read_text("utf-8")
SNIPPETS: list[tuple[str, str]] = re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
PROGRAMS = {
    path
    for path in CLIENTS.rglob("*")
    if path.suffix in {".py", ".js", ".pl", ".conf"} and "node_modules" not in path.parts
}


def stands_in(snippet: str, program: str) -> bool:
    """Whether the program has these lines, one after the other, at any one depth of indentation."""
    wanted, lines = snippet.splitlines(), program.splitlines()
    windows = ("\n".join(lines[at : at + len(wanted)]) for at in range(len(lines)))
    return any(textwrap.dedent(window) == "\n".join(wanted) for window in windows)


@pytest.mark.parametrize(("program", "snippet"), SNIPPETS)
def test_a_snippet_is_a_piece_of_its_program(program: str, snippet: str) -> None:
    assert stands_in(snippet, (ROOT / program).read_text("utf-8"))


def test_every_client_is_shown() -> None:
    assert {ROOT / program for program, _ in SNIPPETS} == PROGRAMS


def test_every_fenced_block_of_the_page_names_its_program() -> None:
    assert PAGE.count("```") == 2 * len(SNIPPETS)
