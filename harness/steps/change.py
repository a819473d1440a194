"""`change`: somebody changes what is registered at the operator, over HTTP, as a person at its console would."""

from typing import Any, ClassVar

from pydantic import ConfigDict, Field

from harness.stage import Stage
from harness.step import AtOperator, Unmet
from harness.values import Text


class Change(AtOperator):
    """`change: {kind: suspend-line, line: "3000200020", reason: complaints}`; see `GET /api/v1/changes/kinds`.

    Attributes:
        kind: The kind of change; what else it asks for stands beside it.
        refused: With this, the operator must refuse the change, and its reason holds this text.
        at_operator: See `AtOperator`.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    key: ClassVar[str] = "change"

    kind: Text
    refused: Text | None = Field(default=None)

    @property
    def table(self) -> dict[str, Any]:
        """The change as the operator is told it."""
        return {"kind": self.kind, **(self.model_extra or {})}

    def run(self, stage: Stage) -> Unmet | None:
        """Asks for the change and looks at the answer."""
        why = stage.operator(self.at_operator).change(self.table)
        if self.refused is None:
            return None if why is None else Unmet((f"{self.kind} is made",), f"it is refused: {why}", final=True)
        expected = (f"{self.kind} is refused: … {self.refused} …",)
        if why is None:
            return Unmet(expected, "it is made")
        return None if self.refused in why else Unmet(expected, f"it is refused: {why}")
