"""Nothing that the store keeps of a message is forgotten by an export."""

import pytest

from simulator.export.table import Table
from simulator.export.tables import TABLES
from simulator.store.file import open_store

NOT_EXPORTED = {
    "messages": {"due"},  # what the operator plans, not what became of it
    "verdicts": {"id", "content", "trace"},  # number, label and category and evidence, traces
    "changes": {"body"},  # change
    "mo_messages": {"octets"},  # text
}
FORMER = {"former_violations", "former_costs", "last_numbers"}
KEPT_FOR_ITSELF = {"waiting_parts", "broadcasts", "clock", "sendings", "room"} | FORMER
"""What the operator keeps for its own restart only."""
HALVES_OF_MESSAGES = {"letters", "submissions"}
"""The tables behind the view `messages`, which leaves out octets that no mask could look into."""


def test_every_column_of_the_store_is_exported_or_left_out_on_purpose() -> None:
    db = open_store(None)
    exported = {table.name: {column.name for column in table.columns} for table in TABLES}
    tables = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
    for (name,) in db.execute(tables).fetchall():
        if name in KEPT_FOR_ITSELF | HALVES_OF_MESSAGES:
            continue
        columns = {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
        missing = columns - exported.get(name, set()) - NOT_EXPORTED.get(name, set())
        assert not missing, f"{name}: say it in simulator/export/tables.py, a line each"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_sql_of_a_table_is_the_store_s(table: Table) -> None:
    db = open_store(None)
    columns = ", ".join(column.sql for column in table.columns)
    db.execute(f"SELECT {columns} FROM {table.source} ORDER BY {table.number}")
    assert not table.is_numbered or table.columns[0][:2] == (table.key[0], table.number)
