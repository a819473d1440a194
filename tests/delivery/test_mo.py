"""Subscribers' messages to lines: cut into parts, kept while nobody is bound, brought to the account once."""

from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.changing.opt_out import MoOutcome
from simulator.registry.world import WorldError, build_world
from simulator.smpp.consts import CommandStatus
from simulator.smpp.events import Request
from simulator.smpp.pdus import BindReceiver, DeliverSm, DeliverSmResp
from simulator.smpp.text import Alphabet, decode_text
from simulator.smpp.udh import user_data
from simulator.store import MoQuery, Store
from tests.center.test_operator import DEDICATED, FREE, make_operator, running
from tests.esme import connected

pytestmark = pytest.mark.virtual_time

LONG = "سلام، سفارش من هنوز نرسیده است؛ لطفاً پیگیری کنید. " * 4
OTHER: dict[str, Any] = {"accounts": [{"system_id": "other", "password": "other"}]}


def said(pdu: DeliverSm) -> str:
    data = user_data(pdu)
    return decode_text(pdu.data_coding, data.octets, Alphabet.GSM, data.languages, data.header_size)


async def test_a_message_goes_to_the_account_that_holds_the_line() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        reading, change = operator.receive_mo(FREE, f"+98{DEDICATED}", "سلام")
        assert (reading.outcome, change) == (MoOutcome.FOR_ACCOUNT, None)
        pdu = await esme.receipt()
        assert (pdu.source_addr, pdu.destination_addr, pdu.esm_class, said(pdu)) == (FREE, DEDICATED, 0, "سلام")
        await esme.flush()
        await trio.sleep(1)
        [kept] = operator.inquiries.find(MoQuery())
        assert (kept.attempts, kept.acknowledged_at is not None) == (1, True)


@pytest.mark.parametrize("default_alphabet", ["gsm", "gsm_packed", "latin1", "ucs2"])
@pytest.mark.parametrize("text", [LONG, "a long text in Latin letters, well beyond one part. " * 7])
async def test_a_long_one_comes_in_parts(default_alphabet: str, text: str) -> None:
    operator = make_operator(profile={"default_alphabet": default_alphabet})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        operator.receive_mo(FREE, DEDICATED, text)
        parts = operator.inquiries.find(MoQuery())
        assert len(parts) > 2
        came = [await esme.receipt() for _ in parts]
        marks = [user_data(pdu).part for pdu in came]
        assert [(mark.total, mark.number) for mark in marks if mark] == [
            (len(parts), at + 1) for at in range(len(parts))
        ]
        assert len({mark.reference for mark in marks if mark}) == 1
        assert all(len(pdu.short_message) <= 254 for pdu in came)
        assert "".join(part.text for part in parts) == text


async def test_it_waits_while_nobody_is_bound_and_over_a_restart(tmp_path: Path) -> None:
    operator = make_operator(Store(tmp_path / "store"))
    async with running(operator):
        operator.receive_mo(FREE, DEDICATED, "one")
        operator.receive_mo(FREE, DEDICATED, LONG)
    operator.close()
    operator = make_operator(Store(tmp_path / "store"))
    async with running(operator), connected(operator) as esme:
        await esme.bind(kind=BindReceiver)
        count = operator.inquiries.count(MoQuery())
        came = [said(await esme.receipt()) for _ in range(count)]
        assert (came[0], "".join(came[1:])) == ("one", LONG)
        operator.receive_mo(FREE, DEDICATED, "more")
        assert said(await esme.receipt()) == "more"


async def test_a_refused_one_comes_again() -> None:
    operator = make_operator()
    async with running(operator), connected(operator, acknowledges=False) as esme:
        await esme.bind()
        operator.receive_mo(FREE, DEDICATED, "again")
        event = await esme.next(Request)
        assert isinstance(event, Request)
        esme.session.send_response(event.sequence_number, DeliverSmResp(), CommandStatus.ESME_RX_T_APPN)
        await esme.flush()
        assert said(await esme.receipt()) == "again"


@pytest.mark.parametrize(
    ("text", "to", "reply"),
    [
        ("نظر غذا خوب بود", "other", "سپاس"),
        ("نظر، عالی", "other", "سپاس"),
        ("راهنما", "panel", "کلیدواژه‌ها: نظر"),
        ("سلام", "panel", None),
        ("نظرسنجی", "panel", None),
    ],
)
async def test_keywords_of_a_line(text: str, to: str, reply: str | None) -> None:
    keywords = [
        {"line": DEDICATED, "word": "نظر", "account": "other", "reply": "سپاس"},
        {"line": DEDICATED, "word": "راهنما", "reply": "کلیدواژه‌ها: نظر"},
    ]
    operator = make_operator(keywords=keywords, **OTHER)
    reading, _ = operator.receive_mo(FREE, DEDICATED, text)
    assert (reading.outcome, reading.reply) == (MoOutcome.FOR_ACCOUNT, reply)
    [kept] = operator.inquiries.find(MoQuery())
    assert kept.account == to


async def test_a_line_to_which_nobody_can_write() -> None:
    operator = make_operator()
    reading, _ = operator.receive_mo(FREE, "2000300030", "سلام")
    assert reading.outcome is MoOutcome.LINE_TAKES_NONE
    assert operator.inquiries.count(MoQuery()) == 0


@pytest.mark.parametrize(
    ("keyword", "says"),
    [
        ({"line": DEDICATED, "word": "دو کلمه"}, "not one word"),
        ({"line": DEDICATED, "word": "!"}, "not one word"),
        ({"line": "3000999999", "word": "نظر"}, "there is no line 3000999999"),
        ({"line": DEDICATED, "word": "نظر", "account": "nobody"}, "there is no account 'nobody'"),
    ],
)
def test_keywords_that_cannot_be(keyword: dict[str, Any], says: str) -> None:
    with pytest.raises(WorldError, match=says):
        build_world({"extends": "demo", "keywords": [keyword]})
