"""What a test expects of the messages that came, and where a message differs from it, field by field.

The words are those by which messages are listed (`message_filters`). The parts of a longer text are one message here.
"""

from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.admin.message_filters import StateName
from simulator.admin.pages import MAX_NUMBER
from simulator.delivery.assembly import whole_texts
from simulator.messages import Category, Fate, Label, Message
from simulator.numbers.numbering import normal_mobile
from simulator.policy.patterns import Matcher
from simulator.policy.patterns.reading import Reading
from simulator.registry.lines import LineBook
from simulator.registry.pattern_syntax import read_template
from simulator.smpp.consts import MessageState, status_name

MAX_TEXT: Final = 255 * 153
"""Characters: the longest text that concatenation carries (255 parts, GSM 03.38)."""
_AROUND, _COMPARED = 20, 300
"""Characters that are shown around a difference, and of a text by which the nearest is found."""
_WAITING: Final = "none yet: it waits for the rest of its text"


class Arrived(NamedTuple):
    """A message that came: one submit_sm, or all parts of a text that did."""

    text: str
    parts: tuple[Message, ...]

    @property
    def first(self) -> Message:
        """The part that came first, or the message itself."""
        return self.parts[0]


def arrived(messages: Iterable[Message]) -> list[Arrived]:
    """Messages with the parts of each text together, in the order of their coming."""
    texts = [Arrived(text, tuple(parts)) for text, parts in whole_texts(messages)]
    return sorted(texts, key=lambda one: one.first.number)


class Difference(BaseModel):
    """One field in which a message is otherwise than expected."""

    field: str
    expected: Any
    actual: Any
    note: str | None = Field(description="Where a text differs, or why.")


_WEIGHTS: Final = {"to": 3, "text": 3, "text_is": 3, "pattern": 3, "line": 2}
"""What says most of which message was meant; everything else weighs one."""


def distance(differences: Iterable[Difference]) -> int:
    """How far a message is from the one that was meant."""
    return sum(_WEIGHTS.get(difference.field, 1) for difference in differences)


class Expectation(BaseModel):
    """Messages that should have come; what is left out may be anything."""

    model_config = ConfigDict(extra="forbid")

    line: str | None = Field(default=None, max_length=40, description="The line in any form, or the originator.")
    to: str | None = Field(default=None, max_length=40, description="The recipient, in any way of writing it.")
    account: str | None = Field(default=None, max_length=40)
    verdict: Fate | None = None
    rule: str | None = Field(default=None, max_length=100, description="The rule that refused or counted.")
    clause: str | None = Field(default=None, max_length=100, description="The clause on which it did.")
    label: Label | None = Field(default=None, description="What its text was taken for.")
    category: Category | None = None
    state: StateName | None = Field(default=None, description="Of all its parts.")
    err: str | None = Field(default=None, pattern=r"^[0-9]{3}$")
    command_status: str | None = Field(default=None, max_length=40, examples=["ESME_ROK", "0x00000401"])
    text: str | None = Field(default=None, min_length=1, max_length=MAX_TEXT, description="A part of the text.")
    text_is: str | None = Field(default=None, max_length=MAX_TEXT, description="The whole text.")
    pattern: str | None = Field(
        default=None,
        min_length=1,
        max_length=2000,
        description="The text with variables, as patterns of shared lines mark them; blanks and forms of letters count"
        " as little as there.",
        examples=["کد ورود شما به فروشگاه نمونه: %code%"],
    )
    count: int | None = Field(default=None, ge=0, le=MAX_NUMBER, strict=True, description="Exactly so many.")
    at_least: int | None = Field(default=None, ge=0, le=MAX_NUMBER, strict=True, description="1 where nothing is said.")
    at_most: int | None = Field(default=None, ge=0, le=MAX_NUMBER, strict=True)

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        if self.count is not None and (self.at_least is not None or self.at_most is not None):
            msg = "either count, or at_least and at_most"
            raise ValueError(msg)
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            msg = "at_least is more than at_most"
            raise ValueError(msg)
        return self

    @property
    def bounds(self) -> tuple[int, int | None]:
        """How many there must be, and may be at most."""
        if self.count is not None:
            return self.count, self.count
        at_least = self.at_least if self.at_least is not None else 0 if self.at_most is not None else 1
        return at_least, self.at_most

    def asked(self) -> dict[str, Any]:
        """What was said, as it was said."""
        said = self.model_dump(mode="json", exclude_unset=True)
        return said | ({} if self.state is None else {"state": self.state.name})


class Checker:
    """An expectation made ready to be held against messages."""

    def __init__(self, expectation: Expectation, lines: LineBook) -> None:
        self._expectation = expectation
        line = lines.find(expectation.line) if expectation.line else None
        self._line = line.number if line else expectation.line
        self._to = expectation.to and (normal_mobile(expectation.to) or expectation.to)
        self._matcher = None if expectation.pattern is None else Matcher(read_template(expectation.pattern))
        names = (name for name in _ACTUAL if getattr(expectation, name) is not None)
        self._plain = [(name, getattr(expectation, name), _ACTUAL[name]) for name in names]

    def differences(self, message: Arrived) -> list[Difference]:
        """Where a message is otherwise than expected; nothing where it fits."""
        return [*self._of_addresses(message.first), *self._of_values(message), *self._of_text(message.text)]

    def _of_addresses(self, message: Message) -> Iterator[Difference]:
        if self._line is not None and self._line not in (message.line, message.source):
            yield _difference("line", self._expectation.line, message.line or message.source)
        if self._to is not None and self._to not in (message.recipient, message.destination):
            yield _difference("to", self._expectation.to, message.recipient or message.destination)

    def _of_values(self, message: Arrived) -> Iterator[Difference]:
        for name, expected, actual_of in self._plain:
            actual = {actual_of(part) for part in message.parts}
            if actual != {_shown(expected)}:
                shown = sorted(map(str, actual)) if len(actual) > 1 else next(iter(actual))
                yield _difference(name, _shown(expected), shown, _why(name, message.first))

    def _of_text(self, text: str) -> Iterator[Difference]:
        expected = self._expectation
        if expected.text is not None and expected.text not in text:
            yield _difference("text", expected.text, text, "the text does not hold it")
        if expected.text_is is not None and expected.text_is != text:
            yield _difference("text_is", expected.text_is, text, _first_difference(expected.text_is, text))
        if self._matcher is not None and not (form := self._matcher.form(Reading(text))).matches:
            yield _difference("pattern", expected.pattern, text, form.why)

    def likeness(self, message: Arrived) -> float:
        """How near a text comes to the one that is expected, 0 to 1."""
        wanted = self._expectation.text_is or self._expectation.pattern or self._expectation.text or ""
        return SequenceMatcher(None, wanted[:_COMPARED], message.text[:_COMPARED]).quick_ratio()


def _label(message: Message) -> str | None:
    content = message.verdict and message.verdict.content
    return content.label if content else None


def _category(message: Message) -> str | None:
    content = message.verdict and message.verdict.content
    return content.category if content else None


_ACTUAL: Final[dict[str, Callable[[Message], Any]]] = {
    "account": lambda message: message.account,
    "verdict": lambda message: message.verdict.outcome if message.verdict else _WAITING,
    "rule": lambda message: message.verdict.rule if message.verdict else None,
    "clause": lambda message: message.verdict.clause if message.verdict else None,
    "label": _label,
    "category": _category,
    "state": lambda message: MessageState(message.state).name,
    "err": lambda message: message.err,
    "command_status": lambda message: status_name(message.command_status),
}
"""By the name of a field, what a message has there."""


def _shown(value: Any) -> Any:
    return value.name if isinstance(value, MessageState) else value


def _difference(field: str, expected: Any, actual: Any, note: str | None = None) -> Difference:
    return Difference(field=field, expected=expected, actual=actual, note=note)


def _why(field: str, message: Message) -> str | None:
    """What decided, where a verdict is otherwise than expected."""
    verdict = message.verdict
    if field not in ("verdict", "rule", "clause", "command_status") or verdict is None or verdict.rule is None:
        return None
    return f"{verdict.outcome} by {verdict.rule} under {verdict.clause}"


def _first_difference(expected: str, actual: str) -> str:
    pairs = enumerate(zip(expected, actual, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(expected), len(actual)))
    start = max(0, at - _AROUND // 2)
    wanted, found = (f"«{text[start : at + _AROUND]}»" for text in (expected, actual))
    return f"they differ from character {at + 1} on: {wanted}, but came {found}"
