"""Grades of the clients: what each audit says, and every check that a client did not pass, with advice."""

import pandas as pd

from harness.audit.check import Outcome
from harness.audit.result import AuditResult
from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Section, Table

_GRADED = (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.NOT_SEEN)


def _build(run: Run, to: Language) -> Content:
    note = to.say(
        "A grade is made of the checks that the traffic put to the test; NOT SEEN says nothing of a client. Frames are"
        " lines of the wire log or packets of the capture."
    )
    return Content(tables=(_grades(run, to), _checks(run, to)), note=note)


def _name(audit: AuditResult) -> str:
    return audit.client or audit.source.name


def _grades(run: Run, to: Language) -> Table:
    rows = [
        {
            "client": _name(audit),
            "grade": audit.grade or to.say("none"),
            "score": audit.score,
            **{outcome.name: audit.outcomes[outcome] for outcome in _GRADED},
            "pdus": audit.pdus,
            "began": audit.began,
            "notes": "\n".join(audit.notes),
        }
        for audit in run.audits
    ]
    columns = (
        Column("client", to.say("Client"), Kind.ID),
        Column("grade", to.say("Grade"), Kind.STATUS),
        Column("score", to.say("Score"), Kind.DECIMAL),
        *(Column(outcome.name, to.word(outcome.value), Kind.COUNT) for outcome in _GRADED),
        Column("pdus", to.say("PDUs"), Kind.COUNT),
        Column("began", to.say("Began"), Kind.MOMENT),
        Column("notes", to.say("To be known"), Kind.LINES),
    )
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    return Table("grades", to.say("Grades"), frame, columns, empty=to.say("No audit was given."))


def _checks(run: Run, to: Language) -> Table:
    rows = [
        {
            "outcome": check.outcome.value,
            "client": _name(audit),
            "check": check.id,
            "severity": check.severity.value,
            "title": check.title,
            "section": check.section,
            "bad": check.warned + check.failed,
            "occasions": check.occasions,
            "why": check.findings[0].why if check.findings else None,
            "frames": "\n".join(f"{each.frame} {each.command}" for each in check.findings[0].evidence)
            if check.findings
            else None,
            "advice": check.advice,
        }
        for audit in run.audits
        for check in audit.checks
        if check.outcome in (Outcome.FAIL, Outcome.WARN)
    ]
    columns = (
        Column("outcome", to.say("Outcome"), Kind.STATUS),
        Column("client", to.say("Client"), Kind.ID),
        Column("check", to.say("Check"), Kind.ID),
        Column("severity", to.say("Severity"), Kind.WORD),
        Column("title", to.say("What a good client does")),
        Column("why", to.say("What it did")),
        Column("frames", to.say("Frames"), Kind.LINES),
        Column("bad", to.say("Times"), Kind.COUNT),
        Column("occasions", to.say("Occasions"), Kind.COUNT),
        Column("advice", to.say("Advice")),
        Column("section", to.say("Specification"), Kind.CODE),
    )
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    frame = frame.sort_values("outcome", key=lambda told: told.ne(Outcome.FAIL.value), kind="stable", ignore_index=True)
    return Table(
        "checks", to.say("What did not pass"), frame, columns, empty=to.say("Every check that was seen passed.")
    )


SECTION = Section("audits", "Client audits", _build, lambda run: bool(run.audits))
