"""`expect_response`: the submit_sm_resp of a submit bears one of the named statuses."""

from typing import ClassVar

from pydantic import Field

from harness.about_submit import AboutSubmit, PartChoice, chosen_parts, hold_back, last_message, listed, too_early
from harness.reasons import reason_of
from harness.sessions import Submitted
from harness.stage import Stage
from harness.step import StepOutcome, Tolerated, Unmet
from harness.values import Duration, Statuses
from simulator.smpp.consts import status_name


class ExpectResponse(AboutSubmit):
    """`expect_response: {status: ESME_ROK}`, or a list of statuses of which any will do.

    Attributes:
        statuses: Key `status`.
        tolerated: Looser answers that do not fail the scenario but make it NON_STRICT.
        part: Which parts of a split text must answer so: `all` (the default), `last`, or a number.
        within: The operator's time, from this step on, until all parts must be answered; at once unless told otherwise.
        not_before: The operator's time, from the submit on, before which no part may be answered.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "expect_response"

    statuses: Statuses = Field(alias="status")
    tolerated: Statuses = ()
    part: PartChoice = "all"
    within: Duration | None = None
    not_before: Duration | None = None

    def run(self, stage: Stage) -> StepOutcome:
        """Waits for the answers to all parts, then looks at the chosen ones."""
        entry = stage.find(self.of)
        hold_back(stage, entry, self.not_before)
        if self.within is None:
            stage.wait(lambda: entry.answered, stage.patience, entry.session)
        else:
            stage.wait_due(lambda: entry.answered, self.within, entry.session)
        stage.see(entry.responses.values())
        expected = tuple(status_name(status) for status in self.statuses)
        parts = chosen_parts(entry, self.part)
        said = {entry.responses[number].command_status for number in parts if number in entry.responses}
        reason = reason_of(last_message(stage, entry))
        if any(number not in entry.responses for number in parts):
            return Unmet(expected, self._missing(stage, entry), reason)
        if said - {*self.statuses, *self.tolerated}:
            return Unmet(expected, _said(entry), reason)
        if (early := too_early(stage, entry, entry.responses.values(), self.not_before)) is not None:
            return early
        return None if said <= set(self.statuses) else Tolerated(expected, _said(entry), reason)

    def _missing(self, stage: Stage, entry: Submitted) -> str:
        if entry.session.closed is not None:
            return f"the connection ended: {entry.session.closed.reason}"
        within = stage.patience if self.within is None else self.within
        return f"{len(entry.responses)} answers to {entry.parts} parts within {within:g} s"


def _said(entry: Submitted) -> str:
    return listed((status_name(entry.responses[number].command_status) for number in entry.responses), entry.parts)
