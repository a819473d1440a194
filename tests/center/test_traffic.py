"""Daily caps, duplicates and recipients of a call over SMPP: what counts, until when, and after a restart."""

import datetime
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.messages import Fate
from simulator.numbers.numbering import TEHRAN
from simulator.smpp.consts import ESM_UDHI, CommandStatus, MessageState
from simulator.smpp.pdus import (
    CancelSm,
    ReplaceSm,
    SmeAddress,
    SubmitMulti,
    SubmitMultiResp,
    SubmitSm,
    SubmitSmResp,
)
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.udh import Concatenation, concatenation_udh
from simulator.store import MessageQuery, Store
from tests.center.test_operator import DEDICATED, FREE, NOON, ORDER, PROMOTIONAL, SHARED, make_operator, running
from tests.esme import Esme, connected, message

pytestmark = pytest.mark.virtual_time

SIM, OTHER = "09121234567", "989129990002"
CAP, DUPLICATE, SEVERAL = 0x40D, 0x40E, 0x40B
CODE = "کد ورود شما به فروشگاه نمونه: 48213"
ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. پلاک ۱۲ لغو۱۱"
EVENING = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=TEHRAN).timestamp()
MIDNIGHT = EVENING + 1800
OPENS = MIDNIGHT + 7 * 3600
SLOW: dict[str, Any] = {"latency": {"shape": "uniform", "low": 60.0, "high": 61.0}}
ANY_HOUR: dict[str, Any] = {"mci": {"open": "00:00", "close": "23:59:59.999999"}}


def capped(cap: int = 3, at: float = NOON, store: Store | None = None, **profile: Any) -> Operator:
    settings = {"daily_cap": {"by_prefix": {"09": cap}}, "hours": ANY_HOUR, **profile}
    return make_operator(store, at, profile=settings, lines=[{"number": SIM, "account": "panel"}])


def once(at: float = NOON, store: Store | None = None, window: int = 3600, **profile: Any) -> Operator:
    return make_operator(store, at, profile={"duplicates": {"window": window}, **profile})


async def statuses(esme: Esme, *pdus: SubmitSm) -> list[int]:
    await esme.send(*pdus)
    return [(await esme.response()).command_status for _ in pdus]


def texts(*numbers: int, source: str = SIM, to: str = FREE) -> list[SubmitSm]:
    return [message(source, to, f"{ADVERT} {number}") for number in numbers]


def part(text: str, number: int, total: int, *, reference: int = 1, source: str = SIM) -> SubmitSm:
    return SubmitSm(
        source_addr=source,
        destination_addr=FREE,
        data_coding=8,
        esm_class=ESM_UDHI,
        registered_delivery=1,
        short_message=concatenation_udh(Concatenation(reference, total, number)) + text.encode("utf-16-be"),
    )


def to_several(source: str, text: str, *recipients: str, udh: bytes = b"") -> SubmitMulti:
    return SubmitMulti(
        source_addr=source,
        dest_address=tuple(SmeAddress(destination_addr=to) for to in recipients),
        data_coding=8,
        esm_class=ESM_UDHI if udh else 0,
        registered_delivery=1,
        short_message=udh + text.encode("utf-16-be"),
    )


async def unsuccessful(esme: Esme, *pdus: SubmitMulti) -> list[list[int]]:
    await esme.send(*pdus)
    answers = [(await esme.response()).pdu for _ in pdus]
    return [[one.error_status_code for one in pdu.unsuccess_sme] for pdu in answers if isinstance(pdu, SubmitMultiResp)]


# Daily caps


async def test_a_sim_card_sends_so_many_a_day_and_begins_anew_at_midnight_in_tehran() -> None:
    operator = capped(at=MIDNIGHT - 2)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *texts(1, 2, 3, 4)) == [0, 0, 0, CAP]
        await trio.sleep(1.5)
        assert await statuses(esme, *texts(5)) == [CAP], "half a second before midnight"
        [*_, last] = operator.inquiries.entries(MessageQuery(rule="daily-cap"))
        assert last.message.verdict is not None
        assert (last.message.verdict.clause, last.message.verdict.until) == ("sim.daily-cap", MIDNIGHT)
        await trio.sleep(0.5)
        assert await statuses(esme, *texts(6, 7, 8, 9)) == [0, 0, 0, CAP]


async def test_other_lines_and_what_was_refused_do_not_count() -> None:
    async with connected(capped(1)) as esme:
        await esme.bind()
        assert await statuses(esme, message(SIM, "02188776655", ADVERT)) == [CommandStatus.ESME_RINVDSTADR]
        assert await statuses(esme, *texts(1, 2, source=PROMOTIONAL)) == [0, 0]
        assert await statuses(esme, *texts(3, 4)) == [0, CAP]


async def test_a_text_counts_as_many_as_it_has_parts_however_it_comes() -> None:
    long = ADVERT * 2
    assert 67 < len(long) <= 134
    operator = capped(5)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, message(SIM, FREE, long)) == [0]
        pieces = [part(ADVERT[:20], 1, 2), part(ADVERT[20:], 2, 2)]
        assert await statuses(esme, *pieces) == [0, 0], "a short text in two parts is two messages"
        assert await statuses(esme, message(SIM, FREE, long)) == [CAP]
        assert await statuses(esme, part("آ", 1, 2, reference=2), part("ب", 2, 2, reference=2)) == [0, CAP]
        assert await statuses(esme, *texts(1, 2)) == [0, CAP]
        refused = operator.inquiries.entries(MessageQuery(outcome=Fate.REFUSED))
        assert len(refused) == 4, "with both parts of the text in two"


async def test_a_repeated_part_counts_once() -> None:
    async with connected(capped(3)) as esme:
        await esme.bind()
        pieces = [part(ADVERT[:20], 1, 2), part(ADVERT[20:], 2, 2)]
        assert await statuses(esme, pieces[0], pieces[0], pieces[1], pieces[1]) == [0, 0, 0, 0]
        assert await statuses(esme, *texts(1, 2)) == [0, CAP]


async def test_a_text_longer_than_the_cap_is_not_held_for_a_day_that_never_comes() -> None:
    operator = capped(1, answers={"daily-cap": {"style": "hold"}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, message(SIM, FREE, ADVERT * 2)) == [0]
        assert parse_receipt((await esme.receipt()).short_message).state is MessageState.REJECTED
        [entry] = operator.inquiries.entries(MessageQuery(rule="daily-cap"))
        assert entry.message.verdict is not None
        assert entry.message.verdict.until is None


async def test_beyond_the_cap_messages_may_wait_for_the_next_day_and_count_there() -> None:
    operator = capped(2, at=EVENING, answers={"daily-cap": {"style": "hold"}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *texts(1, 2, 3, 4, 5)) == [0] * 5
        await trio.sleep(1800 + 60)
        told = [entry.message for entry in operator.inquiries.entries(MessageQuery())]
        assert [one.state for one in told[:4]] == [MessageState.DELIVERED] * 4
        last = told[4]
        assert last.verdict is not None
        assert (last.state, last.verdict.until) == (MessageState.ENROUTE, MIDNIGHT + 86_400)


async def test_every_recipient_of_a_call_counts() -> None:
    async with connected(capped(3)) as esme:
        await esme.bind()
        three = (FREE, OTHER, "989129990003")
        assert await unsuccessful(esme, to_several(SIM, ADVERT, *three[:2])) == [[]]
        assert await unsuccessful(esme, to_several(SIM, ADVERT + "!", *three)) == [[CAP, CAP]]


async def test_a_restart_forgets_nothing(tmp_path: Any) -> None:
    path = tmp_path / "store"
    operator = capped(4, store=Store(path))
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *texts(1)) == [0]
        assert await statuses(esme, part(ADVERT[:20], 1, 2), part(ADVERT[20:], 2, 2)) == [0, 0]
    operator.close()
    operator = capped(4, at=NOON + 60, store=Store(path))
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *texts(2, 3)) == [0, CAP]
    operator.close()
    operator = capped(4, at=NOON + 86_400, store=Store(path))
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *texts(4)) == [0]
    operator.close()


async def test_who_does_not_ask_writes_nothing_down() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        assert list(operator._store.sendings(86_400)) == []


async def test_a_reset_forgets_what_was_sent() -> None:
    operator = capped(1)
    table = {
        "extends": "demo",
        "profile": {"daily_cap": {"by_prefix": {"09": 1}}},
        "lines": [{"number": SIM, "account": "panel"}],
    }
    for _ in range(2):
        async with connected(operator) as esme:
            await esme.bind()
            assert await statuses(esme, *texts(1)) == [0]
        operator.reset(table, datetime.datetime.fromtimestamp(NOON, TEHRAN), None)


# Duplicates


async def test_the_same_text_goes_again_when_the_window_is_over() -> None:
    operator = once()
    async with connected(operator) as esme:
        await esme.bind()
        again = message("98" + DEDICATED, "+" + FREE, ORDER.replace("۴۵۸۲۱", "45821") + " ")
        assert await statuses(esme, message(DEDICATED, FREE, ORDER), again) == [0, DUPLICATE]
        [entry] = operator.inquiries.entries(MessageQuery(rule="duplicate"))
        assert entry.message.verdict is not None
        assert entry.message.verdict.until == NOON + 3600
        await trio.sleep(3599)
        assert await statuses(esme, again) == [DUPLICATE]
        await trio.sleep(1)
        assert await statuses(esme, again, again) == [0, DUPLICATE]


async def test_what_was_refused_was_not_sent() -> None:
    operator = once(at=EVENING)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, message(PROMOTIONAL, FREE, ADVERT)) == [0x403]
        operator.jump(OPENS)
        assert await statuses(esme, message(PROMOTIONAL, FREE, ADVERT)) == [0]


async def test_a_held_message_is_not_its_own_duplicate_but_that_of_one_held_before() -> None:
    operator = once(at=EVENING, window=86_400, answers={"promotion-outside-hours": {"style": "hold"}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *(message(PROMOTIONAL, FREE, ADVERT) for _ in range(2))) == [0, 0]
        operator.jump(OPENS)
        said = {parse_receipt((await esme.receipt()).short_message).state for _ in range(2)}
        assert said == {MessageState.DELIVERED, MessageState.REJECTED}
        [entry] = operator.inquiries.entries(MessageQuery(rule="duplicate"))
        assert entry.message.number == 2
        assert await statuses(esme, message(PROMOTIONAL, FREE, ADVERT)) == [DUPLICATE]


async def test_held_parts_are_no_duplicate_over_a_restart(tmp_path: Any) -> None:
    hold = {"promotion-outside-hours": {"style": "hold"}}
    operator = once(at=EVENING, window=86_400, store=Store(tmp_path / "store"), answers=hold)
    pieces = [part(ADVERT[:20], 1, 2, source=PROMOTIONAL), part(ADVERT[20:], 2, 2, source=PROMOTIONAL)]
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *pieces) == [0, 0]
    operator.close()
    operator = once(at=EVENING + 60, window=86_400, store=Store(tmp_path / "store"), answers=hold)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        operator.jump(OPENS)
        said = [parse_receipt((await esme.receipt()).short_message).state for _ in range(2)]
        assert said == [MessageState.DELIVERED] * 2
    operator.close()
    operator = once(at=OPENS + 60, window=86_400, store=Store(tmp_path / "store"), answers=hold)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, message(PROMOTIONAL, FREE, ADVERT)) == [DUPLICATE]
    operator.close()


async def test_a_scheduled_message_sets_out_once() -> None:
    operator = once(window=86_400)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        later = message(DEDICATED, FREE, ORDER)._replace(schedule_delivery_time="000000010000000R")
        assert await statuses(esme, later) == [0]
        assert await statuses(esme, message(DEDICATED, OTHER, ORDER)) == [0]
        await esme.receipt()
        said = parse_receipt((await esme.receipt()).short_message)
        assert (said.message_id, said.state) == ("0000000001", MessageState.DELIVERED)
        assert await statuses(esme, message(DEDICATED, FREE, ORDER)) == [DUPLICATE]


async def test_a_message_that_is_replaced_is_not_its_own_duplicate_nor_one_more() -> None:
    operator = capped(1, duplicates={"window": 3600}, delivery=SLOW)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit(SIM, FREE, ADVERT)
        assert isinstance(answer.pdu, SubmitSmResp)
        for text in (ADVERT, ADVERT + "!", ADVERT + "!"):
            replace = ReplaceSm(answer.pdu.message_id, source_addr=SIM, short_message=text.encode("utf-16-be"))
            await esme.send(replace)
            assert (await esme.response()).command_status == 0
        assert await statuses(esme, message(SIM, FREE, "یک متن دیگر")) == [CAP]


async def test_what_replaced_a_text_is_known_and_what_it_replaced_too() -> None:
    operator = once(delivery=SLOW)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit(DEDICATED, FREE, ORDER)
        other = await esme.submit(DEDICATED, FREE, CODE)
        assert isinstance(answer.pdu, SubmitSmResp)
        assert isinstance(other.pdu, SubmitSmResp)
        new = ORDER.replace("۴۵۸۲۱", "۴۵۸۲۲")
        replace = ReplaceSm(answer.pdu.message_id, source_addr=DEDICATED, short_message=new.encode("utf-16-be"))
        await esme.send(replace)
        assert (await esme.response()).command_status == 0
        assert await statuses(esme, message(DEDICATED, FREE, new), message(DEDICATED, FREE, ORDER)) == [DUPLICATE] * 2
        await esme.send(replace._replace(message_id=other.pdu.message_id))
        assert (await esme.response()).command_status == CommandStatus.ESME_RREPLACEFAIL


async def test_what_was_called_back_was_sent() -> None:
    operator = once(delivery=SLOW)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit(DEDICATED, FREE, ORDER)
        assert isinstance(answer.pdu, SubmitSmResp)
        await esme.send(CancelSm(message_id=answer.pdu.message_id, source_addr=DEDICATED))
        assert (await esme.response()).command_status == 0
        assert await statuses(esme, message(DEDICATED, FREE, ORDER)) == [DUPLICATE]


# Recipients of a call


async def test_a_call_to_a_shared_line_names_one_recipient() -> None:
    operator = make_operator(profile={"pattern_calls": {"most_recipients": 1}})
    async with connected(operator) as esme:
        await esme.bind()
        assert await unsuccessful(esme, to_several(SHARED, CODE, FREE, OTHER)) == [[SEVERAL, SEVERAL]]
        assert await unsuccessful(esme, to_several(SHARED, CODE, FREE)) == [[]]
        assert await unsuccessful(esme, to_several(DEDICATED, ORDER, FREE, OTHER)) == [[]]
        [first, second] = operator.inquiries.entries(MessageQuery(rule="several-recipients"))
        for entry in (first, second):
            assert entry.message.verdict is not None
            assert entry.message.verdict.clause == "shared.one-recipient"


async def test_parts_to_several_are_refused_as_one_text_even_after_a_restart(tmp_path: Any) -> None:
    profile = {"pattern_calls": {"most_recipients": 1}}
    udh = [concatenation_udh(Concatenation(1, 2, number)) for number in (1, 2)]
    operator = make_operator(Store(tmp_path / "store"), profile=profile)
    async with connected(operator) as esme:
        await esme.bind()
        assert await unsuccessful(esme, to_several(SHARED, CODE[:20], FREE, OTHER, udh=udh[0])) == [[]]
    operator.close()
    operator = make_operator(Store(tmp_path / "store"), at=NOON + 1, profile=profile)
    async with connected(operator) as esme:
        await esme.bind()
        assert await unsuccessful(esme, to_several(SHARED, CODE[20:], FREE, udh=udh[1])) == [[SEVERAL]]
        assert len(operator.inquiries.entries(MessageQuery(rule="several-recipients"))) == 2
    operator.close()
