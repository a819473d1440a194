"""Every request of a bound ESME but submit_sm, as the ESME sees its answer; in virtual time."""

import inspect
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.serving.requests import ANSWERS
from simulator.smpp.codec import encode
from simulator.smpp.consts import V33, V50, CommandStatus, MessageState, TlvTag
from simulator.smpp.pdus import (
    PDUS,
    BindTransceiver,
    BroadcastSm,
    CancelBroadcastSm,
    CancelSm,
    DataSm,
    DataSmResp,
    DistributionList,
    Pdu,
    QueryBroadcastSm,
    QueryBroadcastSmResp,
    QuerySm,
    QuerySmResp,
    ReplaceSm,
    SmeAddress,
    SubmitMulti,
    SubmitMultiResp,
    SubmitSm,
    SubmitSmResp,
    UnsuccessSme,
    command_id,
)
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.states import Role, SessionState, may_send
from simulator.smpp.tlvs import Tlv, build, get, int_value
from simulator.store import MessageQuery, Store
from tests.center.test_operator import (
    ADVERT,
    DEDICATED,
    FREE,
    LISTED,
    NOON,
    ORDER,
    PROMOTIONAL,
    make_operator,
    part_of,
    running,
)
from tests.esme import Esme, connected, message

pytestmark = pytest.mark.virtual_time

OTHER = "989129990002"
IRANCELL = "989359990003"
BROADCASTER = [{"system_id": "panel", "password": "panel", "may_broadcast": True}]


def ucs2(text: str) -> bytes:
    return text.encode("utf-16-be")


async def ask(esme: Esme, pdu: Any) -> Any:
    """Sends one request; its response."""
    await esme.send(pdu)
    return await esme.response()


def test_every_request_that_a_bound_esme_may_send_has_its_answer() -> None:
    session_answers = {"Unbind", "EnquireLink"}
    may_be_sent = {
        pdu
        for pdu in PDUS
        if not pdu.__name__.endswith("Resp")
        and may_send(Role.ESME, SessionState.BOUND_TRX, command_id(pdu))
        and pdu.__name__ not in session_answers | {"GenericNack"}
    }
    assert set(ANSWERS) == may_be_sent
    assert all(inspect.isfunction(answer) for answer in ANSWERS.values())


async def test_data_sm_is_judged_kept_and_reported_like_any_message() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        text = DataSm(source_addr=DEDICATED, destination_addr=FREE, registered_delivery=1, data_coding=8)
        taken = await ask(esme, text._replace(tlvs=(build(TlvTag.MESSAGE_PAYLOAD, ucs2(ORDER)),)))
        assert (taken.command_status, taken.pdu) == (0, DataSmResp("0000000001"))
        assert parse_receipt((await esme.receipt()).short_message).message_id == "0000000001"
        refused = await ask(esme, text._replace(tlvs=(build(TlvTag.MESSAGE_PAYLOAD, ucs2(ADVERT)),)))
        assert refused.command_status == 0x404
        assert [entry.message.text for entry in operator.inquiries.entries(MessageQuery())] == [ORDER, ADVERT]


@pytest.mark.parametrize(("version", "is_told"), [(0x33, False), (0x34, True), (0x50, True)])
async def test_a_data_sm_resp_says_why_to_all_who_have_the_tlv(version: int, is_told: bool) -> None:
    """3.4 has it there (4.7.2), though not in a submit_sm_resp."""
    async with connected(make_operator()) as esme:
        await ask(esme, BindTransceiver("panel", "panel", interface_version=version))
        payload = (build(TlvTag.MESSAGE_PAYLOAD, ucs2(ADVERT)),)
        refused = await ask(esme, DataSm(source_addr=DEDICATED, destination_addr=FREE, data_coding=8, tlvs=payload))
        assert (TlvTag.ADDITIONAL_STATUS_INFO_TEXT in {tlv.tag for tlv in refused.pdu.tlvs}) == is_told


async def test_a_message_keeps_the_request_that_brought_it() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        members = (SmeAddress(destination_addr=FREE), SmeAddress(destination_addr=OTHER))
        requests: list[Pdu] = [
            message(DEDICATED, FREE, ORDER),
            message(PROMOTIONAL, LISTED, ADVERT),
            DataSm(source_addr=DEDICATED, destination_addr=FREE, tlvs=(build(TlvTag.MESSAGE_PAYLOAD, b"hi"),)),
            part_of("نیمی", 2, 1),
            part_of("نیمی دیگر", 2, 2),
            SubmitMulti(source_addr=DEDICATED, dest_address=members, data_coding=8, short_message=ucs2(ORDER)),
        ]
        numbers = await esme.send(*requests)
        for _ in requests:
            await esme.response()
        replaced = ReplaceSm("0000000001", source_addr=DEDICATED, registered_delivery=1, short_message=b"hello")
        assert (await ask(esme, replaced)).command_status == 0
        octets = [encode(pdu, number) for pdu, number in zip(requests, numbers, strict=True)]
        assert [operator.inquiries.pdu_of(f"{number:010d}") for number in range(1, 8)] == [*octets, octets[-1]]
        assert operator.inquiries.pdu_of("0000000008") is None
        assert operator.inquiries.pdu_of("none") is None


async def test_submit_multi_has_one_id_and_tells_who_was_not_accepted() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        destinations = tuple(SmeAddress(1, 1, number) for number in (LISTED, FREE, "982188776655", OTHER, FREE))
        multi = SubmitMulti(
            source_addr=PROMOTIONAL,
            dest_address=destinations,
            data_coding=8,
            registered_delivery=1,
            short_message=ucs2(ADVERT),
        )
        answer = await ask(esme, multi)
        assert answer.command_status == 0
        assert answer.pdu == SubmitMultiResp(
            "0000000002",
            (
                UnsuccessSme(1, 1, LISTED, 0x401),
                UnsuccessSme(1, 1, "982188776655", CommandStatus.ESME_RINVDSTADR),
            ),
        )
        receipts = [await esme.receipt() for _ in range(2)]
        assert {receipt.source_addr for receipt in receipts} == {FREE, OTHER}
        assert {parse_receipt(receipt.short_message).message_id for receipt in receipts} == {"0000000002"}
        assert len(operator.inquiries.entries(MessageQuery())) == 4, "a destination that is named twice is served once"
        none = await ask(esme, multi._replace(dest_address=(SmeAddress(1, 1, LISTED),)))
        assert none.command_status == CommandStatus.ESME_RSUBMITFAIL


async def test_distribution_lists() -> None:
    accounts = [{"system_id": "panel", "password": "panel", "lists": {"customers": [FREE, OTHER]}}]
    operator = make_operator(accounts=accounts)
    async with connected(operator) as esme:
        await esme.bind()
        multi = SubmitMulti(source_addr=DEDICATED, data_coding=8, short_message=ucs2(ORDER))
        answer = await ask(
            esme, multi._replace(dest_address=(DistributionList("customers"), SmeAddress(0, 0, IRANCELL)))
        )
        assert (answer.command_status, answer.pdu) == (0, SubmitMultiResp("0000000001"))
        assert len(operator.inquiries.entries(MessageQuery())) == 3
        answer = await ask(esme, multi._replace(dest_address=(SmeAddress(0, 0, FREE), DistributionList("nobody"))))
        assert answer.command_status == CommandStatus.ESME_RINVDLNAME
        assert len(operator.inquiries.entries(MessageQuery())) == 3, "nothing of it was submitted"


async def test_query_follows_a_message_to_its_end() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        query = QuerySm("0000000001", source_addr=DEDICATED)
        on_its_way = await ask(esme, query)
        assert on_its_way.pdu == QuerySmResp("0000000001", "", MessageState.ENROUTE, 0)
        await esme.receipt()
        done = await ask(esme, query._replace(source_addr=f"+98{DEDICATED}"))
        assert done.pdu._replace(final_date="") == QuerySmResp("0000000001", "", MessageState.DELIVERED, 0)
        assert done.pdu.final_date.startswith("261122120000")
        assert done.pdu.final_date.endswith("14+")


@pytest.mark.parametrize(
    ("message_id", "source", "status"),
    [
        ("0000000009", DEDICATED, CommandStatus.ESME_RINVMSGID),
        ("1", DEDICATED, CommandStatus.ESME_RINVMSGID),
        ("abc", DEDICATED, CommandStatus.ESME_RINVMSGID),
        ("", DEDICATED, CommandStatus.ESME_RINVMSGID),
        ("0000000001", PROMOTIONAL, CommandStatus.ESME_RQUERYFAIL),
        ("0000000001", "", CommandStatus.ESME_RQUERYFAIL),
    ],
)
async def test_a_query_that_fails(message_id: str, source: str, status: CommandStatus) -> None:
    async with connected(make_operator()) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        assert (await ask(esme, QuerySm(message_id, source_addr=source))).command_status == status


async def test_nobody_asks_for_the_messages_of_another_account() -> None:
    operator = make_operator(accounts=[{"system_id": "other", "password": "x"}])
    async with connected(operator) as esme, connected(operator) as stranger:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        await stranger.bind("other", "x")
        for pdu, status in (
            (QuerySm("0000000001", source_addr=DEDICATED), CommandStatus.ESME_RINVMSGID),
            (CancelSm(message_id="0000000001", source_addr=DEDICATED), CommandStatus.ESME_RINVMSGID),
            (CancelSm(source_addr=DEDICATED, destination_addr=FREE), CommandStatus.ESME_RCANCELFAIL),
            (ReplaceSm("0000000001", source_addr=DEDICATED, short_message=b"x"), CommandStatus.ESME_RINVMSGID),
        ):
            assert (await ask(stranger, pdu)).command_status == status


async def test_a_cancelled_message_is_deleted_and_reported_so() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        cancel = CancelSm(message_id="0000000001", source_addr=DEDICATED, destination_addr=f"0{FREE[2:]}")
        assert (await ask(esme, cancel)).command_status == 0
        assert parse_receipt((await esme.receipt()).short_message).state is MessageState.DELETED
        state = (await ask(esme, QuerySm("0000000001", source_addr=DEDICATED))).pdu.message_state
        assert state == MessageState.DELETED
        assert (await ask(esme, cancel)).command_status == CommandStatus.ESME_RCANCELFAIL
        with trio.move_on_after(60):
            await esme.receipt()
            pytest.fail("a cancelled message was delivered")


async def test_cancel_of_all_between_two_addresses() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        for to in (FREE, FREE, OTHER):
            await esme.submit(DEDICATED, to, ORDER)
        all_to_free = CancelSm(source_addr=DEDICATED, destination_addr=FREE)
        foreign_type = await ask(esme, all_to_free._replace(service_type="CMT"))
        assert foreign_type.command_status == CommandStatus.ESME_RCANCELFAIL
        assert (await ask(esme, all_to_free)).command_status == 0
        kept = [entry.message.state for entry in operator.inquiries.entries(MessageQuery())]
        assert kept == [MessageState.DELETED, MessageState.DELETED, MessageState.ENROUTE]
        states = [parse_receipt((await esme.receipt()).short_message).state for _ in range(3)]
        assert states == [MessageState.DELETED, MessageState.DELETED, MessageState.DELIVERED]
        nobody = await ask(esme, CancelSm(source_addr=DEDICATED))
        assert nobody.command_status == CommandStatus.ESME_RCANCELFAIL


async def test_a_part_that_waits_can_be_cancelled() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        await ask(esme, part_of(ORDER[:30], 2, 1))
        assert (await ask(esme, CancelSm(message_id="0000000001", source_addr=DEDICATED))).command_status == 0
        assert (await ask(esme, part_of(ORDER[30:], 2, 2))).command_status == 0
        states = {parse_receipt((await esme.receipt()).short_message)[:2] for _ in range(2)}
        assert states == {("0000000001", MessageState.DELETED), ("0000000002", MessageState.DELIVERED)}


async def test_a_text_of_which_every_part_was_cancelled_ends_without_a_verdict() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        await ask(esme, part_of(ORDER[:30], 2, 1))
        assert (await ask(esme, CancelSm(message_id="0000000001", source_addr=DEDICATED))).command_status == 0
        assert parse_receipt((await esme.receipt()).short_message)[:2] == ("0000000001", MessageState.DELETED)
        await trio.sleep(1000)  # longer than the parts of a text are waited for
        assert (await ask(esme, part_of(ORDER, 1, 1))).command_status == 0
        assert parse_receipt((await esme.receipt()).short_message)[:2] == ("0000000002", MessageState.DELIVERED)


async def test_a_replaced_text_is_judged_anew() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        await ask(esme, part_of(ORDER, 1, 1))
        replace = ReplaceSm("0000000001", source_addr=DEDICATED, registered_delivery=1)
        refused = await ask(esme, replace._replace(short_message=ucs2(ADVERT)))
        assert refused.command_status == CommandStatus.ESME_RREPLACEFAIL
        assert operator.inquiries.entries(MessageQuery())[0].message.text == ORDER
        assert (await ask(esme, replace._replace(short_message=ucs2("سفارش ۷۷ آماده است")))).command_status == 0
        assert operator.inquiries.entries(MessageQuery())[0].message.text == "سفارش ۷۷ آماده است"
        await esme.receipt()
        late = await ask(esme, replace._replace(short_message=ucs2(ORDER)))
        assert late.command_status == CommandStatus.ESME_RREPLACEFAIL


@pytest.mark.parametrize(("version", "text"), [(0x34, "by hand"), (0x50, "by payload")])
async def test_a_payload_supersedes_the_text_of_a_replacement_at_5_0(version: int, text: str) -> None:
    """4.5.3.3; 3.4 knows no TLV in replace_sm (4.10.1), and passes it over."""
    operator = make_operator()
    async with connected(operator) as esme:
        await ask(esme, BindTransceiver("panel", "panel", interface_version=version))
        await ask(esme, SubmitSm(source_addr=DEDICATED, destination_addr=FREE, short_message=b"your order"))
        payload = (build(TlvTag.MESSAGE_PAYLOAD, b"by payload"),)
        replaced = ReplaceSm("0000000001", source_addr=DEDICATED, short_message=b"by hand", tlvs=payload)
        assert (await ask(esme, replaced)).command_status == 0
        assert [entry.message.text for entry in operator.inquiries.entries(MessageQuery())] == [text]


async def test_predefined_messages() -> None:
    operator = make_operator(profile={"default_messages": {"7": ORDER}})
    async with connected(operator) as esme:
        await esme.bind()
        empty = message(DEDICATED, FREE, "")
        assert (await ask(esme, empty._replace(sm_default_msg_id=7))).command_status == 0
        unknown = await ask(esme, empty._replace(sm_default_msg_id=8))
        assert unknown.command_status == CommandStatus.ESME_RINVDFTMSGID
        assert [entry.message.text for entry in operator.inquiries.entries(MessageQuery())] == [ORDER]
        replace = ReplaceSm("0000000001", source_addr=DEDICATED, sm_default_msg_id=7)
        assert (await ask(esme, replace)).command_status == 0
        assert (await ask(esme, replace._replace(sm_default_msg_id=9))).command_status == unknown.command_status


async def test_a_submit_sm_may_replace_what_is_on_its_way() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        await esme.bind()
        older = message(DEDICATED, FREE, ORDER)
        for pdu in (older, older._replace(service_type="CMT"), message(DEDICATED, OTHER, ORDER)):
            await ask(esme, pdu)
        refused = await ask(esme, message(DEDICATED, FREE, ADVERT)._replace(replace_if_present_flag=1))
        assert refused.command_status == 0x404
        newer = await ask(esme, message(DEDICATED, FREE, "سفارش ۷۷ آماده است")._replace(replace_if_present_flag=1))
        assert newer.pdu == SubmitSmResp("0000000005")
        states = {}
        for _ in range(4):
            said = parse_receipt((await esme.receipt()).short_message)
            states[int(said.message_id)] = said.state.name
        assert states == {1: "DELETED", 2: "DELIVERED", 3: "DELIVERED", 5: "DELIVERED"}


async def test_an_esme_at_3_3_gets_ids_of_eight_octets_and_no_tlvs() -> None:
    async with running(make_operator()) as operator, connected(operator) as esme:
        bound = await ask(esme, BindTransceiver(system_id="panel", password="panel", interface_version=V33))
        assert bound.pdu.tlvs == ()
        answer = await esme.submit(DEDICATED, FREE, ORDER)
        assert answer.pdu == SubmitSmResp("00000001")
        receipt = await esme.receipt()
        assert (parse_receipt(receipt.short_message).message_id, receipt.tlvs) == ("00000001", ())
        assert (await ask(esme, QuerySm("00000001", source_addr=DEDICATED))).command_status == 0


def broadcast(**changes: Any) -> BroadcastSm:
    tlvs = (
        build(TlvTag.BROADCAST_AREA_IDENTIFIER, b"\0Tehran"),
        build(TlvTag.BROADCAST_AREA_IDENTIFIER, b"\0Shiraz"),
        Tlv(TlvTag.BROADCAST_CONTENT_TYPE, b"\0\0\1"),
        Tlv(TlvTag.BROADCAST_REP_NUM, b"\0\3"),
        Tlv(TlvTag.BROADCAST_FREQUENCY_INTERVAL, b"\x09\0\x0a"),
        Tlv(TlvTag.USER_MESSAGE_REFERENCE, b"\0\7"),
        build(TlvTag.MESSAGE_PAYLOAD, b"storm"),
    )
    return BroadcastSm(source_addr=DEDICATED, tlvs=tlvs)._replace(**changes)


async def bind_at_5_0(esme: Esme) -> None:
    await ask(esme, BindTransceiver(system_id="panel", password="panel", interface_version=V50))


async def test_a_broadcast_from_its_start_to_its_end() -> None:
    async with running(make_operator(accounts=BROADCASTER)) as operator, connected(operator) as esme:
        await bind_at_5_0(esme)
        taken = await ask(esme, broadcast())
        assert (taken.command_status, taken.pdu.message_id) == (0, "0000000001")
        query = QueryBroadcastSm("0000000001", source_addr=DEDICATED)
        report = (await ask(esme, query)).pdu
        assert isinstance(report, QueryBroadcastSmResp)
        assert int_value(report.tlvs, TlvTag.MESSAGE_STATE) == MessageState.ENROUTE
        assert [tlv.value for tlv in report.tlvs if tlv.tag == TlvTag.BROADCAST_AREA_IDENTIFIER] == [
            b"\0Tehran",
            b"\0Shiraz",
        ]
        assert [tlv.value for tlv in report.tlvs if tlv.tag == TlvTag.BROADCAST_AREA_SUCCESS] == [b"\x64", b"\x64"]
        await trio.sleep(30 * 60 + 1)
        by_reference = query._replace(message_id="", tlvs=(Tlv(TlvTag.USER_MESSAGE_REFERENCE, b"\0\7"),))
        ended = (await ask(esme, by_reference)).pdu
        assert int_value(ended.tlvs, TlvTag.MESSAGE_STATE) == MessageState.DELIVERED
        assert get(ended.tlvs, TlvTag.BROADCAST_END_TIME) == b"261122123000014+"
        late = await ask(esme, CancelBroadcastSm(message_id="0000000001", source_addr=DEDICATED))
        assert late.command_status == CommandStatus.ESME_RBCASTCANCELFAIL


async def test_a_broadcast_is_called_back_or_replaced_and_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    operator = make_operator(Store(path), accounts=BROADCASTER)
    async with connected(operator) as esme:
        await bind_at_5_0(esme)
        await ask(esme, broadcast())
        await ask(esme, broadcast())
        assert (await ask(esme, CancelBroadcastSm(message_id="0000000001", source_addr=DEDICATED))).command_status == 0
        changed = broadcast(replace_if_present_flag=1, validity_period="000000000100000R")
        assert (await ask(esme, changed)).pdu.message_id == "0000000002", "by its user_message_reference"
        unnamed = tuple(tlv for tlv in broadcast().tlvs if tlv.tag != TlvTag.USER_MESSAGE_REFERENCE)
        wrong = broadcast(message_id="0000000001", replace_if_present_flag=1, tlvs=unnamed)
        assert (await ask(esme, wrong)).command_status == CommandStatus.ESME_RINVMSGID
    operator.close()
    operator = make_operator(Store(path), at=NOON + 90, accounts=BROADCASTER)
    async with connected(operator) as esme:
        await bind_at_5_0(esme)
        states = [
            int_value((await ask(esme, QueryBroadcastSm(f"000000000{n}", source_addr=DEDICATED))).pdu.tlvs, 0x0427)
            for n in (1, 2)
        ]
        assert states == [MessageState.DELETED, MessageState.DELIVERED], "the second was valid for a minute"
        assert (await ask(esme, broadcast())).pdu.message_id == "0000000003"
    operator.close()


@pytest.mark.parametrize(
    ("request_pdu", "status"),
    [
        (broadcast(), CommandStatus.ESME_RPROHIBITED),
        (QueryBroadcastSm("0000000001", source_addr=DEDICATED), CommandStatus.ESME_RBCASTQUERYFAIL),
        (CancelBroadcastSm(source_addr=DEDICATED), CommandStatus.ESME_RBCASTCANCELFAIL),
    ],
)
async def test_an_account_that_may_not_broadcast(request_pdu: Any, status: CommandStatus) -> None:
    async with connected(make_operator()) as esme:
        await bind_at_5_0(esme)
        assert (await ask(esme, request_pdu)).command_status == status
