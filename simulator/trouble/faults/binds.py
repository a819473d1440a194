"""Binds that are refused, answered late or never, that end at once, or whose answer misstates the version."""

from typing import Literal

from pydantic import Field

from simulator.profiles.profile import Status
from simulator.smpp.codec import decode
from simulator.smpp.consts import HEADER_SIZE, CommandStatus, TlvTag
from simulator.smpp.pdus import BindRespFields
from simulator.smpp.tlvs import Tlv, encode_tlvs
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault, Number, Seconds, SessionFault
from simulator.trouble.fault_moments import BindAsked, Outgoing
from simulator.trouble.instructions import End, GoSilent, Hold, Instructions, Send
from simulator.trouble.wire_octets import c_string, rewritten


class BindRefused(SessionFault):
    """A bind is refused, whatever its credentials."""

    threads = fault_threads.BINDS
    name: Literal["bind-refused"] = "bind-refused"
    status: Status = int(CommandStatus.ESME_RBINDFAIL)

    def on_bind(self, _asked: BindAsked, /) -> int | None:
        """Refuses."""
        return self.status


class StillBound(SessionFault):
    """Who binds anew within `seconds` of his last session is told ESME_RALYBND: the old bind is still held."""

    threads = fault_threads.STILL_BOUND
    name: Literal["still-bound"] = "still-bound"
    seconds: Seconds = 30.0

    def on_bind(self, asked: BindAsked, /) -> int | None:
        """Refuses who comes back too soon."""
        return int(CommandStatus.ESME_RALYBND) if asked.idle is not None and asked.idle < self.seconds else None


class BindLate(SessionFault):
    """A bind is answered late, and nothing else comes before the answer."""

    threads = fault_threads.BINDS
    name: Literal["bind-late"] = "bind-late"
    after: Seconds = 5.0

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Delays the answer."""
        return (Hold(self.after), Send(outgoing.octets)) if outgoing.occasion == "bind_resp" else None


class BindUnanswered(SessionFault):
    """A bind is never answered; the connection stays open for some seconds, and nothing comes over it."""

    threads = fault_threads.BINDS
    name: Literal["bind-unanswered"] = "bind-unanswered"
    seconds: Seconds = 60.0

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Loses the answer."""
        return (GoSilent(self.seconds),) if outgoing.occasion == "bind_resp" else None


class FlappingBind(SessionFault):
    """A bind succeeds, and a moment later the connection is closed."""

    threads = fault_threads.BINDS
    name: Literal["flapping-bind"] = "flapping-bind"
    after: Seconds = 0.2

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Answers and closes."""
        is_bound = outgoing.occasion == "bind_resp" and outgoing.is_ok
        return (Send(outgoing.octets), End(after=self.after)) if is_bound else None


class InterfaceVersion(SessionFault):
    """The answer to a bind says another version in sc_interface_version; without `version` it lacks the TLV."""

    threads = fault_threads.VERSIONS
    name: Literal["interface-version"] = "interface-version"
    version: Number | None = Field(default=None, ge=0, le=0xFF)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Writes the answer anew."""
        if outgoing.occasion != "bind_resp" or not outgoing.is_ok:
            return None
        return (Send(rewritten(outgoing.octets, body=self._body(outgoing.octets))),)

    def _body(self, octets: bytes) -> bytes:
        pdu = decode(octets).pdu
        if not isinstance(pdu, BindRespFields):
            return octets[HEADER_SIZE:]
        tlvs = [tlv for tlv in pdu.tlvs if tlv.tag != TlvTag.SC_INTERFACE_VERSION]
        if self.version is not None:
            tlvs.append(Tlv(TlvTag.SC_INTERFACE_VERSION, bytes((self.version,))))
        return c_string(pdu.system_id) + encode_tlvs(tlvs)


FAULTS: tuple[type[Fault], ...] = (
    BindRefused,
    StillBound,
    BindLate,
    BindUnanswered,
    FlappingBind,
    InterfaceVersion,
)
"""In the order of the documentation."""
