"""Whose turn it is: scope, share, count and span; and that the same seed meets the same faults."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.smpp.pdus import SubmitSm
from simulator.trouble.fault import Fault
from simulator.trouble.fault_board import FaultBoard
from simulator.trouble.fault_moments import Submitted
from simulator.trouble.faults import AnyFault
from tests.center.test_operator import DEDICATED, FREE, PROMOTIONAL
from tests.trouble.wire import World, accepted, refused, submit, world

OTHER = "989351234567"


def fault(**table: Any) -> Fault:
    return TypeAdapter[Fault](AnyFault).validate_python(table)


def board(*faults: Fault, seed: int = 1) -> FaultBoard:
    return FaultBoard(faults, has_magic=False, seed=seed, now=0.0)


def submitted(account: str = "panel", source: str = DEDICATED, to: str = FREE) -> Submitted:
    return Submitted(account, SubmitSm(source_addr=source, destination_addr=to), 2, 1, 1)


def status(here: FaultBoard, what: Submitted, now: float = 0.0) -> int:
    refusal = here.on_submit(what, now)
    return refusal.command_status if refusal else 0


@pytest.mark.parametrize(
    ("scope", "what", "is_meant"),
    [
        ({}, submitted(), True),
        ({"account": "panel"}, submitted(), True),
        ({"account": "panel"}, submitted("other"), False),
        ({"line": DEDICATED}, submitted(), True),
        ({"line": DEDICATED}, submitted(source=f"+98{DEDICATED}"), True),
        ({"line": DEDICATED}, submitted(source=PROMOTIONAL), False),
        ({"destination": FREE}, submitted(), True),
        ({"destination": f"0{FREE[2:]}"}, submitted(to=f"+{FREE}"), True),
        ({"destination": FREE}, submitted(to=OTHER), False),
        ({"destination": "98912*"}, submitted(to=f"0{FREE[2:]}"), True),
        ({"destination": "98912*"}, submitted(to=OTHER), False),
        ({"account": "panel", "line": DEDICATED, "destination": FREE}, submitted(), True),
        ({"account": "panel", "line": DEDICATED, "destination": FREE}, submitted(source=PROMOTIONAL), False),
    ],
)
def test_scope(scope: dict[str, str], what: Submitted, is_meant: bool) -> None:
    assert status(board(fault(name="throttled", scope=scope)), what) == (0x58 if is_meant else 0)


@pytest.mark.parametrize(
    ("name", "scope", "known"),
    [
        ("text-banner", {"account": "panel"}, "nothing"),
        ("bind-late", {"line": DEDICATED}, "account"),
        ("reset", {"destination": FREE}, "account"),
    ],
)
def test_a_scope_that_cannot_be_known_is_refused(name: str, scope: dict[str, str], known: str) -> None:
    occasion = {"on": "bind_resp"} if name == "reset" else {}
    with pytest.raises(
        ValidationError, match=f"its scope cannot be by {next(iter(scope))}; what is known then: {known}"
    ):
        fault(name=name, scope=scope, **occasion)


def test_a_count_ends_a_fault() -> None:
    here = board(fault(name="throttled", count=2))
    assert [status(here, submitted()) for _ in range(4)] == [0x58, 0x58, 0, 0]
    assert not here.is_on


def test_a_span_ends_a_fault() -> None:
    here = board(fault(name="throttled", span=10))
    assert [status(here, submitted(), now) for now in (0.0, 9.9, 10.0)] == [0x58, 0x58, 0]
    assert not here.is_on


def test_the_first_that_is_on_comes_first_and_the_next_one_after_it() -> None:
    here = board(fault(name="throttled", count=1), fault(name="queue-full"))
    assert [status(here, submitted()) for _ in range(3)] == [0x58, 0x14, 0x14]


def test_what_is_on_is_told_with_its_bites_and_what_remains() -> None:
    here = board(fault(name="throttled", span=10), fault(name="queue-full"))
    status(here, submitted(), 3.0)
    assert [(each.id, each.fault.name, each.bites, each.remaining) for each in here.switched_on(4.0)] == [
        (1, "throttled", 1, 6.0),
        (2, "queue-full", 0, None),
    ]
    assert here.switch_off(1)
    assert not here.switch_off(1)
    here.switch_off_all()
    assert here.switched_on(4.0) == []
    assert not here.is_on


def test_a_share_is_drawn_from_the_seed_whatever_else_is_on() -> None:
    some = fault(name="throttled", share=0.3)

    def bites(here: FaultBoard) -> list[int]:
        return [status(here, submitted()) for _ in range(1000)]

    first = bites(board(some))
    assert 250 < first.count(0x58) < 350
    assert first == bites(board(some))
    assert first != bites(board(some, seed=2))
    assert first == bites(board(some, fault(name="late-response", share=0.5)))


async def traffic(here: World) -> bytes:
    wire = await here.bound()
    await wire.send(*(submit(number, registered_delivery=1) for number in range(2, 42)))
    said = b""
    while not await wire.is_quiet(600):
        frame = await wire.frame()
        said += frame
        if frame[4:8] == b"\0\0\0\5":
            await wire.acknowledge(frame)
    return said


@pytest.mark.virtual_time
async def test_the_same_seed_and_traffic_give_the_same_octets() -> None:
    faults: list[dict[str, Any]] = [
        {"name": "throttled", "share": 0.2},
        {"name": "wrong-sequence-number", "share": 0.2},
        {"name": "interleaved-deliver-sm", "share": 0.2},
        {"name": "duplicate-receipt", "share": 0.5},
    ]
    runs = []
    for _ in range(2):
        async with world(*faults) as here:
            runs.append(await traffic(here))
    assert runs[0] == runs[1]
    async with world() as here:
        assert await traffic(here) != runs[0]


@pytest.mark.virtual_time
async def test_a_magic_number_needs_no_switching() -> None:
    async with world() as here:
        wire = await here.bound()
        await wire.send(submit(2), submit(3, to="989120099101"), submit(4, to="09350099102"), submit(5))
        assert await wire.frames(4) == [accepted(2, 1), refused(3, 0x58), refused(4, 0x14), accepted(5, 2)]


@pytest.mark.virtual_time
async def test_the_receipt_of_a_magic_number_bites_later_and_over_another_bind() -> None:
    async with world() as here:
        wire = await here.bound()
        await wire.send(submit(2, to="989120099302", registered_delivery=1))
        assert await wire.frame() == accepted(2)
        await here.leave()
        frames = await (await here.bound()).frames(2)
        assert [frame[12:16].hex() for frame in frames] == ["00000001", "7e000001"]


@pytest.mark.virtual_time
async def test_a_world_without_magic_numbers() -> None:
    async with world(magic_suffixes=False) as here:
        wire = await here.bound()
        await wire.send(submit(2, to="989120099101"))
        assert await wire.frame() == accepted(2)


def test_a_number_is_magic_by_its_last_seven_digits() -> None:
    here = FaultBoard((), has_magic=True, seed=1, now=0.0)
    assert [here.is_watching(number) for number in ("", "99101", FREE, "9891200991019")] == [False] * 4
    assert here.is_watching("0099101")
    assert here.is_on
