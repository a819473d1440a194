"""How each line fared: what it sent, what was refused, and by which rule."""

import pandas as pd

from reports import chart
from reports.language import Language
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Layout, Section, Table, Tone, of_messages
from reports.tallies import summed

_BARS = 30
"""More bars than this nobody reads."""


def _build(run: Run, to: Language) -> Content:
    lines = _lines(run)
    drawn = lines.head(_BARS)
    series = ((Tone.GOOD, drawn["accepted"].tolist()), (Tone.BAD, drawn["refused"].tolist()))
    picture = chart.bars(drawn["line"].tolist(), series, unit=to.say("messages"), to=to)
    legend = ((to.say("accepted"), Tone.GOOD), (to.say("refused"), Tone.BAD))
    charts = (Chart(to.say("Messages by line"), picture, legend),) if len(lines) else ()
    return Content(tables=(_line_table(lines, to), _rule_table(run, to)), charts=charts)


def _lines(run: Run) -> pd.DataFrame:
    """One row a (line, line type), busiest first; a line that nobody registered has no type."""
    lines = summed(run.tallies.fillna({"line_type": "unregistered"}), ["line", "line_type"])
    lines["share"] = lines["refused"] / lines["messages"]
    return lines.sort_values(["messages", "line"], ascending=[False, True], kind="stable", ignore_index=True)


def _line_table(lines: pd.DataFrame, to: Language) -> Table:
    columns = (
        Column("line", to.say("Line"), Kind.CODE),
        Column("line_type", to.say("Type"), Kind.WORD),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("share", to.say("Refused share"), Kind.SHARE),
        Column("violations", to.say("Violations"), Kind.COUNT),
    )
    return Table("lines", to.say("Lines"), lines, columns, empty=to.say("No message was sent."))


def _rule_table(run: Run, to: Language) -> Table:
    """Line x rule: how many messages of a line each rule refused; rules in the catalogue's order."""
    refused = run.tallies[run.tallies["outcome"] == "refused"].fillna({"rule": "no rule"})
    counts = refused.pivot_table(index="line", columns="rule", values="messages", aggfunc="sum", fill_value=0)
    order = [rule for rule in run.rules["id"] if rule in counts.columns]
    rules = order + [rule for rule in counts.columns if rule not in set(order)]
    keys = [f"rule_{place}" for place in range(len(rules))]  # rule ids are data and could be named "line"
    frame = counts.reindex(columns=rules).set_axis(keys, axis=1).rename_axis("line").reset_index()
    columns = tuple(Column(key, rule, Kind.COUNT) for key, rule in zip(keys, rules, strict=True))
    heading = Column("line", to.say("Line"), Kind.CODE)
    empty = to.say("Nothing was refused.")
    return Table("rules", to.say("Line by rule"), frame, (heading, *columns), Layout.MATRIX, empty)


SECTION = Section("refusals-by-line", "Refusals by line", _build, of_messages)
