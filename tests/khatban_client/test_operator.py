"""Each resource against a real operator: what the client sends is taken, what comes back is read."""

from datetime import timedelta

import pytest

from khatban_client import Operator, OperatorError, RefusedError
from khatban_client.resource import Resource
from tests.khatban_client.canned import Reply, answering
from tests.khatban_client.conftest import MORNING
from tests.khatban_client.panel import LINE, bound

SUBSCRIBER = "989121234567"
LISTED = "989121110001"
ADVERTISEMENT = "۵۰٪ تخفیف کفش"


def test_the_operator_has_every_resource_of_the_folder() -> None:
    has = {type(value) for value in vars(Operator("http://127.0.0.1:1")).values() if isinstance(value, Resource)}
    assert has == set(Resource.__subclasses__())


ASKED_OF_THE_WHOLE = {"explain", "verify", "reset", "snapshot", "rules", "profile", "outbinds", "alerts", "doors"}
NOT_ASKED = {"events", "line-kinds", "violations.csv"}
"""What a browser or a spreadsheet reads."""


def test_the_client_asks_for_everything_that_there_is(operator: Operator) -> None:
    paths = operator.http.ask_table("GET", "/openapi.json")["paths"]
    there = {path.split("/")[3] for path in paths if path.startswith("/api/v1/")}
    resources = {kind.path.removeprefix("/") for kind in Resource.__subclasses__()}
    assert there - NOT_ASKED == resources | ASKED_OF_THE_WHOLE


def test_an_operator_tells_where_its_smpp_door_is(operator: Operator) -> None:
    assert Operator(operator.url).smpp == operator.smpp


def test_an_operator_without_an_smpp_door_is_named() -> None:
    complaint = "expected an SMPP door, got None"
    with answering(lambda _: Reply({"smpp": None})) as canned, pytest.raises(OperatorError, match=complaint):
        _ = Operator(canned.url).smpp


def test_messages_are_waited_for_found_counted_and_moved(operator: Operator) -> None:
    operator.clock.freeze()
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, "کد ورود شما ۱۲۳۴")
        [message] = operator.messages.wait(1, to="09121234567")
    assert (message.to, message.line, message.state, message.accepted) == (SUBSCRIBER, LINE, "ENROUTE", True)
    assert message.received_at.replace(microsecond=0) == MORNING
    assert message.reason == "accepted; the text was judged service/otp by «کد ورود شما ۱۲۳۴»"
    assert operator.messages.count(verdict="refused") == 0
    assert operator.messages.wait(2, 0.05) == [message], "the second does not come"
    assert operator.messages.move(message.id, "UNDELIVERABLE", "027").err == "027"
    assert operator.messages.get(message.id).state == "UNDELIVERABLE"
    assert operator.messages.find(since=MORNING + timedelta(hours=1)) == []


def test_a_message_is_told_with_its_history_and_its_request_and_deleted(operator: Operator) -> None:
    operator.clock.freeze()
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, "کد ورود شما ۱۲۳۴")
        [message] = operator.messages.wait(1)
        kept = operator.messages.delete()
        assert (kept.deleted, kept.kept[0].messages, kept.kept[0].ids) == (0, 1, (message.id,))
        operator.clock.jump(60)
        operator.messages.wait(1, state="DELIVERED")
    story = operator.messages.get(message.id)
    assert [moment.event for moment in story.history] == ["submitted", "ended"]
    assert story.parts == ()
    pdu = operator.messages.pdu(message.id)
    assert (pdu.name, pdu.fields["source_addr"]) == ("submit_sm", LINE)
    assert len(bytes.fromhex(pdu.octets)) > len("کد ورود شما ۱۲۳۴") * 2
    assert operator.messages.find(after=message.id) == []


def test_a_refusal_is_read_with_its_trace(operator: Operator) -> None:
    explained = operator.explain(LINE, LISTED, ADVERTISEMENT, MORNING)
    assert explained.at == MORNING
    assert explained.blacklisted
    assert explained.answer is not None
    assert (explained.answer.style, explained.answer.command_status) == ("submit", "0x00000404")
    assert not explained.verdict.accepted
    assert explained.verdict.reason.startswith(
        "refused by rule service-advertising-to-blacklisted under clause service."
    )
    refusing = explained.verdict.trace[-1]
    assert (refusing.rule, refusing.outcome, refusing.facts["blacklisted"]) == (
        explained.verdict.rule,
        "refused",
        "yes",
    )


def test_the_blacklist_is_asked_and_changed(operator: Operator) -> None:
    assert "09121110001" in operator.blacklist
    assert SUBSCRIBER not in operator.blacklist
    operator.blacklist.add(SUBSCRIBER, "09121110020-09121110021")
    operator.blacklist.remove(LISTED)
    assert operator.blacklist.check(SUBSCRIBER).listed_by == ("mci",)
    numbers = [listed.number for listed in operator.blacklist.numbers("0912111")]
    assert numbers == [f"98912111000{digit}" for digit in "023456789"] + ["989121110020", "989121110021"]
    before = operator.blacklist.summary().count
    taken = operator.blacklist.upload([b"09121113000-0912", b"1113099\n"])
    assert taken.numbers == 100
    assert operator.blacklist.summary().count == before + 100
    assert b"989121113050\n" in b"".join(operator.blacklist.export(operator="mci"))


def test_a_list_that_cannot_be_is_refused_before_its_end(operator: Operator) -> None:
    with pytest.raises(RefusedError, match=r"body\.line\[2\]: 'nobody' is not an Iranian mobile number"):
        operator.blacklist.upload([b"nobody\n" * 1000] * 1000)


def test_what_subscribers_wish_is_theirs_to_say(operator: Operator) -> None:
    operator.blacklist.opt_out(SUBSCRIBER)
    operator.clock.jump(timedelta(days=1))
    assert SUBSCRIBER in operator.blacklist
    operator.blacklist.opt_in(SUBSCRIBER)
    operator.blacklist.stop(SUBSCRIBER, LINE)
    operator.clock.jump(timedelta(days=1))
    state = operator.blacklist.check(SUBSCRIBER)
    assert (state.listed, [(header.line, header.stopped) for header in state.headers]) == (False, [(LINE, True)])
    [stop] = operator.header_stops.find(number="09121234567")
    assert (stop.line, stop.number, stop.next) == (LINE, SUBSCRIBER, None)
    operator.blacklist.rejoin(SUBSCRIBER, LINE)
    assert operator.header_stops.find() == []
    assert [entry.change["kind"] for entry in operator.changes.find(origin="http")] == [
        "opt-out", "opt-in", "stop-header", "rejoin-header",
    ]  # fmt: skip


def test_lines_are_registered_suspended_closed_and_reinstated(operator: Operator) -> None:
    operator.lines.register("30001234", "panel", type="dedicated_service", owner={"kind": "legal", "name": "شرکت"})
    assert [line.number for line in operator.lines.find(type="dedicated_service")] == [LINE, "30001234"]
    operator.lines.suspend("30001234", "complaints", MORNING + timedelta(days=1))
    assert operator.lines.get("+9830001234").suspended_until == MORNING + timedelta(days=1)
    operator.lines.close("30001234", "more of them")
    operator.lines.reinstate("30001234", "all are satisfied")
    story = operator.lines.get("30001234")
    assert (story.state, story.owner.name, story.violations) == ("active", "شرکت", 0)
    assert [entry.change["kind"] for entry in story.history][1:] == ["suspend-line", "close-line", "reinstate-line"]
    with pytest.raises(RefusedError, match="POST /changes: 409 3000200020 is active already"):
        operator.lines.reinstate(LINE, "for nothing")


def test_patterns_are_handed_in_reviewed_and_decided(operator: Operator) -> None:
    line = "2000300030"
    operator.patterns.hand_in(line, "order", "سفارش %number% شما ارسال شد", sender="فروشگاه نمونه")
    [pending] = operator.patterns.find(state="pending")
    assert (pending.name, pending.account, [each.name for each in pending.variables]) == ("order", "panel", ["number"])
    reviewed = operator.patterns.get(line, "order")
    assert all(finding.says for finding in reviewed.review)
    operator.patterns.reject(line, "order", "it does not say who sends it")
    assert operator.patterns.get(line, "order").reason == "it does not say who sends it"
    operator.patterns.approve(line, "order")
    assert operator.explain(line, SUBSCRIBER, "سفارش ۱۲ شما ارسال شد").pattern == "order"
    operator.patterns.withdraw(line, "order")
    assert [pattern.name for pattern in operator.patterns.find(line=line)] == ["otp"]


def test_what_is_done_over_http_is_told_with_who_did_it(operator: Operator) -> None:
    Operator(operator.url, origin="the test").blacklist.add(SUBSCRIBER)
    with pytest.raises(RefusedError):
        operator.lines.reinstate(LINE, "for nothing")
    [done] = operator.mutations.find(origin="the test")
    assert (done.method, done.path, done.body["kind"], done.changes) == (
        "POST",
        "/api/v1/changes",
        "list-numbers",
        (1,),
    )
    [refused] = operator.mutations.find(result="refused")
    assert (refused.status, refused.changes) == (409, ())
    assert refused.outcome is not None


def test_the_clock_is_read_jumped_run_and_stopped(operator: Operator) -> None:
    assert operator.clock.freeze().speed == 0
    before = operator.clock.now()
    assert operator.clock.jump(90).now - before == timedelta(seconds=90)
    evening = MORNING.replace(hour=22)
    assert operator.clock.jump(to=evening).now == evening
    assert operator.clock.run(5).speed == 5
    with pytest.raises(RefusedError, match=r"body\.to: it is .* already"):
        operator.clock.jump(to=MORNING)


def test_subscribers_write_and_their_handsets_are_set(operator: Operator) -> None:
    assert operator.mo.send(SUBSCRIBER, LINE, "سلام").reply is None
    [written] = operator.mo.find(subscriber="09121234567")
    assert (written.source, written.to, written.account, written.text) == (SUBSCRIBER, LINE, "panel", "سلام")
    operator.subscribers.set(SUBSCRIBER, "off")
    assert operator.subscribers.get("09121234567").state == "off"
    operator.subscribers.set(SUBSCRIBER, outcomes={"on": 3, "absent": 1})
    assert operator.subscribers.get(SUBSCRIBER).outcomes == {"on": 3, "absent": 1}
    assert {"on", "off", "memory-full"} <= {kind.state for kind in operator.subscribers.states()}


def test_faults_are_switched_on_and_off(operator: Operator) -> None:
    number = operator.faults.switch_on("late-response", after=2.0, scope={"account": "panel"})
    [on] = operator.faults.on()
    assert (on.id, on.fault["name"], on.bites) == (number, "late-response", 0)
    operator.faults.switch_off(number)
    operator.faults.switch_on("late-response", after=2.0)
    operator.faults.switch_all_off()
    assert operator.faults.on() == []
    assert "late-response" in {fault["name"] for fault in operator.faults.catalogue()}


def test_accounts_pay_and_bind(operator: Operator) -> None:
    account = {"system_id": "shop", "password": "shop", "balance": 1000}
    operator.reset({"extends": "demo", "accounts": [account]}, start=MORNING)
    operator.accounts.top_up("shop", 500)
    assert operator.accounts.get("shop").balance == 1500
    with bound(operator):
        assert {held.system_id: held.binds for held in operator.accounts.all()} == {"panel": 1, "shop": 0}


def test_sessions_are_waited_for_unbound_and_dropped(operator: Operator) -> None:
    assert operator.sessions.find() == []
    with bound(operator), bound(operator) as panel:
        panel.send(SUBSCRIBER, "سلام")
        operator.messages.wait(1)
        first, second = operator.sessions.wait(2, account="panel", bind_type="transceiver")
        assert (first.id < second.id, first.submitted, second.submitted, second.tls) == (True, 0, 1, False)
        operator.sessions.unbind(first.id)
        operator.sessions.drop(second.id)
        assert operator.sessions.find() == []
    with pytest.raises(RefusedError, match="404"):
        operator.sessions.drop(second.id)


def test_expected_messages_are_verified(operator: Operator) -> None:
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, "کد ورود شما ۱۲۳۴")
        met = operator.verify({"to": SUBSCRIBER, "text": "۱۲۳۴", "count": 1}, only=True, seconds=10.0)
    assert (met.met, met.looked_at, len(met.results[0].ids)) == (True, 1, 1)
    missed = operator.verify({"to": LISTED, "verdict": "accepted"}, among={"since": MORNING})
    [result] = missed.results
    assert (missed.met, result.found) == (False, 0)
    [difference] = result.nearest[0].differences
    assert (difference.field, difference.expected, difference.actual) == ("to", LISTED, SUBSCRIBER)


def test_some_parts_begin_anew_while_sessions_stay(operator: Operator) -> None:
    operator.changes.make("set-profile-value", path="hours.mci.open", value="08:00")
    assert [setting.path for setting in operator.profile().changed] == ["hours.mci.open"]
    operator.blacklist.add(SUBSCRIBER)
    with bound(operator) as panel:
        panel.send(SUBSCRIBER, "کد ورود شما ۱۲۳۴")
        operator.messages.wait(1)
        begun = operator.reset(start=MORNING, speed=0, parts=["messages", "registers", "clock"])
        assert (begun.now, begun.speed) == (MORNING, 0)
        assert (operator.messages.count(), SUBSCRIBER in operator.blacklist) == (0, False)
        assert len(operator.sessions.find()) == 1
    assert operator.profile().changed == ()


def test_violations_are_told_with_their_message(operator: Operator) -> None:
    with bound(operator) as panel:
        panel.send(LISTED, ADVERTISEMENT)
        operator.messages.wait(1)
    [violation] = operator.violations.find(line=LINE)
    assert (violation.rule, violation.text, violation.counts) == (
        "service-advertising-to-blacklisted", ADVERTISEMENT, True,
    )  # fmt: skip


def test_requests_are_told_with_what_stands_against_them(operator: Operator) -> None:
    operator.changes.make("ask-for-service", route="dedicated", line="3000100010", hand_in=False)
    [request] = operator.requests.find(account="panel")
    assert (request.state, request.line, request.steps) == ("draft", "3000100010", ())
    assert all(reason.clause and reason.why for reason in request.reasons)
    assert request.reasons
    assert operator.requests.get(request.id) == request


def test_a_world_is_kept_and_begun_with_again(operator: Operator) -> None:
    operator.blacklist.add(SUBSCRIBER)
    kept = operator.snapshot()
    operator.reset({"extends": "demo", "profile": {"name": "strict"}})
    assert (SUBSCRIBER in operator.blacklist, operator.profile().name) == (False, "strict")
    begun = operator.reset(snapshot=kept, start=MORNING, speed=0)
    assert (begun.now, begun.speed) == (MORNING, 0)
    assert SUBSCRIBER in operator.blacklist
    with pytest.raises(RefusedError) as refused:
        operator.reset({"extends": "dmo"})
    assert refused.value.problem.errors[0].path == "body.world.extends"


def test_what_may_be_changed_and_what_is_forbidden_is_told(operator: Operator) -> None:
    assert "suspend-line" in {kind["properties"]["kind"]["const"] for kind in operator.changes.kinds()}
    assert {"rules", "clauses"} <= set(operator.rules())
    assert operator.alert("panel", SUBSCRIBER) == 0
    with pytest.raises(RefusedError, match=r"body\.host"):
        operator.outbind(1, "192.0.2.1")
