"""Snapshots as files, and that of a store which no operator need run on."""

import json
import os
from pathlib import Path

from simulator.center.snapshot import Prepared, Snapshot, SnapshotError
from simulator.messages import JournalEntry
from simulator.registry.world import World
from simulator.store.reading import reading


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot in a file.

    Raises:
        SnapshotError: It cannot be read, or is none; every fault names the file.
    """
    try:
        value = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SnapshotError((f"{path}", f"{error.strerror}")) from error
    except ValueError as error:
        raise SnapshotError((f"{path}", f"no snapshot, for it is not JSON: {error}")) from error
    try:
        return Snapshot.parse(value)
    except SnapshotError as error:
        raise _located(path, error) from None


def prepared_in(path: Path, known: World) -> Prepared:
    """What the snapshot in a file has an operator begin with; see `Snapshot.prepared`.

    Raises:
        SnapshotError: It cannot be used; every fault names the file.
    """
    snapshot = read_snapshot(path)
    try:
        return snapshot.prepared(known)
    except SnapshotError as error:
        raise _located(path, error) from None


def _located(path: Path, error: SnapshotError) -> SnapshotError:
    """The same faults, each with the file."""
    return SnapshotError(*((f"{path}: {where}" if where else f"{path}", why) for where, why in error.errors))


def write_snapshot(snapshot: Snapshot, path: Path) -> None:
    """Writes a new file, which only its owner may read (it may hold passwords); whole or not at all.

    Raises:
        SnapshotError: It is there already, or cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 - for its mode
            file.write(snapshot.text())
        path.hardlink_to(draft)  # not a renaming, which would take the place of what is there
    except FileExistsError:
        raise SnapshotError((f"{path}", "is there already; a snapshot takes the place of nothing")) from None
    except OSError as error:
        raise SnapshotError((f"{path}", f"cannot be written: {error.strerror}")) from error
    finally:
        draft.unlink(missing_ok=True)


def snapshot_of_store(path: Path, world: World, wall: float) -> Snapshot:
    """The snapshot of the operator that would begin with a world and this store at the real time `wall`.

    Raises:
        StoreError: The file cannot be read.
        SnapshotError: Its journal speaks of what this world does not hold.
    """
    with reading(path) as db:
        rows = db.execute("SELECT number, at, origin, kind, body FROM changes ORDER BY number")
        journal = [JournalEntry._make(row) for row in rows]
        clock = db.execute("SELECT shown + (? - wall) * speed FROM clock", (wall,)).fetchone()
    snapshot = Snapshot.of(world, journal, clock[0] if clock else wall, with_passwords=True)
    snapshot.prepared(world)
    return snapshot
