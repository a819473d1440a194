"""Cutting and hiding, however the octets are divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindReceiver, BindTransceiver, BindTransmitter, EnquireLink, SubmitSm
from simulator.wire_log.pdu_stream import PduStream
from tests.smpp.helpers import chunked, frame
from tests.smpp.test_session_any_octets import sizes, streams

LIMIT = 600
OUTBIND = 0x0B


def feed_all(data: bytes, pieces: list[int]) -> tuple[bytes, list[bytes]]:
    """All that comes out of a stream, and the PDUs, which must end where they are said to end."""
    stream, out, pdus = PduStream(LIMIT), b"", []
    for chunk in chunked(data, pieces):
        masked, cuts = stream.feed(chunk)
        out += masked
        assert len(masked) == len(chunk)
        before = len(out) - len(masked)
        for cut in cuts:
            pdus.append(cut.octets)
            assert out[: before + cut.end].endswith(cut.octets)
    assert len(stream.rest) <= LIMIT
    return out, pdus


@given(streams, sizes)
def test_chunks_change_nothing(data: bytes, pieces: list[int]) -> None:
    assert feed_all(data, pieces) == feed_all(data, [])


@pytest.mark.parametrize("pdu_type", [BindReceiver, BindTransmitter, BindTransceiver])
def test_the_password_of_a_bind_becomes_stars(
    pdu_type: type[BindReceiver | BindTransmitter | BindTransceiver],
) -> None:
    bind = encode(pdu_type("panel", "secret", "WWW"), 1)
    hidden = encode(pdu_type("panel", "******", "WWW"), 1)
    for cut in range(len(bind)):
        assert feed_all(bind, [cut]) == (hidden, [hidden])
    assert feed_all(bind, [1] * len(bind)) == (hidden, [hidden])


def test_the_password_of_an_outbind_becomes_stars() -> None:
    hidden = frame(OUTBIND, b"mc\0******\0")
    assert feed_all(frame(OUTBIND, b"mc\0secret\0"), []) == (hidden, [hidden])


@pytest.mark.parametrize("body", [b"panel\0secret", b"panel\0secret-of-more-than-9-octets\0WWW\0"])
def test_a_password_that_breaks_its_rule_is_hidden_too(body: bytes) -> None:
    [pdu] = feed_all(frame(9, body), [])[1]
    assert b"secret" not in pdu
    assert len(pdu) == 16 + len(body)


@pytest.mark.parametrize("cut", range(1, 16))
def test_a_command_length_that_lies_does_not_bring_the_password_to_light(cut: int) -> None:
    bind = frame(9, b"panel\0secret\0\0\x34\0\0\0")
    for length in (0, 4, 16, 16 + cut, 60, LIMIT + 1, 0x7FFFFFFF):
        out, _ = feed_all(length.to_bytes(4, "big") + bind[4:] + encode(EnquireLink(), 2), [20, 3])
        assert b"secret"[:2] not in out
        assert b"et" not in out


def test_a_bind_that_ends_too_early_does_not_touch_the_next_pdu() -> None:
    short, next_pdu = frame(9, b"panel"), encode(SubmitSm(source_addr="3000"), 2)
    assert feed_all(short + next_pdu, []) == (short + next_pdu, [short, next_pdu])


def test_after_an_impossible_length_only_its_header_is_given_and_the_rest_is_stars() -> None:
    garbage = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    out, pdus = feed_all(encode(EnquireLink(), 1) + garbage + encode(BindReceiver("a", "secret"), 2), [])
    assert pdus == [encode(EnquireLink(), 1), garbage[:16]]
    assert set(out[32:]) == set(b"*")


def test_what_is_not_whole_waits() -> None:
    stream = PduStream(LIMIT)
    stream.feed(encode(EnquireLink(), 1) + b"\0\0\0")
    assert stream.rest == b"\0\0\0"


@given(st.binary(max_size=200), sizes)
def test_nothing_but_octets_of_the_stream_and_stars_comes_out(data: bytes, pieces: list[int]) -> None:
    out, _ = feed_all(data, pieces)
    assert all(new in (old, ord("*")) for old, new in zip(data, out, strict=True))
