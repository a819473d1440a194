"""What became of the messages: their states and statuses, and what the receipts told of them."""

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table, of_messages
from reports.tallies import summed


def _build(run: Run, to: Language) -> Content:
    counted = (
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
    )
    empty = to.say("No message was sent.")
    states = Table(
        "states",
        to.say("Message states"),
        summed(run.tallies, ["state"]),
        (Column("state", "message_state", Kind.CODE), *counted),
        Layout.NARROW,
        empty,
    )
    statuses = Table(
        "statuses",
        to.say("Statuses of the responses"),
        summed(run.tallies, ["command_status"]),
        (Column("command_status", "command_status", Kind.CODE), *counted),
        Layout.NARROW,
        empty,
    )
    note = to.say("A receipt is acknowledged when the client answered its deliver_sm.")
    return Content(tables=(states, statuses, _receipts(run, to)), note=note)


def _receipts(run: Run, to: Language) -> Table:
    """One row a (kind, state, err): how many receipts, and how many of them the client acknowledged."""
    counts = run.receipts.assign(answered=run.receipts["receipts"].where(run.receipts["acknowledged"], 0))
    keys = ["kind", "state", "err"]
    frame = counts.groupby(keys, dropna=False)[["receipts", "answered"]].sum().astype("int64").reset_index()
    columns = (
        Column("kind", to.say("Kind"), Kind.CODE),
        Column("state", "message_state", Kind.CODE),
        Column("err", "err", Kind.CODE),
        Column("receipts", to.say("Receipts"), Kind.COUNT),
        Column("answered", to.say("Acknowledged"), Kind.COUNT),
    )
    return Table("receipts", to.say("Receipts"), frame, columns, empty=to.say("There was no receipt."))


SECTION = Section("states", "States and receipts", _build, of_messages)
