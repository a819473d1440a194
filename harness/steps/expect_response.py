"""`expect_response`: the submit_sm_resp of a submit bears one of the named statuses."""

from typing import ClassVar

from pydantic import Field

from harness.about_submit import AboutSubmit, PartChoice, chosen_parts, last_message, listed
from harness.reasons import reason_of
from harness.stage import Stage, Submitted
from harness.step import StepOutcome, Tolerated, Unmet
from harness.values import Statuses
from simulator.smpp.consts import status_name


class ExpectResponse(AboutSubmit):
    """`expect_response: {status: ESME_ROK}`, or a list of statuses of which any will do.

    Attributes:
        statuses: Key `status`.
        tolerated: Looser answers that do not fail the scenario but make it NON_STRICT.
        part: Which parts of a split text must answer so: `all` (the default), `last`, or a number.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "expect_response"

    statuses: Statuses = Field(alias="status")
    tolerated: Statuses = ()
    part: PartChoice = "all"

    def run(self, stage: Stage) -> StepOutcome:
        """Waits for the answers to all parts, then looks at the chosen ones."""
        entry = stage.find(self.of)
        stage.wait(lambda: entry.answered, stage.patience)
        stage.see(entry.responses)
        expected = tuple(status_name(status) for status in self.statuses)
        parts = chosen_parts(entry, self.part)
        said = {entry.responses[number].command_status for number in parts if number in entry.responses}
        if any(number not in entry.responses for number in parts):
            return Unmet(expected, _missing(stage, entry), reason_of(last_message(stage, entry)))
        if said <= set(self.statuses):
            return None
        got = listed((status_name(entry.responses[number].command_status) for number in entry.responses), entry.parts)
        reason = reason_of(last_message(stage, entry))
        if said <= {*self.statuses, *self.tolerated}:
            return Tolerated(expected, got, reason)
        return Unmet(expected, got, reason)


def _missing(stage: Stage, entry: Submitted) -> str:
    if stage.closed is not None:
        return f"the connection ended: {stage.closed.reason}"
    return f"{len(entry.responses)} answers to {entry.parts} parts within {stage.patience:g} s"
