"""The operator behind its SMPP door, with an ESME in the same event loop and in virtual time."""

import datetime
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.messages import Fate
from simulator.numbers.numbering import TEHRAN
from simulator.registry.world import build_world
from simulator.serving.delivery_loop import deliver
from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus, MessageState, TlvTag
from simulator.smpp.events import Closed, Request
from simulator.smpp.pdus import (
    BindReceiver,
    BindTransceiver,
    BindTransmitter,
    DataSm,
    DataSmResp,
    DeliverSmResp,
    SubmitSm,
    SubmitSmResp,
)
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.tlvs import get, text_value
from simulator.store import MessageQuery, Store
from simulator.time.clock import ClockStart
from tests.esme import connected, message

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=TEHRAN).timestamp()
PROMOTIONAL, DEDICATED, SHARED, SAMANTEL = "3000100010", "3000200020", "2000300030", "9999123456"
LISTED, FREE = "989121110001", "989129990001"
ADVERT = "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir"
ORDER = "سفارش شما با شماره ۴۵۸۲۱ ثبت شد و تا ساعت ۱۸ امروز ارسال می‌شود."

pytestmark = pytest.mark.virtual_time


def make_operator(store: Store | None = None, at: float = NOON, **world: Any) -> Operator:
    table = {"extends": "demo", **world}
    return Operator(build_world(table), store or Store(), seed=1, real=trio.current_time, wall=lambda: at)


@asynccontextmanager
async def running(operator: Operator) -> AsyncIterator[Operator]:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(deliver, operator)
        yield operator
        nursery.cancel_scope.cancel()


async def test_bind_submit_receipt_unbind() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        bound = await esme.bind()
        assert (bound.command_status, esme.session.system_id, esme.session.interface_version) == (0, "khatban", 0x50)
        answer = await esme.submit(DEDICATED, FREE, ORDER)
        assert (answer.command_status, answer.pdu) == (0, SubmitSmResp("0000000001"))
        before = trio.current_time()
        receipt = await esme.receipt()
        assert 0.9 <= trio.current_time() - before <= 1.1
        said = parse_receipt(receipt.short_message)
        assert (said.message_id, said.state, said.error) == ("0000000001", MessageState.DELIVERED, 0)
        assert text_value(receipt.tlvs, TlvTag.RECEIPTED_MESSAGE_ID) == "0000000001"
        assert (receipt.source_addr, receipt.destination_addr, receipt.esm_class) == (FREE, DEDICATED, 4)
        await esme.unbind()
        entry = operator.inquiries.entry("0000000001")
        assert entry is not None
        assert entry.message.state == MessageState.DELIVERED
        assert entry.receipts[0].acknowledged_at is not None


async def test_a_refusal_is_told_at_submit_stored_with_its_trace_and_gets_no_receipt() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit(DEDICATED, LISTED, ADVERT)
        assert (answer.command_status, answer.pdu) == (0x404, SubmitSmResp(""))
        [entry] = operator.inquiries.entries(MessageQuery(outcome=Fate.REFUSED))
        verdict = entry.message.verdict
        assert verdict is not None
        assert (verdict.rule, verdict.clause) == (
            "service-advertising-to-blacklisted",
            "service.no-advertising-to-blacklisted",
        )
        assert verdict.trace[-1].rule == verdict.rule
        with trio.move_on_after(3600):
            await esme.receipt()
            pytest.fail("a message refused at submit got a receipt")


async def test_a_peer_at_5_0_is_told_the_reason() -> None:
    async with connected(make_operator()) as esme:
        await esme.send(BindTransceiver(system_id="panel", password="panel", interface_version=0x50))
        await esme.response()
        answer = await esme.submit(PROMOTIONAL, LISTED, ADVERT)
        assert isinstance(answer.pdu, SubmitSmResp)
        said = text_value(answer.pdu.tlvs, TlvTag.ADDITIONAL_STATUS_INFO_TEXT)
        shown = "Magfa 27, Melipayamak 35, Melipayamak 11, sms.ir 115, Mediana 1047"
        assert said == f"promotion-to-blacklisted: blacklist.no-promotion ({shown})"


async def test_a_line_of_prefix_2000_learns_of_the_blacklist_by_receipt() -> None:
    operator = make_operator(lines=[{"number": "20001234", "account": "panel"}])
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit("20001234", LISTED, ADVERT)
        assert answer.command_status == CommandStatus.ESME_ROK
        said = parse_receipt((await esme.receipt()).short_message)
        assert (said.state, said.error) == (MessageState.UNDELIVERABLE, 16)
        [entry] = operator.inquiries.entries(MessageQuery(outcome=Fate.REFUSED))
        assert entry.message.state == MessageState.UNDELIVERABLE


@pytest.mark.parametrize(
    ("registered_delivery", "line", "to", "comes"),
    [
        (0, DEDICATED, FREE, False),
        (1, DEDICATED, FREE, True),
        (2, DEDICATED, FREE, False),
        (2, "20001234", LISTED, True),
    ],
)
async def test_registered_delivery_is_kept_to(registered_delivery: int, line: str, to: str, comes: bool) -> None:
    operator = make_operator(lines=[{"number": "20001234", "account": "panel"}])
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.submit(line, to, ORDER, registered_delivery=registered_delivery)
        got = False
        with trio.move_on_after(60):
            await esme.receipt()
            got = True
        assert got is comes


@pytest.mark.parametrize(
    ("system_id", "password", "status"),
    [
        ("panel", "panel", CommandStatus.ESME_ROK),
        ("panel", "wrong", CommandStatus.ESME_RINVPASWD),
        ("nobody", "panel", CommandStatus.ESME_RINVSYSID),
        ("", "", CommandStatus.ESME_RINVSYSID),
    ],
)
async def test_credentials(system_id: str, password: str, status: CommandStatus) -> None:
    async with connected(make_operator()) as esme:
        assert (await esme.bind(system_id, password)).command_status == status


async def test_a_refused_bind_may_be_tried_again() -> None:
    async with connected(make_operator()) as esme:
        assert (await esme.bind(password="wrong")).command_status == CommandStatus.ESME_RINVPASWD
        assert (await esme.bind()).command_status == CommandStatus.ESME_ROK


async def test_strikes_close_the_line_for_the_very_next_message() -> None:
    operator = make_operator(profile={"sanctions": {"strikes": 2}})
    async with connected(operator) as esme:
        await esme.bind()
        await esme.send(
            *(message(DEDICATED, FREE, ADVERT), message(DEDICATED, LISTED, ADVERT), message(DEDICATED, FREE, ORDER))
        )
        statuses = [(await esme.response()).command_status for _ in range(3)]
        assert statuses == [0x404, 0x404, CommandStatus.ESME_RINVSRCADR]
        [last] = operator.inquiries.entries(MessageQuery(rule="closed-line"))
        assert last.message.verdict is not None
        assert last.message.verdict.clause == "service.violation-closes-line"


async def test_receipts_wait_for_a_receiver_and_are_repeated_until_acknowledged() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as sender:
        await sender.bind(kind=BindTransmitter)
        for _ in range(3):
            await sender.submit(DEDICATED, FREE, ORDER)
        await trio.sleep(10)
        async with connected(operator, acknowledges=False) as silent:
            await silent.bind(kind=BindReceiver)
            first = [parse_receipt((await silent.receipt()).short_message).message_id for _ in range(3)]
        async with connected(operator) as receiver:
            await receiver.bind(kind=BindReceiver)
            again = [parse_receipt((await receiver.receipt()).short_message).message_id for _ in range(3)]
        assert first == again, "in the order of their making"
        assert sorted(first) == ["0000000001", "0000000002", "0000000003"]
        await trio.sleep(1)
        async with connected(operator) as receiver:
            await receiver.bind(kind=BindReceiver)
            with trio.move_on_after(60):
                await receiver.receipt()
                pytest.fail("an acknowledged receipt came again")


async def test_a_receipt_that_is_refused_for_now_comes_again_later_and_one_refused_for_good_does_not() -> None:
    async with running(make_operator()) as operator, connected(operator, acknowledges=False) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        times = []
        for status in (CommandStatus.ESME_RX_T_APPN, CommandStatus.ESME_RMSGQFUL, CommandStatus.ESME_RX_P_APPN):
            event = await esme.next(Request)
            assert isinstance(event, Request)
            times.append(trio.current_time())
            esme.session.send_response(event.sequence_number, DeliverSmResp(), status)
            await esme.flush()
        assert [round(later - before) for before, later in itertools.pairwise(times)] == [10, 10]
        with trio.move_on_after(3600):
            await esme.next(Request)
            pytest.fail("a receipt refused for good came again")


async def test_receipts_by_data_sm_where_the_profile_says_so() -> None:
    operator = make_operator(profile={"receipts": {"carrier": "data_sm"}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        event = await esme.next(Request)
        assert isinstance(event, Request)
        assert isinstance(event.pdu, DataSm)
        text = get(event.pdu.tlvs, TlvTag.MESSAGE_PAYLOAD)
        assert text is not None
        assert parse_receipt(text).message_id == "0000000001"
        assert (event.pdu.source_addr, event.pdu.esm_class) == (FREE, 4)
        esme.session.send_response(event.sequence_number, DataSmResp())
        await esme.flush()
        await trio.sleep(1)
        [entry] = operator.inquiries.entries(MessageQuery())
        assert entry.receipts[0].acknowledged_at is not None


def part_of(text: str, total: int, number: int, *, to: str = FREE, line: str = DEDICATED) -> SubmitSm:
    header = bytes([5, 0, 3, 42, total, number])
    return SubmitSm(
        source_addr=line,
        destination_addr=to,
        esm_class=0x40,
        data_coding=8,
        registered_delivery=1,
        short_message=header + text.encode("utf-16-be"),
    )


async def test_the_last_part_of_a_text_carries_the_verdict_and_the_others_learn_by_receipt() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ADVERT[40:], 2, 2))
        assert (await esme.response()).command_status == 0, "a part is answered before the text is known"
        await esme.send(part_of(ADVERT[:40], 2, 1))
        assert (await esme.response()).command_status == 0x404
        said = parse_receipt((await esme.receipt()).short_message)
        assert (said.message_id, said.state, said.error) == ("0000000001", MessageState.REJECTED, 300)
        rules = [
            entry.message.verdict.rule for entry in operator.inquiries.entries(MessageQuery()) if entry.message.verdict
        ]
        assert rules == ["service-advertising", "service-advertising"]


async def test_a_whole_text_in_parts_is_accepted_and_each_part_gets_its_receipt() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ORDER[:30], 2, 1), part_of(ORDER[30:], 2, 2))
        assert [(await esme.response()).command_status for _ in range(2)] == [0, 0]
        ids = {parse_receipt((await esme.receipt()).short_message).message_id for _ in range(2)}
        assert ids == {"0000000001", "0000000002"}


async def test_parts_whose_rest_never_comes_are_judged_alone() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ADVERT, 3, 2))
        await esme.response()
        said = parse_receipt((await esme.receipt()).short_message)
        assert said.state is MessageState.REJECTED
        assert operator.inquiries.entries(MessageQuery(rule="service-advertising"))


async def test_requests_of_one_read_are_answered_in_order() -> None:
    async with connected(make_operator()) as esme:
        await esme.bind()
        numbers = await esme.send(*(message(DEDICATED, FREE, ORDER) for _ in range(50)))
        answers = [await esme.response() for _ in range(50)]
        assert [answer.sequence_number for answer in answers] == numbers
        assert [answer.pdu for answer in answers] == [SubmitSmResp(f"{number:010d}") for number in range(1, 51)]


async def test_an_acknowledged_message_is_in_the_store(tmp_path: Any) -> None:
    path = tmp_path / "store.db"
    operator = make_operator(Store(path))
    async with connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        witness = Store(path)
        assert [found.text for found in witness.find(MessageQuery())] == [ORDER]
        witness.close()


async def test_a_reopened_store_goes_on_where_it_was_left(tmp_path: Any) -> None:
    path = tmp_path / "store.db"
    operator = make_operator(Store(path), profile={"sanctions": {"strikes": 1}})
    async with connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        await esme.submit(SAMANTEL, FREE, ADVERT)
        await esme.send(part_of(ORDER[:30], 2, 1))
        await esme.response()
    operator.close()

    operator = make_operator(Store(path), at=NOON + 60, profile={"sanctions": {"strikes": 1}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert parse_receipt((await esme.receipt()).short_message).message_id == "0000000001"
        answer = await esme.submit(SAMANTEL, FREE, ORDER)
        assert answer.command_status == CommandStatus.ESME_RINVSRCADR, "the line was closed before the restart"
        await esme.send(part_of(ORDER[30:], 2, 2))
        assert (await esme.response()).pdu == SubmitSmResp("0000000005"), "numbers go on"
        got = {parse_receipt((await esme.receipt()).short_message).message_id for _ in range(2)}
        assert got == {"0000000003", "0000000005"}, "the first part was kept for the second"


async def test_who_waits_for_a_change_hears_of_it_whoever_looked_first() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        changed = operator.news.changed
        await esme.send(message(DEDICATED, FREE, ORDER))
        while operator.inquiries.count(MessageQuery()) == 0:
            await trio.lowlevel.checkpoint()
        assert changed.is_set()


async def test_a_repeated_part_does_not_wait_for_ever() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ORDER[:30], 2, 1), part_of(ORDER[:30], 2, 1), part_of(ORDER[30:], 2, 2))
        assert [(await esme.response()).command_status for _ in range(3)] == [0, 0, 0]
        got = {parse_receipt((await esme.receipt()).short_message).message_id for _ in range(3)}
        assert got == {"0000000001", "0000000002", "0000000003"}


async def test_reset_ends_sessions_and_begins_anew() -> None:
    operator = make_operator()
    night = datetime.datetime(2026, 11, 22, 23, 30)  # noqa: DTZ001 - without zone it is Tehran's
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        operator.reset(None, night, 10.0)
        ended = await esme.next(Closed)
        assert isinstance(ended, Closed)
        assert operator.inquiries.entries(MessageQuery()) == []
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit(PROMOTIONAL, FREE, ADVERT)
        assert answer.command_status == 0x403
        before = trio.current_time()
        await esme.submit(DEDICATED, FREE, ORDER)
        await esme.receipt()
        assert trio.current_time() - before < 0.12, "ten times as fast"


async def test_a_bad_reset_changes_nothing() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        with pytest.raises(Exception, match="unknown key"):
            operator.reset({"extends": "demo", "colour": "red"}, None, None)
        with pytest.raises(ValueError, match="below zero"):
            operator.reset(None, None, -1.0)
        assert len(operator.inquiries.entries(MessageQuery())) == 1
        assert (await esme.submit(DEDICATED, FREE, ORDER)).command_status == 0


async def test_same_seed_same_input_same_answers() -> None:
    async def play() -> list[object]:
        operator = make_operator()
        said: list[object] = []
        async with running(operator), connected(operator) as esme:
            await esme.bind()
            for to in (FREE, LISTED):
                for text in (ORDER, ADVERT):
                    answer = await esme.submit(DEDICATED, to, text)
                    said.append((answer.command_status, answer.pdu))
            said += [(await esme.receipt()).short_message for _ in range(2)]
        return said

    assert await play() == await play()


async def test_same_seed_and_input_same_octets_on_every_bind() -> None:
    async def play() -> list[bytes]:
        numbers = Random(7)
        subscribers = [{"numbers": "989129990000-989129999999", "outcomes": {"on": 3, "off": 2, "unknown": 1}}]
        operator = make_operator(subscribers=subscribers)
        async with running(operator), connected(operator) as one, connected(operator) as other:
            for esme in (one, other):
                await esme.bind()
            for _ in range(60):
                esme = numbers.choice((one, other))
                line = numbers.choice((PROMOTIONAL, DEDICATED, DEDICATED))
                to, text = f"98912999{numbers.randrange(10_000):04}", numbers.choice((ORDER, ORDER, ADVERT))
                await esme.send(message(line, to, text, registered_delivery=numbers.choice((0, 1, 2, 0x11))))
                await esme.response()
                await trio.sleep(numbers.choice((0.0, 0.3, 40.0)))
            operator.receive_mo(FREE, DEDICATED, "سلام " * 40)
            operator.jump(operator.clock.now() + 5 * 86_400)
            for esme in (one, other):
                with trio.move_on_after(3600):
                    while True:
                        await esme.receive()
        return [bytes(one.octets), bytes(other.octets)]

    first, second = await play(), await play()
    assert first == second
    assert min(map(len, first)) > 3000


async def test_garbage_ends_only_its_own_connection() -> None:
    operator = make_operator()
    async with connected(operator) as healthy:
        await healthy.bind()
        async with connected(operator) as broken:
            await broken.stream.send_all(b"GET / HTTP/1.1\r\n\r\n")
            while await broken.stream.receive_some(100):
                pass
        assert (await healthy.submit(DEDICATED, FREE, ORDER)).command_status == 0


async def test_a_submit_before_the_bind_is_refused() -> None:
    async with connected(make_operator()) as esme:
        await esme.stream.send_all(encode(message(DEDICATED, FREE, ORDER), 7))
        data = bytes(await esme.stream.receive_some(100))
        assert data[4:16] == (0x80000004).to_bytes(4) + int(CommandStatus.ESME_RINVBNDSTS).to_bytes(4) + (7).to_bytes(4)


def test_explain_takes_no_session() -> None:
    operator = Operator(build_world({"extends": "demo"}), Store(), seed=1, real=lambda: 0.0, wall=lambda: NOON)
    explanation = operator.inquiries.explain(PROMOTIONAL, LISTED, ADVERT, None)
    assert explanation.verdict.rule == "promotion-to-blacklisted"
    assert explanation.answer is not None
    assert explanation.answer.command_status == 0x401
    night = datetime.datetime(2026, 11, 22, 23, 0)  # noqa: DTZ001 - without zone it is Tehran's
    assert operator.inquiries.explain(PROMOTIONAL, FREE, ADVERT, night).verdict.rule == "promotion-outside-hours"
    assert operator.inquiries.entries(MessageQuery()) == []


async def test_the_clock_goes_on_over_a_restart_as_it_was_set(tmp_path: Any) -> None:
    operator = make_operator(Store(tmp_path / "store"))
    operator.jump(NOON + 90 * 86_400)
    operator.set_speed(60)
    operator.close()
    operator = make_operator(Store(tmp_path / "store"), at=NOON + 10)
    assert operator.clock.now() == pytest.approx(NOON + 90 * 86_400 + 600)
    operator.set_speed(0)
    operator.close()
    operator = make_operator(Store(tmp_path / "store"), at=NOON + 1000)
    assert operator.clock.now() == pytest.approx(NOON + 90 * 86_400 + 600)
    operator.reset(None, None, None)
    assert operator.clock.now() == NOON + 1000
    operator.close()
    operator = make_operator(Store(tmp_path / "store"), at=NOON + 2000)
    assert operator.clock.now() == NOON + 2000, "a reset without a clock leaves the time of day"


async def test_a_clock_begins_where_it_is_told_and_goes_on_from_there(tmp_path: Path) -> None:
    wall = [NOON]

    def opened(start: ClockStart) -> Operator:
        world = build_world({"extends": "demo"})
        return Operator(world, Store(tmp_path / "store"), seed=1, real=lambda: 0.0, wall=lambda: wall[0], start=start)

    operator = opened(ClockStart(NOON + 3600, 60.0))
    assert (operator.clock.now(), operator.clock.speed) == (NOON + 3600, 60.0)
    operator.close()
    wall[0] += 10
    operator = opened(ClockStart(NOON + 9000, 2.0))
    assert (operator.clock.now(), operator.clock.speed) == (NOON + 3600 + 600, 60.0), "the store's clock goes on"
    operator.reset(None, None, None)
    assert (operator.clock.now(), operator.clock.speed) == (NOON + 9000, 2.0), "a reset begins as at the start"
    operator.reset(None, None, 1.0)
    assert (operator.clock.now(), operator.clock.speed) == (NOON + 9000, 1.0)
    operator.close()
