"""The result of an audit: its shape, which reports read, and how it is made, written and read again.

`RESULT_FORMAT` is raised whenever the shape changes in a way that a reader would notice; docs/audit.md describes it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.audit.check import Check, Finding, Outcome, Severity
from harness.audit.checks import FAMILIES
from harness.audit.evidence import evidence, moment
from harness.audit.grading import grade, score
from harness.audit.recording import Recording
from harness.version import khatban_version

RESULT_FORMAT: Final = 1
SHOWN: Final = 5
"""How many findings of a check are kept; all are counted."""
_WORST: Final = (Outcome.FAIL, Outcome.WARN, Outcome.PASS)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Evidence(_Value):
    """One PDU; `frame` is the line of the wire log or the packet of the capture, `sender` is ESME or MC."""

    frame: int
    time: str
    session: int
    sender: str
    command: str
    command_status: str
    sequence_number: int
    fields: dict[str, Any]


class ShownFinding(_Value):
    """One occasion, with the PDUs that show it."""

    outcome: Outcome
    why: str
    evidence: tuple[Evidence, ...]


class CheckResult(_Value):
    """What became of one check.

    Attributes:
        occasions: how often the traffic put it to the test; 0 exactly when it was NOT SEEN.
        warned: on how many of them it was odd.
        failed: on how many of them it was wrong.
        findings: the first of the worst kind; of a check that passed, the first occasion.
    """

    id: str
    family: str
    title: str
    section: str
    severity: Severity
    advice: str
    outcome: Outcome
    occasions: int
    warned: int
    failed: int
    findings: tuple[ShownFinding, ...]


class Source(_Value):
    """What was looked at: `live`, `wire-log` or `capture`, and its name."""

    kind: Literal["live", "wire-log", "capture"]
    name: str


class AuditResult(_Value):
    """The result of an audit.

    Attributes:
        format: `RESULT_FORMAT`.
        khatban: version that made it.
        client: who was audited, as the user calls it; empty if he does not.
        began: when what was observed began, ISO 8601 in UTC.
        seconds: how long it was observed.
        grade: A to F, None where too little was seen.
        score: 0 to 100, None where nothing was seen.
        outcomes: how many checks ended with each outcome; all four are keys.
        notes: what is to be known of the source.
        checks: all of them, in the order of the catalogue.
    """

    format: int = RESULT_FORMAT
    khatban: str
    client: str
    source: Source
    began: str
    seconds: float
    sessions: int
    pdus: int
    grade: str | None
    score: float | None
    outcomes: dict[Outcome, int]
    notes: tuple[str, ...]
    checks: tuple[CheckResult, ...]


class ResultError(Exception):
    """A result cannot be read; names the file and the reason."""


def judge(check: Check, family: str, recording: Recording) -> CheckResult:
    """Puts one check to a recording."""
    findings = list(check.judge(recording))
    counts = {outcome: sum(finding.outcome is outcome for finding in findings) for outcome in _WORST}
    outcome = next((each for each in _WORST if counts[each]), Outcome.NOT_SEEN)
    shown = [finding for finding in findings if finding.outcome is outcome]
    return CheckResult(
        id=check.id,
        family=family,
        title=check.title,
        section=check.section,
        severity=check.severity,
        advice=check.advice,
        outcome=outcome,
        occasions=len(findings),
        warned=counts[Outcome.WARN],
        failed=counts[Outcome.FAIL],
        findings=tuple(_shown(shown[: 1 if outcome is Outcome.PASS else SHOWN])),
    )


def _shown(findings: Iterable[Finding]) -> Iterable[ShownFinding]:
    for outcome, why, pdus in findings:
        yield ShownFinding(outcome=outcome, why=why, evidence=tuple(Evidence(**evidence(pdu)) for pdu in pdus))


def audit(
    recording: Recording, source: Source, client: str = "", left_out: frozenset[str] = frozenset()
) -> AuditResult:
    """Puts every check to a recording, and grades what was seen.

    Args:
        recording: What was observed.
        source: Where.
        client: Who was audited.
        left_out: Checks about which the recording says nothing: NOT SEEN, whatever is in it.
    """
    nothing = Recording(())
    checks = tuple(
        judge(check, family, nothing if check.id in left_out else recording)
        for family, family_checks in FAMILIES.items()
        for check in family_checks
    )
    outcomes = [(check.severity, check.outcome) for check in checks]
    return AuditResult(
        khatban=khatban_version(),
        client=client,
        source=source,
        began=moment(recording.began),
        seconds=round(recording.ended - recording.began, 3),
        sessions=len(recording.sessions),
        pdus=len(recording.pdus),
        grade=grade(outcomes),
        score=score(outcomes),
        outcomes={each: sum(outcome is each for _, outcome in outcomes) for each in Outcome},
        notes=recording.notes,
        checks=checks,
    )


def write_result(result: AuditResult, path: Path) -> None:
    """Writes a result as JSON.

    Raises:
        OSError: It cannot be written.
    """
    path.write_text(result.model_dump_json(indent=2) + "\n", encoding="utf-8")


def read_result(path: Path) -> AuditResult:
    """Reads a result.

    Raises:
        ResultError: It cannot be read, is none, or is of another format.
    """
    try:
        result = AuditResult.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ResultError(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ResultError(f"{path}: {where}: {first['msg']}") from error
    if result.format != RESULT_FORMAT:
        raise ResultError(f"{path}: format is {result.format}; this version reads format {RESULT_FORMAT}")
    return result
