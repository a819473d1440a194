import pytest

from simulator.smpp.codec import encode
from simulator.smpp.consts import V33, V34, V50
from simulator.smpp.outbox import Outbox
from simulator.smpp.pdus import GenericNack, SubmitSmResp, UnbindResp
from simulator.smpp.tlvs import Tlv


def test_the_last_word_goes_out_last_and_nothing_twice() -> None:
    outbox = Outbox()
    outbox.end_with(UnbindResp(), 2)
    outbox.answer(SubmitSmResp("17"), 1)
    outbox.put(b"raw")
    assert (outbox.is_ending, len(outbox)) == (True, 16 + 19 + 3)
    assert b"".join(outbox.take()) == encode(SubmitSmResp("17"), 1) + b"raw" + encode(UnbindResp(), 2)
    assert (outbox.is_ending, len(outbox), b"".join(outbox.take())) == (False, 0, b"")


@pytest.mark.parametrize(
    ("version", "tlvs"),
    [(V33, ()), (V34, (Tlv(0x001D, b"\0"),)), (V50, (Tlv(0x001D, b"\0"), Tlv(0x0428, b"\x05")))],
)
def test_an_answer_holds_what_the_peer_can_understand(version: int, tlvs: tuple[Tlv, ...]) -> None:
    outbox = Outbox()
    outbox.version, outbox.congestion = version, 5
    outbox.answer(SubmitSmResp("17", (Tlv(0x001D, b"\0"),)), 1)
    assert b"".join(outbox.take()) == encode(SubmitSmResp("17", tlvs), 1)
    outbox.answer(GenericNack(), 1)
    assert b"".join(outbox.take()) == encode(GenericNack(), 1)
