"""How messages fared by the operator that serves the recipient, and by account."""

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table, of_messages
from reports.tallies import summed


def _build(run: Run, to: Language) -> Content:
    tables = (
        _table(run, to, "operator", to.say("By operator"), to.say("Operator")),
        _table(run, to, "account", to.say("By account"), to.say("Account")),
    )
    note = to.say("A recipient's operator is the one that serves the number, ported numbers included.")
    return Content(tables=tables, note=note)


def _table(run: Run, to: Language, key: str, title: str, heading: str) -> Table:
    frame = summed(run.tallies.fillna({key: "unknown"}), [key])
    frame["share"] = frame["refused"] / frame["messages"]
    columns = (
        Column(key, heading, Kind.WORD),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("share", to.say("Refused share"), Kind.SHARE),
    )
    return Table(key, title, frame, columns, Layout.NARROW, to.say("No message was sent."))


SECTION = Section("operators", "Operators and accounts", _build, of_messages)
