"""Messages that are held back until they may pass, and refusals that nobody hears of."""

import datetime
from typing import Any

import pytest
import trio

from simulator.changing.changes.lines import CloseLine
from simulator.changing.journal import Origin
from simulator.messages import Fate
from simulator.numbers.numbering import TEHRAN
from simulator.registry.world import WorldError
from simulator.smpp.consts import MessageState
from simulator.smpp.pdus import CancelSm, SubmitSmResp
from simulator.smpp.receipts import parse_receipt
from simulator.store import MessageQuery, Store
from tests.center.test_operator import ADVERT, FREE, PROMOTIONAL, make_operator, part_of, running
from tests.esme import connected

pytestmark = pytest.mark.virtual_time

NIGHT = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=TEHRAN).timestamp()
OPENS = datetime.datetime(2026, 11, 23, 7, 0, tzinfo=TEHRAN).timestamp()
HOLD: dict[str, Any] = {"answers": {"promotion-outside-hours": {"style": "hold"}}}
SILENT: dict[str, Any] = {"answers": {"promotion-outside-hours": {"style": "silent"}}}


async def test_a_promotion_by_night_waits_for_the_morning() -> None:
    operator = make_operator(at=NIGHT, profile=HOLD)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        assert (await esme.submit(PROMOTIONAL, FREE, ADVERT)).command_status == 0
        [entry] = operator.inquiries.entries(MessageQuery())
        assert entry.message.state == MessageState.ENROUTE
        assert entry.message.verdict is not None
        assert (entry.message.verdict.rule, entry.message.verdict.until) == ("promotion-outside-hours", OPENS)
        operator.jump(OPENS)
        said = parse_receipt((await esme.receipt()).short_message)
        assert said.state is MessageState.DELIVERED
        [entry] = operator.inquiries.entries(MessageQuery())
        assert entry.message.verdict is not None
        assert entry.message.verdict.outcome is Fate.ACCEPTED
        assert entry.message.done_at is not None
        assert OPENS < entry.message.done_at < OPENS + 2


async def test_it_waits_over_a_restart_with_all_its_parts(tmp_path: Any) -> None:
    operator = make_operator(Store(tmp_path / "store"), at=NIGHT, profile=HOLD)
    async with connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ADVERT[:30], 2, 1, line=PROMOTIONAL), part_of(ADVERT[30:], 2, 2, line=PROMOTIONAL))
        assert [(await esme.response()).command_status for _ in range(2)] == [0, 0]
        await esme.submit(PROMOTIONAL, FREE, "یک متن دیگر")
    operator.close()
    operator = make_operator(Store(tmp_path / "store"), at=NIGHT + 60, profile=HOLD)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await trio.sleep(3600)
        assert {entry.message.done_at for entry in operator.inquiries.entries(MessageQuery())} == {None}
        operator.jump(OPENS)
        said = {parse_receipt((await esme.receipt()).short_message).message_id for _ in range(3)}
        assert said == {"0000000001", "0000000002", "0000000003"}
        for entry in operator.inquiries.entries(MessageQuery()):
            assert entry.message.verdict is not None
            assert entry.message.verdict.is_accepted


async def test_it_is_judged_by_what_is_true_when_it_may_pass() -> None:
    operator = make_operator(at=NIGHT, profile=HOLD)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.submit(PROMOTIONAL, FREE, ADVERT)

        operator.change(CloseLine(line=PROMOTIONAL, reason="night work"), Origin.HTTP)
        operator.jump(OPENS)
        said = parse_receipt((await esme.receipt()).short_message)
        assert said.state is MessageState.REJECTED
        [entry] = operator.inquiries.entries(MessageQuery(rule="closed-line"))
        assert entry.message.state == MessageState.REJECTED


async def test_it_may_be_called_back_meanwhile() -> None:
    operator = make_operator(at=NIGHT, profile=HOLD)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        answer = await esme.submit(PROMOTIONAL, FREE, ADVERT)
        assert isinstance(answer.pdu, SubmitSmResp)
        await esme.send(CancelSm(message_id=answer.pdu.message_id, source_addr=PROMOTIONAL))
        assert (await esme.response()).command_status == 0
        assert parse_receipt((await esme.receipt()).short_message).state is MessageState.DELETED
        operator.jump(OPENS + 60)
        await trio.sleep(60)
        [entry] = operator.inquiries.entries(MessageQuery())
        assert (entry.message.state, len(entry.receipts)) == (MessageState.DELETED, 1)


async def test_a_silent_refusal_says_nothing_of_any_part() -> None:
    operator = make_operator(at=NIGHT, profile=SILENT)
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await esme.send(part_of(ADVERT[:30], 2, 1, line=PROMOTIONAL), part_of(ADVERT[30:], 2, 2, line=PROMOTIONAL))
        assert [(await esme.response()).command_status for _ in range(2)] == [0, 0]
        await trio.sleep(86_400)
        for entry in operator.inquiries.entries(MessageQuery()):
            assert (entry.message.state, entry.receipts) == (MessageState.REJECTED, ())


@pytest.mark.parametrize(
    ("answers", "path", "says"),
    [
        ({"closed-line": {"style": "hold"}}, "profile.answers.closed-line.style", "do not end by themselves"),
        (
            {"promotion-to-blacklisted": {"by_prefix": {"5000": {"style": "hold"}}}},
            "profile.answers.promotion-to-blacklisted.by_prefix.5000.style",
            "do not end by themselves",
        ),
        ({"closed-lines": {}}, "profile.answers.closed-lines", "did you mean 'closed-line'"),
    ],
)
async def test_a_profile_asks_of_rules_only_what_they_can_give(answers: dict[str, Any], path: str, says: str) -> None:
    operator = make_operator()
    with pytest.raises(WorldError) as caught:
        operator.reset({"extends": "demo", "profile": {"answers": answers}}, None, None)
    [(where, what)] = caught.value.errors
    assert where == path
    assert says in what
