"""The lists of steps and drivers against their folders and their descriptions."""

from collections.abc import Iterable
from pathlib import Path

import pytest

import harness.drivers
import harness.steps
from harness.drivers import DRIVERS
from harness.step import Step
from harness.steps import STEPS


def modules(file: str | None) -> set[str]:
    assert file is not None
    return {path.stem for path in Path(file).parent.glob("*.py")} - {"__init__"}


def repeated(words: Iterable[str]) -> list[str]:
    listed = list(words)
    return sorted({word for word in listed if listed.count(word) > 1})


def test_the_list_of_steps_is_the_folder_of_steps() -> None:
    assert {step.__module__.rpartition(".")[2] for step in STEPS} == modules(harness.steps.__file__)


@pytest.mark.parametrize("step", STEPS, ids=[step.key for step in STEPS])
def test_a_step_is_named_by_its_file_and_opens_with_an_example(step: type[Step]) -> None:
    assert step.__module__.endswith(f".{step.key}")
    assert (step.__doc__ or "").startswith(f"`{step.key}:")


def test_the_list_of_drivers_is_the_folder_of_drivers() -> None:
    assert {f"{driver.name.replace('-', '_')}_driver" for driver in DRIVERS} == {
        module for module in modules(harness.drivers.__file__) if module.endswith("_driver")
    }
    assert repeated(driver.name for driver in DRIVERS) == []
