"""`expect_verdict`: what the operator itself says of a submit, asked over HTTP."""

from typing import ClassVar

from harness.about_submit import AboutSubmit, message_of
from harness.reasons import verdict_of
from harness.stage import Stage
from harness.step import Unmet
from harness.values import in_words
from harness.verdict_fields import VerdictFields


class ExpectVerdict(VerdictFields, AboutSubmit):
    """`expect_verdict: {outcome: refused, rule: …, clause: …}`; any of its fields, at least one.

    Of a split text the last part is asked about, which bears the verdict on the whole.
    """

    key: ClassVar[str] = "expect_verdict"

    def run(self, stage: Stage) -> Unmet | None:
        """Asks for the submit's record and compares what the step names."""
        entry = stage.find(self.of)
        # Refused messages are found by their order, so all that was sent must have been answered.
        others = [one for one in stage.submitted if one.session.operator == entry.session.operator]
        stage.wait(lambda: all(one.answered for one in others), stage.patience)
        if entry.parts not in entry.responses:
            return Unmet((in_words(self.expected()),), "no submit_sm_resp, so there is no verdict yet")
        return self.compared(verdict_of(message_of(stage, entry, entry.parts)))
