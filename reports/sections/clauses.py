"""Clauses against scenarios: which sentence of the rules is shown by which scenario, and which by none."""

import pandas as pd

from reports.language import Language
from reports.measures import citations, coverage
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table, of_scenarios


def _build(run: Run, to: Language) -> Content:
    note = to.say(
        "A clause is tested when a scenario cites it, and shown when every scenario that cites it passes."
        " Untested clauses stay in both tables."
    )
    return Content(tables=(_coverage(run, to), _matrix(run, to)), note=note)


def _coverage(run: Run, to: Language) -> Table:
    columns = (
        Column("status", to.say("Status"), Kind.STATUS),
        Column("id", to.say("Clause"), Kind.ID),
        Column("scenarios", to.say("Scenarios"), Kind.COUNT),
        Column("passed", to.say("Passed"), Kind.COUNT),
        Column("statement_en", to.say("Statement")),
        Column("statement_fa", to.say("Statement in Persian")),
        Column("document", to.say("Document")),
        Column("section", to.say("Section")),
        Column("since", to.say("Since")),
        Column("confidence", to.say("Confidence"), Kind.WORD),
    )
    empty = to.say("The run left no catalogue of clauses.")
    return Table("coverage", to.say("Coverage"), coverage(run), columns, empty=empty)


def _matrix(run: Run, to: Language) -> Table:
    """One row a scenario, one column a clause; a cell is the scenario's verdict where it cites the clause."""
    clauses = list(coverage(run)["id"])
    cited = citations(run).pivot_table(
        index="scenario", columns="clause", values="verdict", aggfunc="first", sort=False
    )
    cells = cited.reindex(index=run.results["id"], columns=clauses).astype("str")
    # Clause ids are data: number the columns, so that one named like a fixed column cannot take its place.
    keys = [f"clause_{place}" for place in range(len(clauses))]
    frame = pd.concat([run.results["id"], cells.set_axis(keys, axis=1).reset_index(drop=True)], axis=1)
    columns = tuple(Column(key, clause, Kind.STATUS) for key, clause in zip(keys, clauses, strict=True))
    heading = Column("id", to.say("Scenario"), Kind.ID)
    empty = to.say("No scenario ran.")
    return Table("matrix", to.say("Clause by scenario"), frame, (heading, *columns), Layout.MATRIX, empty)


SECTION = Section("clauses", "Clauses", _build, of_scenarios)
