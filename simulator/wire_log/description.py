"""A PDU in words: its fields and TLVs by the specification's names, as values that JSON can hold.

It knows no field of any PDU: a PDU is a tuple of named values, and each value is shown by its own kind.
"""

from collections.abc import Mapping
from typing import Any, Final

from simulator.smpp.codec import decode
from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE, command_name, status_name
from simulator.smpp.errors import FramingError, PduError
from simulator.smpp.pdus import DataSm, DeliverSm, Pdu, SubmitMulti, SubmitSm
from simulator.smpp.text import Alphabet, decode_text
from simulator.smpp.tlv_table import TLVS, Kind
from simulator.smpp.tlvs import Tlv, tag_name, text_value
from simulator.smpp.udh import user_data

HIDDEN: Final = "•••"
"""Shown in place of a password."""


def describe(octets: bytes) -> dict[str, Any]:
    """What one PDU says; of one that cannot be decoded, what could be read and why no more.

    Octets in it are hexadecimal digits; the text of a message stands besides, as `text`.
    """
    said = _header(octets)
    try:
        pdu = decode(octets).pdu
    except PduError as error:
        said |= _fields(error.read)
        said["error"] = {
            "path": error.path,
            "reason": error.reason,
            "command_status": status_name(error.command_status),
        }
    except FramingError as error:
        said["error"] = {
            "path": "command_length",
            "reason": error.reason,
            "command_status": status_name(error.command_status),
        }
    else:
        if pdu is not None:
            said |= _fields(pdu._asdict()) | _message(pdu)
    return said


def _header(octets: bytes) -> dict[str, Any]:
    if len(octets) < HEADER_SIZE:
        return {}
    _, command, status, sequence_number = HEADER.unpack_from(octets)
    return {
        "command": command_name(command),
        "command_id": f"0x{command:08X}",
        "command_status": status_name(status),
        "sequence_number": sequence_number,
    }


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, and apart from them the TLVs, which may repeat."""
    fields = {name: _plain(value) for name, value in values.items() if name != "tlvs"}
    if "password" in fields:
        fields["password"] = HIDDEN
    return {"fields": fields, "tlvs": [_tlv(tlv) for tlv in values.get("tlvs", ())]}


def _plain(value: Any) -> Any:
    """A field's value, whatever it is made of."""
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "_asdict"):
        return {name: _plain(inner) for name, inner in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value


def _tlv(tlv: Tlv) -> dict[str, Any]:
    spec = TLVS.get(tlv.tag)
    value: int | str | None = tlv.value.hex()
    if spec is not None and spec.low <= len(tlv.value) <= spec.high:
        if spec.kind is Kind.INTEGER and tlv.value:
            value = int.from_bytes(tlv.value, "big")
        elif spec.kind is Kind.C_STRING:
            value = text_value((tlv,), tlv.tag)
    return {"tag": f"0x{tlv.tag:04X}", "name": tag_name(tlv.tag), "value": value}


def _message(pdu: Pdu) -> dict[str, Any]:
    """The text of a message, and which part of a longer one it is."""
    if isinstance(pdu, DataSm | SubmitMulti):
        short_message = pdu.short_message if isinstance(pdu, SubmitMulti) else b""
        pdu = SubmitSm(esm_class=pdu.esm_class, data_coding=pdu.data_coding, short_message=short_message, tlvs=pdu.tlvs)
    if not isinstance(pdu, SubmitSm | DeliverSm):
        return {}
    data = user_data(pdu)
    text = decode_text(pdu.data_coding, data.octets, Alphabet.GSM, data.languages, data.header_size)
    if data.part is None:
        return {"text": text}
    return {"text": text, "part": {**data.part._asdict(), "kind": data.part.kind.value}}
