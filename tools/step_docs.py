"""What the docstrings of the scenario language's models say of their fields, for its reference and its JSON Schema."""

import inspect
import re
from typing import NamedTuple

from pydantic import BaseModel

_ENTRY = re.compile(r"^(\w+): (.*)$")
_KEY = re.compile(r"^Key `\w+`: ")
_SEE = re.compile(r"^See `\w+`\.$")


class Docs(NamedTuple):
    """A model's docstring.

    Attributes:
        summary: What stands before its attributes, as paragraphs.
        fields: What is said of each field, by its name in Python; also what its bases say.
    """

    summary: str
    fields: dict[str, str]


def docs_of(model: type[BaseModel]) -> Docs:
    """What the docstring of a model of the language says."""
    fields: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            own = _attributes(inspect.getdoc(base) or "")
            fields |= {name: text for name, text in own.items() if not _SEE.match(text)}
    summary = (inspect.getdoc(model) or "").partition("\n\nAttributes:")[0]
    return Docs(summary, fields)


def _attributes(docstring: str) -> dict[str, str]:
    _, found, section = docstring.partition("\nAttributes:\n")
    entries: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in section.splitlines() if found else ():
        text = line.strip()
        if line.startswith("    ") and not line.startswith("     ") and (entry := _ENTRY.match(text)):
            lines = entries.setdefault(entry[1], [])
            text = entry[2]
        lines.append(text)
    return {name: _sentence(" ".join(words)) for name, words in entries.items()}


def _sentence(text: str) -> str:
    bare = _KEY.sub("", text)
    return bare[:1].upper() + bare[1:]
