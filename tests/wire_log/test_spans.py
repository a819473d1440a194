"""Where the fields of a PDU stand in its octets."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.codec import encode
from simulator.smpp.consts import TlvTag
from simulator.smpp.pdus import DistributionList, Pdu, SmeAddress, SubmitMulti, SubmitSm
from simulator.smpp.tlvs import build
from simulator.wire_log.spans import spans
from tests.smpp.test_codec import pdus


@given(pdus(), st.integers(1, 0x7FFFFFFF))
def test_the_spans_of_any_pdu_are_all_of_its_octets_in_order(pdu: Pdu, sequence_number: int) -> None:
    octets = encode(pdu, sequence_number)
    found = spans(octets)
    assert [span.start for span in found] == [0, *(span.end for span in found[:-1])]
    assert found[-1].end == len(octets)
    assert [span.value for span in found[:4]] == [len(octets), *(span.value for span in found[1:3]), sequence_number]


def test_a_message_is_told_field_by_field() -> None:
    octets = encode(
        SubmitSm(
            source_addr="3000",
            data_coding=8,
            short_message=b"\x06\x33",
            tlvs=(build(TlvTag.USER_MESSAGE_REFERENCE, 7),),
        ),
        1,
    )
    told = {span.name: (octets[span.start : span.end], span.value) for span in spans(octets)}
    assert told["source_addr"] == (b"3000\0", "3000")
    assert told["data_coding"] == (b"\x08", 8)
    assert (told["sm_length"], told["short_message"]) == ((b"\x02", 2), (b"\x06\x33", "0633"))
    assert told["user_message_reference"] == (b"\x02\x04\x00\x02\x00\x07", "0007")


def test_what_repeats_is_one_span_behind_its_count() -> None:
    destinations = (SmeAddress(1, 1, "98912"), DistributionList("staff"))
    octets = encode(SubmitMulti(dest_address=destinations, short_message=b"hi"), 1)
    told = {span.name: octets[span.start : span.end] for span in spans(octets)}
    assert told["number_of_dests"] == b"\x02"
    assert told["dest_address"] == b"\x01\x01\x0198912\0\x02staff\0"
    assert told["short_message"] == b"hi"
