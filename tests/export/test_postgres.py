"""The PostgreSQL sink against a real server: several operators in one database, nothing twice, nothing forgotten."""

import itertools
import json
import logging
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from khatban import main
from simulator.export import TABLES, ExportError, Mask
from simulator.export.postgres import Sink
from simulator.export.source import Source
from simulator.export.table import Table
from simulator.messages import Message
from simulator.smpp.consts import MessageState
from simulator.store import MessageQuery, Store
from tests.e2e.installed import need
from tests.export.postgres import PASSWORD, Postgres, programs, rows
from tests.export.stores import SUBSCRIBERS, fill, messages, receipt, small_store
from tests.export.test_files import cells
from tests.store.test_store import REFUSAL, message

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    found = programs()
    need("postgresql", found=found is not None)
    assert found is not None
    # Not below pytest's own folder, which only its user may enter.
    with tempfile.TemporaryDirectory(prefix="khatban-postgres-") as name, Postgres(found, Path(name)) as postgres:
        yield postgres


@pytest.fixture
def database(server: Postgres) -> str:
    return server.new_database(f"test_{next(_numbers)}")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    small_store(path)
    return path


def held(address: str, table: Table, operator: str) -> list[list[Any]]:
    """The rows of an operator, as cells."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ", ".join(table.key)
    sql = f"SELECT {columns} FROM khatban.{table.name} WHERE operator_name = '{operator}' ORDER BY {order}"
    return [list(row) for row in rows(address, sql)]


def without_nul(value: Any) -> Any:
    """The value as PostgreSQL can hold it."""
    return (
        json.loads(json.dumps(value).replace("\\u0000", "\\u2400")) if isinstance(value, str | list | dict) else value
    )


def expected(path: Path, table: Table) -> list[list[Any]]:
    return [[without_nul(cell) for cell in row] for row in cells(path, table)]


def test_several_operators_gather_in_one_database(store: Path, tmp_path: Path, database: str) -> None:
    other = tmp_path / "other.db"
    fill(other, [message(1), message(2, REFUSAL)])
    wrote = Sink(database, "mci").gather(store)
    assert wrote == {table.name: len(cells(store, table)) for table in TABLES}
    Sink(database, "irancell").gather(other)
    for table in TABLES:
        assert held(database, table, "mci") == expected(store, table)
        assert held(database, table, "irancell") == expected(other, table)
    together = "SELECT operator_name, count(*) FROM khatban.messages GROUP BY 1 ORDER BY 1"
    assert rows(database, together) == [("irancell", 2), ("mci", 6)]


def test_a_second_run_writes_what_is_new_or_has_changed_and_nothing_twice(store: Path, database: str) -> None:
    sink = Sink(database, "mci")
    sink.gather(store)
    again = sink.gather(store)
    assert again == {
        "messages": 5,  # those that were still under way
        "verdicts": 0,
        "traces": 0,
        "receipts": 1,  # it was not acknowledged yet
        "mo_messages": 1,  # nor was this
        "violations": 1,  # they have no numbers
        "changes": 0,
        "turns": 0,
        "mutations": 0,
    }
    running = Store(store)
    running.finish(1, MessageState.DELIVERED, "000", 1004.0)
    running.acknowledged(receipt(1, 1), 1005.0)
    running.add_message(message(7, REFUSAL, done_at=1007.0))
    running.add_receipt(receipt(2, 7))
    running.commit()
    assert sink.gather(store) | {"verdicts": 0, "traces": 0} == {
        "messages": 6,
        "verdicts": 0,
        "traces": 0,
        "receipts": 2,
        "mo_messages": 1,
        "violations": 1,
        "changes": 0,
        "turns": 0,
        "mutations": 0,
    }
    assert sink.gather(store)["messages"] == 4
    running.close()
    for table in TABLES:
        assert held(database, table, "mci") == expected(store, table)


def test_a_table_that_the_database_lacks_is_made(store: Path, database: str) -> None:
    sink = Sink(database, "mci")
    sink.gather(store)
    with psycopg.connect(database) as db:
        db.execute("DROP TABLE khatban.turns")
    assert sink.gather(store)["turns"] == 1


def test_rows_whose_latest_was_deleted_are_still_of_the_same_store(store: Path, database: str) -> None:
    sink = Sink(database, "mci")
    running = Store(store)
    running.add_message(message(7, REFUSAL, done_at=1007.0))
    running.commit()
    assert sink.gather(store)["messages"] == 7
    assert running.delete(MessageQuery(after=6), 0, 0).gone == (7,)
    running.add_message(message(8, REFUSAL, done_at=1008.0))
    running.close()
    assert sink.gather(store)["messages"] == 6


@given(kept=messages())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_message_holds_is_gathered(server: Postgres, kept: list[Message]) -> None:
    name = f"any-{next(_numbers)}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        fill(path, kept)
        Sink(server.address(), name).gather(path)
        for table in TABLES:
            assert held(server.address(), table, name) == expected(path, table)


def test_rows_are_masked_alike_by_every_run_or_not_at_all(store: Path, database: str) -> None:
    sink, mask = Sink(database, "mci"), Mask("a key of ours")
    sink.gather(store, mask=mask)
    text = json.dumps([held(database, table, "mci") for table in TABLES], default=str)
    assert SUBSCRIBERS[0][2:] not in text
    assert mask.number(SUBSCRIBERS[0])[2:] in text
    for other, keep_texts in ((None, False), (Mask("a key of yours"), False), (mask, True)):
        with pytest.raises(ExportError, match="masked otherwise"):
            sink.gather(store, mask=other, keep_texts=keep_texts)
    sink.gather(store, mask=mask)
    sink.gather(store, anew=True)
    assert held(database, TABLES[0], "mci") == expected(store, TABLES[0])
    assert "a key of ours" not in str(rows(database, "SELECT * FROM khatban.operators"))


def test_a_store_that_began_anew_is_not_mixed_with_what_was(store: Path, tmp_path: Path, database: str) -> None:
    Sink(database, "mci").gather(store)
    other = tmp_path / "other.db"
    fill(other, [message(number, received_at=5000.0 + number) for number in range(1, 9)])
    fewer = tmp_path / "fewer.db"
    fill(fewer, [message(1)])
    for path in (other, fewer):
        with pytest.raises(ExportError, match=r"of another store, or of before a reset \(messages 6\).*--anew"):
            Sink(database, "mci").gather(path)
    assert held(database, TABLES[0], "mci") == expected(store, TABLES[0]), "nothing was done"
    Sink(database, "mci").gather(other, anew=True)
    for table in TABLES:
        assert held(database, table, "mci") == expected(other, table)


def test_what_the_store_has_deleted_for_its_age_stays_gathered(store: Path, database: str) -> None:
    Sink(database, "mci").gather(store)
    before = expected(store, TABLES[0])
    running = Store(store)
    running.add_message(message(7, REFUSAL, done_at=1007.0))
    running.commit()
    running._db.execute("DELETE FROM submissions WHERE number < 7")
    Sink(database, "mci").gather(store)
    running.close()
    assert held(database, TABLES[0], "mci") == [*before, *expected(store, TABLES[0])]


def test_an_end_before_its_time_leaves_what_was_there(
    store: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(self: Source, table: Table, *arguments: Any) -> Iterator[list[tuple[Any, ...]]]:
        yield from original(self, table, *arguments)
        if table.name == "receipts":
            raise KeyboardInterrupt

    original = Source.later
    monkeypatch.setattr(Source, "later", later)
    with pytest.raises(KeyboardInterrupt):
        Sink(database, "mci").gather(store)
    assert rows(database, "SELECT count(*) FROM khatban.messages") == [(0,)]
    assert rows(database, "SELECT count(*) FROM khatban.operators") == [(0,)]


def test_operators_that_come_at_once_do_not_disturb_each_other(store: Path, database: str) -> None:
    names = [f"operator-{number % 3}" for number in range(6)]
    threads = [threading.Thread(target=Sink(database, name).gather, args=(store,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in set(names):
        assert held(database, TABLES[0], name) == expected(store, TABLES[0])


def test_a_column_that_lacks_is_added(store: Path, database: str) -> None:
    Sink(database, "mci").gather(store)
    with psycopg.connect(database) as db:
        db.execute("ALTER TABLE khatban.receipts DROP COLUMN err")
        db.execute("DELETE FROM khatban.receipts")
    Sink(database, "mci").gather(store)
    assert rows(database, "SELECT err FROM khatban.receipts") == [("000",)]


@pytest.mark.parametrize(
    ("before", "fault"),
    [
        ("CREATE SCHEMA khatban; CREATE TABLE khatban.x (y int)", "a schema khatban that Khatban did not make"),
        (
            "CREATE SCHEMA khatban; CREATE TABLE khatban.layout AS SELECT 2 AS version",
            "later version .*2, this one writes 1",
        ),
    ],
)
def test_a_schema_that_is_not_ours_is_left_alone(store: Path, database: str, before: str, fault: str) -> None:
    with psycopg.connect(database) as db:
        db.execute(before.encode())
    with pytest.raises(ExportError, match=fault):
        Sink(database, "mci").gather(store)
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'khatban'"
    assert rows(database, tables) == [(1,)]


def khatban(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["export", *map(str, arguments)])
    return done.exit_code, done.output


def test_the_command_tells_where_to_but_no_password(
    store: Path, server: Postgres, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    status, output = khatban(store, "--to", database, "--operator", "mci")
    name = database.rpartition("/")[2]
    assert status == 0
    assert output.startswith(f"database {name} on 127.0.0.1:{server.port}: 6 messages, ")
    said = output
    for address in (
        server.address("no_such"),
        server.address(password="rather wrong"),
        database.replace(str(server.port), "1"),
        database.replace("127.0.0.1", "no.such.host.invalid"),
        database.replace(str(server.port), "port"),
        f"postgresql://u:{PASSWORD}@h:x y/z?nonsense=1",
        f"host=127.0.0.1 password='{PASSWORD}' port={server.port} nonsense",
    ):
        status, output = khatban(store, "--to", address, "--operator", "mci")
        assert status == 3
        assert output.startswith("khatban: ")
        said += output
    said += caplog.text
    assert "rather" not in said
