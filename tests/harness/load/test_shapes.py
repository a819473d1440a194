"""Each shape is a function of the time; the list of shapes holds what the folder does."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter

import harness.load.shapes
from harness.load.shape import Ending, Shape
from harness.load.shapes import SHAPES, AnyShape

READ: TypeAdapter[Shape] = TypeAdapter(AnyShape)


def shape(**table: object) -> Shape:
    return READ.validate_python(table)


def test_the_list_holds_every_file_of_the_folder() -> None:
    files = {path.stem for path in Path(harness.load.shapes.__file__).parent.glob("*.py")} - {"__init__"}
    assert {one.__module__.rpartition(".")[2] for one in SHAPES} == files
    assert all(one.summary for one in SHAPES)


@pytest.mark.parametrize(
    ("made", "length", "levels"),
    [
        (shape(kind="steady", seconds=10), 10, {0: 1, 9: 1}),
        (shape(kind="ramp", seconds=10, start=0.5, hold=5), 15, {0: 0.5, 5: 0.75, 10: 1, 14: 1}),
        (shape(kind="steps", steps=4, step_seconds=5), 20, {0: 0.25, 4.9: 0.25, 5: 0.5, 19: 1, 20: 1}),
        (shape(kind="spike", seconds=30, at=10, spike_seconds=5, base=0.2), 30, {9: 0.2, 10: 1, 14.9: 1, 15: 0.2}),
        (shape(kind="soak", seconds=3600, wave_seconds=100, low=0.4), 3600, {0: 0.4, 50: 1, 100: 0.4}),
        (shape(kind="bind_storm", waves=2, bound_seconds=5, pause_seconds=3), 13, {0: 1, 5: 0, 7.9: 0, 8: 1, 12.9: 1}),
        (shape(kind="reconnect_storm", seconds=10, every=3), 10, {0: 1, 9: 1}),
    ],
)
def test_levels(made: Shape, length: float, levels: dict[float, float]) -> None:
    assert made.length == length
    assert {now: pytest.approx(made.level(now)) for now in levels} == levels


def test_storms_break_every_so_many_seconds() -> None:
    storm = shape(kind="reconnect_storm", seconds=10, every=3, share=0.25, how="unbind")
    assert [storm.storms(now) for now in (0, 2.9, 3, 8, 9, 100)] == [0, 0, 1, 2, 3, 3]
    assert (storm.storm_share, storm.ending) == (0.25, Ending.UNBIND)
    assert shape(kind="steady", seconds=10).storms(9) == 0
