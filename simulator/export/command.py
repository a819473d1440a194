"""What `khatban export` does with its options."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console

from simulator.export.extras import import_with_extra
from simulator.export.files import Wanted, export_files, export_stream
from simulator.export.masking import Mask, drawn_key
from simulator.export.progress import progress_bar
from simulator.export.table import Table
from simulator.export.tables import TABLES, TABLES_BY_NAME
from simulator.wording import hint

if TYPE_CHECKING:
    from simulator.export.postgres import Sink

_STANDARD_OUTPUT = Path("-")
_DEFAULT_FORMAT = "jsonl"


class UsageError(Exception):
    """Options that do not go together; the message names them."""


class Request(NamedTuple):
    """The options of the command, as they were given."""

    store: Path
    form: str | None = None
    out: Path | None = None
    database: str | None = None
    name: str | None = None
    anew: bool = False
    tables: tuple[str, ...] = ()
    mask: bool = False
    mask_key: str | None = None
    keep_texts: bool = False

    @property
    def is_masked(self) -> bool:
        """Whether numbers are masked: a key asks for it too, for whoever gives one relies on it."""
        return self.mask or bool(self.mask_key)


def run_export(request: Request, console: Console) -> None:
    """Exports, and says on the console, standard error, what was written.

    Raises:
        UsageError: The options do not go together.
        ExportError: It cannot be done.
        OSError: Standard output cannot be written.
    """
    if fault := next(_faults(request), None):
        raise UsageError(fault)
    mask = _mask(request, console)
    if request.database is not None:
        _gather(request, request.database, mask, console)
    elif request.out is not None:
        wanted = Wanted(request.form or _DEFAULT_FORMAT, _tables(request), mask, request.keep_texts)
        _write(request.store, request.out, wanted, console)


def _gather(request: Request, database: str, mask: Mask | None, console: Console) -> None:
    sink: Sink = import_with_extra("simulator.export.postgres", extra="postgres").Sink(database, str(request.name))
    with progress_bar(console) as progress:
        rows = sink.gather(
            request.store, mask=mask, keep_texts=request.keep_texts, anew=request.anew, progress=progress
        )
    _say(console, str(sink.address), rows)


def _write(store: Path, out: Path, wanted: Wanted, console: Console) -> None:
    with progress_bar(console) as progress:
        if out == _STANDARD_OUTPUT:
            export_stream(store, sys.stdout.buffer, wanted, progress)
            sys.stdout.flush()
            return
        rows = export_files(store, out, wanted, progress)
    _say(console, str(out), rows)


def _say(console: Console, where: str, rows: dict[str, int]) -> None:
    console.print(f"{where}: {', '.join(f'{count:,} {table}' for table, count in rows.items())}", markup=False)


def _faults(request: Request) -> Iterator[str]:
    if (request.out is None) == (request.database is None):
        yield "say where to: either --out or --to"
    if request.database is not None:
        if not request.name:
            yield "--to needs --operator, the name under which the rows are gathered"
        if request.form or request.tables:
            yield "--format and --table do not go with --to: a database takes all tables"
        if request.mask and not request.mask_key:
            yield "--mask with --to needs --mask-key: the next run must mask alike"
    elif request.name or request.anew:
        yield "--operator and --anew go with --to only"
    if request.out == _STANDARD_OUTPUT and len(request.tables) != 1:
        yield "--out - takes one --table"
    if request.keep_texts and not request.is_masked:
        yield "--keep-texts goes with --mask only"
    for name in request.tables:
        if name not in TABLES_BY_NAME:
            yield f"there is no table {name!r}{hint(name, TABLES_BY_NAME)}"


def _tables(request: Request) -> tuple[Table, ...]:
    """The wanted tables, each once, in their order."""
    return tuple(table for table in TABLES if not request.tables or table.name in request.tables)


def _mask(request: Request, console: Console) -> Mask | None:
    if not request.is_masked:
        return None
    key = request.mask_key
    if not key:
        key = drawn_key()
        console.print(f"the key of the mask, for another export that masks alike: {key}", markup=False)
    try:
        return Mask(key)
    except ValueError as error:
        msg = f"--mask-key: {error}"
        raise UsageError(msg) from None
