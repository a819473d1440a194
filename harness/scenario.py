"""What a scenario is: a sentence, the clauses it is evidence for, what is given, and steps with expectations.

```yaml
title: A discount text on a dedicated service line is refused
clauses: [service.no-discount]
given:                        # all of it optional
  world: demo                 # or a mapping: {extends: demo, lines: [...], profile: {...}, ...}
  clock: {start: "2026-11-22 10:00"}              # in Tehran; steps let its time pass
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989121234567", text: ...}
  - expect_response: {status: "0x404"}
```

A scenario is immutable and knows where in its file each part stood. There are no variables, loops or conditions; a file
with a table of `examples` is a scenario for each of its rows.
"""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from harness.driver import Capability
from harness.given import Given
from harness.spec_sections import known_section
from harness.step import Step
from harness.values import Text
from harness.yaml_source import Placed


class Header(BaseModel):
    """A scenario file without its steps and examples.

    Attributes:
        title: The sentence that the scenario shows, in the present tense.
        clauses: Ids of the clauses of the rules that it is evidence for.
        spec: Sections of the SMPP specification likewise, such as `SMPP 3.4, 5.2.12`; there must be such a section.
        advice: What a good client does about it.
        given: What is before the first step.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    clauses: tuple[Text, ...] = ()
    spec: tuple[Annotated[Text, AfterValidator(known_section)], ...] = ()
    advice: Text | None = None
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
        id: Path below the scenario folder without suffix; of a row of a table of examples, with its name behind.
        file: The file as the user named it.
        header: Title, clauses, and what is given.
        steps: In their order; at least one.
        source: Where everything stood in the file.
    """

    id: str
    file: str
    header: Header
    steps: tuple[PlacedStep, ...]
    source: Placed = field(repr=False, compare=False)

    def needs(self) -> frozenset[Capability]:
        """What a client must be able to do for this scenario."""
        steps = [placed.step for placed in self.steps]
        return frozenset().union(*(step.needs(steps[:index]) for index, step in enumerate(steps)))
