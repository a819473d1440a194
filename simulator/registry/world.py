"""A world: everything that is registered at the operator before the first message, checked as a whole.

A world is read from a table (TOML, or the `given.world` of a scenario), may extend a shipped world, and names a shipped
profile of which it may override any value. Nothing is half-accepted: all mistakes are reported together, with paths.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pyroaring import BitMap

from simulator.numbers.number_lists import read_number_list
from simulator.numbers.number_sets import numbers_in, parse_entry
from simulator.numbers.numbering import MobileOperator, SubscriberNumber
from simulator.profiles.profile import Profile
from simulator.profiles.profile_file import idle_basis, merged, overlaid, profile_table, shipped_profiles
from simulator.registry.accounts import Account
from simulator.registry.keywords import Keyword
from simulator.registry.lines import Line
from simulator.registry.pattern import Pattern
from simulator.registry.subscribers import Handsets
from simulator.trouble.faults import AnyFault, unknown_fault, without_kind
from simulator.wording import hint, path_of

Table = Mapping[str, Any]


class WorldError(Exception):
    """A world that cannot be; `errors` holds every fault as (path such as `lines[2].number`, what is wrong)."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{path}: {message}" if path else message for path, message in self.errors))


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _checked_entry(entry: str) -> str:
    parse_entry(entry)
    return entry


NumberEntry = Annotated[str, AfterValidator(_checked_entry)]
"""A number, or an inclusive range FIRST-LAST."""


class NumberFile:
    """A file of numbers that was read."""

    def __init__(self, path: Path, numbers: BitMap) -> None:
        self.path = path
        self.numbers = numbers


def _read_number_file(value: object, info: ValidationInfo) -> object:
    folder = (info.context or {}).get("folder")
    if not isinstance(value, str):
        return value
    if folder is None:
        msg = "only a configuration file may name files"
        raise ValueError(msg)
    path = Path(folder) / value
    try:
        return NumberFile(path, read_number_list(path))
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise ValueError(msg) from error


NumberFileField = Annotated[NumberFile, BeforeValidator(_read_number_file)]
"""The path of a file of numbers beside the configuration file; see `simulator.numbers.number_lists`."""


class PortedNumber(_Value):
    """A number that another operator serves than its prefix says."""

    number: SubscriberNumber
    operator: MobileOperator


class StoppedHeader(_Value):
    """A line of which a subscriber wants nothing."""

    line: str
    number: SubscriberNumber


class World(_Value):
    """The operator's registers; `faults` are those that are on from the start, `subscribers` those not simply on.

    `magic_suffixes`: see `magic_numbers` and `subscribers`.
    """

    profile: Profile
    accounts: tuple[Account, ...] = Field(min_length=1)
    lines: tuple[Line, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    blacklist: tuple[NumberEntry, ...] = ()
    blacklist_files: tuple[NumberFileField, ...] = ()
    ported: tuple[PortedNumber, ...] = ()
    stopped_headers: tuple[StoppedHeader, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    faults: tuple[AnyFault, ...] = ()
    subscribers: tuple[Handsets, ...] = ()
    magic_suffixes: bool = False

    model_config = ConfigDict(arbitrary_types_allowed=True)

    def listed_numbers(self) -> BitMap:
        """Every number that is on the blacklist from the start: a new set."""
        return BitMap().union(numbers_in(self.blacklist), *(file.numbers for file in self.blacklist_files))

    @model_validator(mode="after")
    def _registers_agree(self) -> Self:
        if faults := [*self._repetitions(), *self._strangers(), *self._misplaced()]:
            raise ValueError("; ".join(faults))
        return self

    def _repetitions(self) -> Iterator[str]:
        yield from _repeated("accounts", "system_id", (account.system_id for account in self.accounts))
        yield from _repeated("lines", "number", (line.number for line in self.lines))
        yield from _repeated("patterns", "line and name", (f"{one.line} {one.name}" for one in self.patterns))
        yield from _repeated("ported", "number", (ported.number for ported in self.ported))
        yield from _repeated("keywords", "line and word", (f"{one.line} {one.word}" for one in self.keywords))

    def _strangers(self) -> Iterator[str]:
        """Accounts and lines that are named and not there."""
        accounts, lines = {account.system_id for account in self.accounts}, {line.number for line in self.lines}
        named = (
            *((f"line {line.number}", line.account) for line in self.lines),
            *((f"pattern {pattern.name!r}", pattern.account) for pattern in self.patterns if pattern.account),
            *((f"keyword {keyword.word!r}", keyword.account) for keyword in self.keywords if keyword.account),
        )
        yield from (f"{who}: there is no account {account!r}" for who, account in named if account not in accounts)
        on_lines = (
            *(("stopped_headers", stop.line) for stop in self.stopped_headers),
            *((f"keyword {keyword.word!r}", keyword.line) for keyword in self.keywords),
        )
        yield from (f"{who}: there is no line {line}" for who, line in on_lines if line not in lines)

    def _misplaced(self) -> Iterator[str]:
        """What is registered where it cannot be."""
        shared = {line.number for line in self.lines if line.carries_patterns_only}
        for pattern in self.patterns:
            if pattern.line not in shared:
                yield f"pattern {pattern.name!r}: {pattern.line} is not a shared service line"
        for line in self.lines:
            if line.number in self.profile.short_codes:
                yield f"line {line.number}: {line.number} is a short code of the profile"


def _repeated(register: str, key: str, values: Iterable[str]) -> list[str]:
    return [f"{register}: {key} {value} occurs {times} times" for value, times in Counter(values).items() if times > 1]


def shipped_worlds() -> tuple[str, ...]:
    """The names of the worlds that come with Khatban."""
    folder = resources.files("simulator") / "registry" / "worlds"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def shipped_world(name: str) -> World:
    """A world that comes with Khatban.

    Raises:
        WorldError: There is none of that name.
    """
    return build_world(_shipped_table(name))


def _shipped_table(name: str) -> Table:
    if name not in shipped_worlds():
        raise WorldError([("extends", f"there is no world {name!r}{hint(name, shipped_worlds())}")])
    return tomllib.loads((resources.files("simulator") / "registry" / "worlds" / f"{name}.toml").read_text("utf-8"))


def build_world(table: Table, folder: Path | None = None) -> World:
    """A world from its table; files that it names are in `folder`, and without one it may name none.

    Keys: `extends` (a shipped world to start from), `profile` (`name` and any value to override), `accounts`, `lines`,
    `patterns`, `blacklist` (numbers and ranges), `blacklist_files` (paths of files of these), `ported` (numbers with
    the operators that serve them), `stopped_headers` (lines with numbers), `keywords` (see `registry.keywords`),
    `faults` (see `trouble.faults`), `subscribers` (see `registry.subscribers`), `magic_suffixes`. What a world
    adds to the one that it extends replaces the entry of the same system_id, number, line and name, or line and word;
    blacklists, stopped headers, faults and subscribers are joined.

    Raises:
        WorldError: With every fault and its path.
    """
    table = dict(table)
    base = table.pop("extends", None)
    if base is not None:
        table = _extended(_shipped_table(str(base)), table)
    table["profile"] = _full_profile(table.get("profile", {}))
    try:
        return World.model_validate(table, context={"folder": folder})
    except ValidationError as error:
        raise WorldError(described(error)) from None


def described(error: ValidationError) -> list[tuple[str, str]]:
    """A validation error as (path such as `lines[2].number`, message) pairs, unknown keys with a hint."""
    return [(path_of(_place(fault["loc"])), _message(fault)) for fault in error.errors()]


def described_fault(error: ValidationError) -> list[tuple[str, str]]:
    """The same for the validation error of one fault by itself."""
    return [(path_of(without_kind(fault["loc"], 0)), _message(fault)) for fault in error.errors()]


def _place(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    return without_kind(location, 2) if location[:1] == ("faults",) else location


def _message(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "extra_forbidden":
        return "unknown key"
    return unknown_fault(fault) or str(fault["msg"]).removeprefix("Value error, ")


_KEYS = {
    "accounts": ("system_id",),
    "lines": ("number",),
    "patterns": ("line", "name"),
    "ported": ("number",),
    "blacklist": (),
    "blacklist_files": (),
    "stopped_headers": (),
    "keywords": ("line", "word"),
    "faults": (),
    "subscribers": (),
}
"""What makes an entry of a register the same entry; where nothing is said, entries are all different."""


def _extended(base: Table, over: Table) -> dict[str, Any]:
    joined = {**base, **over}
    for register, keys in _KEYS.items():
        joined[register] = _joined(base.get(register, []), over.get(register, []), keys)
    profiles = base.get("profile", {}), over.get("profile", {})
    joined["profile"] = merged(*profiles) if isinstance(profiles[1], Mapping) else profiles[1]
    return joined


def _joined(base: list[Any], over: object, keys: tuple[str, ...]) -> object:
    """Both lists, without those of `base` that `over` replaces; what is no list is left for the model to refuse."""
    if not isinstance(over, Sequence) or isinstance(over, str):
        return over
    replaced = [_identity(entry, keys) for entry in over if isinstance(entry, Mapping)]
    return [*(entry for entry in base if not keys or _identity(entry, keys) not in replaced), *over]


def _identity(entry: Table, keys: tuple[str, ...]) -> list[object]:
    return [entry.get(key) for key in keys]


def _full_profile(override: object) -> object:
    if not isinstance(override, Mapping):
        return override
    name = override.get("name", "standard")
    if not isinstance(override.get("basis", {}), Mapping):
        raise WorldError([("profile.basis", "expected a table from paths of values to what they stand on")])
    if idle := idle_basis(override):
        raise WorldError([(f"profile.basis.{path}", "names no value of this profile") for path in idle])
    try:
        return {"name": name, **overlaid(profile_table(str(name)), override, otherwise="set by this world")}
    except KeyError:
        fault = f"there is no profile {name!r}{hint(str(name), shipped_profiles())}"
        raise WorldError([("profile.name", fault)]) from None
