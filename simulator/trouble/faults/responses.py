"""What may become of a submit_sm_resp on its way: lost, late, twice, out of order, misnumbered, without its body.

The message itself was decided on and is in the store, whatever its ESME hears.
"""

from typing import Literal

from pydantic import Field

from simulator.smpp.consts import HEADER_SIZE
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault, Seconds
from simulator.trouble.fault_moments import Outgoing
from simulator.trouble.instructions import Instructions, Send
from simulator.trouble.wire_octets import c_string, rewritten


class NoResponse(Fault):
    """submit_sm is never answered."""

    threads = fault_threads.LATE_RESPONSES
    name: Literal["no-response"] = "no-response"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Loses the response."""
        return () if outgoing.submit_sm_resp else None


class LateResponse(Fault):
    """submit_sm is answered late, perhaps after the client gave up; other answers overtake it."""

    threads = fault_threads.LATE_RESPONSES
    name: Literal["late-response"] = "late-response"
    after: Seconds = 5.0

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Delays the response."""
        return (Send(outgoing.octets, self.after),) if outgoing.submit_sm_resp else None


class DuplicateResponse(Fault):
    """submit_sm is answered several times, each time the same."""

    threads = fault_threads.SEQUENCE_NUMBERS
    name: Literal["duplicate-response"] = "duplicate-response"
    times: int = Field(default=2, ge=2, le=100)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Repeats the response."""
        return (Send(outgoing.octets),) * self.times if outgoing.submit_sm_resp else None


class ResponsesOutOfOrder(Fault):
    """Every other response waits, so that the next one overtakes it; it leaves after `after` seconds at the latest."""

    threads = fault_threads.SEQUENCE_NUMBERS
    name: Literal["responses-out-of-order"] = "responses-out-of-order"
    after: Seconds = 0.2

    def on_send(self, outgoing: Outgoing, turn: int, /) -> Instructions | None:
        """Delays the first, third, ... response."""
        return (Send(outgoing.octets, 0.0 if turn % 2 else self.after),) if outgoing.submit_sm_resp else None


class WrongSequenceNumber(Fault):
    """The response bears another sequence_number: 0, the next one, or one that nobody used."""

    threads = fault_threads.SEQUENCE_NUMBERS
    name: Literal["wrong-sequence-number"] = "wrong-sequence-number"
    sequence: Literal["zero", "next", "other"] = "other"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Changes the number."""
        if not outgoing.submit_sm_resp:
            return None
        own = outgoing.header.sequence_number
        number = {"zero": 0, "next": (own + 1) & 0xFFFFFFFF, "other": own ^ 0x40000000}[self.sequence]
        return (Send(rewritten(outgoing.octets, sequence_number=number)),)


class OkWithoutBody(Fault):
    """submit_sm is answered with ESME_ROK and nothing behind the header: the message_id is never known."""

    threads = fault_threads.BODIES
    name: Literal["ok-without-body"] = "ok-without-body"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Takes the body off."""
        if not outgoing.submit_sm_resp or not outgoing.is_ok:
            return None
        return (Send(rewritten(outgoing.octets, body=b"")),)


class ErrorWithoutBody(Fault):
    """A refused submit_sm is answered by a header alone, as SMPP 3.4 has it; without the fault there is one NUL."""

    threads = fault_threads.BODIES
    name: Literal["error-without-body"] = "error-without-body"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Takes the body off."""
        if not outgoing.submit_sm_resp or outgoing.is_ok:
            return None
        return (Send(rewritten(outgoing.octets, body=b"")),)


class ForeignMessageId(Fault):
    """The response tells the message_id in another form than the receipt will: hexadecimal, padded or in upper case."""

    threads = fault_threads.MESSAGE_ID_FORMS
    name: Literal["foreign-message-id"] = "foreign-message-id"
    form: Literal["hex", "hex-upper", "hex-padded", "decimal", "padded"] = "hex"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Writes the id anew."""
        pdu = outgoing.submit_sm_resp
        if not pdu or not pdu.message_id.isdigit():
            return None
        return (Send(_with_message_id(outgoing, in_form(pdu.message_id, self.form))),)


def in_form(message_id: str, form: str) -> str:
    """A decimal message_id in another form of the same number."""
    number = int(message_id)
    forms = {"hex": "x", "hex-upper": "X", "hex-padded": "08X", "decimal": "d", "padded": "020d"}
    return format(number, forms[form])


def _with_message_id(outgoing: Outgoing, message_id: str) -> bytes:
    """A submit_sm_resp with another message_id; its TLVs stay."""
    _, _, tlvs = outgoing.octets[HEADER_SIZE:].partition(b"\0")
    return rewritten(outgoing.octets, body=c_string(message_id) + tlvs)


FAULTS: tuple[type[Fault], ...] = (
    NoResponse,
    LateResponse,
    DuplicateResponse,
    ResponsesOutOfOrder,
    WrongSequenceNumber,
    OkWithoutBody,
    ErrorWithoutBody,
    ForeignMessageId,
)
"""In the order of the documentation."""
