"""Opt-outs, lists, header stops and ported numbers, against plain dicts, and over a restart."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.blacklist import (
    ListNumbers,
    OptIn,
    OptOut,
    PortNumber,
    RejoinHeader,
    StopHeader,
    UnlistNumbers,
    bulk_change,
)
from simulator.changing.journal import Journal, Origin
from simulator.numbers.number_sets import numbers_in, pack
from simulator.numbers.numbering import MobileOperator, mobile_operator
from simulator.policy.engine import PolicyEngine
from simulator.registry.registers import Registers
from simulator.registry.world import World, build_world
from simulator.store import Store

NUMBERS = ["989121110001", "989121119999", "989351110001", "989209990001"]
OPERATORS = [MobileOperator.MCI, MobileOperator.IRANCELL]
DEDICATED, PROMOTIONAL, SHARED = "3000200020", "3000100010", "2000300030"

number, operator = st.sampled_from(NUMBERS), st.sampled_from(OPERATORS)


def world(**profile: Any) -> World:
    return build_world({"extends": "demo", "profile": profile})


class Model(RuleBasedStateMachine):
    """What holds is what was decided last, of what has come to count by now; a restart changes nothing."""

    @initialize(shared=st.booleans(), delay=st.sampled_from([0.0, 10.0]), follow=st.sampled_from(["serving", "prefix"]))
    def begin(self, *, shared: bool, delay: float, follow: str) -> None:
        self.world = world(
            blacklist={"shared": shared, "effective_delay": delay, "enforced_by": ["mci", "irancell"]},
            header_stops={"effective_delay": delay},
            portability={"follow": follow},
        )
        self.shared, self.delay, self.follows_prefix = shared, delay, follow == "prefix"
        self.store, self.registers = Store(), Registers(self.world)
        self.journal = Journal(self.store, self.registers)
        self.now = 0.0
        self.served = {each: mobile_operator(each) for each in NUMBERS}
        self.listed: list[tuple[float, tuple[str, object], bool]] = []
        for each in NUMBERS:
            if each.endswith("1110001"):
                self.listed.append((-1.0, self.key(each), True))
        self.stopped: list[tuple[float, tuple[str, str], bool]] = []

    def key(self, each: str, at: MobileOperator | None = None) -> tuple[str, object]:
        return each, None if self.shared else (at or self.served[each])

    def change(self, change: Change) -> None:
        self.journal.write(change, Origin.HTTP, self.now)

    @rule(each=number, out=st.booleans(), heard_by=st.none() | operator)
    def one_chooses(self, *, each: str, out: bool, heard_by: MobileOperator | None) -> None:
        self.change((OptOut if out else OptIn)(number=each, operator=heard_by))
        self.listed.append((self.now + self.delay, self.key(each, heard_by), out))

    @rule(some=st.sets(number), listed=st.booleans(), packed=st.booleans())
    def the_operator_lists(self, *, some: set[str], listed: bool, packed: bool) -> None:
        if packed or not some:
            self.change(bulk_change(numbers_in(some), None, listed=listed))
        else:
            self.change((ListNumbers if listed else UnlistNumbers)(numbers=tuple(some)))
        self.listed += [(self.now, self.key(each), listed) for each in some]

    @precondition(lambda self: not self.shared)
    @rule(some=st.sets(number, min_size=1), at=operator)
    def one_operator_lists(self, *, some: set[str], at: MobileOperator) -> None:
        self.change(ListNumbers(numbers=tuple(some), operator=at))
        self.listed += [(self.now, (each, at), True) for each in some]

    @rule(each=number, line=st.sampled_from([DEDICATED, PROMOTIONAL]), stops=st.booleans())
    def a_header_is_stopped(self, *, each: str, line: str, stops: bool) -> None:
        self.change((StopHeader if stops else RejoinHeader)(number=each, line=f"+98{line}"))
        self.stopped.append((self.now + self.delay, (each, line), stops))

    @rule(each=number, to=operator)
    def a_number_is_ported(self, *, each: str, to: MobileOperator) -> None:
        if self.served[each] is to:
            with pytest.raises(ChangeError):
                self.change(PortNumber(number=each, operator=to))
        else:
            self.change(PortNumber(number=each, operator=to))
            self.served[each] = to

    @rule(seconds=st.sampled_from([1.0, 9.0, 30.0]))
    def time_goes_on(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def a_restart(self) -> None:
        self.store.commit()
        self.registers = Registers(self.world)
        self.journal = Journal(self.store, self.registers)

    def holds(self, decisions: list[Any], key: object) -> bool:
        due = [held for moment, about, held in decisions if moment <= self.now and about == key]
        return bool(due) and due[-1]

    @invariant()
    def the_engine_sees_it_so(self) -> None:
        if not hasattr(self, "registers"):
            return
        engine = PolicyEngine(self.registers)
        for each in NUMBERS:
            ruling = mobile_operator(each) if self.follows_prefix else self.served[each]
            submission = engine.submission("panel", DEDICATED, each, "", self.now)
            assert submission.operator is ruling
            assert submission.blacklisted == (ruling in OPERATORS and self.holds(self.listed, self.key(each, ruling)))
            assert submission.header_stopped == self.holds(self.stopped, (each, DEDICATED))


TestModel = Model.TestCase
TestModel.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_a_restart_on_a_file_keeps_what_is_still_to_come(tmp_path: Path) -> None:
    slow = world(blacklist={"effective_delay": 86_400})
    store, registers = Store(tmp_path / "store"), Registers(slow)
    Journal(store, registers).write(OptOut(number="09129990001"), Origin.MO, 1000.0)
    store.close()
    store, registers = Store(tmp_path / "store"), Registers(slow)
    Journal(store, registers)
    standing = registers.blacklist.standing("989129990001", MobileOperator.MCI, 2000.0)
    assert standing == (False, None, (87_400.0, True))
    assert registers.blacklist.is_listed("989129990001", MobileOperator.MCI, 87_400.0)
    store.close()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (StopHeader(number="09129990001", line="3000999999"), "line"),
        (StopHeader(number="09129990001", line=SHARED), "line"),
        (PortNumber(number="09129990001", operator=MobileOperator.MCI), "operator"),
    ],
)
def test_what_cannot_be(change: Change, where: str) -> None:
    with pytest.raises(ChangeError) as caught:
        change.apply(Registers(world()), 0.0)
    assert caught.value.where == where


def test_a_shared_list_has_no_operators_lists() -> None:
    registers = Registers(world(blacklist={"shared": True}))
    with pytest.raises(ChangeError, match="shared"):
        ListNumbers(numbers=("09129990001",), operator=MobileOperator.MCI).apply(registers, 0.0)
    assert not registers.blacklist.is_listed("989129990001", MobileOperator.MCI, 0.0)


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"numbers": []},
        {"numbers": ["x"]},
        {"packed": "x"},
        {"numbers": ["09121110001"], "packed": pack(numbers_in([]))},
    ],
)
def test_a_list_is_written_in_one_way(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"numbers|packed"):
        ListNumbers.model_validate(table)


def test_several_operators_may_hold_one_blacklist() -> None:
    first = Registers(world())
    second = Registers(world(), blacklist=first.blacklist)
    OptOut(number="09129990001").apply(first, 1.0)
    assert second.blacklist.bars("989129990001", MobileOperator.MCI, 1.0)
    OptIn(number="09129990001").apply(second, 2.0)
    assert not first.blacklist.bars("989129990001", MobileOperator.MCI, 2.0)
