"""Patterns of shared service lines: what fitted them, what did not and why, and what became of the patterns."""

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Section, Table, of_messages, played_in
from simulator.changing.change import change_kind
from simulator.changing.changes import patterns

_KINDS = frozenset(change_kind(change) for change in patterns.CHANGES)


def _build(run: Run, to: Language) -> Content:
    note = to.say("What fits and why not is told by the trace of the rule that asked.")
    return Content(tables=(_fits(run, to), _history(run, to)), note=note)


def _fits(run: Run, to: Language) -> Table:
    frame = run.fits.sort_values(["line", "messages", "fits"], ascending=[True, False, True], kind="stable")
    columns = (
        Column("line", to.say("Line"), Kind.CODE),
        Column("fits", to.say("Fits"), Kind.ID),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("nearest", to.say("Nearest pattern"), Kind.ID),
        Column("why", to.say("Why it does not fit"), Kind.NOTE),
    )
    empty = to.say("No text was held against a pattern.")
    return Table("fits", to.say("Texts and patterns"), frame, columns, empty=empty)


def _history(run: Run, to: Language) -> Table:
    columns = (
        Column("at", to.say("When"), Kind.MOMENT),
        Column("line", to.say("Line"), Kind.CODE),
        Column("pattern", to.say("Pattern"), Kind.ID),
        Column("kind", to.say("Change"), Kind.WORD),
        Column("origin", to.say("By"), Kind.WORD),
        Column("detail", to.say("Reason and particulars"), Kind.NOTE),
        *played_in(run, to),
    )
    changes = run.changes[run.changes["kind"].isin(_KINDS)]
    empty = to.say("No pattern was handed in or decided.")
    return Table("history", to.say("What became of patterns"), changes, columns, empty=empty)


SECTION = Section("patterns", "Patterns", _build, of_messages)
