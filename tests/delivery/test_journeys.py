"""The life of a message after acceptance: schedules, handsets, retries, validity, receipts, in virtual time."""

import datetime
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.center.inquiries import Entry
from simulator.center.operator import Operator
from simulator.changing.changes.subscribers import SetHandsets
from simulator.changing.journal import Origin
from simulator.messages import Message, ReceiptKind
from simulator.numbers.numbering import TEHRAN
from simulator.profiles.handset import OUTCOMES, HandsetState
from simulator.registry.subscribers import MAGIC_HANDSETS, Handsets
from simulator.smpp.consts import CommandStatus, MessageState, TlvTag
from simulator.smpp.events import Request
from simulator.smpp.pdus import (
    BindReceiver,
    BindTransceiver,
    BindTransmitter,
    DeliverSm,
    DeliverSmResp,
    QuerySm,
    QuerySmResp,
    ReplaceSm,
    SubmitSm,
    SubmitSmResp,
)
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.times import format_time
from simulator.smpp.tlvs import get
from simulator.store import MessageQuery, Store
from tests.center.test_operator import DEDICATED, FREE, NOON, ORDER, make_operator, running
from tests.esme import Esme, connected, message

pytestmark = pytest.mark.virtual_time

HOUR, DAY = 3600.0, 86_400.0


@asynccontextmanager
async def bound(operator: Operator) -> AsyncIterator[Esme]:
    async with running(operator), connected(operator) as esme:
        await esme.send(BindTransceiver(system_id="panel", password="panel", interface_version=0x50))
        await esme.response()
        yield esme


def found(operator: Operator, **handset: Any) -> None:
    operator.change(SetHandsets(handsets=Handsets(numbers=FREE, **handset)), Origin.HTTP)


def only(operator: Operator) -> Entry:
    [entry] = operator.inquiries.entries(MessageQuery())
    return entry


def order(**fields: Any) -> SubmitSm:
    return message(DEDICATED, FREE, ORDER)._replace(**fields)


async def submit(esme: Esme, **fields: Any) -> str:
    await esme.send(order(**fields))
    answer = await esme.response()
    assert answer.command_status == 0
    assert isinstance(answer.pdu, SubmitSmResp)
    return answer.pdu.message_id


def in_seconds(seconds: float) -> str:
    return format_time(datetime.datetime.fromtimestamp(NOON + seconds, TEHRAN))


async def test_a_scheduled_message_waits_for_its_time_and_says_so() -> None:
    operator = make_operator()
    async with bound(operator) as esme:
        message_id = await submit(esme, schedule_delivery_time=in_seconds(HOUR))
        await esme.send(QuerySm(message_id=message_id, source_addr=DEDICATED))
        said = (await esme.response()).pdu
        assert isinstance(said, QuerySmResp)
        assert (said.message_state, said.final_date) == (MessageState.SCHEDULED, "")
        assert parse_receipt((await esme.receipt()).short_message).state is MessageState.DELIVERED
        done = only(operator).message.done_at
        assert done is not None
        assert NOON + HOUR < done < NOON + HOUR + 2


async def test_a_relative_schedule_and_validity_count_from_now() -> None:
    operator = make_operator()
    async with bound(operator) as esme:
        await submit(esme, schedule_delivery_time="000000010000000R", validity_period="000001000000000R")
        kept = only(operator).message
        assert kept.scheduled_for == pytest.approx(NOON + HOUR, abs=1)
        assert kept.valid_until == pytest.approx(NOON + DAY, abs=1)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"validity_period": in_seconds(-1)}, CommandStatus.ESME_RINVEXPIRY),
        ({"validity_period": in_seconds(60), "schedule_delivery_time": in_seconds(61)}, CommandStatus.ESME_RINVEXPIRY),
        ({"schedule_delivery_time": in_seconds(-60)}, CommandStatus.ESME_ROK),
    ],
)
async def test_times_that_cannot_be(fields: dict[str, str], status: CommandStatus) -> None:
    operator = make_operator()
    async with bound(operator) as esme:
        await esme.send(order(**fields))
        assert (await esme.response()).command_status == status


async def test_a_handset_that_is_off_is_tried_until_the_validity_ends() -> None:
    operator = make_operator(subscribers=[{"numbers": FREE, "state": "off"}])
    async with bound(operator) as esme:
        await submit(esme, validity_period=in_seconds(HOUR))
        pdu = await esme.receipt()
        said = parse_receipt(pdu.short_message)
        assert (said.state, said.error, said.delivered) == (MessageState.EXPIRED, 127, 0)
        assert get(pdu.tlvs, TlvTag.NETWORK_ERROR_CODE) == b"\x03\x00\x1b"
        kept = only(operator).message
        assert kept.done_at == pytest.approx(NOON + HOUR, abs=0.2)
        # a second, then 60, 120, 240, 480, 960 seconds later; the next would be past the hour
        assert kept.attempts == 6


async def test_a_handset_that_comes_back_gets_its_message_at_once() -> None:
    operator = make_operator(subscribers=[{"numbers": "989129990000-989129999999", "state": "out-of-coverage"}])
    async with bound(operator) as esme:
        await submit(esme)
        await trio.sleep(2000)
        assert only(operator).message.state == MessageState.ENROUTE
        found(operator, state="on")
        assert parse_receipt((await esme.receipt()).short_message).state is MessageState.DELIVERED
        assert only(operator).message.done_at == pytest.approx(NOON + 2000, abs=2)


async def test_retries_and_their_number_outlive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "store"
    world: dict[str, Any] = {"subscribers": [{"numbers": FREE, "state": "memory-full"}]}
    operator = make_operator(Store(path), **world)
    async with bound(operator) as esme:
        await submit(esme, validity_period=in_seconds(HOUR))
        await trio.sleep(200)
        before = only(operator).message
    operator.close()
    operator = make_operator(Store(path), at=NOON + 200, **world)
    async with bound(operator) as esme:
        assert only(operator).message == before
        said = parse_receipt((await esme.receipt()).short_message)
        assert (said.state, said.error) == (MessageState.EXPIRED, 132)
        kept = only(operator).message
        assert (kept.attempts, kept.done_at) == (6, kept.valid_until)


@pytest.mark.parametrize(("suffix", "state"), MAGIC_HANDSETS.items())
async def test_magic_numbers_of_handsets(suffix: str, state: HandsetState) -> None:
    operator = make_operator()
    async with bound(operator) as esme:
        await esme.send(message(DEDICATED, f"98912{suffix}", ORDER)._replace(validity_period=in_seconds(600)))
        await esme.response()
        pdu = await esme.receipt()
        outcome = OUTCOMES[state]
        said = parse_receipt(pdu.short_message)
        assert (said.state, said.error) == (outcome.state, int(outcome.err))
        network = get(pdu.tlvs, TlvTag.NETWORK_ERROR_CODE)
        assert network == (None if outcome.network_error is None else b"\x03\x00" + bytes([outcome.network_error]))


async def test_outcomes_by_weight_are_drawn_from_the_seed_and_the_message_alone() -> None:
    async def states(sleep: float) -> list[int]:
        operator = make_operator(subscribers=[{"numbers": FREE, "outcomes": {"on": 3, "unknown": 1}}])
        async with bound(operator) as esme:
            for _ in range(200):
                await submit(esme, registered_delivery=0)
                await trio.sleep(sleep)
            await trio.sleep(60)
            return [entry.message.state for entry in operator.inquiries.entries(MessageQuery(limit=300))]

    drawn = await states(0.0)
    assert drawn == await states(1.7)
    assert 25 <= drawn.count(MessageState.UNDELIVERABLE) <= 75


async def test_an_intermediate_notification_comes_once() -> None:
    operator = make_operator(subscribers=[{"numbers": FREE, "state": "off"}])
    async with bound(operator) as esme:
        await submit(esme, registered_delivery=0x11, validity_period=in_seconds(1000))
        first, last = await esme.receipt(), await esme.receipt()
        assert (first.esm_class, last.esm_class) == (0x20, 0x04)
        assert parse_receipt(first.short_message).state is MessageState.ENROUTE
        assert parse_receipt(last.short_message).state is MessageState.EXPIRED
        await trio.sleep(HOUR)
        assert len(only(operator).receipts) == 2


@pytest.mark.parametrize(
    ("registered_delivery", "handset", "wanted"),
    [
        (0x00, "on", []),
        (0x01, "on", [0x04]),
        (0x01, "unknown", [0x04]),
        (0x02, "on", []),
        (0x02, "unknown", [0x04]),
        (0x03, "on", [0x04]),
        (0x03, "unknown", []),
        (0x04, "on", [0x08]),
        (0x04, "unknown", []),
        (0x05, "on", [0x04, 0x08]),
        (0x08, "on", [0x10]),
        (0x0C, "on", [0x08, 0x10]),
        (0x10, "unknown", []),
    ],
)
async def test_registered_delivery_exactly(registered_delivery: int, handset: str, wanted: list[int]) -> None:
    operator = make_operator(
        subscribers=[{"numbers": FREE, "state": handset}], profile={"receipts": {"manual_ack_after": 30}}
    )
    async with bound(operator) as esme:
        await submit(esme, registered_delivery=registered_delivery)
        assert [(await esme.receipt()).esm_class for _ in wanted] == wanted
        await trio.sleep(HOUR)
        assert len(only(operator).receipts) == len(wanted)


async def test_delivery_by_hand() -> None:
    operator = make_operator(profile={"delivery": {"mode": "manual"}})
    async with bound(operator) as esme:
        message_id = await submit(esme)
        await trio.sleep(DAY)
        assert only(operator).message.state == MessageState.ENROUTE
        assert operator.move(message_id, MessageState.UNKNOWN, "000") is True
        await esme.send(QuerySm(message_id=message_id, source_addr=DEDICATED))
        said = (await esme.response()).pdu
        assert isinstance(said, QuerySmResp)
        assert said.message_state == MessageState.UNKNOWN
        assert operator.move(message_id, MessageState.ACCEPTED, "007") is True
        receipt = parse_receipt((await esme.receipt()).short_message)
        assert (receipt.state, receipt.error) == (MessageState.ACCEPTED, 7)
        assert operator.move(message_id, MessageState.DELIVERED, "000") is False, "what has ended stays so"
        assert operator.move("0000000099", MessageState.DELIVERED, "000") is None


async def test_a_manual_message_still_expires() -> None:
    operator = make_operator(profile={"delivery": {"mode": "manual"}})
    async with bound(operator) as esme:
        await submit(esme, validity_period=in_seconds(HOUR))
        said = parse_receipt((await esme.receipt()).short_message)
        assert (said.state, said.error) == (MessageState.EXPIRED, 0)


async def test_immediate_delivery_takes_no_time_but_follows_the_response() -> None:
    operator = make_operator(profile={"delivery": {"mode": "immediate"}})
    async with bound(operator) as esme:
        began = trio.current_time()
        await submit(esme)
        await esme.receipt()
        assert trio.current_time() - began < 0.1


async def test_replace_changes_text_and_times() -> None:
    operator = make_operator()
    async with bound(operator) as esme:
        message_id = await submit(esme, schedule_delivery_time=in_seconds(HOUR), data_coding=8)
        changed = ReplaceSm(
            message_id=message_id,
            source_addr=DEDICATED,
            schedule_delivery_time=in_seconds(2 * HOUR),
            validity_period=in_seconds(3 * HOUR),
            registered_delivery=1,
            short_message="سفارش شما فردا می‌رسد".encode("utf-16-be"),
        )
        await esme.send(changed)
        assert (await esme.response()).command_status == 0
        await trio.sleep(1.5 * HOUR)
        assert only(operator).message.state == MessageState.SCHEDULED
        await esme.receipt()
        kept = only(operator).message
        assert kept.text == "سفارش شما فردا می‌رسد"
        assert kept.done_at is not None
        assert NOON + 2 * HOUR < kept.done_at < NOON + 2 * HOUR + 2


async def test_a_scheduled_promotion_is_judged_again_when_its_time_comes() -> None:
    operator = make_operator()
    async with bound(operator) as esme:
        text = "مبلمان نهال، مدل‌های تازه رسید. خیابان بهار"
        night = in_seconds(11.5 * HOUR)
        await esme.send(message("3000100010", FREE, text)._replace(schedule_delivery_time=night))
        assert (await esme.response()).command_status == 0
        said = parse_receipt((await esme.receipt()).short_message)
        assert said.state is MessageState.REJECTED
        verdict = only(operator).message.verdict
        assert verdict is not None
        assert verdict.rule == "promotion-outside-hours"


async def test_a_receipt_is_not_repeated_for_ever() -> None:
    operator = make_operator(profile={"receipts": {"attempts": 3, "retry": 5}})
    async with running(operator), connected(operator, acknowledges=False) as esme:
        await esme.bind()
        await submit(esme)
        for _ in range(3):
            event = await esme.next(Request)
            assert isinstance(event, Request)
            esme.session.send_response(event.sequence_number, DeliverSmResp(), CommandStatus.ESME_RX_T_APPN)
            await esme.flush()
        await trio.sleep(DAY)
        [receipt] = only(operator).receipts
        assert (receipt.attempts, receipt.acknowledged_at) == (3, None)
        assert receipt.given_up_at is not None


async def test_receipts_go_to_the_bind_that_submitted_where_the_profile_says_so() -> None:
    operator = make_operator(profile={"receipts": {"to": "submitter"}})
    async with running(operator), connected(operator) as one, connected(operator) as other:
        await one.bind()
        await other.bind(kind=BindReceiver)
        ids = [await submit(one) for _ in range(4)]
        assert {parse_receipt((await one.receipt()).short_message).message_id for _ in ids} == set(ids)


async def test_receipts_of_a_transmitter_go_to_a_receiver_of_its_account() -> None:
    operator = make_operator(profile={"receipts": {"to": "submitter"}})
    async with running(operator), connected(operator) as one, connected(operator) as other:
        await one.bind(kind=BindTransmitter)
        await other.bind(kind=BindReceiver)
        message_id = await submit(one)
        assert parse_receipt((await other.receipt()).short_message).message_id == message_id


async def test_a_dialect_of_receipts_by_name() -> None:
    operator = make_operator(profile={"receipts": {"dialect": "tlv-only"}})
    async with bound(operator) as esme:
        await submit(esme)
        pdu = await esme.receipt()
        assert isinstance(pdu, DeliverSm)
        assert (pdu.short_message, get(pdu.tlvs, TlvTag.MESSAGE_STATE)) == (b"", b"\x02")


async def test_every_message_that_waits_is_known_after_a_restart_as_before(tmp_path: Path) -> None:
    path = tmp_path / "store"
    world: dict[str, Any] = {"subscribers": [{"numbers": FREE, "outcomes": {"off": 1, "on": 1}}]}
    operator = make_operator(Store(path), **world)
    async with bound(operator) as esme:
        for number in range(20):
            await submit(esme, schedule_delivery_time=in_seconds(60 * (number % 3)) if number % 3 else "")
        await trio.sleep(30)

    def kept(operator: Operator) -> list[Message]:
        return [entry.message for entry in operator.inquiries.entries(MessageQuery())]

    before = kept(operator)
    operator.close()
    operator = make_operator(Store(path), at=NOON + 30, **world)
    assert kept(operator) == before
    async with bound(operator):
        await trio.sleep(5 * DAY)
    assert all(one.done_at is not None for one in kept(operator))


async def test_a_message_is_read_although_the_operator_was_restarted_meanwhile(tmp_path: Path) -> None:
    profile = {"receipts": {"manual_ack_after": HOUR}}
    operator = make_operator(Store(tmp_path / "store"), profile=profile)
    async with bound(operator) as esme:
        await submit(esme, registered_delivery=0x08)
        await trio.sleep(60)
    operator.close()
    for _ in range(2):
        operator = make_operator(Store(tmp_path / "store"), at=NOON + 60, profile=profile)
        async with bound(operator) as esme:
            await trio.sleep(2 * HOUR)
            assert [receipt.kind for receipt in only(operator).receipts] == [ReceiptKind.MANUAL_ACK]
        operator.close()
