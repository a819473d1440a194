"""The JSON form of one message with all that is known of it: what befell it, the parts of its text, and its request."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Self

from pydantic import BaseModel, Field

from simulator.admin.models import MessageForm
from simulator.admin.moments import Moment, tehran_moment
from simulator.center.inquiries import Story
from simulator.messages import Message, Turn, TurnKind, message_id
from simulator.smpp.consts import CommandStatus, MessageState, status_name
from simulator.wire_log.description import describe
from simulator.wire_log.spans import spans

_NOTES: Final[Mapping[TurnKind, str]] = MappingProxyType(
    {
        TurnKind.HELD: "kept back until the rule that is against it lets it pass",
        TurnKind.RELEASED: "its time had come, and it was judged anew",
        TurnKind.JUDGED_INCOMPLETE: "the rest of its text did not come, so what there was of it was judged",
        TurnKind.ATTEMPT_FAILED: "the handset was tried in vain",
        TurnKind.PUT_FORWARD: "the handset was set otherwise, so it is tried at once",
        TurnKind.REPLACED: "replace_sm gave it another text",
        TurnKind.CALLED_BACK: "called back by its account",
        TurnKind.MOVED: "moved by hand",
    }
)


class Happening(BaseModel):
    """One moment of a message's history."""

    at: Moment
    event: str = Field(
        description="What happened, as a word for programs.",
        examples=["submitted", "attempt-failed", "ended", *TurnKind],
    )
    state: str = Field(description="The message_state from then on.", examples=["ENROUTE"])
    err: str = Field(description='"000" where nothing failed.')
    network_error: int | None = Field(description="The GSM code of network_error_code.")
    note: str = Field(description="The same for a person.")

    @classmethod
    def of_turn(cls, turn: Turn) -> Self:
        """The form of what befell a message."""
        until = "" if turn.until is None else f"; it goes on at {tehran_moment(turn.until):%Y-%m-%d %H:%M:%S}"
        return cls(
            at=tehran_moment(turn.at),
            event=turn.kind,
            state=MessageState(turn.state).name,
            err=turn.err,
            network_error=turn.network_error,
            note=_NOTES[turn.kind] + until,
        )

    @classmethod
    def plain(cls, at: float, event: str, state: int, err: str, note: str) -> Self:
        """The form of what follows from a message's own values."""
        state_name = MessageState(state).name
        return cls(at=tehran_moment(at), event=event, state=state_name, err=err, network_error=None, note=note)


class TextPart(BaseModel):
    """A part of the text that a message is a part of."""

    id: str
    number: int = Field(description="Which part of the text, from 1; one may have come twice.")
    state: str
    text: str


class MessageStory(MessageForm):
    """A message, what befell it, and the parts of its text."""

    history: list[Happening] = Field(description="From its submission to its end, the earliest first.")
    parts: list[TextPart] = Field(description="All parts that came of its text, itself among them; empty for a whole.")

    @classmethod
    def telling(cls, story: Story) -> Self:
        """The form of a message's story."""
        parts = [
            TextPart(
                id=message_id(part.number),
                number=part.part.number,
                state=MessageState(part.state).name,
                text=part.text,
            )
            for part in story.parts
            if part.part is not None
        ]
        return cls.of(story.entry, history=list(_history(story)), parts=parts)


def _history(story: Story) -> Iterator[Happening]:
    message = story.entry.message
    yield _beginning(message)
    yield from map(Happening.of_turn, story.turns)
    if message.done_at is None or message.command_status != CommandStatus.ESME_ROK:
        return
    yield Happening.plain(message.done_at, "ended", message.state, message.err, "it has reached its final state")
    if message.refunded_at is not None:
        note = f"{message.cost} rials were given back"
        yield Happening.plain(message.refunded_at, "refunded", message.state, message.err, note)


def _beginning(message: Message) -> Happening:
    if message.command_status != CommandStatus.ESME_ROK:
        note = f"refused in the response: {status_name(message.command_status)}"
        return Happening.plain(message.received_at, "refused", message.state, message.err, note)
    state, note = MessageState.ENROUTE, "submitted"
    if message.scheduled_for is not None and message.scheduled_for > message.received_at:
        state, note = MessageState.SCHEDULED, f"submitted for {tehran_moment(message.scheduled_for):%Y-%m-%d %H:%M:%S}"
    if message.part is not None:
        note += f" as part {message.part.number} of {message.part.total}"
    return Happening.plain(message.received_at, "submitted", state, "000", note)


class TlvForm(BaseModel):
    """A TLV of a PDU."""

    tag: str = Field(examples=["0x0424"])
    name: str = Field(examples=["message_payload"])
    value: int | str | None = Field(description="A number, a text, or octets as hexadecimal digits.")


class SpanForm(BaseModel):
    """A field of a PDU, and which of its octets it is: those from `start` to before `end`."""

    name: str = Field(examples=["source_addr"])
    start: int
    end: int
    value: int | str = Field(description="A number, a text, or octets as hexadecimal digits.")


class PduForm(BaseModel):
    """The request that brought a message, as it came."""

    name: str = Field(examples=["submit_sm"])
    octets: str = Field(description="All octets, header included, as hexadecimal digits.")
    sequence_number: int
    command_status: str
    fields: dict[str, Any] = Field(description="By the names of the specification; octets are hexadecimal digits.")
    tlvs: list[TlvForm]
    spans: list[SpanForm] = Field(
        description="The same in the order of the octets, header, lengths and counts included."
    )

    @classmethod
    def of(cls, octets: bytes) -> Self:
        """The form of a request that was understood when it came."""
        said = describe(octets)
        return cls(
            name=said["command"],
            octets=octets.hex(),
            sequence_number=said["sequence_number"],
            command_status=said["command_status"],
            fields=said["fields"],
            tlvs=[TlvForm(**tlv) for tlv in said["tlvs"]],
            spans=[SpanForm(**span._asdict()) for span in spans(octets)],
        )
