"""The journal brings the registers back, and refuses a world that it does not fit."""

from pathlib import Path

import pytest

import simulator.changing.changes
from simulator.changing.change import ChangeError
from simulator.changing.changes import CHANGES, FAMILIES
from simulator.changing.changes.lines import CloseLine, RegisterLine, SuspendLine, TransferLine
from simulator.changing.changes.patterns import HandInPattern, RejectPattern
from simulator.changing.journal import Journal, Origin
from simulator.registry.lines import Line, LineState
from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.registers import Registers
from simulator.registry.world import World, build_world
from simulator.store import Store, StoreError

NEW = Line(number="3000777777", account="panel")


def world(*accounts: str) -> World:
    return build_world({"extends": "demo", "accounts": [{"system_id": name, "password": "x"} for name in accounts]})


def test_a_restart_leaves_everything_as_it_was_changed(tmp_path: Path) -> None:
    store, registers = Store(tmp_path / "store"), Registers(world("other"))
    journal = Journal(store, registers)
    numbers = [
        journal.write(RegisterLine(line=NEW), Origin.HTTP, 1.0),
        journal.write(TransferLine(line="3000777777", account="other"), Origin.HTTP, 2.0),
        journal.write(CloseLine(line="+983000777777", reason="why"), Origin.SANCTION, 3.0),
        journal.write(RejectPattern(line="2000300030", pattern="otp", reason="no"), Origin.HTTP, 4.0),
        journal.write(
            HandInPattern(pattern=Pattern(name="new", line="2000300030", text="سفارش %n% شرکت نمونه")), Origin.HTTP, 5.0
        ),
    ]
    assert numbers == [1, 2, 3, 4, 5]
    store.close()

    store, again = Store(tmp_path / "store"), Registers(world("other"))
    Journal(store, again)
    line = again.lines.get("3000777777")
    assert line is not None
    assert (line.account, line.state) == ("other", LineState.CLOSED)
    states = {pattern.name: (pattern.state, pattern.reason) for pattern in again.patterns}
    assert states == {"otp": (PatternState.REJECTED, "no"), "new": (PatternState.PENDING, "")}
    assert (
        Journal(store, Registers(world("other"))).write(
            RegisterLine(line=NEW.model_copy(update={"number": "3000777778"})), Origin.HTTP, 6.0
        )
        == 6
    )
    store.close()


def test_a_change_that_cannot_be_is_not_written() -> None:
    store, registers = Store(), Registers(world())
    journal = Journal(store, registers)
    with pytest.raises(ChangeError):
        journal.write(SuspendLine(line="3000999999", reason="x"), Origin.HTTP, 1.0)
    store.commit()
    assert list(store.changes()) == []


def test_a_journal_of_another_world_is_refused() -> None:
    store = Store()
    journal = Journal(store, Registers(world("other")))
    journal.write(TransferLine(line="3000200020", account="other"), Origin.HTTP, 1.0)
    store.commit()
    with pytest.raises(StoreError, match=r"change 1 .*\(transfer-line\) does not fit this world: .*no account 'other'"):
        Journal(store, Registers(world()))


def test_every_family_is_listed_and_every_kind_has_its_own_name() -> None:
    folder = Path(simulator.changing.changes.__file__).parent
    listed = {family.__name__.rpartition(".")[2] for family in FAMILIES}
    assert listed == {file.stem for file in folder.glob("*.py")} - {"__init__", "falling_due"}
    kinds = [change.model_fields["kind"].default for change in CHANGES]
    assert len(set(kinds)) == len(kinds)
