"""`end_faults`: nothing goes wrong at the operator any more."""

from typing import ClassVar

from harness.stage import Stage
from harness.step import AtOperator


class EndFaults(AtOperator):
    """`end_faults:` without fields; those of the world end too, those of magic numbers stay.

    Attributes:
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "end_faults"

    def run(self, stage: Stage) -> None:
        """Has all faults switched off."""
        stage.operator(self.at_operator).switch_faults_off()
