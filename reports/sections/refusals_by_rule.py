"""Which rules refused what, how the client was told, and which rules never had to."""

import pandas as pd

from reports import chart
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Section, Table, Tone


def _build(run: Run) -> Content:
    refused = run.messages[run.messages["outcome"] == "refused"]
    rules = _rules(run, refused)
    fired = rules[rules["refusals"] > 0]
    picture = chart.bars(fired["id"].tolist(), [(Tone.BAD, fired["refusals"].tolist())], unit="messages refused")
    charts = (Chart("Refusals by rule", picture),) if len(fired) else ()
    note = "Late means accepted at submit and refused by receipt. Each part of a long message counts as a message."
    return Content(tables=(_rule_table(rules), _message_table(refused)), charts=charts, note=note)


def _rules(run: Run, refused: pd.DataFrame) -> pd.DataFrame:
    """One row a rule of the catalogue, in its order; then rules that refused but are not in it."""
    strange = [rule for rule in dict.fromkeys(refused["rule"].dropna()) if rule not in set(run.rules["id"])]
    rules = pd.concat([run.rules, pd.DataFrame({"id": pd.Series(strange, dtype="str")})], ignore_index=True)
    late = refused[refused["command_status"] == "ESME_ROK"]
    groups = refused.groupby("rule")
    found = pd.DataFrame(
        {
            "refusals": groups.size(),
            "late": late.groupby("rule").size(),
            "violations": groups["violation"].sum(),
            "cited": groups["clause"].agg(_distinct),
            "statuses": groups["command_status"].agg(_distinct),
        }
    )
    rules = rules.join(found, on="id")
    counts = ["refusals", "late", "violations"]
    rules[counts] = rules[counts].fillna(0).astype("int64")
    rules["share"] = rules["refusals"] / len(refused) if len(refused) else float("nan")
    return rules.sort_values("refusals", ascending=False, kind="stable", ignore_index=True)


def _distinct(values: "pd.Series[str]") -> str:
    return "\n".join(sorted(set(values.dropna())))


def _rule_table(rules: pd.DataFrame) -> Table:
    columns = (
        Column("id", "Rule", Kind.ID),
        Column("title", "What it forbids"),
        Column("refusals", "Refusals", Kind.COUNT),
        Column("share", "Share", Kind.SHARE),
        Column("late", "Late", Kind.COUNT),
        Column("violations", "Violations", Kind.COUNT),
        Column("cited", "Clauses cited", Kind.LINES),
        Column("statuses", "Told as", Kind.LINES),
    )
    return Table("rules", "Rules", rules, columns, empty="The run left no catalogue of rules and refused nothing.")


def _message_table(refused: pd.DataFrame) -> Table:
    columns = (
        Column("rule", "Rule", Kind.ID),
        Column("clause", "Clause", Kind.ID),
        Column("line", "Line", Kind.CODE),
        Column("to", "To", Kind.CODE),
        Column("text", "Text"),
        Column("category", "Category", Kind.CODE),
        Column("evidence", "Evidence", Kind.LINES),
        Column("command_status", "command_status", Kind.CODE),
        Column("state", "message_state", Kind.CODE),
        Column("received_at", "Received", Kind.CODE),
        Column("scenario", "Scenario", Kind.ID),
        Column("id", "Message", Kind.CODE),
    )
    times = [at.isoformat(sep=" ", timespec="milliseconds") for at in refused["received_at"]]
    frame = refused.assign(received_at=pd.Series(times, index=refused.index, dtype="str"))
    return Table("messages", "Refused messages", frame, columns, empty="Nothing was refused.")


SECTION = Section("refusals-by-rule", "Refusals by rule", "ردشده‌ها به تفکیک قاعده", _build)
