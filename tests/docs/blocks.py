"""The fenced blocks of the pages: what each says it is, and where it stands.

After the language a block may say `title="file"`: it is that file, or, where the repository has a file of that name, a
piece of it. `data-checked="reason"`: it is not run, because of the reason, but checked as far as that is possible.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))

_FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)```[ ]*$", re.MULTILINE | re.DOTALL)
_KNOWN = frozenset({"title", "data-checked"})


class Block(NamedTuple):
    """One of them.

    Attributes:
        page: Its path in the repository.
        line: Where its text begins, from 1.
        language: The first word behind the fence; empty if there is none.
        title: The file that it is, if any.
        checked: Why it is not run; empty if it is.
        text: With the indentation of the fence taken away.
    """

    page: str
    line: int
    language: str
    title: str
    checked: str
    text: str

    def __str__(self) -> str:
        """Where to look, as editors take it."""
        return f"{self.page}:{self.line}"


def blocks_of(page: str) -> Iterator[Block]:
    """The blocks of a page, in their order.

    Raises:
        ValueError: A block says something of itself that nobody knows.
    """
    content = (ROOT / page).read_text("utf-8")
    for found in _FENCE.finditer(content):
        yield _block(page, content.count("\n", 0, found.start()) + 2, found)


def _block(page: str, line: int, found: re.Match[str]) -> Block:
    language, _, rest = found["info"].strip().partition(" ")
    said = dict(word.partition("=")[::2] for word in shlex.split(rest))
    if not said.keys() <= _KNOWN:
        msg = f"{page}:{line}: a block says {rest!r} of itself"
        raise ValueError(msg)
    text = re.sub(rf"^{found['indent']}", "", found["text"], flags=re.MULTILINE)
    return Block(page, line, language, said.get("title", ""), said.get("data-checked", ""), text)
