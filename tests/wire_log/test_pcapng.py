"""Blocks against the layout of the pcapng specification, typed by hand, and against a reader of the tests' own."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.wire_log.pcapng import interface, packet, section_header
from tests.smpp.helpers import octets
from tests.wire_log.capture import read_blocks, read_options, read_packet


def test_a_section_header() -> None:
    assert section_header("Khatban") == octets(
        "0a0d0d0a 2c000000",
        "4d3c2b1a 0100 0000 ffffffffffffffff",
        "0400 0700 4b68617462616e 00",
        "0000 0000",
        "2c000000",
    )


def test_an_interface_of_raw_ip_packets() -> None:
    assert interface("smpp") == octets(
        "01000000 20000000", "6500 0000 00000000", "0200 0400 736d7070", "0000 0000", "20000000"
    )


def test_a_packet_without_comments_has_no_options() -> None:
    assert packet(0x0001_0002_0003_0004, b"abcde") == octets(
        "06000000 28000000",
        "00000000 02000100 04000300 05000000 05000000",
        "6162636465 000000",
        "28000000",
    )


def test_a_packet_with_two_comments() -> None:
    assert packet(1, b"abcd", ("ok", "نه")) == octets(
        "06000000 38000000",
        "00000000 00000000 01000000 04000000 04000000",
        "61626364",
        "0100 0200 6f6b 0000",
        "0100 0400 d986d987",
        "0000 0000",
        "38000000",
    )


@given(st.integers(0, 2**64 - 1), st.binary(max_size=300), st.lists(st.text(max_size=40), max_size=4))
def test_a_packet_is_read_back(microseconds: int, data: bytes, comments: list[str]) -> None:
    [block] = read_blocks(packet(microseconds, data, tuple(comments)))
    assert read_packet(block) == (microseconds, data, comments)


def test_a_comment_that_is_too_long_is_cut_between_characters() -> None:
    [block] = read_blocks(packet(0, b"", ("ن" * 40_000,)))
    [(_, comment)] = read_options(block.body[20:])
    assert comment.decode() == "ن" * 32_767
