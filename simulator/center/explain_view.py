"""How a verdict is shown in a terminal: the fate, the clause that decided, and every rule's outcome."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.center.inquiries import Explanation
from simulator.messages import Outcome, TraceStep
from simulator.policy.clauses import Clause
from simulator.policy.vendor_codes import Moment, vendors_show
from simulator.profiles.profile import Answer, Style
from simulator.smpp.consts import status_name

_COLOURS = {
    Outcome.PASSED: "green",
    Outcome.EXEMPT: "cyan",
    Outcome.COUNTED: "yellow",
    Outcome.REFUSED: "bold red",
}

_MOMENTS: tuple[tuple[Moment, str], ...] = (("submit", "as error  "), ("delivery", "as status "))
"""When vendors show something for a refusal, and how that is headed."""


def show_explanation(console: Console, explanation: Explanation, clauses: Mapping[str, Clause]) -> None:
    """Prints a verdict with its trace; `clauses` by id."""
    submission, verdict, answer = explanation
    line, recipient = submission.line, submission.recipient or submission.destination
    listed = " on the blacklist" if submission.blacklisted else ""
    stopped = ", who stopped this line" if submission.header_stopped else ""
    console.print(_headline(explanation))
    console.print(
        f"  line       {f'{line.number} ({line.type}), account {line.account}' if line else submission.source}"
    )
    console.print(f"  recipient  {recipient} {submission.operator or ''}{listed}{stopped}")
    console.print(f"  time       {submission.local:%Y-%m-%d %H:%M} Tehran")
    console.print(f"  content    {submission.content.label}: {submission.content.category}")
    if answer:
        console.print(f"  told       {_told(answer)}")
        for moment, shown in _MOMENTS:
            if codes := vendors_show(verdict.rule or "", moment):
                console.print(f"  {shown} {codes}")
    if verdict.clause:
        clause = clauses[verdict.clause]
        console.print(f"\n[bold]{clause.id}[/]  {clause.document}, {clause.section}")
        console.print(f"  {clause.statement_en}\n  {clause.statement_fa}")
    console.print()
    console.print(_trace_table(verdict.trace))


def _told(answer: Answer) -> str:
    """How the ESME learns of a refusal."""
    if answer.style is Style.SUBMIT:
        return f"at submit, by command_status {status_name(answer.command_status)}"
    if answer.style is Style.RECEIPT:
        return f"by receipt, {answer.state.name} err {answer.err}"
    if answer.style is Style.HOLD:
        return "not at all: the message is held until it may pass"
    return "not at all"


def _headline(explanation: Explanation) -> Text:
    verdict = explanation.verdict
    if not verdict.is_accepted:
        return Text(f"REFUSED by {verdict.rule} ({verdict.clause})", style="bold red")
    if verdict.violation:
        return Text(f"ACCEPTED, and counted as a violation: {verdict.rule} ({verdict.clause})", style="bold yellow")
    return Text("ACCEPTED", style="bold green")


def _trace_table(trace: tuple[TraceStep, ...]) -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("rule", "outcome", "clause"):
        table.add_column(column, no_wrap=True)
    table.add_column("facts", overflow="fold")
    for step in trace:
        facts = ", ".join(f"{name}={value}" for name, value in step.facts)
        table.add_row(step.rule, Text(step.outcome, style=_COLOURS[step.outcome]), step.clause or "", Text(facts))
    return table
