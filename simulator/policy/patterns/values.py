"""What may stand in a variable: its type and length, and never a link, a line break or an advertisement."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from simulator.messages import Label
from simulator.policy.content import label_by_cues
from simulator.registry.pattern_syntax import Variable, VariableType

_GROUPED = r"[+-]?\d+(?:[,._' ]\d{3})*(?:[./]\d+)?"
_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|ابان|اذر|دی|بهمن|اسفند"
_WEEKDAYS = "(?:یک|دو|سه|چهار|پنج)? ?شنبه|جمعه"
_SHAPES: Mapping[VariableType, tuple[str, re.Pattern[str]]] = MappingProxyType(
    {
        VariableType.INTEGER: ("a whole number", re.compile(r"[+-]?\d+")),
        VariableType.NUMBER: ("a number", re.compile(_GROUPED)),
        VariableType.AMOUNT: ("an amount", re.compile(rf"{_GROUPED}(?: ?(?:ریال|تومان|تومن|rials?|tomans?|irr))?")),
        VariableType.DATE: (
            "a date",
            re.compile(
                rf"(?:(?:{_WEEKDAYS})[, ]*)?"
                rf"(?:\d{{2,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|\d{{1,2}} ?(?:{_MONTHS})(?: \d{{2,4}})?)"
                r"(?:[ -]*(?:ساعت)? ?\d{1,2}:\d{2}(?::\d{2})?)?"
            ),
        ),
    }
)
"""The words for a type, and how its values look after folding."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


def shape_flaw(variable: Variable, folded: str, length: int) -> str | None:
    """What is wrong with the form of a value of `length` characters as sent, or None."""
    if not folded:
        return "is empty"
    if "\n" in folded:
        return "holds a line break"
    if length > variable.max:
        return f"is too long: {length} characters, at most {variable.max}"
    if variable.blanks is not None and (blanks := len(folded.split()) - 1) > variable.blanks:
        return f"holds {blanks} blanks, at most {variable.blanks}"
    shape = _SHAPES.get(variable.type)
    if shape is not None and not shape[1].fullmatch(folded):
        return f"is not {shape[0]}"
    return None


def is_promotional(value: str) -> bool:
    """Whether a value of several words advertises; one word by itself may be anybody's name.

    Only cues are heard: what was learned from whole messages says nothing about a name or an amount out of its context.
    """
    return len(_WORD.findall(value)) > 1 and label_by_cues(value) is Label.PROMOTIONAL
