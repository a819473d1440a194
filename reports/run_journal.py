"""What a run directory tells beside its messages: violations, the journals, what subscribers chose, patterns."""

from collections.abc import Sequence

import pandas as pd

from reports.journal import CLOSING, OPENING, TOLD_KINDS, Choice, Entry, change_row, choice_row, choices, told_fit
from reports.records import Change, Message, Violation
from reports.run import CHANGES, CHOICES, FITS, TEHRAN, VIOLATIONS, frame_of


def journal(changes: Sequence[Change]) -> pd.DataFrame:
    """`Run.changes`."""
    return frame_of([change_row(_entry(each)) for each in changes if each.change["kind"] in TOLD_KINDS], CHANGES)


def violations(found: Sequence[Violation]) -> pd.DataFrame:
    """`Run.violations`."""
    rows = [
        each.model_dump(include={"scenario", "told_by", "line", "rule", "clause"})
        | {"violations": 1, "standing": int(each.counts)}
        | dict.fromkeys(("first", "last"), each.at.astimezone(TEHRAN).isoformat(timespec="milliseconds"))
        for each in found
    ]
    keys = ["scenario", "told_by", "line", "rule", "clause"]
    counts = {"violations": "sum", "standing": "sum", "first": "min", "last": "max"}
    return frame_of(rows, VIOLATIONS).groupby(keys, sort=False).agg(counts).reset_index().astype(VIOLATIONS)


def chosen(changes: Sequence[Change], messages: pd.DataFrame) -> pd.DataFrame:
    """`Run.choices`, from `Run.messages`."""
    asked = [_entry(each) for each in changes if each.change["kind"] in OPENING | CLOSING]
    judged = messages[messages["outcome"].isin(["accepted", "refused"])]
    # Of several operators of a scenario each counts its own messages, and names itself in their ids.
    told_by = judged["id"].str.rpartition("/")[0] if len(judged) else judged["id"]
    keyed = judged.assign(told_by=told_by, at=[at.timestamp() for at in judged["received_at"]])
    return frame_of([_choice_row(each, keyed) for each in choices(asked)], CHOICES)


def _choice_row(choice: Choice, messages: pd.DataFrame) -> dict[str, object]:
    own = (messages["scenario"] == choice.scenario) & (messages["told_by"] == choice.told_by)
    after = messages[own & (messages["to"] == choice.number) & messages["at"].gt(choice.at)]
    after = after[after["at"] < choice.until]
    if choice.line is None:
        about = after[(after["line_type"] == "promotional") | (after["label"] == "promotional")]
    else:
        about = after[after["line"] == choice.line]
    accepted = about[about["outcome"] == "accepted"]
    last = float(accepted["at"].max()) if len(accepted) else None
    return choice_row(choice, len(accepted), len(about) - len(accepted), last)


def fitted(messages: Sequence[Message]) -> pd.DataFrame:
    """`Run.fits`."""
    rows = []
    for message in messages:
        fit = told_fit(step.facts for step in message.verdict.trace) if message.verdict else None
        if fit is not None:
            rows.append({"line": message.line, "messages": 1} | dict(zip(("fits", "nearest", "why"), fit, strict=True)))
    keys = ["line", "fits", "nearest", "why"]
    return frame_of(rows, FITS).groupby(keys, sort=False, dropna=False)["messages"].sum().reset_index().astype(FITS)


def _entry(record: Change) -> Entry:
    return Entry(record.at.timestamp(), record.origin, record.change, record.scenario, record.told_by)
