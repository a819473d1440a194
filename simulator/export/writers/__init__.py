"""The file formats in the order of the documentation. A writer is imported when it is wanted: it may need an extra."""

from typing import Final

from simulator.export.extras import import_with_extra
from simulator.export.writer import Writer

FORMATS: Final = ("jsonl", "csv", "parquet")


def writer_of(name: str) -> type[Writer]:
    """The writer of a format, `WRITER` in its file.

    Raises:
        ExportError: What it needs is not installed.
    """
    writer: type[Writer] = import_with_extra(f"{__name__}.{name}_writer", extra=name).WRITER
    return writer
