"""How a pattern is written: four ways to mark a variable, read into fixed parts and variables.

Owns the notations of the vendors and nothing else; what a text must look like to fit is `simulator.policy.patterns`'s
matter, who may use a pattern is `simulator.registry.pattern`'s.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

DEFAULT_MAX = 40
"""Characters that a variable may hold where nobody said another number, the common limit of Iranian panels."""
TOKEN_MAX = 100


class Syntax(StrEnum):
    """How variables are marked; one way a pattern."""

    PERCENT = "percent"
    TOKEN = "token"  # noqa: S105 - Kavenegar's word for a variable
    BRACES = "braces"
    HASH = "hash"


class VariableType(StrEnum):
    """What a variable may hold."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    AMOUNT = "amount"


class Variable(NamedTuple):
    """One place of a template that a value stands in."""

    name: str
    type: VariableType = VariableType.STRING
    max: int = DEFAULT_MAX
    blanks: int | None = None
    """How many blanks a value may hold; None where they are free."""


class Template(NamedTuple):
    """A pattern as it is compared: `parts[n]`, then `variables[n]`, and so on, and a last part."""

    syntax: Syntax
    parts: tuple[str, ...]
    variables: tuple[Variable, ...]

    def typed(self, types: Mapping[str, tuple[VariableType, int]]) -> "Template":
        """The template with the declared types and lengths; variables that are not declared stay as they are."""
        variables = (
            variable._replace(type=types[variable.name][0], max=types[variable.name][1])
            if variable.name in types
            else variable
            for variable in self.variables
        )
        return self._replace(variables=tuple(variables))


_MARKS: Mapping[Syntax, re.Pattern[str]] = MappingProxyType(
    {
        # A number may be a name too, unless it stands behind a digit: "10%20%" are two percentages.
        Syntax.PERCENT: re.compile(r"%(?P<name>[^\W\d][\w.-]*|(?<!\d%)\d[\w.-]*)%"),
        Syntax.TOKEN: re.compile(r"%(?P<name>token(?:10|20|2|3)?)(?![A-Za-z0-9_])"),
        Syntax.BRACES: re.compile(r"\{(?P<name>\d{1,3})\}"),
        Syntax.HASH: re.compile(r"#(?P<name>[A-Za-z_][A-Za-z0-9_]*)#"),
    }
)
_TOKEN_BLANKS: Mapping[str, int] = MappingProxyType({"token10": 5, "token20": 8})
"""Blanks that Kavenegar's wider tokens may hold; the others may hold none."""


def read_template(text: str, syntax: Syntax | None = None) -> Template:
    """The template that a text writes in `syntax`, or in the first syntax of which it bears a mark.

    A text without any mark is a template without variables.
    """
    chosen = syntax or _recognised(text)
    pieces = _MARKS[chosen].split(text)
    return Template(chosen, tuple(pieces[0::2]), tuple(_variable(name, chosen) for name in pieces[1::2]))


def _recognised(text: str) -> Syntax:
    """The syntax whose mark a text bears; `%name%` before the others, and where there is none."""
    return next((syntax for syntax, mark in _MARKS.items() if mark.search(text)), Syntax.PERCENT)


def _variable(name: str, syntax: Syntax) -> Variable:
    if syntax is Syntax.TOKEN:
        return Variable(name, max=TOKEN_MAX, blanks=_TOKEN_BLANKS.get(name, 0))
    return Variable(name)
