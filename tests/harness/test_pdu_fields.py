import pytest

from harness.pdu_fields import build_pdu, pdu_type, plain_fields, plain_tlvs
from simulator.smpp.pdus import PDUS, Pdu, SmeAddress, SubmitMulti, SubmitMultiResp, SubmitSm, UnsuccessSme, command_id
from simulator.smpp.tlvs import Tlv

FULL: tuple[Pdu, ...] = (
    SubmitSm(source_addr="30002", destination_addr="98912", short_message=b"\0\xff", tlvs=(Tlv(0x1401, b"\1"),)),
    SubmitMulti(dest_address=(SmeAddress(1, 1, "98912"),), short_message=b"a"),
    SubmitMultiResp("1", (UnsuccessSme(1, 1, "98912", 0x0B),)),
)


@pytest.mark.parametrize("pdu", [*FULL, *(each() for each in PDUS)], ids=lambda pdu: type(pdu).__name__)
def test_what_is_spelled_out_is_built_again(pdu: Pdu) -> None:
    name = command_id(type(pdu)).name.lower()
    assert pdu_type(name) is type(pdu)
    assert build_pdu(name, plain_fields(pdu._asdict()), plain_tlvs(pdu.tlvs)) == pdu


def test_octets_are_hexadecimal_digits() -> None:
    assert plain_fields({"short_message": b"\0\xff", "tlvs": ()}) == {"short_message": "00ff"}


@pytest.mark.parametrize("value", [True, "5", 1.5, None, [1]])
def test_a_number_is_a_number(value: object) -> None:
    with pytest.raises(ValueError, match=r"submit_sm\.esm_class: \w+ where int is wanted"):
        build_pdu("submit_sm", {"esm_class": value})


@pytest.mark.parametrize("value", ["98912", [1], None])
def test_a_group_is_a_list_of_mappings(value: object) -> None:
    with pytest.raises(ValueError, match=r"submit_multi\.dest_address: expected a list of mappings"):
        build_pdu("submit_multi", {"dest_address": value})


@pytest.mark.parametrize("tlv", [{}, {"tag": "5", "value": ""}, {"tag": 5}, {"tag": 5, "value": "f"}])
def test_a_tlv_has_a_tag_and_octets(tlv: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^unbind\.tlvs\[0\]\.(tag|value): "):
        build_pdu("unbind", {}, [tlv])
