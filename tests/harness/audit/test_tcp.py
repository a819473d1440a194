"""Segments in any order become octets in one, and what is missing is told."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from harness.audit.pdu_cutter import PduCutter, looks_like_a_header
from harness.audit.tcp import MAX_WAITING, Piece, Segment, Stream
from simulator.smpp.codec import encode
from simulator.smpp.pdus import EnquireLink, SubmitSm

OCTETS = bytes(range(200)) * 3
WRAP = 0xFFFFFF00
"""A first sequence number behind which the numbers soon begin anew."""


def joined(pieces: list[Piece]) -> bytes:
    return b"".join(piece.octets for piece in pieces)


@settings(max_examples=50, deadline=None)  # a busy machine is slow
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(OCTETS)), st.integers(1, 80)), max_size=30),
    order=st.randoms(use_true_random=False),
    start=st.sampled_from([0, 7, WRAP, 0x7FFFFFF0]),
)
def test_any_order_and_any_overlap_give_the_octets(
    cuts: list[tuple[int, int]], order: random.Random, start: int
) -> None:
    spans = [*cuts, *((at, 40) for at in range(0, len(OCTETS), 40))]
    order.shuffle(spans)
    stream = Stream()
    stream.begin((start - 1) % (1 << 32))
    pieces = []
    for at, size in spans:
        pieces += stream.add((start + at) % (1 << 32), Segment(OCTETS[at : at + size], 0.0, 1))
    assert joined(pieces) == OCTETS
    assert stream.rest() == ([], 0)


def test_a_gap_that_was_acknowledged_is_a_loss() -> None:
    stream = Stream()
    stream.begin(99)
    assert joined(stream.add(100, Segment(b"abc", 1.0, 1))) == b"abc"
    assert stream.add(110, Segment(b"xyz", 2.0, 2)) == []
    assert stream.acknowledged(103) == []
    assert stream.acknowledged(113) == [Piece(b"xyz", 7, 2.0, 2)]
    assert joined(stream.add(113, Segment(b"!", 3.0, 3))) == b"!"


def test_what_never_came_is_told_at_the_end() -> None:
    stream = Stream()
    stream.begin(99)
    stream.add(105, Segment(b"xyz", 2.0, 2))
    assert stream.rest() == ([Piece(b"xyz", 5, 2.0, 2)], 0)
    stream.acknowledged(120)
    assert stream.rest() == ([], 12)
    stream.end()
    assert stream.rest() == ([], 11)


def test_what_waits_is_bounded() -> None:
    stream = Stream()
    stream.begin(99)
    size = 1 << 16
    pieces = [piece for n in range(17) for piece in stream.add(200 + n * size, Segment(bytes(size), 0.0, n))]
    assert len(joined(pieces)) > MAX_WAITING
    assert pieces[0].lost == 100


def test_pdus_are_found_again_behind_a_loss() -> None:
    one, two = encode(EnquireLink(), 1), encode(SubmitSm(), 2)
    cutter = PduCutter(is_synchronised=True)
    assert [cut.octets for cut in cutter.feed(Piece(one + two[:10], 0, 1.0, 1))] == [one]
    cuts = cutter.feed(Piece(b"the rest of another PDU", 20, 2.0, 2))
    assert [(cut.octets, cut.lost) for cut in cuts] == [(b"", True)]
    assert [cut.octets for cut in cutter.feed(Piece(two + one[:3], 0, 3.0, 3))] == [two]
    assert [(cut.octets, cut.at) for cut in cutter.feed(Piece(one[3:], 0, 4.0, 4))] == [(one, 4.0)]


def test_a_length_that_cannot_be_is_told_with_its_header() -> None:
    cutter = PduCutter(is_synchronised=True)
    broken = b"\xff\xff\xff\xff" + encode(EnquireLink(), 1)[4:]
    header, loss = cutter.feed(Piece(broken + b"more", 0, 1.0, 1))
    assert (header.octets, loss.lost) == (broken, True)


def test_what_looks_like_a_header() -> None:
    assert looks_like_a_header(encode(SubmitSm(), 1))
    assert not looks_like_a_header(b"GET / HTTP/1.1\r\n")
    assert not looks_like_a_header(encode(EnquireLink(), 1)[:15])
