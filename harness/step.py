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
from harness.values import Name
from simulator.wording import hint


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

    def needs(self, before: Sequence["Step"]) -> frozenset[Capability]:
        """What a client must be able to do for this step, after those before it."""
        del before
        return frozenset()

    def complaint(self, before: Sequence["Step"]) -> str | None:
        """Why this step makes no sense after those before it, or None; found before anything starts."""
        del before
        return None

    def sessions_after(self, sessions: tuple[str, ...]) -> tuple[str, ...]:
        """The names of the sessions that are there after this step, of those that were before it."""
        return sessions

    @abstractmethod
    def run(self, stage: Stage) -> StepOutcome:
        """Carries the step out."""


class OnSession(Step):
    """A step on one session.

    Attributes:
        on: The name that the session's `bind` or `connect` gave it; may be left out while there is only one.
    """

    on: Name | None = None

    def complaint(self, before: Sequence[Step]) -> str | None:
        """There must be such a session."""
        sessions = sessions_after(before)
        if not sessions:
            return "there is no session here"
        if self.on is None:
            return None if len(sessions) == 1 else f"say `on` which session: {', '.join(sessions)}"
        return None if self.on in sessions else f"there is no session {self.on!r} here{hint(self.on, sessions)}"

    def chosen(self, sessions: tuple[str, ...]) -> str:
        """Which of the sessions is meant, of those that are there."""
        return self.on if self.on is not None else sessions[0] if sessions else ""


class AtOperator(Step):
    """A step at one operator.

    Attributes:
        at_operator: At which operator, by its name; needed where the scenario gives several.
    """

    at_operator: Name | None = None


class OpensSession(AtOperator):
    """A step that opens a session.

    Attributes:
        name: By which later steps mean it (`on`); needed where there are several at a time.
    """

    name: Name | None = None

    def complaint(self, before: Sequence[Step]) -> str | None:
        """Sessions that are there at the same time have different names."""
        sessions = sessions_after(before)
        if sessions and (self.name is None or "" in sessions):
            return "there is a session already; give each a `name`, or end that one first"
        return f"there is a session {self.name!r} already" if self.name in sessions else None

    def sessions_after(self, sessions: tuple[str, ...]) -> tuple[str, ...]:
        """This one is the last."""
        return (*sessions, self.name or "")


class EndsSession(OnSession):
    """A step after which its session is gone."""

    def sessions_after(self, sessions: tuple[str, ...]) -> tuple[str, ...]:
        """All but this one."""
        return tuple(name for name in sessions if name != self.chosen(sessions))


def sessions_after(steps: Sequence[Step]) -> tuple[str, ...]:
    """The names of the sessions that are there after those steps; one without a name is the empty text."""
    sessions: tuple[str, ...] = ()
    for step in steps:
        sessions = step.sessions_after(sessions)
    return sessions
