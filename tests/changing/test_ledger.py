"""Sanctions: warning, suspension, closure at as many violations as the profile says, since the last reinstatement."""

from typing import Any

import pytest

from simulator.changing.changes.lines import ReinstateLine
from simulator.changing.journal import Origin
from simulator.changing.ledger import Ledger
from simulator.messages import JournalEntry, Violation
from simulator.profiles.profile import Sanctions
from simulator.registry.lines import LineState
from tests.registry.provisioning.papers import Office, tehran, world

LINE = "3000200020"
STEPS = {"sanctions": {"warning": 1, "suspension": 2, "suspension_days": 3, "strikes": 4}}


class Court:
    """An office with a ledger over it."""

    def __init__(self, **profile: Any) -> None:
        self.office = Office(world(**profile), now=tehran("1405-09-01"))
        self.open()

    def open(self) -> None:
        self.told = 0
        self.ledger = Ledger(self.office.store, self.office.registers, self.office.journal, self.hear)

    def hear(self) -> None:
        self.told += 1

    def offend(self, times: int = 1) -> int:
        """How many sanctions the violations led to."""
        before = self.told
        for _ in range(times):
            self.ledger.record(Violation(LINE, 1, self.office.now, "a-rule", "a.clause"))
        return self.told - before

    def restart(self) -> None:
        self.office.restart()
        self.open()

    def state(self) -> LineState:
        return self.office.line(LINE).state

    def sanctions(self) -> list[JournalEntry]:
        self.office.store.commit()
        return [entry for entry in self.office.store.changes() if entry.origin == Origin.SANCTION]


def test_the_steps_in_order() -> None:
    court = Court(**STEPS)
    assert court.offend() == 1
    assert court.state() is LineState.ACTIVE
    assert court.offend() == 1
    assert court.state() is LineState.SUSPENDED
    [resumed] = court.office.go_to(tehran("1405-09-04", "10:00"))
    assert resumed[0] == tehran("1405-09-04", "10:00")
    assert court.state() is LineState.ACTIVE
    assert court.offend() == 1
    assert court.state() is LineState.SUSPENDED
    court.office.go_to(tehran("1405-09-08"))
    assert court.offend() == 1
    assert court.state() is LineState.CLOSED
    assert court.offend() == 0
    assert [entry.kind for entry in court.sanctions()] == ["warn-line", "suspend-line", "suspend-line", "close-line"]
    assert '"reason":"violation 4 of 4: a.clause"' in court.sanctions()[-1].body


def test_without_steps_the_last_strike_closes() -> None:
    court = Court(sanctions={"strikes": 1})
    assert court.offend() == 1
    assert court.state() is LineState.CLOSED


def test_a_reinstatement_wipes_the_slate_and_a_suspension_that_ended_does_not() -> None:
    court = Court(**STEPS)
    court.offend(2)
    court.office.go_to(tehran("1405-09-04", "10:00"))
    assert court.ledger.count(LINE) == 2
    court.offend(2)
    assert court.state() is LineState.CLOSED
    court.office.change(ReinstateLine(line=LINE, reason="it promised to do better"))
    assert (court.state(), court.ledger.count(LINE)) == (LineState.ACTIVE, 0)
    court.offend()
    assert (court.state(), court.ledger.count(LINE)) == (LineState.ACTIVE, 1)


def test_counts_survive_a_restart_on_the_very_second() -> None:
    court = Court(sanctions={"strikes": 3})
    court.offend(3)
    court.office.change(ReinstateLine(line=LINE, reason="x"))
    court.offend(2)
    court.restart()
    assert (court.state(), court.ledger.count(LINE)) == (LineState.ACTIVE, 2)
    court.offend()
    assert court.state() is LineState.CLOSED


@pytest.mark.parametrize("steps", [{"warning": 4}, {"suspension": 4}, {"warning": 3, "suspension": 2}])
def test_steps_grow_harder(steps: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a warning comes no later than a suspension"):
        Sanctions(strikes=3, **steps)
