"""Every scenario that did not pass: where, what was expected, what came, why, and the end of its wire log."""

from typing import TYPE_CHECKING

from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table

if TYPE_CHECKING:
    import pandas as pd

_EVENTS_SHOWN = 20


def _build(run: Run) -> Content:
    others = run.results[run.results["verdict"] != "PASS"]
    frame = others.merge(run.failures, left_on="id", right_on="scenario", how="left")
    # A driver or an operator that went away may leave a verdict without a step.
    first = ~frame["id"].duplicated()
    transcript = frame["id"].map(_excerpts(run)).where(first)  # once a scenario is enough
    frame = frame.assign(where=frame["where"].fillna(frame["file"]), transcript=transcript)
    columns = (
        Column("title", "Scenario"),
        Column("verdict", "Verdict", Kind.STATUS),
        Column("where", "Where", Kind.CODE),
        Column("step", "Step", Kind.CODE),
        Column("expected", "Expected any of", Kind.LINES),
        Column("got", "Got", Kind.LINES),
        Column("reason", "Reason"),
        Column("transcript", "On the wire", Kind.EXCERPT),
    )
    nothing = "Every scenario that ran passed." if len(run.results) else "No scenario ran."
    table = Table("failures", "Step by step", frame, columns, Layout.CARDS, nothing)
    note = (
        f"Times are real seconds from the scenario's start; the last {_EVENTS_SHOWN} events of each scenario are shown."
    )
    return Content(tables=(table,), note=note if len(frame) else "")


def _excerpts(run: Run) -> "pd.Series[str]":
    """Scenario id -> the last events of its transcript, one a line."""
    tail = run.events.groupby("scenario").tail(_EVENTS_SHOWN)
    at = tail["at"].map("{:8.3f}".format, na_action="ignore").astype("str").fillna("       ?")
    lines = at + "  " + tail["direction"].str.ljust(8) + "  " + tail["event"]
    return lines.groupby(tail["scenario"]).agg("\n".join).astype("str")


SECTION = Section("failures", "What did not pass", "سناریوهای ناموفق", _build)
