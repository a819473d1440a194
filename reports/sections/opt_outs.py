"""Whoever wanted no more, and what still reached them: the time from each opt-out to the last message against it."""

import math

import pandas as pd

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table, of_messages, played_in

_STEPS = ((0, "none"), (60, "1 minute"), (3_600, "1 hour"), (86_400, "1 day"), (172_800, "2 days"))
"""Seconds, and in words."""
_LATER = "later"


def _build(run: Run, to: Language) -> Content:
    note = to.say(
        "Of an opt-out from advertising, advertising counts; of «لغو ۱۱» to one line, whatever the line sent."
        " The profile may grant a delay, so a message soon after an opt-out need not be wrong."
        " Numbers that the operator listed by itself are not opt-outs."
    )
    return Content(tables=(_spans(run, to), _each(run, to)), note=note)


def _spans(run: Run, to: Language) -> Table:
    """How many opt-outs by the time until the last message that was accepted against them."""
    spans = [_span(seconds) for seconds in run.choices["last"]]
    order = [*(name for _, name in _STEPS), _LATER]
    counts = pd.Series(spans, dtype="str").value_counts()
    found = [name for name in order if name in counts.index]
    frame = pd.DataFrame({"span": found, "choices": [int(counts[name]) for name in found]})
    columns = (
        Column("span", to.say("Last message after at most"), Kind.WORD),
        Column("choices", to.say("Opt-outs"), Kind.COUNT),
    )
    empty = to.say("Nobody opted out.")
    return Table("spans", to.say("From opt-out to the last message"), frame, columns, Layout.NARROW, empty)


def _span(seconds: float) -> str:
    if math.isnan(seconds):
        return "none"
    return next((name for limit, name in _STEPS[1:] if seconds <= limit), _LATER)


def _each(run: Run, to: Language) -> Table:
    columns = (
        Column("number", to.say("Number"), Kind.CODE),
        Column("line", to.say("From line"), Kind.CODE),
        Column("at", to.say("Opted out"), Kind.MOMENT),
        Column("until", to.say("Taken back"), Kind.MOMENT),
        Column("accepted", to.say("Accepted after it"), Kind.COUNT),
        Column("refused", to.say("Refused after it"), Kind.COUNT),
        Column("last", to.say("Seconds to the last accepted"), Kind.SECONDS),
        *played_in(run, to),
    )
    frame = run.choices.sort_values(["last", "at"], ascending=[False, True], kind="stable", na_position="last")
    return Table("opt-outs", to.say("Opt-outs"), frame, columns, empty=to.say("Nobody opted out."))


SECTION = Section("opt-outs", "Opt-outs", _build, of_messages)
