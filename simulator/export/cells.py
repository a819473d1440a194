"""Exported values of the store's rows: named states, times of Tehran, and numbers masked where that is wanted."""

import datetime
import math
from collections.abc import Callable, Iterable
from typing import Any

from simulator.export.masking import Mask
from simulator.export.table import Cell, Column, Holds, Kind, Table
from simulator.numbers.numbering import TEHRAN

Step = tuple[int, Callable[[Any], Cell], int | None]
"""A column's place, what is done to its values, and the place of the column whose value forbids that."""


def cell_maker(
    table: Table, mask: Mask | None, *, keep_texts: bool
) -> Callable[[Iterable[tuple[Any, ...]]], list[list[Cell]]]:
    """What makes exported rows of the store's.

    Args:
        table: The rows' table.
        mask: How subscribers' numbers are masked; None leaves them.
        keep_texts: Whether those in texts, and in what quotes them, are left nevertheless.
    """
    places = {column.name: place for place, column in enumerate(table.columns)}
    steps: list[Step] = []
    for place, column in enumerate(table.columns):
        if shape := _shape(column):
            steps.append((place, shape, None))
        if mask and (hide := _hiding(column, mask, keep_texts=keep_texts)):
            steps.append((place, hide, places[column.unless] if column.unless else None))

    def make(rows: Iterable[tuple[Any, ...]]) -> list[list[Cell]]:
        made = [list(row) for row in rows]
        for place, change, unless in steps:
            for cells in made:
                value = cells[place]
                if value is not None and (unless is None or cells[unless] is None):
                    cells[place] = change(value)
        return made

    return make


def _shape(column: Column) -> Callable[[Any], Cell] | None:
    if column.kind is Kind.MOMENT:
        return _moment
    return bool if column.kind is Kind.FLAG else column.shape


def _moment(posix: float) -> datetime.datetime | None:
    return datetime.datetime.fromtimestamp(posix, TEHRAN) if math.isfinite(posix) else None


def _hiding(column: Column, mask: Mask, *, keep_texts: bool) -> Callable[[Any], Cell] | None:
    if column.holds is Holds.NOTHING or (column.holds is Holds.TEXT and keep_texts):
        return None
    if column.kind is Kind.JSON:
        return mask.json
    return mask.number if column.holds is Holds.NUMBER else mask.words
