"""Connections that end badly, or do not end although nobody is there any more."""

from typing import Literal

from pydantic import Field

from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandId
from simulator.smpp.pdus import Unbind
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault, OccasionFault, Seconds, SessionFault
from simulator.trouble.fault_moments import Outgoing
from simulator.trouble.instructions import End, GoSilent, Instructions, Send


class _Ending(OccasionFault):
    """A fault that ends the connection when a PDU of one kind is due; `answered` says whether that PDU still leaves."""

    answered: bool = True

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Answers, if it is to, and ends."""
        answer: Instructions = (Send(outgoing.octets),) if self.answered else ()
        return *answer, *self.end(outgoing)

    def end(self, _outgoing: Outgoing, /) -> Instructions:
        """How it ends."""
        raise NotImplementedError


class Reset(_Ending):
    """The connection is reset (RST); what was on its way may be lost."""

    name: Literal["reset"] = "reset"
    answered: bool = False

    def end(self, _outgoing: Outgoing, /) -> Instructions:
        """By RST."""
        return (End(is_reset=True),)


class Closed(_Ending):
    """The connection is closed without an unbind."""

    threads = fault_threads.ENDINGS
    name: Literal["closed-without-unbind"] = "closed-without-unbind"

    def end(self, _outgoing: Outgoing, /) -> Instructions:
        """By FIN."""
        return (End(),)


class UnbindAndClose(_Ending):
    """The operator sends unbind and closes at once, without waiting for the answer."""

    threads = fault_threads.ENDINGS
    name: Literal["unbind-and-close"] = "unbind-and-close"

    def end(self, outgoing: Outgoing, /) -> Instructions:
        """By unbind and FIN."""
        return Send(encode(Unbind(), outgoing.new_number())), End()


class CutInPdu(Fault):
    """The connection is closed in the middle of a PDU."""

    threads = fault_threads.WRITES
    name: Literal["cut-in-pdu"] = "cut-in-pdu"
    at: int = Field(default=10, ge=1)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Sends the beginning and closes."""
        return (Send(outgoing.octets[: self.at]), End()) if outgoing.submit_sm_resp else None


class UnbindRespLost(SessionFault):
    """The client's unbind is not answered; the connection is just closed."""

    threads = fault_threads.ENDINGS
    name: Literal["unbind-resp-lost"] = "unbind-resp-lost"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Loses the answer."""
        return () if outgoing.header.command_id == CommandId.UNBIND_RESP else None


class HalfOpen(_Ending):
    """The operator goes silent without closing, as when a NAT forgets a connection: neither FIN nor RST."""

    threads = fault_threads.HALF_OPEN
    name: Literal["half-open"] = "half-open"
    seconds: Seconds = 3600.0

    def end(self, _outgoing: Outgoing, /) -> Instructions:
        """By silence."""
        return (GoSilent(self.seconds),)


FAULTS: tuple[type[Fault], ...] = (Reset, Closed, UnbindAndClose, CutInPdu, UnbindRespLost, HalfOpen)
"""In the order of the documentation."""
