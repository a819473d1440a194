"""A snapshot: a prepared world as one JSON document, from which an operator can begin.

It holds the world as it began and every change since, so what it prepares is what the registers were; it holds no
messages, nor what these brought about besides changes, such as a line's violations. An operator tells no passwords:
where a snapshot lacks that of an account, whoever takes it needs the account in a world of his own.
"""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from pyroaring import BitMap

from simulator.changing.change import ChangeError
from simulator.changing.changes import change_adapter, unknown_change
from simulator.changing.changes.blacklist import bulk_change
from simulator.changing.journal import Origin, entry_of
from simulator.messages import JournalEntry
from simulator.numbers.numbering import TEHRAN
from simulator.policy.check import check_world
from simulator.registry.registers import Registers
from simulator.registry.world import World, WorldError, build_world
from simulator.wording import path_of

VERSION: Final = 1


class SnapshotError(Exception):
    """A snapshot that cannot be used; `errors` holds every fault as (path or empty, what is wrong)."""

    def __init__(self, *errors: tuple[str, str]) -> None:
        self.errors = errors
        super().__init__("\n".join(f"{path}: {why}" if path else why for path, why in errors))


class Prepared(NamedTuple):
    """A world to begin with."""

    world: World
    journal: tuple[JournalEntry, ...] = ()
    """What was changed in it already, in order, numbered from 1."""
    not_before: float = 0.0
    """POSIX seconds: the operator's clock when the snapshot was taken, before which it does not begin."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SnapshotChange(_Value):
    """A change of the registers: when it was made, who made it, and what it is."""

    at: AwareDatetime
    origin: Origin
    change: dict[str, Any]


class Snapshot(_Value):
    """The document."""

    khatban: Literal["snapshot"] = "snapshot"
    version: Literal[1] = VERSION
    now: AwareDatetime
    """The operator's clock when it was taken."""
    world: dict[str, Any]
    """The world's whole table, as `build_world` takes it, without `extends`."""
    changes: tuple[SnapshotChange, ...] = ()

    @classmethod
    def of(cls, world: World, journal: Iterable[JournalEntry], now: float, *, with_passwords: bool) -> Self:
        """The snapshot of a world and its journal; `now` in POSIX seconds."""
        changes = [
            SnapshotChange(at=_moment(entry.at), origin=Origin(entry.origin), change=json.loads(entry.body))
            for entry in journal
        ]
        if world.blacklist_files:
            changes.insert(0, _listing(world))
        table = _table_of(world, with_passwords=with_passwords)
        return cls(now=_moment(now), world=table, changes=tuple(changes))

    @classmethod
    def parse(cls, value: object) -> Self:
        """The snapshot that a JSON value is.

        Raises:
            SnapshotError: It is something else, of a later version, or has faults.
        """
        if not isinstance(value, dict) or value.get("khatban") != "snapshot":
            raise SnapshotError(("", 'no snapshot of Khatban\'s: that is an object with "khatban": "snapshot"'))
        version = value.get("version")
        if isinstance(version, int) and version > VERSION:
            versions = f"snapshot version {version}, this one reads {VERSION}"
            raise SnapshotError(("", f"written by a later version of Khatban ({versions})"))
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            raise SnapshotError(*((path_of(fault["loc"]), fault["msg"]) for fault in error.errors())) from None

    def text(self) -> str:
        """The document as it is written to a file."""
        return self.model_dump_json(indent=1) + "\n"

    def prepared(self, *known: World) -> Prepared:
        """What an operator begins with; passwords that it lacks are those of the same accounts in a `known` world.

        Raises:
            SnapshotError: The world cannot be, a change cannot be made in it, or a password is nowhere.
        """
        try:
            world = self._with_its_basis(check_world(build_world(_with_passwords(self.world, known))))
        except WorldError as error:
            faults = ((f"world.{path}" if path else "world", message) for path, message in error.errors)
            raise SnapshotError(*faults) from None
        registers = Registers(world)
        journal = []
        for place, made in enumerate(self.changes):
            try:
                change = change_adapter().validate_python(made.change)
                change.apply(registers, made.at.timestamp())
            except ValidationError as error:
                fault = error.errors()[0]
                why = unknown_change(fault) or f"{path_of(fault['loc'][1:])}: {fault['msg']}"
                raise SnapshotError((f"changes[{place}].change", why)) from None
            except ChangeError as error:
                raise SnapshotError((f"changes[{place}].change.{error.where}", error.why)) from None
            journal.append(entry_of(place + 1, made.at.timestamp(), made.origin, change))
        return Prepared(world, tuple(journal), self.now.timestamp())

    def _with_its_basis(self, world: World) -> World:
        """The world with what its values stood on: written out as they are, all would pass for the snapshot's own."""
        profile = self.world.get("profile")
        basis = profile.get("basis") if isinstance(profile, dict) else None
        if basis is None:
            return world
        return world.model_copy(update={"profile": world.profile.model_copy(update={"basis": dict(basis)})})


def _moment(posix: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(posix, TEHRAN)


def _listing(world: World) -> SnapshotChange:
    """The numbers of the world's files as its first change, before all time: a snapshot needs no file beside it."""
    numbers = BitMap().union(*(file.numbers for file in world.blacklist_files))
    change = bulk_change(numbers, None, listed=True).model_dump(mode="json", exclude_none=True)
    return SnapshotChange(at=_moment(0.0), origin=Origin.OPERATOR, change=change)


def _table_of(world: World, *, with_passwords: bool) -> dict[str, Any]:
    table = world.model_dump(mode="json", exclude={"blacklist_files"})
    for account in table["accounts"]:
        account["bind_types"].sort()  # a set has no order of its own, and the document should
        if not with_passwords:
            del account["password"]
    return table


def _with_passwords(table: Mapping[str, Any], known: tuple[World, ...]) -> dict[str, Any]:
    passwords = {account.system_id: account.password for world in reversed(known) for account in world.accounts}
    accounts = table.get("accounts")
    if not isinstance(accounts, list):
        return dict(table)
    whole = []
    for place, account in enumerate(accounts):
        if isinstance(account, dict) and "password" not in account:
            name = account.get("system_id")
            if name not in passwords:
                why = f"the snapshot leaves it out, and there is no account {name!r} here to take it from"
                raise WorldError([(f"accounts[{place}].password", why)])
            account = {**account, "password": passwords[name]}  # noqa: PLW2901 - the same account, made whole
        whole.append(account)
    return {**table, "accounts": whole}
