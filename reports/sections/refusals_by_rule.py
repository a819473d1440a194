"""Which rules refused what, how the client was told, and which rules never had to."""

import pandas as pd

from reports import chart
from reports.language import Language
from reports.measures import total
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Section, Table, Tone, of_messages
from reports.tallies import summed


def _build(run: Run, to: Language) -> Content:
    refused = run.tallies[run.tallies["outcome"] == "refused"]
    rules = _rules(run, refused)
    fired = rules[rules["refusals"] > 0]
    picture = chart.bars(
        fired["id"].tolist(), [(Tone.BAD, fired["refusals"].tolist())], unit=to.say("messages refused"), to=to
    )
    charts = (Chart(to.say("Refusals by rule"), picture),) if len(fired) else ()
    note = to.say(
        "Late means accepted at submit and refused by receipt. Each part of a long message counts as a message."
    )
    return Content(tables=(_rule_table(rules, to), _message_table(run, to)), charts=charts, note=note)


def _rules(run: Run, refused: pd.DataFrame) -> pd.DataFrame:
    """One row a rule of the catalogue, in its order; then rules that refused but are not in it."""
    strange = [rule for rule in dict.fromkeys(refused["rule"].dropna()) if rule not in set(run.rules["id"])]
    rules = pd.concat([run.rules, pd.DataFrame({"id": pd.Series(strange, dtype="str")})], ignore_index=True)
    late = refused[refused["command_status"] == "ESME_ROK"]
    groups = refused.groupby("rule")
    counted = summed(refused, ["rule"]).set_index("rule")
    found = pd.DataFrame(
        {
            "refusals": counted["messages"],
            "late": late.groupby("rule")["messages"].sum(),
            "violations": counted["violations"],
            "cited": groups["clause"].agg(_distinct),
            "statuses": groups["command_status"].agg(_distinct),
        }
    )
    rules = rules.join(found, on="id")
    counts = ["refusals", "late", "violations"]
    rules[counts] = rules[counts].fillna(0).astype("int64")
    rules["share"] = rules["refusals"] / total(refused) if len(refused) else float("nan")
    return rules.sort_values("refusals", ascending=False, kind="stable", ignore_index=True)


def _distinct(values: "pd.Series[str]") -> str:
    return "\n".join(sorted(set(values.dropna())))


def _rule_table(rules: pd.DataFrame, to: Language) -> Table:
    columns = (
        Column("id", to.say("Rule"), Kind.ID),
        Column("title", to.say("What it forbids")),
        Column("refusals", to.say("Refusals"), Kind.COUNT),
        Column("share", to.say("Share"), Kind.SHARE),
        Column("late", to.say("Late"), Kind.COUNT),
        Column("violations", to.say("Violations"), Kind.COUNT),
        Column("cited", to.say("Clauses cited"), Kind.LINES),
        Column("statuses", to.say("Told as"), Kind.LINES),
    )
    empty = to.say("The run left no catalogue of rules and refused nothing.")
    return Table("rules", to.say("Rules"), rules, columns, empty=empty)


def _message_table(run: Run, to: Language) -> Table:
    refused = run.messages[run.messages["outcome"] == "refused"]
    columns = (
        Column("rule", to.say("Rule"), Kind.ID),
        Column("clause", to.say("Clause"), Kind.ID),
        Column("line", to.say("Line"), Kind.CODE),
        Column("to", to.say("To"), Kind.CODE),
        Column("text", to.say("Text")),
        Column("category", to.say("Category"), Kind.WORD),
        Column("evidence", to.say("Evidence"), Kind.LINES),
        Column("command_status", "command_status", Kind.CODE),
        Column("state", "message_state", Kind.CODE),
        Column("received_at", to.say("Received"), Kind.MOMENT),
        Column("scenario", to.say("Scenario"), Kind.ID),
        Column("id", to.say("Message"), Kind.CODE),
    )
    times = [at.isoformat(timespec="milliseconds") for at in refused["received_at"]]
    frame = refused.assign(received_at=pd.Series(times, index=refused.index, dtype="str"))
    title = to.say("Refused messages")
    every = total(run.tallies[run.tallies["outcome"] == "refused"])
    if len(frame) < every:
        title = to.say("The first {shown} of {every} refused messages", shown=len(frame), every=every)
    return Table("messages", title, frame, columns, empty=to.say("Nothing was refused."))


SECTION = Section("refusals-by-rule", "Refusals by rule", _build, of_messages)
