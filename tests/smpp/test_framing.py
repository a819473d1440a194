from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandId
from simulator.smpp.framing import FrameBuffer
from simulator.smpp.pdus import EnquireLink, SubmitSm
from tests.smpp.helpers import octets

ENQUIRE = encode(EnquireLink(), 4)
SUBMIT = encode(SubmitSm(), 5)


def test_pdus_are_cut_out_whole_and_in_order() -> None:
    buffer = FrameBuffer(100)
    pieces, broken = buffer.feed(bytearray(ENQUIRE + SUBMIT + ENQUIRE[:7]))
    assert pieces == [(CommandId.ENQUIRE_LINK, 0, 4, ENQUIRE), (CommandId.SUBMIT_SM, 0, 5, SUBMIT)]
    assert all(type(piece[3]) is bytes for piece in pieces)
    assert broken is None
    assert len(buffer) == 7
    assert buffer.feed(ENQUIRE[7:]) == ([(CommandId.ENQUIRE_LINK, 0, 4, ENQUIRE)], None)
    assert len(buffer) == 0


def test_a_pdu_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert FrameBuffer(len(SUBMIT)).feed(SUBMIT)[1] is None
    broken = FrameBuffer(len(SUBMIT) - 1).feed(SUBMIT)[1]
    assert broken is not None
    assert str(broken) == "command_length 33 is above the limit of 32 (ESME_RINVCMDLEN)"
    assert broken.sequence_number == 5


def test_the_length_alone_is_enough_to_refuse() -> None:
    buffer = FrameBuffer(100)
    assert buffer.feed(octets("000000")) == ([], None)
    pieces, broken = buffer.feed(octets("0f"))
    assert pieces == []
    assert broken is not None
    assert (broken.reason, broken.sequence_number) == ("command_length 15 is below 16", 0)


def test_what_is_whole_before_a_bad_length_is_given() -> None:
    pieces, broken = FrameBuffer(100).feed(ENQUIRE + octets("ffffffff"))
    assert len(pieces) == 1
    assert broken is not None


def test_nothing_is_nothing() -> None:
    buffer = FrameBuffer(100)
    assert buffer.feed(b"") == ([], None)
    assert buffer.feed(ENQUIRE[:3]) == ([], None)
    assert buffer.feed(b"") == ([], None)
    assert len(buffer) == 3
