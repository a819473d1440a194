"""Every scenario that did not pass: where, what was expected, what came, why, and the end of its wire log."""

from typing import TYPE_CHECKING

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table, of_scenarios

if TYPE_CHECKING:
    import pandas as pd

_EVENTS_SHOWN = 20


def _build(run: Run, to: Language) -> Content:
    others = run.results[run.results["verdict"] != "PASS"]
    frame = others.merge(run.failures, left_on="id", right_on="scenario", how="left")
    # A driver or an operator that went away may leave a verdict without a step.
    first = ~frame["id"].duplicated()
    # Once a scenario is enough.
    frame = frame.assign(
        where=frame["where"].fillna(frame["file"]),
        events=frame["id"].map(_excerpts(run)).where(first),
        account=frame["account"].where(first),
    )
    columns = (
        Column("title", to.say("Scenario")),
        Column("verdict", to.say("Verdict"), Kind.STATUS),
        Column("where", to.say("Where"), Kind.CODE),
        Column("step", to.say("Step"), Kind.CODE),
        Column("expected", to.say("Expected any of"), Kind.LINES),
        Column("got", to.say("Got"), Kind.LINES),
        Column("reason", to.say("Reason")),
        Column("account", to.say("Step by step"), Kind.EXCERPT),
        Column("events", to.say("On the wire"), Kind.EXCERPT),
    )
    nothing = to.say("Every scenario that ran passed.") if len(run.results) else to.say("No scenario ran.")
    table = Table("failures", to.say("What did not pass"), frame, columns, Layout.CARDS, nothing)
    note = to.say(
        "Times are real seconds from the scenario's start; the last {count} events of each scenario are shown.",
        count=_EVENTS_SHOWN,
    )
    return Content(tables=(table,), note=note if len(frame) else "")


def _excerpts(run: Run) -> "pd.Series[str]":
    """Scenario id -> the last events of its transcript, one a line."""
    tail = run.events.groupby("scenario").tail(_EVENTS_SHOWN)
    at = tail["at"].map("{:8.3f}".format, na_action="ignore").astype("str").fillna("       ?")
    lines = at + "  " + tail["direction"].str.ljust(8) + "  " + tail["event"]
    return lines.groupby(tail["scenario"]).agg("\n".join).astype("str")


SECTION = Section("failures", "What did not pass", _build, of_scenarios)
