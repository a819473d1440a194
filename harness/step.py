"""What a step is: one thing a scenario does or expects, as written in its file and as carried out on a stage.

A step is a frozen model of its YAML value. It answers with `None` when all is as it says, or with a value that says
what was otherwise; it raises only when nothing can be said of the operator (`harness.driver.DriverError`,
`harness.operator_api.OperatorError`, `harness.stage.StepError`).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict

from harness.driver import Capability
from harness.stage import Stage


class Unmet(NamedTuple):
    """What a step expected did not happen.

    Attributes:
        expected: Any of these would have been right.
        got: What came instead.
        reason: Why the operator decided so, as far as it says.
        final: Nothing that follows in the scenario could be carried out.
    """

    expected: tuple[str, ...]
    got: str
    reason: str = ""
    final: bool = False


class Tolerated(NamedTuple):
    """A looser answer came, which the scenario names as tolerable: the scenario is NON_STRICT."""

    expected: tuple[str, ...]
    got: str
    reason: str = ""


StepOutcome: TypeAlias = Unmet | Tolerated | None


class Step(BaseModel, ABC):
    """One step. Subclasses set `key`, declare their fields, and say how to run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: ClassVar[str]
    """The step's name in a scenario file."""

    def needs(self) -> frozenset[Capability]:
        """What a client must be able to do for this step."""
        return frozenset()

    def complaint(self, before: Sequence["Step"]) -> str | None:
        """Why this step makes no sense after those before it, or None; found before anything starts."""
        del before
        return None

    @abstractmethod
    def run(self, stage: Stage) -> StepOutcome:
        """Carries the step out."""


def is_bound(before: Sequence[Step]) -> bool:
    """Whether a session is bound after those steps."""
    return [step.key for step in before if step.key in {"bind", "unbind"}][-1:] == ["bind"]
