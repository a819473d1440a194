"""What the expectations about a submit share: which submit, which of its parts, and the operator's view of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from harness.driver_events import SessionEvent
from harness.operator_api import Message
from harness.reasons import reason_of
from harness.sessions import Submitted
from harness.stage import Stage, StepError
from harness.step import Step, Unmet
from harness.steps.submit import Submit
from harness.values import Name
from simulator.wording import hint


def _read_part(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


_JUST_BEFORE = 0.001
"""Seconds."""
PartChoice = Annotated[Literal["all", "last"] | Annotated[int, Field(ge=1, le=255)], BeforeValidator(_read_part)]
"""Which parts of a split text are meant: `all`, `last`, or one by its number from 1."""


class AboutSubmit(Step):
    """An expectation about one submit.

    Attributes:
        of: The submit's name; without it the last one.
    """

    of: Name | None = None

    def complaint(self, before: Sequence[Step]) -> str | None:
        """There must be such a submit."""
        submits = [step for step in before if isinstance(step, Submit)]
        if not submits:
            return "nothing has been submitted before this"
        named = [step.label for step in submits if step.label]
        if self.of is not None and self.of not in named:
            return f"no submit before this has the name {self.of!r}{hint(self.of, named)}"
        return None

    def submit(self, before: Sequence[Step]) -> Submit | None:
        """The submit that is meant, of those before this step."""
        submits = [step for step in before if isinstance(step, Submit) and self.of in (None, step.label)]
        return submits[-1] if submits else None


def chosen_parts(entry: Submitted, choice: str | int) -> Sequence[int]:
    """The numbers of the chosen parts, also of one that the text does not have (so that it is missed)."""
    if choice == "all":
        return range(1, entry.parts + 1)
    return (entry.parts if choice == "last" else int(choice),)


def too_early(stage: Stage, entry: Submitted, events: Iterable[SessionEvent], not_before: float | None) -> Unmet | None:
    """What is to be said if one of the events came earlier than so long after the submit, by the operator's clock.

    The submit's own moment is taken before the client sent it, and an event's when the client had told of it, so that
    what is found too early was too early.
    """
    if not_before is None:
        return None
    after = min((stage.transcript.moment_of(event) - entry.moment for event in events), default=not_before)
    if after >= not_before:
        return None
    return Unmet(
        (f"not before {not_before:g} s",), f"it came after {after:.1f} s", reason_of(last_message(stage, entry))
    )


def listed(words: Iterable[str], parts: int) -> str:
    """What came for each part, in one line: `ESME_ROK`, or `part 1: ESME_ROK, part 2: 0x00000404`."""
    said = list(words)
    if parts <= 1:
        return ", ".join(said)
    return ", ".join(f"part {number}: {word}" for number, word in enumerate(said, start=1))


def message_of(stage: Stage, entry: Submitted, part: int) -> Message:
    """The operator's record of one part of a submit.

    An accepted part is found by its message_id. A refused one has none: the operator keeps messages in the order of
    their coming, so those that no message_id claims are the refused ones, in the order in which they were sent.

    Raises:
        StepError: The part was not answered, or the operator's messages do not fit what was sent.
    """
    response = entry.responses.get(part)
    if response is None:
        raise StepError(f"part {part} has no answer, so its record cannot be found")
    held = stage.operator_of(entry.session).messages()
    by_id = {message["id"]: message for message in held}
    if response.message_id:
        if response.message_id not in by_id:
            raise StepError(f"the operator holds no message {response.message_id}")
        return by_id[response.message_id]
    submits = [one for one in stage.submitted if _end(one) == _end(entry)]
    own = [message for message in held if message["account"] == entry.session.account]
    claimed = {identifier for submit in submits for identifier in _accepted(submit, own)}
    left = [message for message in own if message["id"] not in claimed]
    # A call to several that is refused leaves a message for each of them.
    refused = [
        answer
        for submit in submits
        for _, answer in sorted(submit.responses.items())
        if not answer.message_id
        for _ in submit.call.recipients
    ]
    if len(left) != len(refused):
        raise StepError(f"{len(refused)} refused submit_sm, but the operator holds {len(left)} messages for them")
    return left[refused.index(response)]


def _end(entry: Submitted) -> tuple[str, str]:
    """At which operator a submit was made, and for which account: what others sent is not taken for it."""
    return entry.session.operator, entry.session.account


def _accepted(submit: Submitted, held: Sequence[Message]) -> Iterator[str]:
    """The ids of a submit's accepted messages: a call to several was told that of the first, the others follow it.

    Where some of several were refused, the count does not come out, and the step that asks for a refused one breaks.
    """
    places = {message["id"]: place for place, message in enumerate(held)}
    for answer in submit.responses.values():
        if answer.message_id:
            first = places.get(answer.message_id, len(held))
            call = held[first : first + len(submit.call.recipients)]
            yield from (one["id"] for one in call if one.get("received_at") == call[0].get("received_at"))


def last_message(stage: Stage, entry: Submitted) -> Message | None:
    """The record of a submit's last part, which bears the verdict on the whole; None where it has no record."""
    return record_of(stage, entry, entry.parts)


def record_of(stage: Stage, entry: Submitted, part: int) -> Message | None:
    """The operator's record of one part of a submit; None where it has none, or none that can be told."""
    try:
        return message_of(stage, entry, part)
    except StepError:
        return None


def hold_back(stage: Stage, entry: Submitted, not_before: float | None) -> None:
    """Brings clocks that stand still to just before a moment after the submit, so that what comes too early is seen."""
    if not_before is not None and stage.stands_still:
        left = entry.moment + not_before - stage.moment() - _JUST_BEFORE
        if left > 0:
            stage.pass_time(left, lambda: False)
