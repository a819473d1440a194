"""What a person sees of an audit: what failed and why, with advice, and the grade."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.audit.check import Outcome
from harness.audit.result import AuditResult, CheckResult, Evidence

_COLOURS: Final = MappingProxyType(
    {Outcome.PASS: "green", Outcome.WARN: "yellow", Outcome.FAIL: "bold red", Outcome.NOT_SEEN: "dim"}
)
_GRADE_COLOURS: Final = MappingProxyType({"A": "bold green", "B": "green", "C": "yellow", "D": "yellow"})
_FINDINGS: Final = 2
"""Findings of a check that the console shows; the JSON has more."""
_FIELDS: Final = ("source_addr", "destination_addr", "data_coding", "esm_class", "text")


def show_result(console: Console, result: AuditResult, *, everything: bool) -> None:
    """Shows what was not good, the table, and the grade.

    Args:
        console: Where to.
        result: What to show.
        everything: Whether the table has what passed and what was not seen, too.
    """
    for check in result.checks:
        if check.outcome in (Outcome.FAIL, Outcome.WARN):
            _show_findings(console, check)
    if everything:
        console.print(_table(result.checks))
    for note in result.notes:
        console.print(Text(f"note: {note}", "dim"))
    _show_grade(console, result)


def _show_findings(console: Console, check: CheckResult) -> None:
    heading = Text.assemble((f"{check.outcome:<5}", _COLOURS[check.outcome]), (check.id, "bold"), f"  {check.title}")
    console.print(heading)
    times = f"{check.failed or check.warned} of {check.occasions} times" if check.occasions > 1 else "once"
    console.print(Text(f"      {check.severity}; {check.section}; {times}", "dim"))
    for finding in check.findings[:_FINDINGS]:
        console.print(Text(f"      {finding.why}"))
        for pdu in finding.evidence:
            console.print(Text(f"        {pdu_line(pdu)}", "dim"))
    console.print(Text(f"      → {check.advice}"))


def pdu_line(pdu: Evidence) -> str:
    """One PDU on one line."""
    said = {name: pdu.fields[name] for name in _FIELDS if name in pdu.fields}
    words = " ".join(f"{name}={str(value)[:40]!r}" for name, value in said.items())
    status = "" if pdu.command_status == "ESME_ROK" else f" {pdu.command_status}"
    place = f"#{pdu.frame} {pdu.time[11:23]} session {pdu.session}"
    return f"{place} {pdu.sender:<4} {pdu.command} {pdu.sequence_number}{status} {words}".rstrip()


def _table(checks: Iterable[CheckResult]) -> Table:
    table = Table("", "check", "severity", "occasions", "what a good client does")
    family = None
    for check in checks:
        if check.family != family:
            family = check.family
            table.add_section()
            table.add_row("", Text(family, "bold"), "", "", "")
        outcome = Text(check.outcome.value, _COLOURS[check.outcome])
        table.add_row(outcome, check.id, check.severity.value, str(check.occasions or "–"), check.title)
    return table


def _show_grade(console: Console, result: AuditResult) -> None:
    counts = [Text(f"{count} {outcome}", _COLOURS[outcome]) for outcome, count in result.outcomes.items()]
    seen = f"{result.pdus} PDUs of {result.sessions} sessions in {result.seconds:.0f} s: "
    console.print(Text(seen) + Text(", ").join(counts))
    if result.grade is None:
        console.print(Text("no grade: too few checks had an occasion", "bold yellow"))
    else:
        letter = Text(result.grade, _GRADE_COLOURS.get(result.grade, "bold red"))
        console.print(Text("grade ", "bold") + letter + Text(f", {result.score:g} of 100"))
