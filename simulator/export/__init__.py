"""Exports: what a store holds as JSON lines, CSV, Parquet, or rows of a PostgreSQL database.

`tables` says what is exported, `source` reads a store file that an operator may be writing to, `cells` makes values of
rows, `masking` hides subscribers' numbers, `writers/` holds a file format each, `files` and `postgres` put it together.
"""

from simulator.export.errors import ExportError
from simulator.export.files import Wanted, export_files, export_stream
from simulator.export.masking import Mask
from simulator.export.tables import TABLES, TABLES_BY_NAME
from simulator.export.writers import FORMATS

__all__ = ["FORMATS", "TABLES", "TABLES_BY_NAME", "ExportError", "Mask", "Wanted", "export_files", "export_stream"]
