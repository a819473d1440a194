"""Pieces of Markdown that the generated pages share."""

import html
from collections.abc import Iterable, Iterator


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table."""
    titles = list(head)
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def cell(text: str) -> str:
    """Any text as the cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def code(text: str) -> str:
    """Any text as code in the cell of a table, where a bar ends the cell or keeps its backslash, by the dialect."""
    if "|" not in text:
        return f"`{text}`"
    return f"<code>{html.escape(text, quote=False).replace('|', '&#124;')}</code>"


def right_to_left(text: str) -> str:
    """A Persian text as a block of its own."""
    return f'<div dir="rtl">{html.escape(text, quote=False).replace(chr(10), "<br>")}</div>'
