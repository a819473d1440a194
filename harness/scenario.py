"""What a scenario is: a sentence, the clauses it is evidence for, a world and a clock, and steps with expectations.

```yaml
title: A discount text on a dedicated service line is refused
clauses: [service.no-discount]
given:                        # all of it optional
  world: demo                 # or a mapping: {extends: demo, lines: [...], profile: {...}, ...}
  clock: {start: "2026-11-22 10:00", speed: 20}   # Tehran; seconds of the operator's clock in a real second
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989121234567", text: ...}
  - expect_response: {status: "0x404"}
```

A scenario is immutable and knows where in its file each part stood. There are no variables, loops or conditions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from harness.driver import Capability
from harness.problems import Problem
from harness.step import Step
from harness.steps.expect_verdict import ExpectVerdict
from harness.values import TEHRAN, TehranTime, Text
from harness.yaml_source import Source
from simulator.wording import hint

DEFAULT_SPEED = 20.0
"""A receipt that is due after a second of the operator's clock comes after 50 ms."""
MAX_SPEED = 100_000.0


def _as_table(world: object) -> object:
    return {"extends": world} if isinstance(world, str) else world


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clock(_Value):
    """The operator's clock when the scenario begins.

    Attributes:
        start: Tehran time; the day and hour decide about promotional hours.
        speed: Seconds of the operator's clock in a real second.
    """

    start: TehranTime = datetime(2026, 11, 22, 10, 0, tzinfo=TEHRAN)
    speed: float = Field(default=DEFAULT_SPEED, gt=0, le=MAX_SPEED, allow_inf_nan=False)


class Given(_Value):
    """What the operator is before the first step.

    Attributes:
        world: The table of a world (`simulator.world.build_world`); all scalars are text.
        clock: See `Clock`.
    """

    world: Annotated[dict[str, Any], BeforeValidator(_as_table)] = Field(default_factory=lambda: {"extends": "demo"})
    clock: Clock = Clock()


class Header(_Value):
    """A scenario file without its steps."""

    title: Text
    clauses: tuple[Text, ...] = Field(min_length=1)
    given: Given = Given()


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step and where its file has it (`file:line`)."""

    step: Step
    where: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A checked scenario.

    Attributes:
        id: Path below the scenario folder without suffix.
        file: The file as the user named it.
        header: Title, clauses, world and clock.
        steps: In their order; at least one.
        source: Where everything stood in the file.
    """

    id: str
    file: str
    header: Header
    steps: tuple[PlacedStep, ...]
    source: Source = field(repr=False, compare=False)

    def needs(self) -> frozenset[Capability]:
        """What a client must be able to do for this scenario."""
        return frozenset().union(*(placed.step.needs() for placed in self.steps))

    def unknown_references(self, catalogue: Mapping[str, Any]) -> Iterator[Problem]:
        """The rules and clauses that the scenario names and the operator does not have.

        Args:
            catalogue: The operator's answer to `GET /api/v1/rules`.
        """
        rules = {str(rule["id"]) for rule in catalogue["rules"]}
        clauses = {str(clause["id"]) for clause in catalogue["clauses"]}
        for index, clause in enumerate(self.header.clauses):
            if clause not in clauses:
                yield self.source.problem(("clauses", index), f"unknown clause {clause!r}{hint(clause, clauses)}")
        for index, placed in enumerate(self.steps):
            if not isinstance(placed.step, ExpectVerdict):
                continue
            step = placed.step
            for key, named, known in (
                ("rule", step.rule, rules),
                ("clause", step.clause, clauses),
                ("exempt", step.exempt, clauses),
            ):
                if named not in (None, "none") and named not in known:
                    path = ("steps", index, step.key, key)
                    yield self.source.problem(path, f"unknown {key} {named!r}{hint(str(named), known)}")
