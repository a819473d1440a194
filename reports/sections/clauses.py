"""Clauses against scenarios: which sentence of the rules is shown by which scenario, and which by none."""

import pandas as pd

from reports.measures import citations, coverage
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table


def _build(run: Run) -> Content:
    note = (
        "A clause is tested when a scenario cites it, and shown when every scenario that cites it passes."
        " Untested clauses stay in both tables."
    )
    return Content(tables=(_coverage(run), _matrix(run)), note=note)


def _coverage(run: Run) -> Table:
    columns = (
        Column("status", "Status", Kind.STATUS),
        Column("id", "Clause", Kind.ID),
        Column("scenarios", "Scenarios", Kind.COUNT),
        Column("passed", "Passed", Kind.COUNT),
        Column("statement_en", "Statement"),
        Column("statement_fa", "متن"),
        Column("document", "Document"),
        Column("section", "Section"),
        Column("since", "Since"),
        Column("confidence", "Confidence", Kind.CODE),
    )
    return Table("coverage", "Coverage", coverage(run), columns, empty="The run left no catalogue of clauses.")


def _matrix(run: Run) -> Table:
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
    heading = Column("id", "Scenario", Kind.ID)
    return Table("matrix", "Clause by scenario", frame, (heading, *columns), Layout.MATRIX, "No scenario ran.")


SECTION = Section("clauses", "Clauses", "بندها و پوشش آن‌ها", _build)
