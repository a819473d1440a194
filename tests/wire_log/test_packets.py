"""The made-up packets, read by the tests' own reader, which checks their checksums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.wire_log.packets import MAX_SEGMENT, Conversation, Direction, Endpoint, checksum
from tests.smpp.helpers import octets
from tests.wire_log.capture import ACK, FIN, PSH, SYN, add_words, read_tcp

IN, OUT = Direction.IN, Direction.OUT
ESME, MC = Endpoint("127.0.0.1", 40_000), Endpoint("127.0.0.2", 2775)
ESME_HOST, MC_HOST = b"\x7f\0\0\x01", b"\x7f\0\0\x02"


def test_the_checksum_of_the_example_in_rfc_1071() -> None:
    assert checksum(octets("0001 f203 f4f5 f6f7")) == 0xFFFF - 0xDDF2


@given(st.binary(min_size=1, max_size=99).filter(any))
def test_a_checksum_makes_the_words_add_up(data: bytes) -> None:
    padded = data + bytes(len(data) % 2)
    assert add_words(padded + checksum(data).to_bytes(2, "big")) == 0xFFFF


def test_a_packet_octet_by_octet() -> None:
    conversation = Conversation(ESME, MC)
    [packet, *_] = conversation.opening()
    assert packet == octets(
        "45 00 0028 0000 4000 40 06 3ccd 7f000001 7f000002",
        "9c40 0ad7 00000000 00000000 50 02 ffff 0ac8 0000",
    )


def test_a_connection_from_handshake_to_end() -> None:
    conversation = Conversation(ESME, MC)
    packets = [
        *conversation.opening(),
        *(segment.packet for segment in conversation.data(IN, b"bind")),
        *(segment.packet for segment in conversation.data(OUT, b"bound")),
        *conversation.closing(IN),
        *conversation.closing(OUT),
    ]
    esme, mc = (ESME_HOST, 40_000), (MC_HOST, 2775)
    assert [read_tcp(packet) for packet in packets] == [
        (esme, mc, 0, 0, SYN, b""),
        (mc, esme, 0, 1, SYN | ACK, b""),
        (esme, mc, 1, 1, ACK, b""),
        (esme, mc, 1, 1, PSH | ACK, b"bind"),
        (mc, esme, 1, 5, PSH | ACK, b"bound"),
        (esme, mc, 5, 6, FIN | ACK, b""),
        (mc, esme, 6, 6, ACK, b""),
        (mc, esme, 6, 6, FIN | ACK, b""),
        (esme, mc, 6, 7, ACK, b""),
    ]


@pytest.mark.parametrize(("peer", "local"), [("::1", "fe80::1%lo"), ("::ffff:127.0.0.1", "::ffff:127.0.0.1")])
def test_ipv6(peer: str, local: str) -> None:
    conversation = Conversation(Endpoint(peer, 1), Endpoint(local, 2))
    packets = [*conversation.opening(), *(segment.packet for segment in conversation.data(OUT, b"odd"))]
    assert [read_tcp(packet).flags for packet in packets] == [SYN, SYN | ACK, ACK, PSH | ACK]
    assert [len(read_tcp(packet).source[0]) for packet in packets] == [16] * 4
    assert read_tcp(packets[-1]).data == b"odd"


@given(st.lists(st.tuples(st.sampled_from(Direction), st.integers(0, 3 * MAX_SEGMENT)), max_size=5))
def test_what_is_carried_comes_out_whole_and_in_order(writes: list[tuple[Direction, int]]) -> None:
    conversation = Conversation(ESME, MC)
    conversation.opening()
    expected, got = {IN: bytearray(), OUT: bytearray()}, {IN: bytearray(), OUT: bytearray()}
    for round_, (direction, size) in enumerate(writes):
        data = bytes([round_ + 1]) * size
        expected[direction] += data
        segments = list(conversation.data(direction, data))
        assert [segment.end for segment in segments] == [
            min(end, size) for end in range(MAX_SEGMENT, size + MAX_SEGMENT, MAX_SEGMENT)
        ]
        for segment in segments:
            assert len(segment.packet) <= 0xFFFF
            tcp = read_tcp(segment.packet)
            assert tcp.number == 1 + len(got[direction])
            assert tcp.acknowledged == 1 + len(got[direction.opposite])
            got[direction] += tcp.data
    assert got == expected


def test_sequence_numbers_wrap_at_32_bits() -> None:
    conversation = Conversation(ESME, MC)
    conversation._next[IN] = 0xFFFFFFFE
    packets = [segment.packet for data in (b"abc", b"d") for segment in conversation.data(IN, data)]
    assert [read_tcp(packet).number for packet in packets] == [0xFFFFFFFE, 1]


def test_an_endpoint_reads_as_one_writes_it() -> None:
    assert (str(Endpoint("127.0.0.1", 2775)), str(Endpoint("::1", 2775))) == ("127.0.0.1:2775", "[::1]:2775")
