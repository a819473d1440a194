"""An export into files: a folder with a file for each table and a note of what they are, whole or not at all."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, NamedTuple

from simulator.export.cells import cell_maker
from simulator.export.errors import ExportError
from simulator.export.masking import Mask
from simulator.export.source import Source
from simulator.export.table import Table
from simulator.export.tables import TABLES
from simulator.export.writers import writer_of

NOTE = "export.json"
NOTE_VERSION = 1

Progress = Callable[[str, int, int | None], None]
"""Told of a table's name, how many rows of it are written, and, with zero of them, how many there are."""


class Wanted(NamedTuple):
    """What is to be exported, and how."""

    format: str
    tables: Sequence[Table] = TABLES
    mask: Mask | None = None
    keep_texts: bool = False
    """Whether numbers in texts are left by the mask."""


def export_files(store: Path, out: Path, wanted: Wanted, progress: Progress | None = None) -> dict[str, int]:
    """Exports a store into a folder that is not there yet, or empty; how many rows each table has.

    Raises:
        ExportError: It cannot be made; nothing is left behind, as with every other end before its time.
    """
    with Source.open(store) as source, _draft(out) as draft:
        rows = {}
        suffix = writer_of(wanted.format).suffix
        for table in wanted.tables:
            with (draft / f"{table.name}{suffix}").open("wb") as file:
                rows[table.name] = _write(source, table, file, wanted, progress)
        (draft / NOTE).write_text(_note(wanted, rows), "utf-8")
    return rows


def export_stream(store: Path, file: BinaryIO, wanted: Wanted, progress: Progress | None = None) -> int:
    """Exports the one table that is wanted into an open file; how many rows it has.

    Raises:
        ExportError: It cannot be made.
        OSError: The file cannot be written.
    """
    with Source.open(store) as source:
        return _write(source, wanted.tables[0], file, wanted, progress)


def _write(source: Source, table: Table, file: BinaryIO, wanted: Wanted, progress: Progress | None) -> int:
    make = cell_maker(table, wanted.mask, keep_texts=wanted.keep_texts)
    writer = writer_of(wanted.format)(file, table)
    written = 0
    if progress:
        progress(table.name, 0, source.count(table))
    for batch in source.batches(table):
        writer.write(make(batch))
        written += len(batch)
        if progress:
            progress(table.name, written, None)
    writer.close()
    return written


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place at the end, or goes away."""
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        msg = f"{out} is there already; an export takes the place of nothing"
        raise ExportError(msg)
    try:
        draft.mkdir()
        try:
            yield draft
            draft.replace(out)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as error:
        msg = f"cannot write {out}: {error.strerror or error}"
        raise ExportError(msg) from error


def _note(wanted: Wanted, rows: dict[str, int]) -> str:
    """What the files are, as JSON."""
    tables = {
        table.name: {
            "rows": rows[table.name],
            "key": table.key,
            "columns": {column.name: column.kind for column in table.columns},
        }
        for table in wanted.tables
    }
    note = {
        "khatban": version("khatban"),
        "version": NOTE_VERSION,
        "format": wanted.format,
        "mask": wanted.mask and {"fingerprint": wanted.mask.fingerprint, "texts": not wanted.keep_texts},
        "tables": tables,
    }
    return json.dumps(note, indent=1) + "\n"
