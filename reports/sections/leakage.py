"""The two ways to judge wrongly: advertising that reached the blacklist, and service texts refused as advertising."""

import pandas as pd

from reports.language import Language
from reports.measures import judged, leaks, overblocked
from reports.run import Run
from reports.section import Column, Content, Kind, Section, Table, of_messages
from reports.tallies import summed


def _build(run: Run, to: Language) -> Content:
    note = to.say(
        "Leakage must be nought. Over-blocking is a text that the operator itself calls a service text, refused on a"
        " service line by a rule about advertising."
    )
    over = _rows("over-blocking", to.say("Over-blocking"), overblocked(run.messages), to, to.say("None."))
    return Content(tables=(_leak_table(run, to), _rates(run, to), over), note=note)


def _leak_table(run: Run, to: Language) -> Table:
    empty = to.say("None: no advertising was accepted for a blacklisted number.")
    if not judged(run):
        empty = to.say("Not judged: no rule's trace says whether a recipient was on the blacklist.")
    return _rows("leakage", to.say("Leakage"), leaks(run.messages), to, empty)


def _rates(run: Run, to: Language) -> Table:
    """One row a line type: how many messages, how many leaked, how many over-blocked."""
    tallies = run.tallies.fillna({"line_type": "unregistered"})
    by_type = summed(tallies, ["line_type"])[["line_type", "messages"]]
    for name, rows in (("leaked", leaks(tallies)), ("overblocked", overblocked(tallies))):
        counts = rows.groupby("line_type")["messages"].sum()
        by_type[name] = by_type["line_type"].map(counts).fillna(0).astype("int64")
    columns = (
        Column("line_type", to.say("Line type"), Kind.WORD),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("leaked", to.say("Leakage"), Kind.COUNT),
        Column("overblocked", to.say("Over-blocking"), Kind.COUNT),
    )
    return Table("rates", to.say("By line type"), by_type, columns, empty=to.say("No message was sent."))


def _rows(table_id: str, title: str, frame: pd.DataFrame, to: Language, empty: str) -> Table:
    columns = (
        Column("received_at", to.say("Received"), Kind.MOMENT),
        Column("line", to.say("Line"), Kind.CODE),
        Column("line_type", to.say("Type"), Kind.WORD),
        Column("to", to.say("To"), Kind.CODE),
        Column("text", to.say("Text")),
        Column("label", to.say("Content"), Kind.WORD),
        Column("rule", to.say("Rule"), Kind.ID),
        Column("scenario", to.say("Scenario"), Kind.ID),
        Column("id", to.say("Message"), Kind.CODE),
    )
    shown = frame.assign(received_at=frame["received_at"].map(lambda at: at.isoformat(timespec="milliseconds")))
    return Table(table_id, title, shown, columns, empty=empty)


SECTION = Section("leakage", "Leakage and over-blocking", _build, of_messages)
