"""The decision table as it was observed: line type, content and recipient against accepted and refused."""

import pandas as pd

from reports import chart
from reports.language import Language
from reports.measures import judged, total
from reports.run import BLACKLISTED, NOT_BLACKLISTED, UNKNOWN, Run
from reports.section import Chart, Column, Content, Kind, Section, Table, Tone, of_messages
from reports.tallies import summed

_TYPES = ("promotional", "dedicated_service", "shared_service", "samantel")
_RECIPIENTS = (BLACKLISTED, NOT_BLACKLISTED, UNKNOWN)


def _build(run: Run, to: Language) -> Content:
    known = judged(run)
    return Content(
        tables=(_decision_table(_decisions(run, by_recipient=known > 0), to, by_recipient=known > 0),),
        charts=(_picture(run, to),) if len(run.tallies) else (),
        note=_note(known, total(run.tallies), to),
    )


def _decisions(run: Run, *, by_recipient: bool) -> pd.DataFrame:
    """One row a (line type, content label[, recipient]) that occurred, in the order of the operator's own table."""
    tallies = run.tallies[run.tallies["outcome"].isin(["accepted", "refused"])]
    tallies = tallies.fillna({"line_type": "unregistered", "label": "not classified"})
    keys = ["line_type", "label", *(["recipient"] if by_recipient else [])]
    found = summed(tallies, keys)
    rules = tallies.groupby(keys)["rule"].agg(lambda rules: "\n".join(sorted(set(rules.dropna()))))
    found = found.join(rules.rename("rules").astype("str"), on=keys)
    return found.sort_values(keys, key=_order, kind="stable", ignore_index=True)


def _order(values: "pd.Series[str]") -> "pd.Series[int]":
    """Known line types and recipients in the operator's order, before whatever else occurs, by name."""
    known = [*_TYPES, *_RECIPIENTS]
    others = [value for value in sorted(set(values)) if value not in known]
    return values.map({value: place for place, value in enumerate(known + others)}).astype("int64")


def _decision_table(decisions: pd.DataFrame, to: Language, *, by_recipient: bool) -> Table:
    columns = (
        Column("line_type", to.say("Line type"), Kind.WORD),
        Column("label", to.say("Content"), Kind.WORD),
        *([Column("recipient", to.say("Recipient"), Kind.WORD)] if by_recipient else []),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("violations", to.say("Violations"), Kind.COUNT),
        Column("rules", to.say("Refused by"), Kind.LINES),
    )
    empty = to.say("No message was sent.")
    return Table("decisions", to.say("Decisions as observed"), decisions, columns, empty=empty)


def _picture(run: Run, to: Language) -> Chart:
    found = _decisions(run, by_recipient=False)
    labels = [f"{to.word(of)} / {to.word(label)}" for of, label in zip(found["line_type"], found["label"], strict=True)]
    series = ((Tone.GOOD, found["accepted"].tolist()), (Tone.BAD, found["refused"].tolist()))
    legend = ((to.say("accepted"), Tone.GOOD), (to.say("refused"), Tone.BAD))
    return Chart(to.say("Line type and content"), chart.bars(labels, series, unit=to.say("messages"), to=to), legend)


def _note(known: int, messages: int, to: Language) -> str:
    if not messages:
        return ""
    if not known:
        return to.say("No rule's trace says whether a recipient was on the blacklist, so recipients are left out.")
    return to.say(
        "Whether a recipient was on the blacklist is read from the trace of the rules that asked."
        " For {unseen} of {messages} messages none asked: an earlier rule had refused, or none needed to.",
        unseen=messages - known,
        messages=messages,
    )


SECTION = Section("decisions", "Decision table", _build, of_messages)
