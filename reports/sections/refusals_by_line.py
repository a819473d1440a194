"""How each line fared: what it sent, what was refused, and by which rule."""

import pandas as pd

from reports import chart
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Layout, Section, Table, Tone


def _build(run: Run) -> Content:
    lines = _lines(run)
    series = ((Tone.GOOD, lines["accepted"].tolist()), (Tone.BAD, lines["refused"].tolist()))
    picture = chart.bars(lines["line"].tolist(), series, unit="messages")
    legend = (("accepted", Tone.GOOD), ("refused", Tone.BAD))
    charts = (Chart("Messages by line", picture, legend),) if len(lines) else ()
    return Content(tables=(_line_table(lines), _rule_table(run)), charts=charts)


def _lines(run: Run) -> pd.DataFrame:
    """One row a (line, line type), busiest first; a line that nobody registered has no type."""
    sent = run.messages.assign(
        line_type=run.messages["line_type"].fillna("unregistered"),
        accepted=(run.messages["outcome"] == "accepted").astype("int64"),
        refused=(run.messages["outcome"] == "refused").astype("int64"),
        violations=run.messages["violation"].astype("int64"),
    )
    counts = ["accepted", "refused", "violations"]
    groups = sent.groupby(["line", "line_type"])
    lines = groups[counts].sum().astype("int64").assign(messages=groups.size()).reset_index()
    lines["share"] = lines["refused"] / lines["messages"]
    return lines.sort_values(["messages", "line"], ascending=[False, True], kind="stable", ignore_index=True)


def _line_table(lines: pd.DataFrame) -> Table:
    columns = (
        Column("line", "Line", Kind.CODE),
        Column("line_type", "Type", Kind.CODE),
        Column("messages", "Messages", Kind.COUNT),
        Column("accepted", "Accepted", Kind.COUNT),
        Column("refused", "Refused", Kind.COUNT),
        Column("share", "Refused share", Kind.SHARE),
        Column("violations", "Violations", Kind.COUNT),
    )
    return Table("lines", "Lines", lines, columns, empty="No message was sent.")


def _rule_table(run: Run) -> Table:
    """Line x rule: how many messages of a line each rule refused; rules in the catalogue's order."""
    refused = run.messages[run.messages["outcome"] == "refused"]
    counts = pd.crosstab(refused["line"], refused["rule"].fillna("no rule"))
    order = [rule for rule in run.rules["id"] if rule in counts.columns]
    rules = order + [rule for rule in counts.columns if rule not in set(order)]
    keys = [f"rule_{place}" for place in range(len(rules))]  # rule ids are data and could be named "line"
    frame = counts.reindex(columns=rules).set_axis(keys, axis=1).rename_axis("line").reset_index()
    columns = tuple(Column(key, rule, Kind.COUNT) for key, rule in zip(keys, rules, strict=True))
    heading = Column("line", "Line", Kind.CODE)
    return Table("rules", "Line by rule", frame, (heading, *columns), Layout.MATRIX, "Nothing was refused.")


SECTION = Section("refusals-by-line", "Refusals by line", "ردشده‌ها به تفکیک خط", _build)
