"""Messages from subscribers that nobody sent: deliver_sm that a fault makes up and sends around a submit_sm_resp.

They go from the submit_sm's destination to its line. What answers them finds nothing outstanding, and changes nothing.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from pydantic import Field

from simulator.smpp.codec import encode
from simulator.smpp.consts import ESM_UDHI, TlvTag
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.tlvs import Tlv, build
from simulator.smpp.udh import Concatenation, ReferenceKind, concatenation_udh
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault
from simulator.trouble.fault_moments import Outgoing
from simulator.trouble.instructions import Instructions, Send


class _Incoming(Fault):
    """Sends what `made` makes beside a submit_sm_resp, where the bind may receive it."""

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Adds the messages before the response."""
        if not (outgoing.submit_sm_resp and outgoing.request and outgoing.peer.can_receive):
            return None
        made = self.made(_envelope(outgoing.request))
        return *(Send(encode(pdu, outgoing.new_number())) for pdu in made), Send(outgoing.octets)

    def made(self, envelope: DeliverSm) -> tuple[DeliverSm, ...]:
        """The messages, of an empty one with its addresses."""
        raise NotImplementedError


def _envelope(request: SubmitSm) -> DeliverSm:
    return DeliverSm(
        source_addr_ton=request.dest_addr_ton,
        source_addr_npi=request.dest_addr_npi,
        source_addr=request.destination_addr,
        dest_addr_ton=request.source_addr_ton,
        dest_addr_npi=request.source_addr_npi,
        destination_addr=request.source_addr,
    )


class Interleaved(_Incoming):
    """A deliver_sm comes between a submit_sm and its response."""

    threads = fault_threads.INTERLEAVING
    name: Literal["interleaved-deliver-sm"] = "interleaved-deliver-sm"
    times: int = Field(default=1, ge=1, le=1000)

    def made(self, envelope: DeliverSm) -> tuple[DeliverSm, ...]:
        """Short messages."""
        return (envelope._replace(short_message=b"interleaved"),) * self.times


class EmptyText(_Incoming):
    """A deliver_sm comes whose sm_length is 0 and that has no message_payload."""

    threads = fault_threads.SM_LENGTH
    name: Literal["empty-text"] = "empty-text"

    def made(self, envelope: DeliverSm) -> tuple[DeliverSm, ...]:
        """Nothing in an envelope."""
        return (envelope,)


class BigPayload(_Incoming):
    """A deliver_sm comes with a message_payload of 16 KB or more."""

    threads = fault_threads.BIG_PAYLOADS
    name: Literal["big-payload"] = "big-payload"
    size: int = Field(default=16_384, ge=0, le=0xFFFF)

    def made(self, envelope: DeliverSm) -> tuple[DeliverSm, ...]:
        """A long text."""
        return (envelope._replace(tlvs=(Tlv(TlvTag.MESSAGE_PAYLOAD, b"x" * self.size),)),)


class OddOctets(_Incoming):
    """A deliver_sm of data_coding 0 holds what GSM 03.38, ASCII and Latin-1 read differently: 0x00, 0x1B."""

    threads = fault_threads.DATA_CODING_0
    name: Literal["odd-octets"] = "odd-octets"
    octets: str = Field(default="00021b6524405b7f80ff1b", pattern=r"^([0-9a-fA-F]{2})*$", max_length=508)

    def made(self, envelope: DeliverSm) -> tuple[DeliverSm, ...]:
        """The octets as they are."""
        return (envelope._replace(short_message=bytes.fromhex(self.octets)),)


_REFERENCE: Final = 0x5A
_TEXTS: Final = (b"one ", b"two ", b"three")


def _by_udh(envelope: DeliverSm, reference: int, number: int) -> DeliverSm:
    kind = ReferenceKind.UDH_8 if reference <= 0xFF else ReferenceKind.UDH_16
    header = concatenation_udh(Concatenation(reference, len(_TEXTS), number, kind))
    return envelope._replace(esm_class=ESM_UDHI, short_message=header + _TEXTS[number - 1])


def _by_sar(envelope: DeliverSm, reference: int, number: int) -> DeliverSm:
    tlvs = (
        build(TlvTag.SAR_MSG_REF_NUM, reference),
        build(TlvTag.SAR_TOTAL_SEGMENTS, len(_TEXTS)),
        build(TlvTag.SAR_SEGMENT_SEQNUM, number),
    )
    return envelope._replace(short_message=_TEXTS[number - 1], tlvs=tlvs)


def _both(envelope: DeliverSm, reference: int, number: int) -> DeliverSm:
    return _by_udh(envelope, reference, number)._replace(tlvs=_by_sar(envelope, reference, number).tlvs)


def _order(*numbers: int) -> Callable[[DeliverSm], tuple[DeliverSm, ...]]:
    return lambda envelope: tuple(_by_udh(envelope, _REFERENCE, number) for number in numbers)


_ARRANGEMENTS: Final[Mapping[str, Callable[[DeliverSm], tuple[DeliverSm, ...]]]] = MappingProxyType(
    {
        "shuffled": _order(3, 1, 2),
        "missing": _order(1, 3),
        "duplicated": _order(1, 2, 2, 3),
        "16-bit": lambda envelope: tuple(_by_udh(envelope, 0x100 + _REFERENCE, number) for number in (2, 3, 1)),
        # The 8-bit reference equals the low octet of the 16-bit one: they are two messages, each with a part missing.
        "mixed": lambda envelope: (
            _by_udh(envelope, _REFERENCE, 1),
            _by_udh(envelope, 0x100 + _REFERENCE, 2),
            _by_udh(envelope, _REFERENCE, 3),
        ),
        "sar": lambda envelope: tuple(_by_sar(envelope, _REFERENCE, number) for number in (2, 1, 3)),
        "udh-and-sar": lambda envelope: tuple(_both(envelope, _REFERENCE, number) for number in (1, 2, 3)),
    }
)


class ConcatenatedMo(_Incoming):
    """A message of three parts comes with its parts shuffled, one missing or twice, or with mixed references."""

    threads = fault_threads.CONCATENATION
    name: Literal["concatenated-mo"] = "concatenated-mo"
    arrangement: Literal["shuffled", "missing", "duplicated", "16-bit", "mixed", "sar", "udh-and-sar"] = "shuffled"

    def made(self, envelope: DeliverSm) -> tuple[DeliverSm, ...]:
        """The parts."""
        return _ARRANGEMENTS[self.arrangement](envelope)


FAULTS: tuple[type[Fault], ...] = (Interleaved, EmptyText, BigPayload, OddOctets, ConcatenatedMo)
"""In the order of the documentation."""
