"""What a scenario begins with: the operators and their worlds, the clock, and the client that plays it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from harness.values import TEHRAN, Duration, Name, Number, TehranTime, Text, YesNo

MAX_SPEED = 100_000.0
THE_OPERATOR = ""
"""The name of the only operator of a scenario that names none."""


def _as_table(world: object) -> object:
    return {"extends": world} if isinstance(world, str) else world


World = Annotated[dict[str, Any], BeforeValidator(_as_table)]
"""The table of a world (see `build_world`), all scalars text; a text alone is the world that it extends."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clock(_Value):
    """The operator's clock when the scenario begins.

    Attributes:
        start: Tehran time; the day and hour decide about promotional hours.
        speed: Seconds of the operator's clock in a real second. With 0, as it is unless told otherwise, the clock
            stands still, and the steps that let time pass wind it forward: nothing depends on how quick the machine is.
    """

    start: TehranTime = datetime(2026, 11, 22, 10, 0, tzinfo=TEHRAN)
    speed: float = Field(default=0.0, ge=0, le=MAX_SPEED, allow_inf_nan=False)


class Server(_Value):
    """How the operator is served, in seconds of real time; what is left out is as usual (docs/operators.md).

    Attributes:
        session_init: How long a connection may be without a bind.
        enquire_link: How long a session may be silent before it is asked whether it lives.
        response_timeout: How long it may leave a request unanswered.
        inactivity: How long it may do nothing but answer enquire_link.
        window_out: How many deliver_sm may wait for their answers.
        strict: Whether a request with a reserved value, or with TLVs that are not in order, is refused.
        congestion: The congestion_state that ESMEs at 5.0 are told, from 0 to 100.
    """

    session_init: Duration | None = None
    enquire_link: Duration | None = None
    response_timeout: Duration | None = None
    inactivity: Duration | None = None
    window_out: Number | None = Field(default=None, ge=1, le=100_000)
    strict: YesNo | None = None
    congestion: Number | None = Field(default=None, ge=0, le=100)

    @property
    def written(self) -> dict[str, str]:
        """What is said, as a configuration file writes it."""
        return {name: json.dumps(value) for name, value in self.model_dump(exclude_none=True).items()}


class GivenOperator(_Value):
    """One operator of several.

    Attributes:
        world: What is registered at it, as the world of an only one.
        blacklist: The name of a shared blacklist, which it holds in place of its world's own.
    """

    world: World = Field(default_factory=lambda: {"extends": "demo"})
    blacklist: Name | None = None


class Given(_Value):
    """What is before the first step; all of it may be left out.

    Attributes:
        world: What is registered at the operator: the name of a shipped world, or a mapping such as
            `{extends: demo, lines: [...], blacklist: [...], profile: {...}, faults: [...], subscribers: [...]}`.
        clock: The operator's time when the scenario begins; each of several operators begins so.
        server: How it is served, where that is not as usual; such a scenario starts a process of its own.
        client: The client that plays the scenario where the user chooses none; smpplib unless told otherwise.
        operators: Several operators by name, in place of `world`.
        blacklists: Blacklists that several operators share: the numbers of each, by name.
    """

    world: World = Field(default_factory=lambda: {"extends": "demo"})
    clock: Clock = Clock()
    server: Server = Server()
    client: Text | None = None
    operators: dict[Name, GivenOperator] = Field(default_factory=dict)
    blacklists: dict[Name, tuple[Text, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way_to_say_who_operates(self) -> Self:
        if self.operators and "world" in self.model_fields_set:
            raise ValueError("say either `world` or `operators`; each of these has a world of its own")
        held = {operator.blacklist for operator in self.operators.values()} - {None}
        if unknown := sorted(str(name) for name in held - self.blacklists.keys()):
            raise ValueError(f"no blacklist is given by the name {unknown[0]!r}")
        if idle := sorted(self.blacklists.keys() - held):
            raise ValueError(f"no operator holds the blacklist {idle[0]!r}")
        return self

    @property
    def worlds(self) -> Mapping[str, dict[str, Any]]:
        """The world of each operator by its name; the only one has the name `THE_OPERATOR`."""
        if not self.operators:
            return {THE_OPERATOR: self.world}
        return {name: operator.world for name, operator in self.operators.items()}
