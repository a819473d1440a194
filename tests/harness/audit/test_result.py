"""What the checks found together: score and grade by the published formula, and the result that is written."""

from pathlib import Path

import pytest

from harness.audit.check import Outcome, Severity
from harness.audit.checks import CHECKS
from harness.audit.clients import DRIVER_DECIDES
from harness.audit.evidence import fields
from harness.audit.grading import BEST_WITH_CRITICAL, GRADES, LEAST_SEEN, grade, score
from harness.audit.page import page, write_page
from harness.audit.result import AuditResult, ResultError, Source, audit, read_result, write_result
from simulator.smpp.pdus import BindTransceiver, SubmitMulti
from simulator.smpp.pdus.messages import SmeAddress
from tests.harness.audit.talk import Talk

CRITICAL, MAJOR, MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR
PASS, WARN, FAIL, NOT_SEEN = Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.NOT_SEEN
SOURCE = Source(kind="wire-log", name="wire.jsonl")
MANY = [(MAJOR, PASS)] * 100


def result_of(talk: Talk) -> AuditResult:
    return audit(talk.recording(), SOURCE, "a client")


def test_the_score_weighs_by_severity() -> None:
    assert score([(CRITICAL, PASS), (MAJOR, FAIL), (MINOR, WARN)]) == pytest.approx(100 * 5.5 / 9, abs=0.05)
    assert score([(CRITICAL, PASS), (MAJOR, NOT_SEEN)]) == 100
    assert score([(CRITICAL, NOT_SEEN)]) is None


@pytest.mark.parametrize(
    ("fails", "letter"), [(0, "A"), (5, "A"), (6, "B"), (12, "B"), (13, "C"), (23, "D"), (36, "E"), (51, "F")]
)
def test_the_grade_is_by_the_score(fails: int, letter: str) -> None:
    assert grade([(MAJOR, FAIL)] * fails + [(MAJOR, PASS)] * (100 - fails)) == letter


@pytest.mark.parametrize(("critical", "letter"), [(0, "A"), (1, "B"), (2, "C"), (3, "D"), (4, "D")])
def test_critical_failures_bound_the_grade(critical: int, letter: str) -> None:
    assert (
        grade([*MANY, *MANY, (CRITICAL, FAIL)][: 200 + min(critical, 1)] + [(CRITICAL, FAIL)] * (critical - 1))
        == letter
    )


def test_too_little_is_not_graded() -> None:
    assert grade([(MAJOR, PASS)] * (LEAST_SEEN - 1) + [(MAJOR, NOT_SEEN)] * 50) is None
    assert grade([(MAJOR, PASS)] * LEAST_SEEN) == "A"


def test_the_grades_go_down() -> None:
    assert [least for _, least in GRADES] == sorted((least for _, least in GRADES), reverse=True)
    assert GRADES[-1][1] == 0
    assert set(BEST_WITH_CRITICAL) <= {letter for letter, _ in GRADES}


def test_a_result_counts_every_check_once() -> None:
    result = result_of(Talk().bind().submit().submit(b"\x06\x33\x06", data_coding=8).unbind().end())
    assert [check.id for check in result.checks] == [check.id for check in CHECKS]
    assert sum(result.outcomes.values()) == len(CHECKS)
    assert result.outcomes[FAIL] == 1
    assert (result.sessions, result.pdus) == (1, 8)
    assert result.seconds == pytest.approx(0.04)
    assert result.began == "2026-11-22T08:30:00.000+00:00"
    [failed] = [check for check in result.checks if check.outcome is FAIL]
    assert (failed.id, failed.occasions, failed.failed) == ("ucs2-in-whole-units", 2, 1)
    [finding] = failed.findings
    assert finding.why == "3 octets, an odd number"
    [pdu] = finding.evidence
    assert (pdu.frame, pdu.sender, pdu.command, pdu.sequence_number) == (6, "ESME", "submit_sm", 3)
    assert pdu.fields["destination_addr"] == "989123456701"


def test_what_says_nothing_of_the_client_is_left_out() -> None:
    talk = Talk().bind().submit(source_addr="SHOP")
    left_out = audit(talk.recording(), SOURCE, left_out=frozenset({"names-marked-alphanumeric"}))
    outcome = {check.id: check.outcome for check in left_out.checks}
    assert outcome["names-marked-alphanumeric"] is NOT_SEEN
    assert {check.id: check.outcome for check in result_of(talk).checks}["names-marked-alphanumeric"] is FAIL
    assert {check.id for check in CHECKS} > DRIVER_DECIDES


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    result = result_of(Talk().bind().submit("🔑"[:1] + "سلام").submit(b"\xd8\x3d", data_coding=8))
    write_result(result, tmp_path / "result.json")
    assert read_result(tmp_path / "result.json") == result


@pytest.mark.parametrize(("text", "reason"), [("{", "Invalid JSON"), ("{}", "Field required")])
def test_what_is_no_result_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(text)
    with pytest.raises(ResultError, match=reason):
        read_result(path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_result(result_of(Talk()).model_copy(update={"format": 99}), path)
    with pytest.raises(ResultError, match="format is 99; this version reads format 1"):
        read_result(path)
    with pytest.raises(ResultError, match="No such file"):
        read_result(tmp_path / "none")


def test_the_page_shows_evidence_and_lets_no_markup_through(tmp_path: Path) -> None:
    result = result_of(Talk().bind().submit("<b>سلام</b>" * 2 + "\ufeff", source_addr="<i>"))
    shown = page(result)
    assert "a client" in shown
    assert "names-marked-alphanumeric" in shown
    assert "<i>" not in shown
    assert "http" not in shown
    write_page(result, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == shown


def test_evidence_tells_no_password() -> None:
    talk = Talk().open().esme(BindTransceiver("panel", "secret"))
    talk.esme(SubmitMulti(dest_address=(SmeAddress(1, 1, "989123456701"),), short_message=b"hello"))
    bind, submit = (fields(pdu) for pdu in talk.recording().pdus)
    assert bind == {"system_id": "panel", "interface_version": 0x34}
    assert submit["dest_address"] == [{"dest_addr_ton": 1, "dest_addr_npi": 1, "destination_addr": "989123456701"}]
    assert submit["text"] == "hello"
