"""Every fault bites as its case says, and the operator is as it was once the fault is used up or switched off."""

from pathlib import Path

import pytest
import trio

import simulator.trouble.faults
from simulator.trouble.faults import FAMILIES, FAULT_KINDS, FAULTS
from tests.trouble.cases import CASES
from tests.trouble.wire import round_works, world

pytestmark = pytest.mark.virtual_time


def test_every_fault_has_a_case() -> None:
    assert set(CASES) == set(FAULT_KINDS)


def test_the_list_of_families_is_the_folder() -> None:
    folder = {path.stem for path in Path(simulator.trouble.faults.__file__).parent.glob("*.py")} - {"__init__"}
    assert {family.__name__.rpartition(".")[2] for family in FAMILIES} == folder
    assert len(FAULT_KINDS) == len(FAULTS), "no name twice"


@pytest.mark.parametrize("name", FAULT_KINDS)
async def test_it_bites(name: str) -> None:
    case = CASES[name]
    async with world({"name": name, **case.parameters}) as here:
        with trio.fail_after(100_000):
            await case.bite(here)
        assert here.operator.faults_on()[0].bites >= 1


@pytest.mark.parametrize("name", FAULT_KINDS)
async def test_the_connection_heals_when_it_is_used_up(name: str) -> None:
    case = CASES[name]
    async with world({"name": name, "count": case.bites, **case.parameters}) as here:
        with trio.fail_after(200_000):
            wire = await case.bite(here)
            assert here.operator.faults_on() == []
            if wire is not None:
                if name == "bind-refused":
                    await wire.bind()
                await round_works(wire)
            await here.leave()
            await round_works(await here.bound())


@pytest.mark.parametrize("name", FAULT_KINDS)
async def test_the_operator_heals_when_it_is_switched_off(name: str) -> None:
    case = CASES[name]
    async with world({"name": name, **case.parameters}) as here:
        with trio.fail_after(200_000):
            await case.bite(here)
            [on] = here.operator.faults_on()
            assert here.operator.faults.switch_off(on.id)
            await here.leave()
            await round_works(await here.bound())
