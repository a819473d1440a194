"""A store that cannot be written: nothing is told that it does not hold, nothing told is lost, and it goes on."""

import contextlib
import sqlite3
from pathlib import Path
from random import Random

import httpx
import pytest
import trio
import trio.testing

from simulator.admin.app import create_app
from simulator.center.operator import Operator
from simulator.center.outage import UnwritableError
from simulator.changing.changes.lines import RegisterLine, SuspendLine
from simulator.changing.journal import Origin
from simulator.registry.lines import Line, LineState
from simulator.serving.server import Door, serve_connection
from simulator.smpp.consts import CommandStatus, MessageState
from simulator.smpp.events import Closed, Request, Response
from simulator.smpp.pdus import (
    BindReceiver,
    BindTransmitter,
    CancelSm,
    DeliverSm,
    DeliverSmResp,
    QuerySm,
    QuerySmResp,
    SubmitSmResp,
)
from simulator.smpp.receipts import parse_receipt
from simulator.store import MessageQuery, Store
from tests.center.test_operator import ADVERT, DEDICATED, FREE, ORDER, make_operator, part_of, running
from tests.esme import QUIET, Esme, connected, message

pytestmark = pytest.mark.virtual_time

FULL = CommandStatus.ESME_RMSGQFUL
LONG = ORDER * 40


def fill(store: Store) -> None:
    """Leaves no room in the store, as a full disk does."""
    db = store._db
    db.execute("CREATE TABLE IF NOT EXISTS filler (x)")
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    for size in (100_000, 3000, 100):
        with contextlib.suppress(sqlite3.OperationalError):
            while True:
                db.execute("INSERT INTO filler VALUES (zeroblob(?))", (size,))


def make_room(store: Store) -> None:
    store._db.execute("PRAGMA max_page_count = 1000000")


async def statuses(esme: Esme, *texts: str, line: str = DEDICATED) -> list[int]:
    """The statuses of as many submit_sm, sent in one write."""
    pdus = [
        message(line, FREE, "")._replace(short_message=text.encode("utf-16-be")[:254], data_coding=8) for text in texts
    ]
    await esme.send(*pdus)
    return [(await esme.response()).command_status for _ in texts]


def texts(operator: Operator) -> list[str]:
    return [entry.message.text for entry in operator.inquiries.entries(MessageQuery(limit=1000))]


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store(tmp_path / "store" if request.param == "file" else None)


async def test_what_came_while_the_disk_was_full_was_never_there(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, "پیام ۱", "پیام ۲") == [0, 0]
        fill(store)
        assert await statuses(esme, *[f"{number} {LONG}" for number in range(50)]) == [FULL] * 50
        assert operator.is_out_of_order
        assert await statuses(esme, "پیام ۳") == [FULL], "and it is not even judged"
        assert texts(operator) == ["پیام ۱", "پیام ۲"]
        make_room(store)
        await trio.sleep(2)
        answer = await esme.submit(DEDICATED, FREE, "پیام ۴")
        assert answer.pdu == SubmitSmResp("0000000003"), "the numbers go on as if nothing had been"
        said = {parse_receipt((await esme.receipt()).short_message).message_id for _ in range(3)}
        assert said == {"0000000001", "0000000002", "0000000003"}
        with trio.move_on_after(3600):
            await esme.receipt()
            pytest.fail("there was no fourth message")


async def test_receipts_wait_and_come_once(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, *["یک"] * 30) == [0] * 30
        fill(store)
        assert FULL in await statuses(esme, *[LONG] * 50)
        with trio.move_on_after(60):
            await esme.receipt()
            pytest.fail("a receipt came that the store could not know of")
        make_room(store)
        said = [parse_receipt((await esme.receipt()).short_message).message_id for _ in range(30)]
        assert len(set(said)) == 30
        with trio.move_on_after(60):
            await esme.receipt()
            pytest.fail("a receipt came twice")
        assert list(store.unacknowledged_receipts()) == []


async def test_receipts_that_were_sent_and_not_yet_acknowledged_are_not_sent_again(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator), connected(operator, acknowledges=False) as esme:
        await esme.bind()
        assert await statuses(esme, *["یک"] * 4) == [0] * 4
        numbers, said = [], []
        for _ in range(4):
            event = await esme.next(Request)
            assert isinstance(event, Request)
            assert isinstance(event.pdu, DeliverSm)
            numbers.append(event.sequence_number)
            said.append(int(parse_receipt(event.pdu.short_message).message_id))
        fill(store)
        esme.session.send_response(numbers[0], DeliverSmResp())  # in the very turn that fails
        assert FULL in await statuses(esme, *[LONG] * 50)
        esme.session.send_response(numbers[1], DeliverSmResp())  # while nothing can be written
        await esme.flush()
        await trio.sleep(10)
        make_room(store)
        await trio.sleep(10)
        esme.session.send_response(numbers[2], DeliverSmResp())
        assert await statuses(esme, "دو") == [0]
        last = parse_receipt((await esme.receipt()).short_message)
        assert last.message_id == "0000000005"
        assert [receipt.message for receipt, _ in store.unacknowledged_receipts()] == [said[3], 5]


async def test_a_session_that_ends_meanwhile_leaves_its_receipts_to_the_next(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator):
        async with connected(operator, acknowledges=False) as esme:
            await esme.bind()
            assert await statuses(esme, "یک", "دو") == [0, 0]
            for _ in range(2):
                await esme.receipt()
            fill(store)
            assert FULL in await statuses(esme, *[LONG] * 50)
        async with connected(operator) as other:
            await other.bind(kind=BindReceiver)
            assert operator.binds.count("panel") == 1
            await trio.sleep(10)
            make_room(store)
            said = {parse_receipt((await other.receipt()).short_message).message_id for _ in range(2)}
            assert said == {"0000000001", "0000000002"}


async def test_no_strike_and_no_change_is_left_of_it(store: Store) -> None:
    operator = make_operator(store, profile={"sanctions": {"strikes": 1}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        fill(store)
        advert = message(DEDICATED, FREE, ADVERT, registered_delivery=0)
        await esme.send(*[advert] * 100)
        assert {(await esme.response()).command_status for _ in range(100)} == {FULL}
        line = operator.registers.lines.find(DEDICATED)
        assert line is not None
        assert line.state is not LineState.CLOSED
        with pytest.raises(UnwritableError):
            operator.change(SuspendLine(line=DEDICATED, reason="x" * 400), Origin.HTTP)
        make_room(store)
        await trio.sleep(2)
        assert list(store.changes()) == []
        assert await statuses(esme, ORDER) == [0], "the line is open"


def register_lines(operator: Operator) -> None:
    for number in range(3000800000, 3000800200):
        operator.change(RegisterLine(line=Line(number=str(number), account="panel")), Origin.HTTP)


async def test_a_change_that_finds_no_room_was_not_made(store: Store) -> None:
    operator = make_operator(store)
    fill(store)
    with pytest.raises(UnwritableError):
        register_lines(operator)
    kept = {entry.body for entry in store.changes()}
    new = {line.number for line in operator.registers.lines if line.number.startswith("30008")}
    assert len(kept) == len(new) < 200
    transport = httpx.ASGITransport(create_app(operator))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.post("/api/v1/changes", json={"kind": "close-line", "line": DEDICATED, "reason": "x"})
    assert answer.status_code == 503
    assert "cannot be written" in answer.json()["detail"]


async def test_a_text_is_completed_when_there_is_room_for_its_last_part(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ORDER[:30], 2, 1))
        assert (await esme.response()).command_status == 0
        fill(store)
        await esme.send(part_of(ORDER[30:], 2, 2), *[message(DEDICATED, FREE, ORDER)] * 50)
        assert {(await esme.response()).command_status for _ in range(51)} == {FULL}
        make_room(store)
        await trio.sleep(2)
        await esme.send(part_of(ORDER[30:], 2, 2))
        assert (await esme.response()).command_status == 0
        verdicts = [entry.message.verdict for entry in operator.inquiries.entries(MessageQuery())]
        assert len(verdicts) == 2
        assert verdicts[0] is not None
        assert verdicts[0] == verdicts[1]


async def test_questions_are_answered_and_alterations_are_not(store: Store) -> None:
    operator = make_operator(store)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, "یک") == [0]
        fill(store)
        assert FULL in await statuses(esme, *[LONG] * 50)
        await esme.send(QuerySm("0000000001", source_addr=DEDICATED))
        answer = await esme.response()
        assert isinstance(answer.pdu, QuerySmResp)
        assert answer.pdu.message_state == MessageState.ENROUTE
        await esme.send(CancelSm(message_id="0000000001", source_addr=DEDICATED))
        assert (await esme.response()).command_status == CommandStatus.ESME_RSYSERR
        assert [entry.message.state for entry in operator.inquiries.entries(MessageQuery())] == [MessageState.ENROUTE]


async def test_a_cancel_in_the_turn_that_fails_has_not_been(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, "یک") == [0]
        fill(store)
        cancel = CancelSm(message_id="0000000001", source_addr=DEDICATED)
        await esme.send(cancel, *[message(DEDICATED, FREE, ORDER)] * 50)
        assert (await esme.response()).command_status == CommandStatus.ESME_RSYSERR
        make_room(store)
        said = parse_receipt((await esme.receipt()).short_message)
        assert said.state is MessageState.DELIVERED


async def test_an_answer_that_was_committed_is_not_taken_back_although_its_peer_has_not_read_it(store: Store) -> None:
    operator = make_operator(store)
    near, far = trio.testing.lockstep_stream_pair()
    async with trio.open_nursery() as nursery, connected(operator) as other:
        nursery.start_soon(serve_connection, Door(operator, QUIET), far)
        slow = Esme(near)
        await slow.bind(kind=BindTransmitter)
        await slow.send(message(DEDICATED, FREE, "یک"))
        await trio.sleep(1)  # its writer waits for the peer to read
        await slow.send(message(DEDICATED, FREE, "دو"))
        await trio.sleep(1)
        await other.bind()
        assert await statuses(other, "سه") == [0], "this commits what the slow one was not told yet"
        fill(store)
        assert FULL in await statuses(other, *[LONG] * 50)
        assert [(await slow.response()).command_status for _ in range(2)] == [0, 0]
        assert texts(operator) == ["یک", "دو", "سه"]
        await near.aclose()


async def test_a_disk_that_cannot_be_read_either_is_waited_for(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    operator = make_operator(store)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, "یک") == [0]
        fill(store)
        with monkeypatch.context() as patch:
            patch.setattr(store, "under_way", unreadable)
            assert FULL in await statuses(esme, *[LONG] * 50)
            make_room(store)
            await trio.sleep(10)
            assert await statuses(esme, "دو") == [FULL]
        await trio.sleep(2)
        answer = await esme.submit(DEDICATED, FREE, "سه")
        assert answer.pdu == SubmitSmResp("0000000002")


def unreadable() -> None:
    raise sqlite3.OperationalError("disk I/O error")


async def test_a_reset_ends_it(store: Store) -> None:
    operator = make_operator(store)
    async with running(operator):
        async with connected(operator) as esme:
            await esme.bind()
            fill(store)
            assert FULL in await statuses(esme, *[LONG] * 50)
        store._db.execute("DROP TABLE filler")
        operator.reset(None, None, None)
        async with connected(operator) as esme:
            await esme.bind()
            assert await statuses(esme, "یک") == [0]


async def test_an_error_that_will_not_pass_is_not_waited_for(store: Store) -> None:
    operator = make_operator(store)
    store._db.execute("DROP TABLE submissions")
    async with connected(operator) as esme:
        await esme.bind()
        await esme.send(message(DEDICATED, FREE, ORDER))
        await esme.next(Closed)
        assert not any(isinstance(event, Response) for event in esme.events)


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_fails_whenever_all_that_was_told_is_true(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    store = FailingStore(tmp_path / "store", chance)
    operator = make_operator(store)
    told: dict[str, str] = {}
    refused: set[str] = set()
    got: list[str] = []
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        for round_number in range(60):
            store.is_failing = chance.random() < 0.4
            sent = [f"{round_number}-{number}" for number in range(chance.randrange(1, 6))]
            numbers = await esme.send(*[message(DEDICATED, FREE, ORDER + text) for text in sent])
            by_number = dict(zip(numbers, sent, strict=True))
            for _ in sent:
                answer = await esme.response()
                if answer.command_status == 0:
                    assert isinstance(answer.pdu, SubmitSmResp)
                    told[answer.pdu.message_id] = ORDER + by_number[answer.sequence_number]
                else:
                    refused.add(ORDER + by_number[answer.sequence_number])
            await trio.sleep(chance.random())
        store.is_failing = False
        with trio.move_on_after(60):
            while True:
                got.append(parse_receipt((await esme.receipt()).short_message).message_id)
        entries = operator.inquiries.entries(MessageQuery(limit=1000))
        assert {entry.message.message_id: entry.message.text for entry in entries} == told
        assert not refused & set(told.values())
        assert refused
        assert sorted(got) == sorted(told)
        assert all(len(entry.receipts) == 1 and entry.receipts[0].acknowledged_at for entry in entries)
    operator.close()


class FailingStore(Store):
    """A store over a disk that fails every other time, while it does."""

    def __init__(self, path: Path, chance: Random) -> None:
        super().__init__(path)
        self._chance = chance
        self.is_failing = False

    @contextlib.contextmanager
    def _transaction(self):  # type: ignore[no-untyped-def] # as the store's own
        with super()._transaction():
            yield
            if self.is_failing and self._chance.random() < 0.5:
                self._db.execute("PRAGMA max_page_count = 1")
                try:
                    self._db.execute("INSERT INTO room VALUES (zeroblob(10000000))")
                finally:
                    self._db.execute("PRAGMA max_page_count = 1000000")
