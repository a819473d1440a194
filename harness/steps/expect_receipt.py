"""`expect_receipt`: a delivery receipt comes for a submit, in the operator's time, and says so and so."""

from typing import ClassVar, Literal

from harness.about_submit import AboutSubmit, PartChoice, chosen_parts, last_message, listed
from harness.driver import Capability
from harness.driver_events import Receipt
from harness.reasons import reason_of
from harness.stage import Stage
from harness.step import Unmet
from harness.values import Duration, Text

ReceiptState = Literal["DELIVRD", "UNDELIV", "REJECTD", "EXPIRED", "DELETED", "ACCEPTD", "ENROUTE", "UNKNOWN"]
"""The words for a message_state in a receipt's text (SMPP 3.4, Appendix B)."""


class ExpectReceipt(AboutSubmit):
    """`expect_receipt: {state: DELIVRD, err: "000", within: 5s}`.

    Attributes:
        state: The receipt's `stat`.
        err: Its `err`, where that matters.
        within: The operator's time until it must have come, 5s unless told otherwise; a busy machine gets a margin.
        part: Which parts of a split text must get such a receipt: `all` (the default), `last`, or a number.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "expect_receipt"

    state: ReceiptState
    err: Text | None = None
    within: Duration = 5.0
    part: PartChoice = "all"

    def needs(self) -> frozenset[Capability]:
        """A client that reports receipts."""
        return frozenset({Capability.RECEIPTS})

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for the receipts of the chosen parts, then looks at them."""
        entry = stage.find(self.of)
        parts = chosen_parts(entry, self.part)
        stage.wait(lambda: all(number in entry.receipts for number in parts), stage.due(self.within))
        stage.see(entry.receipts)
        receipts = [entry.receipts.get(number) for number in parts]
        if all(receipt is not None and self._fits(receipt) for receipt in receipts):
            return None
        expected = self.state if self.err is None else f"{self.state} err {self.err}"
        got = listed((_words(receipt) for receipt in receipts), len(receipts))
        return Unmet((f"receipt {expected} within {self.within:g} s",), got, reason_of(last_message(stage, entry)))

    def _fits(self, receipt: Receipt) -> bool:
        return receipt.state == self.state and self.err in (None, receipt.err)


def _words(receipt: Receipt | None) -> str:
    return "no receipt" if receipt is None else f"receipt {receipt.state} err {receipt.err}"
