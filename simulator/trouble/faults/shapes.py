"""PDUs that are not laid out as the standard says: octets too many or too few, lengths that lie, unknown TLVs."""

from typing import Literal

from pydantic import Field

from simulator.smpp.consts import HEADER_SIZE, CommandStatus, TlvTag
from simulator.smpp.tlvs import Tlv, build, encode_tlvs
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault, Number, OccasionFault
from simulator.trouble.fault_moments import Occasion, Outgoing
from simulator.trouble.instructions import End, Instructions, Send
from simulator.trouble.wire_octets import extended, rewritten


class _Altering(OccasionFault):
    """A fault that changes the octets of a PDU."""

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Alters the PDU."""
        return (Send(self.altered(outgoing.octets)),)

    def altered(self, octets: bytes) -> bytes:
        """The PDU as it leaves."""
        raise NotImplementedError


class UnknownTlv(_Altering):
    """A response or a deliver_sm bears a TLV that nobody knows; `tag` from 0x1400 on is a vendor's."""

    threads = fault_threads.UNKNOWN_TLVS
    name: Literal["unknown-tlv"] = "unknown-tlv"
    tag: Number = Field(default=0x1401, ge=0, le=0xFFFF)
    value: str = Field(default="de00ad", pattern=r"^([0-9a-fA-F]{2})*$", max_length=1000)

    def altered(self, octets: bytes) -> bytes:
        """With the TLV behind all else."""
        return extended(octets, encode_tlvs([Tlv(self.tag, bytes.fromhex(self.value))]))


class CongestionState(_Altering):
    """A response bears congestion_state, a TLV of SMPP 5.0, whatever its peer speaks."""

    threads = fault_threads.UNKNOWN_TLVS
    name: Literal["congestion-state"] = "congestion-state"
    level: int = Field(default=90, ge=0, le=99)

    def altered(self, octets: bytes) -> bytes:
        """With the TLV behind all else."""
        return extended(octets, encode_tlvs([build(TlvTag.CONGESTION_STATE, self.level)]))


class TrailingOctets(_Altering):
    """Behind the last field come octets that are no TLV; command_length counts them."""

    threads = fault_threads.SURPLUS_OCTETS
    name: Literal["trailing-octets"] = "trailing-octets"
    octets: str = Field(default="ffff", pattern=r"^([0-9a-fA-F]{2})+$", max_length=1000)

    def altered(self, octets: bytes) -> bytes:
        """With the octets behind all else."""
        return extended(octets, bytes.fromhex(self.octets))


class SurplusNul(_Altering):
    """Behind the last field, such as short_message, comes one NUL that no length but command_length counts."""

    threads = fault_threads.SURPLUS_OCTETS
    name: Literal["surplus-nul"] = "surplus-nul"
    on: Occasion = "deliver_sm"

    def altered(self, octets: bytes) -> bytes:
        """With the NUL behind short_message, or behind the last field where there is none."""
        end = _short_message_at(octets) if self.on == "deliver_sm" else None
        if end is None:
            return extended(octets, b"\0")
        end += 1 + octets[end]
        return rewritten(octets, body=octets[HEADER_SIZE:end] + b"\0" + octets[end:])


class TruncatedTlv(_Altering):
    """The last TLV says more octets than the PDU holds."""

    threads = fault_threads.SURPLUS_OCTETS
    name: Literal["truncated-tlv"] = "truncated-tlv"

    def altered(self, octets: bytes) -> bytes:
        """With a TLV of two octets that says eight."""
        return extended(octets, encode_tlvs([Tlv(TlvTag.NETWORK_ERROR_CODE, bytes(8))])[:-6])


class WrongSmLength(Fault):
    """sm_length of a deliver_sm disagrees with the text: `by` more, or fewer, octets than there are."""

    threads = fault_threads.SM_LENGTH
    name: Literal["wrong-sm-length"] = "wrong-sm-length"
    by: int = Field(default=1, ge=-255, le=255)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Changes the one octet."""
        if not outgoing.deliver_sm:
            return None
        at = _short_message_at(outgoing.octets)
        wrong = min(max(outgoing.octets[at] + self.by, 0), 0xFF)
        return (Send(outgoing.octets[:at] + bytes((wrong,)) + outgoing.octets[at + 1 :]),)


class CommandLength(OccasionFault):
    """command_length is insane: below 16, or gigabytes; nobody can read on, so the connection ends behind it."""

    threads = fault_threads.STRAY_OCTETS
    name: Literal["command-length"] = "command-length"
    length: Number = Field(default=0xFFFFFFFF, ge=0, le=0xFFFFFFFF)
    end_after: float = Field(default=1.0, ge=0, le=3600)

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Changes the length."""
        return Send(rewritten(outgoing.octets, command_length=self.length)), End(after=self.end_after)


class UnknownCommand(Fault):
    """Before a response comes a request with a command_id that nobody knows; generic_nack has to answer it."""

    name: Literal["unknown-command"] = "unknown-command"
    command_id: Number = Field(default=0x00010200, ge=0, le=0xFFFFFFFF)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Adds the request."""
        if not outgoing.submit_sm_resp:
            return None
        number = outgoing.new_number()
        stray = rewritten(
            outgoing.octets,
            command_id=self.command_id,
            command_status=int(CommandStatus.ESME_ROK),
            sequence_number=number,
            body=b"\xde\xad\xbe\xef",
        )
        return Send(stray), Send(outgoing.octets)


def _short_message_at(octets: bytes) -> int:
    """Where the sm_length of a deliver_sm stands (3.4, 4.6.1)."""
    at = octets.index(b"\0", HEADER_SIZE) + 3  # service_type, source TON and NPI
    at = octets.index(b"\0", at) + 3  # source_addr, destination TON and NPI
    at = octets.index(b"\0", at) + 4  # destination_addr, esm_class, protocol_id, priority_flag
    at = octets.index(b"\0", at) + 1  # schedule_delivery_time
    at = octets.index(b"\0", at) + 1  # validity_period
    return at + 4  # registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id


FAULTS: tuple[type[Fault], ...] = (
    UnknownTlv,
    CongestionState,
    TrailingOctets,
    SurplusNul,
    TruncatedTlv,
    WrongSmLength,
    CommandLength,
    UnknownCommand,
)
"""In the order of the documentation."""
