"""What the wire child makes of a text, and of the PDUs that come: pure functions beside its sockets."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from harness.drivers.child import ChildError, Submit, receipt_words
from harness.pdu_fields import build_pdu, plain_fields, plain_tlvs
from simulator.smpp.codec import decode, decode_body
from simulator.smpp.consts import ESM_UDHI, RESPONSE_BIT, CommandId, TlvTag, command_name
from simulator.smpp.errors import FramingError, PduError
from simulator.smpp.framing import Piece
from simulator.smpp.pdus import DataSm, DataSmResp, DeliverSm, Pdu, SubmitMultiResp, SubmitSmResp
from simulator.smpp.text import Alphabet, alphabet_of, decode_text, encode_as, encode_text, split_text
from simulator.smpp.tlvs import text_value
from simulator.smpp.udh import Concatenation, concatenation_udh, user_data

ENDS = {"source_addr_ton": 0, "source_addr_npi": 1, "dest_addr_ton": 1, "dest_addr_npi": 1}
"""The kinds of a message's addresses, unless told otherwise: the line's is unknown, the subscriber's international."""

_RECEIPT_MASK, _RECEIPT = 0x3C, 0x04


def message_pdus(submit: Submit, reference: int) -> list[Pdu]:
    """The PDUs of a submit: one, or one for each part with a header of 8-bit reference."""
    fields = {
        **ENDS,
        "source_addr": submit.source,
        "registered_delivery": int(submit.receipt),
        **_times(submit),
        **submit.fields,
    }
    name = submit.pdu
    if submit.also_to:
        name = "submit_multi"
        kinds = {kind: fields.pop(kind) for kind in ("dest_addr_ton", "dest_addr_npi")}
        numbers = (submit.destination, *submit.also_to)
        fields["dest_address"] = [{**kinds, "destination_addr": number} for number in numbers]
    else:
        fields["destination_addr"] = submit.destination
    return [
        _message(name, {**fields, **part}, submit, whole=submit.payload or name == "data_sm")
        for part in _parts(submit, reference)
    ]


def _times(submit: Submit) -> dict[str, str]:
    times = {"schedule_delivery_time": submit.schedule, "validity_period": submit.validity}
    return {name: value for name, value in times.items() if value}


def _message(name: str, fields: dict[str, Any], submit: Submit, *, whole: bool) -> Pdu:
    tlvs = list(submit.tlvs)
    if whole:
        tlvs.append({"tag": int(TlvTag.MESSAGE_PAYLOAD), "value": fields.pop("short_message")})
    return build_pdu(name, fields, tlvs)


def _parts(submit: Submit, reference: int) -> list[dict[str, Any]]:
    """The fields in which the parts of a text differ."""
    if submit.octets is not None:
        return [{"short_message": submit.octets}]
    asked = submit.fields.get("data_coding")
    whole = submit.payload or submit.pdu == "data_sm"
    texts = [submit.text] if whole else split_text(submit.text, is_utf16=asked is not None and asked != 0)
    data_coding = encode_text(submit.text)[0] if asked is None else int(asked)
    octets = [_encoded(text, data_coding) for text in texts]
    if len(octets) == 1:
        return [{"data_coding": data_coding, "short_message": octets[0].hex()}]
    esm_class = submit.fields.get("esm_class", 0) | ESM_UDHI
    return [
        {
            "data_coding": data_coding,
            "esm_class": esm_class,
            "short_message": (concatenation_udh(Concatenation(reference, len(octets), number)) + part).hex(),
        }
        for number, part in enumerate(octets, start=1)
    ]


def _encoded(text: str, data_coding: int) -> bytes:
    octets = encode_as(text, alphabet_of(data_coding, Alphabet.GSM))
    if octets is None:
        raise ChildError(f"data_coding {data_coding} lacks a character of the text")
    return octets


def told_pdu(octets: bytes) -> dict[str, Any]:
    """The fields of the event `pdu`."""
    _, command, status, number = (int.from_bytes(octets[at : at + 4], "big") for at in range(0, 16, 4))
    told: dict[str, Any] = {"name": command_name(command), "command_status": status, "sequence_number": number}
    told["octets"] = octets.hex()
    try:
        pdu = decode(octets).pdu
    except (PduError, FramingError) as error:
        read = error.read if isinstance(error, PduError) else {}
        return {**told, "fields": plain_fields(read), "error": str(error)}
    if pdu is None:
        return told
    return {**told, "fields": plain_fields(pdu._asdict()), "tlvs": plain_tlvs(pdu.tlvs)}


def reports_of(
    piece: Piece, submitted: MutableMapping[int, tuple[str, int]], binds: set[int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events, besides `pdu`, that tell of a PDU: their names and fields; what was answered is settled."""
    code, status, number, octets = piece
    try:
        pdu = decode_body(octets, code, status)
    except PduError:
        return
    if code == CommandId.ENQUIRE_LINK:
        yield "enquire_link", {}
    elif code == CommandId.GENERIC_NACK:
        yield "generic_nack", {"sequence_number": number, "command_status": status}
    elif code == CommandId.UNBIND_RESP:
        yield "unbound", {"command_status": status}
    elif code & RESPONSE_BIT and number in binds:
        binds.discard(number)
        yield "bound", {"command_status": status, "system_id": getattr(pdu, "system_id", "")}
    elif isinstance(pdu, SubmitSmResp | SubmitMultiResp | DataSmResp) and number in submitted:
        tag, part = submitted.pop(number)
        told = {"sequence_number": number, "command_status": status, "message_id": pdu.message_id}
        yield "response", {**told, "tag": tag, "part": part}
    elif isinstance(pdu, DeliverSm | DataSm):
        yield _delivered(pdu)


def _delivered(pdu: DeliverSm | DataSm) -> tuple[str, dict[str, Any]]:
    carried = DeliverSm(esm_class=pdu.esm_class, data_coding=pdu.data_coding, tlvs=pdu.tlvs)
    if isinstance(pdu, DeliverSm):
        carried = carried._replace(short_message=pdu.short_message)
    data = user_data(carried)
    text = decode_text(pdu.data_coding, data.octets, Alphabet.GSM, data.languages, data.header_size)
    ends = {"source": pdu.source_addr, "destination": pdu.destination_addr, "text": text}
    if pdu.esm_class & _RECEIPT_MASK != _RECEIPT:
        return "mo", ends
    return "receipt", {**receipt_words(text, text_value(pdu.tlvs, TlvTag.RECEIPTED_MESSAGE_ID) or ""), **ends}
