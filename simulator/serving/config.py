"""The configuration of a run: which operators run, and how each is served. It is read from a file by `config_file`."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator
from pyroaring import BitMap

from simulator.center.snapshot import Prepared
from simulator.messages import JournalEntry
from simulator.numbers.number_sets import numbers_in
from simulator.numbers.numbering import in_tehran
from simulator.profiles.optout_settings import BlacklistSettings, Follow
from simulator.registry.blacklist import Blacklist
from simulator.registry.portability import NumberPortability
from simulator.registry.registers import Registers
from simulator.registry.world import NumberEntry, NumberFileField, World
from simulator.store import Durability, Retention
from simulator.time.clock import FIRST_YEAR, LAST_YEAR, MAX_SPEED, ClockStart
from simulator.wording import hint


class ConfigError(Exception):
    """A configuration that cannot be used; one fault a line, each with file, line and path where it has these."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TlsSettings(_Value):
    """A second SMPP door, behind TLS; the files are PEM, and relative to the folder of the configuration."""

    port: int = Field(default=3550, ge=0, le=65535)
    """The door's port; 0 takes any free one."""
    certificate: Path
    """The operator's certificate, with those between it and the root."""
    key: Path
    """Its private key."""


HostName = Annotated[str, Field(pattern=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$")]
"""In small letters, without a port."""


class ServerSettings(_Value):
    """How the operator is served: addresses, and the session timers in seconds of real time."""

    host: str = "127.0.0.1"
    """Where SMPP listens."""
    port: int = Field(default=2775, ge=0, le=65535)
    """The SMPP port; 0 takes any free one."""
    http_port: int = Field(default=8775, ge=0, le=65535)
    """The HTTP port, likewise."""
    http_host: str | None = None
    """Where HTTP listens; with SMPP where nothing is said."""
    http_token_file: Path | None = None
    """Holds what clients of HTTP must show; relative to the folder of the configuration (docs/security.md)."""
    http_names: tuple[HostName, ...] = ()
    """Host names by which HTTP is asked for, besides localhost and addresses."""
    session_init: float = Field(default=30.0, gt=0)
    """Within which a connection must bind."""
    enquire_link: float = Field(default=60.0, gt=0)
    """After which silence the operator asks whether the ESME is there."""
    response_timeout: float = Field(default=60.0, gt=0)
    """Within which the ESME must answer a request."""
    inactivity: float | None = Field(default=None, gt=0)
    """After which a session is ended over which no message went either way."""
    window_out: int = Field(default=100, ge=1, le=100_000)
    """How many deliver_sm may wait for their answers on one bind."""
    strict: bool = True
    """Whether a request with a reserved value, or with TLVs that are not in order, is refused or taken as it came."""
    congestion: int | None = Field(default=None, ge=0, le=100)
    """The congestion_state that ESMEs at 5.0 are told in every response; nothing is said of it without one."""
    tls: TlsSettings | None = None
    durability: Durability = Durability.PROCESS
    """What the store survives: the end of the process, or that of the machine too (docs/store.md)."""
    check_store: bool = False
    """Whether every page of the store is read before it is used."""


class RetentionSettings(_Value):
    """How much the store keeps; without a limit, everything."""

    messages: int | None = Field(default=None, ge=1)
    """How many messages it may hold before finished ones are deleted, the oldest first."""
    age: float | None = Field(default=None, gt=0)
    """Seconds on the operator's clock that a finished message is kept."""

    @property
    def value(self) -> Retention:
        """As the store takes it."""
        return Retention(self.messages, self.age)


class ClockSettings(_Value):
    """Where the operator's clock begins with a new store, and how fast it runs; with a store it goes on as it was."""

    start: Annotated[datetime.datetime, AfterValidator(in_tehran)] | None = None
    """In Tehran's time where it names no zone; the time of day if None."""
    speed: float = Field(default=1.0, ge=0, le=MAX_SPEED)
    """Seconds of the operator in a second; 0 stands still."""

    @property
    def value(self) -> ClockStart:
        """As the operator takes it."""
        return ClockStart(None if self.start is None else self.start.timestamp(), self.speed)

    @field_validator("start")
    @classmethod
    def _can_be_shown(cls, start: datetime.datetime | None) -> datetime.datetime | None:
        if start is not None and not FIRST_YEAR <= start.year <= LAST_YEAR:
            msg = f"the year must be from {FIRST_YEAR} to {LAST_YEAR}"
            raise ValueError(msg)
        return start


class Files(_Value):
    """What an operator writes; what has no path is not written. Relative to the folder of the configuration."""

    store: Path | None = None
    """Keeps the messages; they are in memory without it."""
    wire_log: Path | None = None
    """Takes every PDU as a JSON line."""
    pcap: Path | None = None
    """Takes every octet as a capture."""


class SharedBlacklist(BlacklistSettings):
    """A blacklist that several operators hold: an opt-out at one is in force at all of them."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    shared: bool = True
    numbers: tuple[NumberEntry, ...] = ()
    """Who is on it from the start."""
    files: tuple[NumberFileField, ...] = ()

    def opened(self) -> Blacklist:
        """The list as it is at the start."""
        numbers = BitMap().union(numbers_in(self.numbers), *(file.numbers for file in self.files))
        return Blacklist(self, numbers, NumberPortability(Follow.SERVING, ()))


class OperatorConfig(_Value):
    """One operator of a run."""

    name: str = ""
    """Empty for the only operator of a configuration that names none."""
    world: World
    server: ServerSettings = ServerSettings()
    retention: RetentionSettings = RetentionSettings()
    clock: ClockSettings = ClockSettings()
    files: Files = Files()
    blacklist: str | None = None
    """The shared blacklist that it holds; its world's own without one."""
    journal: tuple[JournalEntry, ...] = ()
    """What was prepared in the world; see `Prepared`."""
    not_before: float = 0.0

    @property
    def first(self) -> Prepared:
        """What it begins with."""
        return Prepared(self.world, self.journal, self.not_before)

    def begun_with(self, prepared: Prepared) -> Self:
        """The same, with another world and what was prepared in it."""
        return self.model_copy(update=prepared._asdict())


class Config(_Value):
    """A whole run."""

    operators: tuple[OperatorConfig, ...] = Field(min_length=1)
    blacklists: dict[str, SharedBlacklist] = {}

    def operator(self, name: str | None) -> OperatorConfig:
        """The operator of that name; without one, the only one.

        Raises:
            ConfigError: There is none of that name, or there are several.
        """
        names = [operator.name for operator in self.operators]
        if name in names:
            return self.operators[names.index(name)]
        if name is None and len(names) == 1:
            return self.operators[0]
        if names == [""]:
            raise ConfigError(f"the configuration names no operators, so there is no operator {name!r}")
        if name is None:
            raise ConfigError(f"the configuration has several operators; say which: {', '.join(names)}")
        raise ConfigError(f"there is no operator {name!r}{hint(name, names)}")


def registers_of(
    operators: Sequence[OperatorConfig], blacklists: dict[str, SharedBlacklist], seed: int
) -> list[Registers]:
    """What is registered at each operator at the start; those that name one blacklist hold the same object."""
    opened = {name: blacklist.opened() for name, blacklist in blacklists.items()}
    return [
        Registers(operator.world, seed, None if operator.blacklist is None else opened[operator.blacklist])
        for operator in operators
    ]
