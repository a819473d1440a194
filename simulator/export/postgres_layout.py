"""What the database holds: the schema `khatban`, a table for each exported one, and who gathered what into it.

Every table has the exported columns after `operator_name`, the operator whose row it is. A table that a later Khatban
exports is added where it lacks, and a column, which is empty in the older rows; whatever else changes raises `VERSION`.
"""

from typing import Any, Final

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from simulator.export.errors import ExportError
from simulator.export.table import Kind, Table
from simulator.export.tables import TABLES

SCHEMA: Final = "khatban"
VERSION: Final = 1
OPERATOR: Final = "operator_name"

_LOCK: Final = 0x4B485442
"""The class of the advisory lock under which the layout is made; the next one is that of the operators' names."""

_TYPES: Final = {
    Kind.INTEGER: SQL("bigint"),
    Kind.TEXT: SQL("text"),
    Kind.FLAG: SQL("boolean"),
    Kind.MOMENT: SQL("timestamptz"),
    Kind.JSON: SQL("jsonb"),
}


def name_of(table: Table) -> Identifier:
    """A table's name in the database."""
    return Identifier(SCHEMA, table.name)


def prepare(db: Connection[Any]) -> None:
    """Makes the layout, or brings it up to this version's columns.

    Raises:
        ExportError: The schema is another program's, or of a later version.
    """
    db.execute("SELECT pg_advisory_xact_lock(%s, 0)", (_LOCK,))
    if not _has_table(db, "layout"):
        _make(db)
    found = db.execute(SQL("SELECT version FROM {}").format(Identifier(SCHEMA, "layout"))).fetchone()
    if found is None or found[0] > VERSION:
        msg = f"the schema {SCHEMA} is of a later version of Khatban ({found and found[0]}, this one writes {VERSION})"
        raise ExportError(msg)
    for table in TABLES:
        present = _columns(db, table.name)
        if not present:
            db.execute(_creation(table))
            continue
        for column in table.columns:
            if column.name not in present:
                adding = SQL("ALTER TABLE {} ADD COLUMN {} {}")
                db.execute(adding.format(name_of(table), Identifier(column.name), _TYPES[column.kind]))


def lock_operator(db: Connection[Any], operator: str) -> None:
    """Waits until nobody else gathers the same operator's rows."""
    db.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (_LOCK + 1, operator))


def _has_table(db: Connection[Any], name: str) -> bool:
    return bool(_columns(db, name))


def _columns(db: Connection[Any], table: str) -> set[str]:
    sql = "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
    return {row[0] for row in db.execute(sql, (SCHEMA, table))}


def _make(db: Connection[Any]) -> None:
    if db.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (SCHEMA,)).fetchone():
        sql = "SELECT 1 FROM pg_class WHERE relnamespace = %s::regnamespace LIMIT 1"
        if db.execute(sql, (SCHEMA,)).fetchone():
            msg = f"there is a schema {SCHEMA} that Khatban did not make"
            raise ExportError(msg)
    else:
        db.execute(SQL("CREATE SCHEMA {}").format(Identifier(SCHEMA)))
    db.execute(SQL("CREATE TABLE {} (version integer NOT NULL)").format(Identifier(SCHEMA, "layout")))
    db.execute(SQL("INSERT INTO {} VALUES (%s)").format(Identifier(SCHEMA, "layout")), (VERSION,))
    operators = "CREATE TABLE {} ({} text PRIMARY KEY, mask text, exported_at timestamptz NOT NULL)"
    db.execute(SQL(operators).format(Identifier(SCHEMA, "operators"), Identifier(OPERATOR)))


def _creation(table: Table) -> Composed:
    columns = SQL(", ").join(
        SQL("{} {}").format(Identifier(column.name), _TYPES[column.kind]) for column in table.columns
    )
    key = SQL(", ").join(map(Identifier, (OPERATOR, *table.key)))
    creation = SQL("CREATE TABLE {} ({} text REFERENCES {}, {}, PRIMARY KEY ({}))")
    operators = Identifier(SCHEMA, "operators")
    return creation.format(name_of(table), Identifier(OPERATOR), operators, columns, key)
