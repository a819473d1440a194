import ast
from typing import Annotated, NamedTuple

import pytest

from simulator.smpp import codegen
from simulator.smpp.codegen import make_decoder, make_encoder
from simulator.smpp.consts import CommandStatus
from simulator.smpp.errors import PduError
from simulator.smpp.fields import CString, Octets, TlvStream, UInt, fields_of
from simulator.smpp.pdus import Pdu, SubmitSm
from simulator.smpp.tlvs import Tlv


def test_fields_are_in_wire_order_with_their_wire_types() -> None:
    fields = dict(fields_of(SubmitSm))
    assert tuple(fields) == SubmitSm()._fields
    assert fields["source_addr"] == CString(21, CommandStatus.ESME_RINVSRCADR)
    assert fields["data_coding"] == UInt()
    assert fields["short_message"] == Octets("sm_length", CommandStatus.ESME_RINVMSGLEN)
    assert fields["tlvs"] == TlvStream()


def test_a_field_without_a_wire_type_is_a_mistake_of_the_declaration() -> None:
    class Bad(NamedTuple):
        system_id: Annotated[str, "sixteen octets"]

    with pytest.raises(TypeError, match=r"^Bad\.system_id: its annotation holds no wire type$"):
        fields_of(Bad)


def test_the_generated_decoder_makes_no_call_per_field() -> None:
    source = codegen._DecoderSource(fields_of(SubmitSm))
    calls = [node.func for node in ast.walk(ast.parse("\n".join(source.lines))) if isinstance(node, ast.Call)]
    names = [call.id for call in calls if isinstance(call, ast.Name)]
    assert sorted(names) == ["decode_tlvs", "fault", *["index"] * 5, "len", "locals", "new", "str"]


def test_an_error_of_a_lone_octet_names_the_octet_that_is_missing() -> None:
    decode = make_decoder(SubmitSm)
    with pytest.raises(PduError) as caught:
        decode(b"\0\0\0\x13\0\0\0\4" + bytes(7) + b"\7" + b"\0\5")  # service_type and the TON
    assert caught.value.path == "submit_sm.source_addr_npi"
    assert caught.value.sequence_number == 7
    assert caught.value.reason == "the PDU ends after 18 octets, this field would be octet 19"
    assert caught.value.read == {"service_type": "", "source_addr_ton": 5}


@pytest.mark.parametrize(
    ("tlvs", "reason"),
    [
        (5, "submit_sm.tlvs: int where a tuple of Tlv is wanted"),
        ((Tlv(1, None),), "submit_sm.tlvs: object of type 'NoneType' has no len()"),  # type: ignore[arg-type] # meant
    ],
)
def test_tlvs_that_are_none(tlvs: tuple[Tlv, ...], reason: str) -> None:
    encode = make_encoder(SubmitSm)
    pdu: Pdu = SubmitSm(tlvs=tlvs)
    with pytest.raises(ValueError, match=r"submit_sm\.tlvs") as caught:
        encode(pdu, 1, 0)
    assert str(caught.value) == reason
