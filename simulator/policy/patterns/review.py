"""What the operator's staff would object to in a pattern before they approve it.

Reviews the pattern alone. What is approved nevertheless stays approved: the decision is the operator's, the findings
are why he usually decides otherwise.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from simulator.messages import Label
from simulator.policy.content import classify
from simulator.policy.patterns.reading import Reading, squeeze
from simulator.policy.senders import names_sender
from simulator.registry.pattern import Pattern
from simulator.registry.pattern_syntax import Template, VariableType

MAX_VARIABLES = 10
_FIXED_LETTERS = 6
_STAND_IN = "12345"
_BARE = frozenset({"header", "body", "footer", "text", "message", "content", "matn", "msg", "متن", "پیام"})
"""Variables that stand for the text itself, so that approving the pattern would approve anything."""
_FOREIGN = re.compile(
    r"\{\{?[A-Za-z0-9_]*\}\}?|%[A-Za-z_][A-Za-z0-9_]*%|#[A-Za-z_][A-Za-z0-9_]*#|%token(?:10|20|2|3)?\b|\$\{?[A-Za-z_]\w*\}?"
)
"""Marks of any syntax; one that is left in a fixed part belongs to another syntax."""
_HALF_MARK = re.compile(r"(?<![\d٪%])%[A-Za-z_]+|[A-Za-z_]+%")
_WORD = re.compile(r"[^\W\d_]+")


class Finding(NamedTuple):
    """One reason why a pattern cannot be approved."""

    code: str
    says: str


def review(pattern: Pattern) -> tuple[Finding, ...]:
    """Everything that stands against a pattern; nothing if it can be approved."""
    template = pattern.template()
    return (
        *_on_marks(template),
        *_on_variables(template),
        *_on_fixed_text(template),
        *_on_sender(pattern, template),
    )


def _on_marks(template: Template) -> Iterator[Finding]:
    left = next((match[0] for part in template.parts if (match := _FOREIGN.search(part))), None)
    half = next((match[0] for part in template.parts if (match := _HALF_MARK.search(part))), None)
    if left is not None:
        yield Finding("unknown-syntax", f"{left!r} is no variable in the syntax {template.syntax.value!r}")
    elif half is not None:
        yield Finding("unknown-syntax", f"{half!r} looks like a variable whose mark is not closed")


def _on_variables(template: Template) -> Iterator[Finding]:
    variables = template.variables
    if not variables:
        yield Finding("no-variable", "the text has no variable: what is always the same needs no pattern")
    if len(variables) > MAX_VARIABLES:
        yield Finding("too-many-variables", f"{len(variables)} variables, at most {MAX_VARIABLES}")
    for name in dict.fromkeys(variable.name for variable in variables):
        if name.casefold() in _BARE:
            yield Finding("stands-for-anything", f"the variable {name!r} stands for the text itself")
    inner = zip(pairwise(variables), template.parts[1:-1], strict=True)
    for (left, right), between in inner:
        free = VariableType.STRING in (left.type, right.type)
        # A value holds no line break, so one between two variables parts them as well as a word does.
        if free and not any(character.isalnum() or character == "\n" for character in squeeze(between)):
            says = f"between the variables {left.name!r} and {right.name!r} there is no fixed word"
            yield Finding("adjacent-variables", says)


def _on_fixed_text(template: Template) -> Iterator[Finding]:
    letters = sum(len(word) for part in template.parts for word in _WORD.findall(part))
    if template.variables and letters < _FIXED_LETTERS:
        yield Finding("only-variables", f"{letters} letters of fixed text, at least {_FIXED_LETTERS}")
    # A text with holes in it reads as no message does; a number says least by itself.
    content = classify(_STAND_IN.join(template.parts))
    if content.label is Label.PROMOTIONAL:
        quotes = "، ".join(span.quote for span in content.evidence[:3])
        yield Finding("promotional-text", f"the fixed text is promotional ({content.category.value}): {quotes}")


def _on_sender(pattern: Pattern, template: Template) -> Iterator[Finding]:
    if pattern.sender:
        if not any(squeeze(pattern.sender) in squeeze(part) for part in template.parts):
            yield Finding("no-sender-name", f"the declared sender {pattern.sender!r} is not in the fixed text")
    elif not any(names_sender(Reading(part).folded) for part in template.parts):
        yield Finding("no-sender-name", "the fixed text does not say who sends it")
