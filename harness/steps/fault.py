"""`fault`: something begins to go wrong at the operator (docs/faults.md)."""

from typing import Any, ClassVar

from pydantic import ConfigDict

from harness.stage import Stage
from harness.step import AtOperator
from harness.values import Text


class Fault(AtOperator):
    """`fault: {name: late-response, after: 2, scope: {account: panel}, count: 1}`; see `GET /api/v1/faults`.

    Attributes:
        name: Which; its parameters, and scope, share, count and span, stand beside it.
        at_operator: See `AtOperator`.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    key: ClassVar[str] = "fault"

    name: Text

    @property
    def table(self) -> dict[str, Any]:
        """The fault as the operator is told it."""
        return {"name": self.name, **(self.model_extra or {})}

    def run(self, stage: Stage) -> None:
        """Has it switched on."""
        stage.operator(self.at_operator).switch_fault_on(self.table)
