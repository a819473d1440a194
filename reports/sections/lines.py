"""What lines did and what became of them: violations, strikes, sanctions, and every change of their state."""

import pandas as pd

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Section, Table, of_messages, played_in
from simulator.changing.line_history import LINE_KINDS

_WARNED, _SUSPENDED, _CLOSED = "warn-line", "suspend-line", "close-line"
_KEYS = ["scenario", "told_by", "line"]


def _build(run: Run, to: Language) -> Content:
    note = to.say(
        "A violation stands against its line until the line is reinstated. The history is the operator's own journal;"
        " what its world began with is not in it."
    )
    return Content(tables=(_standing(run, to), _violations(run, to), _history(run, to)), note=note)


def _standing(run: Run, to: Language) -> Table:
    """One row a line that offended or was changed: what stands against it, and how often it was punished."""
    changes = run.changes[run.changes["kind"].isin(LINE_KINDS)].dropna(subset="line")
    keyed = {"scenario": "", "told_by": ""}
    counts = run.violations.fillna(keyed).groupby(_KEYS)[["violations", "standing"]].sum()
    changed = changes.fillna(keyed).groupby(_KEYS)
    punished = {kind: changes[changes["kind"] == kind].fillna(keyed).groupby(_KEYS).size() for kind in _SANCTIONS}
    frame = pd.concat({"violations": counts["violations"], "standing": counts["standing"]} | punished, axis=1)
    frame = frame.join(changed[["kind", "at"]].last(), how="outer")
    numbers = ["violations", "standing", *_SANCTIONS]
    frame[numbers] = frame[numbers].fillna(0).astype("int64")
    frame = frame.rename_axis(_KEYS).reset_index()
    frame = frame.sort_values(["standing", "violations", *_KEYS], ascending=[False, False, True, True, True])
    columns = (
        Column("line", to.say("Line"), Kind.CODE),
        Column("violations", to.say("Violations"), Kind.COUNT),
        Column("standing", to.say("Standing against it"), Kind.COUNT),
        Column(_WARNED, to.say("Warned"), Kind.COUNT),
        Column(_SUSPENDED, to.say("Suspended"), Kind.COUNT),
        Column(_CLOSED, to.say("Closed"), Kind.COUNT),
        Column("kind", to.say("Last change"), Kind.WORD),
        Column("at", to.say("When"), Kind.MOMENT),
        *played_in(run, to),
    )
    empty = to.say("No line offended, and none was changed.")
    return Table("standing", to.say("Strikes and sanctions"), frame, columns, empty=empty)


_SANCTIONS = (_WARNED, _SUSPENDED, _CLOSED)


def _violations(run: Run, to: Language) -> Table:
    columns = (
        Column("line", to.say("Line"), Kind.CODE),
        Column("rule", to.say("Rule"), Kind.ID),
        Column("clause", to.say("Clause"), Kind.ID),
        Column("violations", to.say("Violations"), Kind.COUNT),
        Column("standing", to.say("Standing against it"), Kind.COUNT),
        Column("first", to.say("First"), Kind.MOMENT),
        Column("last", to.say("Last"), Kind.MOMENT),
        *played_in(run, to),
    )
    empty = to.say("No line offended.")
    return Table("violations", to.say("Violations by line, rule and clause"), run.violations, columns, empty=empty)


def _history(run: Run, to: Language) -> Table:
    columns = (
        Column("at", to.say("When"), Kind.MOMENT),
        Column("line", to.say("Line"), Kind.CODE),
        Column("kind", to.say("Change"), Kind.WORD),
        Column("origin", to.say("By"), Kind.WORD),
        Column("detail", to.say("Reason and particulars"), Kind.NOTE),
        *played_in(run, to),
    )
    changes = run.changes[run.changes["kind"].isin(LINE_KINDS)]
    empty = to.say("Nothing was changed of any line.")
    return Table("history", to.say("What became of lines"), changes, columns, empty=empty)


SECTION = Section("lines", "Lines", _build, of_messages)
