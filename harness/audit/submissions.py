"""What a client submits, whichever command carries it: its text, its recipients, its parts."""

from typing import Final, NamedTuple

from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import ESM_UDHI, TlvTag
from simulator.smpp.pdus import DataSm, SmeAddress, SubmitMulti, SubmitSm
from simulator.smpp.states import Role
from simulator.smpp.text import Alphabet, alphabet_of, decode_text
from simulator.smpp.tlvs import get
from simulator.smpp.udh import UserData, user_data

_SUBMITS: Final = (SubmitSm, SubmitMulti, DataSm)


class Submission(NamedTuple):
    """A message on its way to the operator.

    Attributes:
        wire: the PDU that carries it.
        source: the originator as it was written.
        destinations: the recipients likewise.
        source_ton: the type of number of the originator.
        esm_class: as it was written.
        data_coding: as it was written.
        registered_delivery: as it was written.
        octets: short_message, or message_payload where that is empty; with its user data header.
        data: the same taken apart.
    """

    wire: WirePdu
    source: str
    destinations: tuple[str, ...]
    source_ton: int
    esm_class: int
    data_coding: int
    registered_delivery: int
    octets: bytes
    data: UserData

    @property
    def alphabet(self) -> Alphabet:
        """How its octets become characters, where data_coding 0 is GSM 03.38."""
        return alphabet_of(self.data_coding, Alphabet.GSM)

    @property
    def text(self) -> str:
        """What it says, without its header."""
        return decode_text(self.data_coding, self.data.octets, Alphabet.GSM, self.data.languages, self.data.header_size)

    @property
    def has_header(self) -> bool:
        """Whether its esm_class says that its octets begin with a user data header."""
        return bool(self.esm_class & ESM_UDHI)

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same message when it is sent again, under whatever sequence number and reference."""
        part = self.data.part
        place = (part.number, part.total) if part else None
        return self.source, self.destinations, self.data_coding, self.data.octets, place


def submission(wire: WirePdu) -> Submission | None:
    """What a PDU submits; None if it is no submission, or cannot be decoded."""
    pdu = wire.pdu
    if wire.sender is not Role.ESME or not isinstance(pdu, _SUBMITS):
        return None
    short_message = b"" if isinstance(pdu, DataSm) else pdu.short_message
    carried = SubmitSm(esm_class=pdu.esm_class, short_message=short_message, tlvs=pdu.tlvs)
    return Submission(
        wire,
        pdu.source_addr,
        _destinations(pdu),
        pdu.source_addr_ton,
        pdu.esm_class,
        pdu.data_coding,
        pdu.registered_delivery,
        short_message or get(pdu.tlvs, TlvTag.MESSAGE_PAYLOAD) or b"",
        user_data(carried),
    )


def _destinations(pdu: SubmitSm | SubmitMulti | DataSm) -> tuple[str, ...]:
    if isinstance(pdu, SubmitMulti):
        return tuple(
            each.destination_addr if isinstance(each, SmeAddress) else each.dl_name for each in pdu.dest_address
        )
    return (pdu.destination_addr,)
