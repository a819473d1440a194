"""This run beside an earlier one: what broke, what was mended, what is new, and how the rates moved."""

import pandas as pd

from reports.comparison import MEASURES, Measure, changes, measured
from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table


def _build(run: Run, to: Language) -> Content:
    assert run.baseline is not None  # noqa: S101 -- `applies` below
    note = to.say("Compared with {name}.", name=run.baseline.about.name)
    return Content(tables=(_measures(run.baseline, run, to), _changes(run.baseline, run, to)), note=note)


def _measures(before: Run, after: Run, to: Language) -> Table:
    was, now = measured(before), measured(after)
    rows = [
        {
            "measure": to.say(measure.title),
            "before": _shown(was[measure.id], measure, to),
            "after": _shown(now[measure.id], measure, to),
        }
        for measure in MEASURES
        if (was[measure.id], now[measure.id]) != (None, None)
    ]
    columns = (
        Column("measure", to.say("Measure")),
        Column("before", to.say("Before"), Kind.CODE),
        Column("after", to.say("After"), Kind.CODE),
    )
    return Table("measures", to.say("Measures"), pd.DataFrame(rows), columns, Layout.NARROW)


def _shown(value: float | None, measure: Measure, to: Language) -> str:
    if value is None:
        return to.say("unknown")
    return to.number(f"{value:.1%}" if measure.is_share else f"{value:,.{measure.places}f}")


def _changes(before: Run, after: Run, to: Language) -> Table:
    columns = (
        Column("change", to.say("Change"), Kind.STATUS),
        Column("title", to.say("Scenario")),
        Column("before", to.say("Before"), Kind.STATUS),
        Column("after", to.say("After"), Kind.STATUS),
        Column("id", to.say("Id"), Kind.ID),
    )
    empty = to.say("Every scenario ended as before.")
    return Table("changes", to.say("Scenarios that changed"), changes(before, after), columns, empty=empty)


SECTION = Section("comparison", "Comparison", _build, lambda run: run.baseline is not None)
