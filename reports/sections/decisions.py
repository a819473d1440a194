"""The decision table as the run showed it: line type, content and recipient against accepted and refused."""

import pandas as pd

from reports import chart
from reports.measures import BLACKLISTED, NOT_BLACKLISTED, UNKNOWN, leaks, recipients
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Section, Table, Tone

_TYPES = ("promotional", "dedicated_service", "shared_service", "samantel")
_RECIPIENTS = (BLACKLISTED, NOT_BLACKLISTED, UNKNOWN)


def _build(run: Run) -> Content:
    told = recipients(run)
    judged = bool((told != UNKNOWN).any())
    decisions = _decisions(run, told if judged else None)
    return Content(
        tables=(_decision_table(decisions, judged=judged), *([_leak_table(run)] if judged else [])),
        charts=(_picture(run),) if len(run.messages) else (),
        note=_note(run, told, judged=judged),
    )


def _decisions(run: Run, told: "pd.Series[str] | None") -> pd.DataFrame:
    """One row a (line type, content label[, recipient]) that occurred, in the order of the operator's own table."""
    outcome = run.messages["outcome"]
    rows = pd.DataFrame(
        {
            "line_type": run.messages["line_type"].fillna("unregistered"),
            "label": run.messages["label"].fillna("not classified"),
            "accepted": (outcome == "accepted").astype("int64"),
            "refused": (outcome == "refused").astype("int64"),
            "violations": run.messages["violation"].astype("int64"),
            "rules": run.messages["rule"],
        }
    )
    keys = ["line_type", "label"]
    if told is not None:
        rows["recipient"] = told
        keys.append("recipient")
    groups = rows[outcome.isin(["accepted", "refused"])].groupby(keys)
    found = groups[["accepted", "refused", "violations"]].sum()
    found["rules"] = groups["rules"].agg(lambda rules: "\n".join(sorted(set(rules.dropna()))))
    return found.reset_index().sort_values(keys, key=_order, kind="stable", ignore_index=True)


def _order(values: "pd.Series[str]") -> "pd.Series[int]":
    """Known line types and recipients in the operator's order, before whatever else occurs, by name."""
    known = [*_TYPES, *_RECIPIENTS]
    others = [value for value in sorted(set(values)) if value not in known]
    return values.map({value: place for place, value in enumerate(known + others)}).astype("int64")


def _decision_table(decisions: pd.DataFrame, *, judged: bool) -> Table:
    columns = (
        Column("line_type", "Line type", Kind.CODE),
        Column("label", "Content", Kind.CODE),
        *([Column("recipient", "Recipient")] if judged else []),
        Column("accepted", "Accepted", Kind.COUNT),
        Column("refused", "Refused", Kind.COUNT),
        Column("violations", "Violations", Kind.COUNT),
        Column("rules", "Refused by", Kind.LINES),
    )
    return Table("decisions", "Decisions as observed", decisions, columns, empty="No message was sent.")


def _leak_table(run: Run) -> Table:
    columns = (
        Column("line", "Line", Kind.CODE),
        Column("line_type", "Type", Kind.CODE),
        Column("to", "To", Kind.CODE),
        Column("text", "Text"),
        Column("label", "Content", Kind.CODE),
        Column("scenario", "Scenario", Kind.ID),
        Column("id", "Message", Kind.CODE),
    )
    return Table(
        "leakage", "Leakage", leaks(run), columns, empty="None: no advertising was accepted for a blacklisted number."
    )


def _picture(run: Run) -> Chart:
    found = _decisions(run, None)
    labels = (found["line_type"] + " / " + found["label"]).tolist()
    series = ((Tone.GOOD, found["accepted"].tolist()), (Tone.BAD, found["refused"].tolist()))
    legend = (("accepted", Tone.GOOD), ("refused", Tone.BAD))
    return Chart("Line type and content", chart.bars(labels, series, unit="messages"), legend)


def _note(run: Run, told: "pd.Series[str]", *, judged: bool) -> str:
    if not len(run.messages):
        return ""
    if not judged:
        return "No rule's trace says whether a recipient was on the blacklist, so recipients and leakage are left out."
    unseen = int((told == UNKNOWN).sum())
    return (
        "Whether a recipient was on the blacklist is read from the trace of the rules that asked."
        f" For {unseen} of {len(run.messages)} messages none asked: an earlier rule had refused, or none needed to."
    )


SECTION = Section("decisions", "Decision table", "جدول تصمیم، چنان‌که دیده شد", _build)
