from simulator.smpp.consts import MAX_SEQUENCE_NUMBER, CommandId
from simulator.smpp.pdus import DeliverSm, EnquireLink
from simulator.smpp.window import Window
from tests.smpp.helpers import bound

DELIVER = DeliverSm(short_message=b"hello")


def test_numbers_begin_at_1_and_wrap_past_those_in_use() -> None:
    window = Window(limit=10, timeout=None)
    assert [window.number(), window.number()] == [1, 2]
    window.add(1, DELIVER, CommandId.DELIVER_SM, 0.0)
    window._next = MAX_SEQUENCE_NUMBER
    assert window.number() == MAX_SEQUENCE_NUMBER
    assert window.number(in_use=2) == 3


def test_a_session_wraps_too() -> None:
    pair = bound()
    pair.mc._window._next = MAX_SEQUENCE_NUMBER
    assert pair.mc.send_request(DELIVER, 0.0) == 0x7FFFFFFF
    assert pair.mc.send_request(DELIVER, 0.0) == 1


def test_only_the_right_response_settles() -> None:
    window = Window(limit=1, timeout=None)
    window.add(7, DELIVER, CommandId.DELIVER_SM, 0.0)
    assert window.room == 0
    assert window.settle(8, CommandId.DELIVER_SM_RESP) is None
    assert window.settle(7, CommandId.SUBMIT_SM_RESP) is None
    assert window.settle(7, CommandId.DELIVER_SM_RESP) is DELIVER
    assert window.settle(7, CommandId.DELIVER_SM_RESP) is None
    assert (len(window), window.room) == (0, 1)


def test_a_generic_nack_settles_anything() -> None:
    window = Window(limit=1, timeout=None)
    window.add(7, DELIVER, CommandId.DELIVER_SM, 0.0)
    assert window.settle(7, CommandId.GENERIC_NACK) is DELIVER


def test_more_than_the_limit_leaves_no_negative_room() -> None:
    window = Window(limit=1, timeout=None)
    window.add(1, DELIVER, CommandId.DELIVER_SM, 0.0)
    window.add(2, EnquireLink(), CommandId.ENQUIRE_LINK, 0.0)
    assert window.room == 0


def test_giving_up_takes_all_that_have_waited_long_enough() -> None:
    window = Window(limit=10, timeout=5.0)
    for number, sent_at in ((1, 0.0), (2, 1.0), (3, 2.0)):
        window.add(number, DELIVER, CommandId.DELIVER_SM, sent_at)
    assert window.deadline() == 5.0
    assert window.give_up(4.9) == []
    assert window.give_up(6.0) == [(1, DELIVER), (2, DELIVER)]
    assert window.deadline() == 7.0
