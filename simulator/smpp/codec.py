"""PDUs to octets and back, for one whole PDU at a time; cutting a stream into PDUs is the session's work.

The decoders and encoders themselves are generated from the declarations in `pdus` (see `codegen`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.codegen import HEADER, Decoder, Encoder, make_decoder, make_encoder
from simulator.smpp.consts import HEADER_SIZE, RESPONSE_BIT, CommandStatus
from simulator.smpp.errors import FramingError
from simulator.smpp.pdus import PDU_TYPES, PDUS, Pdu, command_id

DECODERS: Final[Mapping[int, Decoder]] = MappingProxyType({command_id(each): make_decoder(each) for each in PDUS})
"""The decoder of each declared command_id."""

ENCODERS: Final[Mapping[type[Pdu], Encoder]] = MappingProxyType({each: make_encoder(each) for each in PDUS})
"""The encoder of each PDU class."""

_NO_BODY: Final = (b"", b"\0")


class Frame(NamedTuple):
    """One PDU with its header; `pdu` is None where no PDU is declared for the command_id."""

    command_id: int
    command_status: int
    sequence_number: int
    pdu: Pdu | None


def encode(pdu: Pdu, sequence_number: int, command_status: int = 0) -> bytes:
    """Write one PDU, header included.

    The body is written as given whatever the status: a refused submit_sm is answered by `SubmitSmResp()`, one NUL,
    because deployed clients name the error only if there is a body.

    Raises:
        ValueError: a value does not fit its field; the text begins with its path, such as `submit_sm.source_addr`.
    """
    return ENCODERS[type(pdu)](pdu, sequence_number, command_status)


def decode(frame: bytes) -> Frame:
    """Read one whole PDU.

    A response that carries an error may lack its body (3.4 drops it, 5.0 is silent), or have one NUL instead, as many
    peers write it; its fields are then the defaults.

    Raises:
        PduError: a field is broken.
        FramingError: the octets are not one PDU: fewer than 16, or not as many as command_length says.
    """
    if len(frame) < HEADER_SIZE:
        raise FramingError(CommandStatus.ESME_RINVCMDLEN, 0, f"{len(frame)} octets are no header")
    length, command, status, sequence_number = HEADER.unpack_from(frame)
    if length != len(frame):
        reason = f"command_length says {length} octets, there are {len(frame)}"
        raise FramingError(CommandStatus.ESME_RINVCMDLEN, sequence_number, reason)
    return Frame(command, status, sequence_number, decode_body(frame, command, status))


def decode_body(frame: bytes, command: int, status: int) -> Pdu | None:
    """Read the body of a whole PDU whose header is known to be sound; as `decode` in everything else."""
    decoder = DECODERS.get(command)
    if decoder is None:
        return None
    if status and command & RESPONSE_BIT and frame[HEADER_SIZE:] in _NO_BODY:
        return PDU_TYPES[command]()
    return decoder(frame)
