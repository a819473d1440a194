from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from harness.driver import Capability
from harness.given import THE_OPERATOR
from harness.stage import Stage, StepError
from harness.step import Tolerated, Unmet
from tests.harness.fakes import (
    START,
    SUBMIT,
    FakeDriver,
    FakeOperator,
    answering,
    bound_stage,
    message,
    react_bound,
    receipt,
    response,
    scene,
    sent,
    step,
    submitted,
)

REFUSED = {
    "outcome": "refused", "rule": "service-advertising", "clause": "service.no-discount", "violation": True,
    "content": {"label": "promotional", "category": "discount", "evidence": [{"quote": "تخفیف"}]},
    "trace": [{"rule": "a", "outcome": "passed"}, {"rule": "b", "outcome": "exempt", "clause": "service.any-hour"}],
}  # fmt: skip


def test_bind_says_what_is_to_be_bound() -> None:
    driver = FakeDriver()
    bound_stage(driver, FakeOperator())
    assert driver.commands == [
        {
            "command": "bind", "session": "1.1", "seed": 7, "host": "127.0.0.1", "port": 2775,
            "operator": "http://127.0.0.1:8775/api/v1", "type": "transceiver",
            "system_id": "panel", "password": "panel",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "got"),
    [
        ([{"event": "bound", "command_status": 0x0E}, {"event": "closed", "reason": "not bound"}], "ESME_RINVPASWD"),
        ([{"event": "closed", "reason": "refused"}], "the connection ended: refused"),
        ([], "no answer"),
    ],
)
def test_a_bind_that_is_not_accepted_ends_the_scenario(events: list[dict[str, Any]], got: str) -> None:
    stage = bound_stage(FakeDriver(lambda _: events), FakeOperator())
    outcome = step("bind", **{"as": "panel", "password": "panel"}).run(stage)
    assert outcome == Unmet(("bind_transceiver_resp with ESME_ROK",), got, final=True)


def test_an_expected_status_passes() -> None:
    stage = submitted(answering(response("1", 0, "0000000001")))
    assert step("expect_response", status="ESME_ROK").run(stage) is None
    assert step("expect_response", status=["0x401", "ESME_ROK"]).run(stage) is None


def test_another_status_says_what_came_and_why() -> None:
    operator = FakeOperator([message("0000000001", **REFUSED)])
    stage = submitted(answering(response("1", 0x404)), operator)
    assert step("expect_response", status="ESME_ROK").run(stage) == Unmet(
        ("ESME_ROK",),
        "0x00000404",
        "refused by rule service-advertising under clause service.no-discount; "
        "the text was judged promotional/discount by «تخفیف»",
    )


def test_a_tolerated_status_is_non_strict() -> None:
    stage = submitted(answering(response("1", 0x45)))
    outcome = step("expect_response", status="0x404", tolerated="ESME_RSUBMITFAIL").run(stage)
    assert outcome == Tolerated(("0x00000404",), "ESME_RSUBMITFAIL")


def test_a_missing_answer_is_waited_for_and_missed() -> None:
    driver = answering()
    stage = submitted(driver)
    outcome = step("expect_response", status="ESME_ROK").run(stage)
    assert outcome == Unmet(("ESME_ROK",), "0 answers to 1 parts within 5 s")
    assert driver.now == 5.0


def test_a_connection_that_ends_is_not_waited_for() -> None:
    driver = answering({"event": "closed", "reason": "gone"})
    stage = submitted(driver)
    outcome = step("expect_response", status="ESME_ROK").run(stage)
    assert outcome == Unmet(("ESME_ROK",), "the connection ended: gone")
    assert driver.now == 0.0


def long_text(*statuses: int) -> Any:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        if command["command"] != "submit":
            return react_bound(command)
        answers = [
            response("1", status, "" if status else f"{part:010}", part)
            for part, status in enumerate(statuses, start=1)
        ]
        return [*sent(command, len(statuses)), *answers]

    return submitted(FakeDriver(react))


def test_all_parts_of_a_split_text_are_meant_unless_one_is_named() -> None:
    stage = long_text(0, 0, 0x404)
    got = "part 1: ESME_ROK, part 2: ESME_ROK, part 3: 0x00000404"
    assert step("expect_response", status="ESME_ROK").run(stage) == Unmet(("ESME_ROK",), got)
    assert step("expect_response", status="ESME_ROK", part="2").run(stage) is None
    assert step("expect_response", status="0x404", part="last").run(stage) is None
    assert isinstance(step("expect_response", status="0x404", part="4").run(stage), Unmet)


def test_receipts_belong_to_the_part_whose_message_id_they_bear() -> None:
    stage = long_text(0, 0)
    stage._driver.later = [(0.2, receipt("0000000002", "DELIVRD")), (0.3, receipt("0000000001", "REJECTD", "300"))]
    assert step("expect_receipt", state="REJECTD", err="300", part="1").run(stage) is None
    assert step("expect_receipt", state="DELIVRD", part="last").run(stage) is None
    assert step("expect_receipt", state="DELIVRD").run(stage) == Unmet(
        ("receipt DELIVRD within 5 s",), "part 1: receipt REJECTD err 300, part 2: receipt DELIVRD err 000"
    )


def test_a_receipt_may_overtake_its_response() -> None:
    stage = submitted(answering(receipt("0000000001", "DELIVRD"), response("1", 0, "0000000001")))
    assert step("expect_receipt", state="DELIVRD", err="000").run(stage) is None


@pytest.mark.parametrize(("speed", "waited"), [(1.0, 6.0), (20.0, 2.2)])
def test_a_receipt_is_waited_for_in_the_operators_time(speed: float, waited: float) -> None:
    driver = answering(response("1", 0, "0000000001"))
    stage = submitted(driver, speed=speed)
    outcome = step("expect_receipt", state="DELIVRD", within="4s").run(stage)
    assert outcome == Unmet(("receipt DELIVRD within 4 s",), "no receipt")
    assert driver.now == pytest.approx(waited)


def test_the_err_of_a_receipt_matters_only_where_it_is_named() -> None:
    stage = submitted(answering(response("1", 0, "1"), receipt("1", "UNDELIV", "016")))
    assert step("expect_receipt", state="UNDELIV").run(stage) is None
    assert step("expect_receipt", state="UNDELIV", err="027").run(stage) == Unmet(
        ("receipt UNDELIV err 027 within 5 s",), "receipt UNDELIV err 016"
    )


def test_a_verdict_is_compared_in_what_is_named() -> None:
    stage = submitted(answering(response("1", 0x404)), FakeOperator([message("1", **REFUSED)]))
    assert step("expect_verdict", outcome="refused", violation="yes", category="discount").run(stage) is None
    assert step("expect_verdict", exempt="service.any-hour").run(stage) is None
    outcome = step("expect_verdict", outcome="accepted", rule="none", label="promotional").run(stage)
    assert isinstance(outcome, Unmet)
    assert outcome.expected == ("outcome accepted, rule none, label promotional",)
    assert outcome.got == "outcome refused, rule service-advertising, label promotional"


def test_a_missing_exemption_names_those_that_there_are() -> None:
    stage = submitted(answering(response("1", 0x404)), FakeOperator([message("1", **REFUSED)]))
    outcome = step("expect_verdict", exempt="service.reaches-blacklist").run(stage)
    assert isinstance(outcome, Unmet)
    assert outcome.got == "exempt service.any-hour"


def test_refused_messages_are_found_by_their_order() -> None:
    answers = {"1": response("1", 0x404), "2": response("2", 0, "0000000002"), "3": response("3", 0x401)}

    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        return [*react_bound(command), *([answers[command["tag"]]] if command["command"] == "submit" else [])]

    held = [message("0000000001", rule="a"), message("0000000002", rule="b"), message("0000000003", rule="c")]
    stage = bound_stage(FakeDriver(react), FakeOperator(held))
    for name in ("first", "second", "third"):
        step("submit", **SUBMIT, name=name).run(stage)
    assert step("expect_verdict", of="first", rule="a").run(stage) is None
    assert step("expect_verdict", of="second", rule="b").run(stage) is None
    assert step("expect_verdict", rule="c").run(stage) is None


def test_a_refused_message_that_the_operator_does_not_hold_is_an_error() -> None:
    stage = submitted(answering(response("1", 0x404)))
    with pytest.raises(StepError, match="1 refused submit_sm, but the operator holds 0 messages for them"):
        step("expect_verdict", outcome="refused").run(stage)


def test_nothing_is_believed_after_a_moment_of_silence() -> None:
    driver = answering(response("1", 0, "1"))
    stage = submitted(driver, speed=20.0)
    step("expect_response", status="ESME_ROK").run(stage)
    assert step("expect_nothing", **{"for": "2s"}).run(stage) is None
    assert driver.now == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("event", "got"),
    [
        (receipt("1", "DELIVRD"), "receipt DELIVRD err 000 for message 1"),
        (
            {"event": "mo", "source": "98912", "destination": "3000", "text": "11"},
            "deliver_sm from 98912 to 3000: '11'",
        ),
        ({"event": "generic_nack", "sequence_number": 3, "command_status": 3}, "generic_nack ESME_RINVCMDID"),
    ],
)
def test_what_comes_instead_of_nothing_is_named(event: dict[str, Any], got: str) -> None:
    driver = answering(response("1", 0, "1"))
    stage = submitted(driver)
    step("expect_response", status="ESME_ROK").run(stage)
    driver.later = [(1.0, event)]
    assert step("expect_nothing", **{"for": "2s"}).run(stage) == Unmet(("nothing for 2 s",), got)


def test_what_came_before_and_was_not_looked_at_counts() -> None:
    stage = submitted(answering(response("1", 0x404)))
    outcome = step("expect_nothing", **{"for": "2s"}).run(stage)
    assert outcome == Unmet(("nothing for 2 s",), "response 0x00000404")


def test_enquire_link_is_nothing() -> None:
    stage = submitted(answering({"event": "enquire_link"}))
    assert step("expect_nothing", **{"for": "2s"}).run(stage) is None


def test_unbind_expects_its_answer() -> None:
    assert step("unbind").run(bound_stage(FakeDriver(), FakeOperator())) is None
    silent = FakeDriver(lambda command: react_bound(command) if command["command"] == "bind" else [])
    outcome = step("unbind").run(bound_stage(silent, FakeOperator()))
    assert outcome == Unmet(("unbind_resp with ESME_ROK",), "no answer", final=True)


def test_what_the_client_cannot_do_is_no_fault_of_the_operator() -> None:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        failed = {"event": "failed", "command": "submit", "reason": "UnicodeEncodeError: …"}
        return react_bound(command) if command["command"] == "bind" else [failed]

    stage = bound_stage(FakeDriver(react), FakeOperator())
    with pytest.raises(StepError, match="the client could not carry out submit: UnicodeEncodeError"):
        step("submit", **SUBMIT).run(stage)


def test_events_of_an_older_session_are_not_taken_for_new_ones() -> None:
    driver = answering({**response("1", 0x404), "session": "0.1"}, response("1", 0, "1"))
    assert step("expect_response", status="ESME_ROK").run(submitted(driver)) is None


def test_a_change_is_asked_for_with_all_its_fields() -> None:
    operator = FakeOperator()
    stage = bound_stage(FakeDriver(), operator)
    assert step("change", kind="suspend-line", line="3000200020", reason="x").run(stage) is None
    assert operator.asked == [{"kind": "suspend-line", "line": "3000200020", "reason": "x"}]


@pytest.mark.parametrize(
    ("refused", "answer", "got"),
    [
        (None, "line: there is none", "it is refused: line: there is none"),
        ("gazette", None, "it is made"),
        ("gazette", "documents: pledge is missing", "it is refused: documents: pledge is missing"),
        ("gazette", "documents: the gazette is missing", None),
        (None, None, None),
    ],
)
def test_a_change_is_made_or_refused_as_the_scenario_says(
    refused: str | None, answer: str | None, got: str | None
) -> None:
    stage = bound_stage(FakeDriver(), FakeOperator(answer=answer))
    outcome = step("change", kind="ask-for-service", refused=refused).run(stage)
    assert (outcome.got if isinstance(outcome, Unmet) else None) == got


def test_a_jump_is_by_or_to() -> None:
    operator = FakeOperator()
    stage = bound_stage(FakeDriver(), operator)
    assert step("jump", by="90d").run(stage) is None
    assert step("jump", to="2026-11-23 07:00").run(stage) is None
    [(by, _), (_, to)] = operator.asked
    assert (by, to.isoformat()) == (90 * 86_400.0, "2026-11-23T07:00:00+03:30")
    for fields in ({}, {"by": "1s", "to": "2026-11-23 07:00"}):
        with pytest.raises(ValidationError, match="either"):
            step("jump", **fields)


@pytest.mark.parametrize(
    ("reply", "answer", "got"),
    [(None, None, None), ("قطع", "قطع شد", None), ("قطع", None, "no reply"), ("قطع", "وصل", "the reply 'وصل'")],
)
def test_a_subscriber_writes_and_is_answered(reply: str | None, answer: str | None, got: str | None) -> None:
    operator = FakeOperator(answer=answer)
    outcome = step("mo", **{"from": "09121234567", "to": "8999", "text": "1", "reply": reply}).run(
        bound_stage(FakeDriver(), operator)
    )
    assert operator.asked == [("09121234567", "8999", "1")]
    assert (outcome.got if isinstance(outcome, Unmet) else None) == got


def test_a_subscribers_message_comes_and_is_looked_at_once() -> None:
    mo = {"event": "mo", "source": "989121234567", "destination": "3000200020", "text": "سلام"}
    stage = submitted(answering(mo, mo | {"text": "دوم"}))
    assert step("expect_mo", **{"from": "989121234567", "to": "3000200020", "text": "دوم"}).run(stage) is None
    outcome = step("expect_mo", text="دوم", within="1s").run(stage)
    assert outcome == Unmet(("deliver_sm text دوم within 1 s",), "from 989121234567, to 3000200020, text سلام")
    assert step("expect_mo").run(stage) is None
    assert step("expect_mo", within="1s").run(stage) == Unmet(("deliver_sm within 1 s",), "none")


def test_a_line_is_as_expected_or_not() -> None:
    operator = FakeOperator(registered={"type": "dedicated_service", "state": "active", "account": "panel"})
    stage = bound_stage(FakeDriver(), operator)
    assert step("expect_line", number="3000200020", type="dedicated_service", state="active").run(stage) is None
    outcome = step("expect_line", number="3000200020", state="closed", account="panel").run(stage)
    assert outcome == Unmet(("state closed, account panel",), "state active, account panel")
    with pytest.raises(ValidationError, match="expects nothing"):
        step("expect_line", number="3000200020")


REQUEST = {
    "state": "refused",
    "reasons": [
        {"clause": "dedicated.pledge", "why": "the document pledge is missing", "document": "pledge"},
        {
            "clause": "dedicated.9000-papers",
            "why": "the document e-namad ran out",
            "document": "e-namad or guild-permit",
        },
    ],
}


@pytest.mark.parametrize(
    ("fields", "is_met"),
    [
        ({"state": "refused"}, True),
        ({"state": "granted"}, False),
        ({"clause": "dedicated.pledge"}, True),
        ({"clause": "dedicated.pledge", "document": "guild-permit"}, False),
        ({"clause": "dedicated.9000-papers", "document": "guild-permit", "why": "ran out"}, True),
        ({"state": "granted", "clause": "dedicated.pledge"}, False),
    ],
)
def test_a_request_is_as_expected_by_one_of_its_reasons(fields: dict[str, str], is_met: bool) -> None:
    operator = FakeOperator(registered=REQUEST)
    outcome = step("expect_request", number="2", **fields).run(bound_stage(FakeDriver(), operator))
    assert operator.asked == [2]
    assert (outcome is None) is is_met
    if isinstance(outcome, Unmet):
        assert outcome.got.startswith("state refused, the document pledge is missing (clause dedicated.pledge); ")


def test_a_request_without_reasons_says_so() -> None:
    stage = bound_stage(FakeDriver(), FakeOperator(registered={"state": "granted", "reasons": []}))
    outcome = step("expect_request", number=1, clause="dedicated.pledge").run(stage)
    assert outcome == Unmet(("clause dedicated.pledge",), "state granted, no reasons")
    with pytest.raises(ValidationError, match="expects nothing"):
        step("expect_request", number="1")
    with pytest.raises(ValidationError, match="number"):
        step("expect_request", number="first", state="draft")


def test_a_submit_sends_what_it_is_told_and_nothing_else() -> None:
    driver = FakeDriver()
    stage = bound_stage(driver, FakeOperator())
    step("submit", **SUBMIT).run(stage)
    more = {"also_to": ["989123456702", "989123456701"], "schedule": "2026-11-23 07:00", "validity": "1d"}
    step("submit", **SUBMIT, **more, receipt="no").run(stage)
    [first, second] = [command for command in driver.commands if command["command"] == "submit"]
    assert first.keys() == {"command", "session", "tag", "source", "destination", "text", "receipt"}
    assert second["also_to"] == ["989123456702", "989123456701"]
    assert (second["schedule"], second["validity"]) == ("261123033000000+", "000001000000000R")
    assert [len(entry.call.recipients) for entry in stage.submitted] == [1, 2]


def test_a_submit_to_several_needs_a_client_that_can() -> None:
    assert step("submit", **SUBMIT).needs(()) == frozenset()
    assert step("submit", **SUBMIT, also_to=["989123456702"]).needs(()) == {Capability.SEVERAL_RECIPIENTS}


def test_an_accepted_call_to_several_is_told_the_first_of_its_messages() -> None:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        answers = {"1": response("1", 0, "0000000001"), "2": response("2", 0x45)}
        return [*react_bound(command), *([answers[command["tag"]]] if command["command"] == "submit" else [])]

    held = [message("0000000001", rule="a"), message("0000000002", rule="b"), message("0000000003", rule="c")]
    stage = bound_stage(FakeDriver(react), FakeOperator(held))
    step("submit", **SUBMIT, also_to=["989123456702"], name="several").run(stage)
    step("submit", **SUBMIT, name="one").run(stage)
    assert step("expect_verdict", of="several", rule="a").run(stage) is None
    assert step("expect_verdict", of="one", rule="c").run(stage) is None


def test_a_call_that_is_refused_for_some_is_not_taken_for_another() -> None:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        answers = {"1": response("1", 0, "0000000002"), "2": response("2", 0x45)}
        return [*react_bound(command), *([answers[command["tag"]]] if command["command"] == "submit" else [])]

    held = [message(f"000000000{number}") | {"received_at": at} for number, at in ((1, "a"), (2, "a"), (3, "b"))]
    stage = bound_stage(FakeDriver(react), FakeOperator(held))
    step("submit", **SUBMIT, also_to=["989123456702"], name="several").run(stage)
    step("submit", **SUBMIT, name="one").run(stage)
    with pytest.raises(StepError, match="1 refused submit_sm, but the operator holds 2 messages for them"):
        step("expect_verdict", of="one", rule="c").run(stage)


def test_a_refused_call_to_several_left_a_message_for_each() -> None:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        answers = [response(command["tag"], 0x45)] if command["command"] == "submit" else []
        return [*react_bound(command), *answers]

    held = [message("0000000001", rule="a"), message("0000000002", rule="b"), message("0000000003", rule="c")]
    stage = bound_stage(FakeDriver(react), FakeOperator(held))
    step("submit", **SUBMIT, also_to=["989123456702"], name="several").run(stage)
    step("submit", **SUBMIT, name="one").run(stage)
    assert step("expect_verdict", of="several", rule="a").run(stage) is None
    assert step("expect_verdict", of="one", rule="c").run(stage) is None


def standing(*answers: dict[str, Any], operator: FakeOperator | None = None) -> tuple[Any, FakeDriver, FakeOperator]:
    """A submit at an operator whose clock stands still."""
    driver, operator = answering(*answers), operator or FakeOperator()
    return submitted(driver, operator, speed=0.0), driver, operator


def test_a_clock_that_stands_still_is_wound_to_where_the_receipt_is_due() -> None:
    stage, driver, operator = standing(response("1", 0, "0000000001"))
    operator.on_jump = lambda: driver.later.append((0.0, receipt("0000000001", "DELIVRD")))
    assert step("expect_receipt", state="DELIVRD", within="1h").run(stage) is None
    assert (operator.asked, driver.now) == ([(3600.0, None)], 0.0)


@pytest.mark.parametrize(("answered_at", "wound_at"), [(0.4, 0.4), (7.0, 1.0)])
def test_a_submit_gets_the_time_to_arrive_before_the_clock_is_wound(answered_at: float, wound_at: float) -> None:
    stage, driver, operator = standing()
    driver.later = [(answered_at, response("1", 0, "0000000001"))]
    wound: list[float] = []
    operator.on_jump = lambda: wound.append(driver.now)
    step("wait", **{"for": "1h"}).run(stage)
    step("wait", **{"for": "1h"}).run(stage)
    assert wound == [wound_at, pytest.approx(wound_at + 0.15)], "it is waited for once"


def test_a_receipt_that_was_sent_already_needs_no_time() -> None:
    held = message("0000000001") | {"receipts": [{"sent_at": "2026-11-22T10:00:01+03:30"}]}
    stage, driver, operator = standing(response("1", 0, "0000000001"), operator=FakeOperator([held]))
    step("expect_response", status="ESME_ROK").run(stage)
    driver.later = [(1.0, receipt("0000000001", "DELIVRD"))]
    assert step("expect_receipt", state="DELIVRD").run(stage) is None
    assert operator.asked == []


def test_a_receipt_that_comes_too_early_is_seen_just_before_its_time() -> None:
    stage, driver, operator = standing(response("1", 0, "0000000001"))
    driver.later = [(0.05, receipt("0000000001", "DELIVRD"))]
    outcome = step("expect_receipt", state="DELIVRD", not_before="30s", within="1m").run(stage)
    assert outcome == Unmet(("not before 30 s",), "it came after 30.0 s")
    assert operator.asked == [(pytest.approx(29.999), None)]


def test_a_receipt_in_its_time_is_neither_too_early_nor_too_late() -> None:
    stage, driver, operator = standing(response("1", 0, "0000000001"))
    driver.later = [(0.2, receipt("0000000001", "DELIVRD"))]
    assert step("expect_receipt", state="DELIVRD", not_before="30s", within="1m").run(stage) is None
    assert operator.asked == [(pytest.approx(29.999), None), (60.0, None)]


@pytest.mark.parametrize(
    ("key", "fields"), [("expect_nothing", {"for": "2h"}), ("wait", {"for": "2h"}), ("jump", {"by": "2h"})]
)
def test_steps_that_let_time_pass_wind_a_clock_that_stands_still(key: str, fields: dict[str, str]) -> None:
    stage, _, operator = standing()
    assert step(key, **fields).run(stage) is None
    assert (operator.asked, stage.moment()) == ([(7200.0, None)], 7200.0)


def test_a_running_clock_is_reckoned_from_what_it_showed_after_a_jump() -> None:
    driver, operator = answering(), FakeOperator()
    stage = submitted(driver, operator, speed=10.0)
    driver.now = 2.0
    operator.now = START + timedelta(seconds=20)
    step("jump", by="1h").run(stage)
    driver.now = 3.0
    assert stage.moment() == pytest.approx(3630.0)


@pytest.mark.parametrize(
    ("fields", "came_at", "got"),
    [
        ({"not_before": "2s"}, 3.0, None),
        ({"not_before": "4s"}, 3.0, "it came after 3.0 s"),
        ({"within": "1s"}, 3.5, "0 answers to 1 parts within 1 s"),
    ],
)
def test_a_response_is_bound_in_the_operators_time(fields: dict[str, str], came_at: float, got: str | None) -> None:
    driver = answering()
    stage = submitted(driver)
    driver.later = [(came_at, response("1", 0, "1"))]
    outcome = step("expect_response", status="ESME_ROK", **fields).run(stage)
    assert (outcome.got if isinstance(outcome, Unmet) else None) == got


def test_a_receipt_may_have_to_come_several_times() -> None:
    stage = submitted(answering(response("1", 0, "1"), receipt("1", "DELIVRD"), receipt("1", "DELIVRD")))
    step("expect_response", status="ESME_ROK").run(stage)
    assert step("expect_receipt", state="DELIVRD", times="2").run(stage) is None
    assert step("expect_nothing", **{"for": "1s"}).run(stage) is None
    outcome = step("expect_receipt", state="DELIVRD", times="3").run(stage)
    assert isinstance(outcome, Unmet)
    assert outcome.got == "receipt DELIVRD err 000 and receipt DELIVRD err 000"


def test_a_receipt_that_was_not_expected_is_left_for_expect_nothing() -> None:
    stage = submitted(answering(response("1", 0, "1"), receipt("1", "ENROUTE"), receipt("1", "DELIVRD")))
    step("expect_response", status="ESME_ROK").run(stage)
    assert step("expect_receipt", state="DELIVRD").run(stage) is None
    outcome = step("expect_nothing", **{"for": "1s"}).run(stage)
    assert outcome == Unmet(("nothing for 1 s",), "receipt ENROUTE err 000 for message 1")


def test_sessions_are_told_apart_by_their_names() -> None:
    operators = {"mci": FakeOperator(smpp=("127.0.0.1", 1)), "irancell": FakeOperator(smpp=("127.0.0.1", 2))}
    driver = answering()
    stage = Stage(driver, operators, scene(driver))
    for name in operators:
        assert step("bind", name=name, at_operator=name, **{"as": "panel", "password": "panel"}).run(stage) is None
    assert step("submit", **SUBMIT, on="mci").run(stage) is None
    assert [(command["session"], command.get("port")) for command in driver.commands] == [
        ("1.1", 1), ("1.2", 2), ("1.1", None),
    ]  # fmt: skip
    assert step("unbind", on="irancell").run(stage) is None
    assert driver.commands[-1] == {"command": "unbind", "session": "1.2"}
    assert stage.session().name == "mci", "the only one that is left needs no name"


def test_a_receipt_belongs_to_the_operator_at_which_the_message_was_submitted() -> None:
    operators = {"mci": FakeOperator(), "irancell": FakeOperator()}
    driver = FakeDriver(lambda command: [*react_bound(command), *_answered(command)])
    stage = Stage(driver, operators, scene(driver))
    for name in operators:
        step("bind", name=name, at_operator=name, **{"as": "panel", "password": "panel"}).run(stage)
        step("submit", **SUBMIT, on=name, name=name).run(stage)
    driver.later = [(1.0, receipt("0000000001", "REJECTD"))]
    assert step("expect_receipt", state="REJECTD", of="irancell").run(stage) is None
    assert step("expect_receipt", state="REJECTD", of="mci").run(stage) is not None


def _answered(command: dict[str, Any]) -> list[dict[str, Any]]:
    return [response(command["tag"], 0, "0000000001")] if command["command"] == "submit" else []


@pytest.mark.parametrize(
    ("statuses", "status", "got"),
    [("ESME_RINVPASWD", 0x0E, None), ("ESME_RINVPASWD", 0, "ESME_ROK"), (["ESME_ROK", "ESME_RALYBND"], 5, None)],
)
def test_a_bind_may_be_expected_to_be_refused(statuses: Any, status: int, got: str | None) -> None:
    driver = FakeDriver(lambda _: [{"event": "bound", "command_status": status}])
    stage = Stage(driver, {THE_OPERATOR: FakeOperator()}, scene(driver))
    outcome = step("bind", status=statuses, **{"as": "panel", "password": "x"}).run(stage)
    assert (outcome.got if isinstance(outcome, Unmet) else None) == got


def test_messages_and_violations_are_counted() -> None:
    operator = FakeOperator([message("1"), message("2")], written_down=[{"line": "3000", "clause": "c", "rule": "r"}])
    stage = bound_stage(FakeDriver(), operator)
    assert step("expect_messages", line="3000200020", state="DELIVERED", count="2").run(stage) is None
    assert operator.asked == [{"line": "3000200020", "state": "DELIVERED"}]
    assert step("expect_messages", at_least="1").run(stage) is None
    outcome = step("expect_violations", line="3000", count="0", within="1s").run(stage)
    assert outcome == Unmet(("0 with line 3000",), "1: 3000 under c by rule r")
    for fields in ({}, {"count": "1", "at_least": "1"}):
        with pytest.raises(ValidationError, match="either `count` or `at_least`"):
            step("expect_messages", **fields)


def test_explaining_compares_a_verdict_without_sending() -> None:
    operator = FakeOperator(registered={"verdict": message("1", **REFUSED)["verdict"]})
    stage = bound_stage(FakeDriver(), operator)
    assert step("explain", **SUBMIT, at="2026-11-22 23:00", rule="service-advertising").run(stage) is None
    [(_, _, _, at)] = operator.asked
    assert at.isoformat() == "2026-11-22T23:00:00+03:30"
    assert isinstance(step("explain", **SUBMIT, outcome="accepted").run(stage), Unmet)


def test_faults_are_switched_on_and_off() -> None:
    operator = FakeOperator()
    stage = bound_stage(FakeDriver(), operator)
    assert step("fault", name="late-response", after="2", scope={"account": "panel"}).run(stage) is None
    assert step("end_faults").run(stage) is None
    assert operator.asked == [{"name": "late-response", "after": "2", "scope": {"account": "panel"}}, "all faults off"]


def test_faults_are_counted_by_name_and_by_how_often_they_have_bitten() -> None:
    late = {"id": 1, "fault": {"name": "late-response", "after": 2.0}, "bites": 3, "remaining": None}
    stage = bound_stage(FakeDriver(), FakeOperator(written_down=[late, {**late, "id": 2, "bites": 0}]))
    assert step("expect_faults", name="late-response", bites="3", count="1").run(stage) is None
    assert step("expect_faults", name="throttled", count="0").run(stage) is None
    outcome = step("expect_faults", name="late-response", count="0", within="1s").run(stage)
    both = "2: late-response with 3 bites; late-response with 0 bites"
    assert outcome == Unmet(("0 with name late-response",), both)


def test_a_connection_that_was_left_says_nothing_about_the_others() -> None:
    stage = bound_stage(FakeDriver(), FakeOperator())
    assert step("disconnect").run(stage) is None
    stage.bind("second", None, type="transceiver", system_id="panel", password="panel")
    assert step("expect_nothing", **{"for": "1s"}).run(stage) is None


def test_time_passes_also_when_every_session_was_left() -> None:
    driver = FakeDriver()
    stage = bound_stage(driver, FakeOperator())
    assert step("unbind").run(stage) is None
    assert step("wait", **{"for": "3s"}).run(stage) is None
    assert driver.now == pytest.approx(3.0)
