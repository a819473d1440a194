"""Tables of examples: one scenario file, a scenario for each row of its table.

`examples: {discount: {kind: a discount, clause: service.no-discount}, lottery: {kind: a lottery, ...}}` has two rows of
two columns. A row has a name, which ends the scenario's id, and a text for each column; all rows have the same columns.
`<kind>` in any value of the file stands for the row's text; in keys it stands for itself. What a cell holds is not
filled again.
"""

import re
from collections.abc import Iterator, Mapping

from harness.problems import Problem
from harness.yaml_source import Data, Mark, Path_, Placed, Source
from simulator.wording import hint

KEY = "examples"
PLACEHOLDER = re.compile(r"<([a-z][a-z0-9_-]*)>")
_ROW_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_COLUMN = re.compile(r"[a-z][a-z0-9_-]*")


class Row:
    """A scenario file as it reads for one row of its table.

    What is wrong with a value that the row filled is told of the cell it came from.

    Attributes:
        name: The row's.
        data: The file's content, filled, without the table.
    """

    def __init__(self, source: Source, name: str, cells: Mapping[str, str]) -> None:
        self._source, self._cells = source, cells
        self._filled: dict[Path_, Path_] = {}
        self.name = name
        content = source.data if isinstance(source.data, dict) else {}
        self.data: Data = {key: self._fill(value, (key,)) for key, value in content.items() if key != KEY}

    @property
    def file(self) -> str:
        """The file as the user named it."""
        return self._source.file

    def value_at(self, path: Path_) -> Mark:
        """Where the value at `path` stands in the file: its place among the steps, not that of its cell."""
        return self._source.value_at(path)

    def problem(self, path: Path_, message: str, *, at_key: bool = False) -> Problem:
        """A mistake at `path`; of a filled value, at the first cell that filled it."""
        cell = self._filled.get(path)
        if cell is None or at_key:
            return self._source.problem(path, message, at_key=at_key)
        return self._source.problem(cell, message)

    def _fill(self, value: Data, path: Path_) -> Data:
        if isinstance(value, dict):
            return {key: self._fill(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._fill(inner, (*path, index)) for index, inner in enumerate(value)]
        named = [name for name in PLACEHOLDER.findall(value) if name in self._cells]
        if not named:
            return value
        self._filled[path] = (KEY, self.name, named[0])
        return PLACEHOLDER.sub(lambda match: self._cells.get(match[1], match[0]), value)


def rows_of(source: Source) -> tuple[list[tuple[str, Placed]], list[Problem]]:
    """The scenarios of a file: one for each row, with its name, or one without a name if there is no table.

    There are none if anything is wrong with the table; then that is told.
    """
    if not isinstance(source.data, dict) or KEY not in source.data:
        return [("", source)], []
    table = source.data[KEY]
    problems = [*_table_problems(source, table)]
    if problems or not isinstance(table, dict):
        return [], problems
    cells = {
        name: {key: str(cell) for key, cell in row.items()} for name, row in table.items() if isinstance(row, dict)
    }
    problems = [*_column_problems(source, cells)]
    return [] if problems else [(name, Row(source, name, row)) for name, row in cells.items()], problems


def _table_problems(source: Source, table: Data) -> Iterator[Problem]:
    if not isinstance(table, dict) or not table:
        yield source.problem((KEY,), "expected a mapping of at least one row: its name, and a text for each column")
        return
    for name, row in table.items():
        if not _ROW_NAME.fullmatch(name):
            reason = "a row's name is small letters and digits, joined by hyphens, points or underlines"
            yield source.problem((KEY, name), reason, at_key=True)
        if not isinstance(row, dict) or not row:
            yield source.problem((KEY, name), "expected a mapping of columns to texts")
            continue
        for column, cell in row.items():
            if not _COLUMN.fullmatch(column):
                reason = "a column's name is a small letter and then small letters, digits, hyphens or underlines"
                yield source.problem((KEY, name, column), reason, at_key=True)
            if not isinstance(cell, str):
                yield source.problem((KEY, name, column), "expected a text")


def _column_problems(source: Source, rows: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    columns = [*dict.fromkeys(column for row in rows.values() for column in row)]
    for name, row in rows.items():
        if missing := [column for column in columns if column not in row]:
            yield source.problem((KEY, name), f"this row has no {', '.join(missing)}", at_key=True)
    used = dict.fromkeys(_placeholders(source.data, ()))
    for path, name in used:
        if name not in columns:
            yield source.problem(path, f"no column of the examples is <{name}>{hint(name, columns)}")
    names = {name for _, name in used}
    first = next(iter(rows))
    for column in columns:
        if column not in names:
            yield source.problem((KEY, first, column), f"<{column}> stands nowhere in the scenario", at_key=True)


def _placeholders(value: Data, path: Path_) -> Iterator[tuple[Path_, str]]:
    if path == (KEY,):
        return
    if isinstance(value, str):
        yield from ((path, name) for name in PLACEHOLDER.findall(value))
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _placeholders(inner, (*path, key))
