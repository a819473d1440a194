"""The wording that errors about given values share: where a value stands, and what may have been meant."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

_FEW = 12


def path_of(location: Iterable[int | str]) -> str:
    """A value's place as a path: `("lines", 2, "number")` becomes `lines[2].number`."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def hint(word: str, known: Iterable[str]) -> str:
    """What may have been meant: `; did you mean 'demo'?`, or the known words when they are few, or nothing."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are: {', '.join(words)}" if 0 < len(words) <= _FEW else ""


def unknown_tag(error: Mapping[str, Any], thing: str, key: str, known: Collection[str]) -> str | None:
    """What is wrong where pydantic could not tell which of several kinds a table is; None for any other of its errors.

    `thing` is what there are kinds of, and `key` says of which kind it is.
    """
    context = error.get("ctx", {})
    if context.get("discriminator") != repr(key):
        return None
    if error["type"] == "union_tag_not_found":
        return f"a {thing} needs its {key}"
    tag = str(context["tag"])
    return f"there is no {thing} {tag!r}{hint(tag, known)}"


def line_of(text: str, path: str) -> int:
    """The line of a TOML text on which the value at a path such as `lines[2].number` stands, or its nearest parent."""
    steps = re.findall(r"([A-Za-z0-9_-]+)(?:\[(\d+)\])?", path)
    lines = text.splitlines()
    line = 0
    for depth, (key, index) in enumerate(steps):
        table = re.escape(".".join(step for step, _ in steps[: depth + 1]))
        header = re.compile(rf"^\s*\[\[?\s*{table}\s*\]")
        value = re.compile(rf"^\s*(?:[\w.-]+\.)?{re.escape(key)}\s*[=.]")
        headers = [number for number, written in enumerate(lines) if header.match(written)]
        values = [number for number, written in enumerate(lines) if number >= line and value.match(written)]
        if headers:
            line = headers[min(int(index or 0), len(headers) - 1)]
        elif values:
            line = values[0]
    return line + 1
