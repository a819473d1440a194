"""`expect_receipt`: a delivery receipt comes for a submit, in the operator's time, and says so and so."""

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar, Literal

from harness.about_submit import (
    AboutSubmit,
    PartChoice,
    chosen_parts,
    hold_back,
    last_message,
    listed,
    record_of,
    too_early,
)
from harness.driver import Capability
from harness.driver_events import Receipt
from harness.operator_api import Message
from harness.reasons import reason_of
from harness.sessions import Submitted
from harness.stage import Stage
from harness.step import Step, Unmet
from harness.values import Count, Duration, Text

ReceiptState = Literal["DELIVRD", "UNDELIV", "REJECTD", "EXPIRED", "DELETED", "ACCEPTD", "ENROUTE", "UNKNOWN"]
"""The words for a message_state in a receipt's text (SMPP 3.4, Appendix B)."""


class ExpectReceipt(AboutSubmit):
    """`expect_receipt: {state: DELIVRD, err: "000", within: 5s}`.

    Attributes:
        state: The receipt's `stat`.
        err: Its `err`, where that matters.
        within: The operator's time, from this step on, until it must have come, 5s unless told otherwise; a busy
            machine gets a margin.
        not_before: The operator's time, from the submit on, before which it may not come.
        part: Which parts of a split text must get such a receipt: `all` (the default), `last`, or a number.
        times: How many such receipts must come for each, 1 unless told otherwise.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "expect_receipt"

    state: ReceiptState
    err: Text | None = None
    within: Duration = 5.0
    not_before: Duration | None = None
    part: PartChoice = "all"
    times: Count = 1

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that reports receipts; of a text that it may have split, those of each part."""
        submit = self.submit(before)
        split = submit is not None and submit.may_be_long and self.part != "last"
        return frozenset({Capability.RECEIPTS, *([Capability.EACH_PART_RECEIPT] if split else [])})

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for the receipts of the chosen parts, then looks at them."""
        entry = stage.find(self.of)
        parts = chosen_parts(entry, self.part)
        hold_back(stage, entry, self.not_before)
        came = stage.wait_due(
            lambda: self._all_came(entry, parts),
            self.within,
            is_coming=stage.stands_still and self._are_sent(stage, entry, parts),
        )
        receipts = [entry.receipts.get(number, []) for number in parts]
        if not came:
            stage.see(chain.from_iterable(receipts))
            expected = self.state if self.err is None else f"{self.state} err {self.err}"
            often = "" if self.times == 1 else f"{self.times} times "
            got = listed((_words(each) for each in receipts), len(receipts))
            wanted = f"receipt {expected} {often}within {self.within:g} s"
            return Unmet((wanted,), got, reason_of(last_message(stage, entry)))
        fitting = [receipt for each in receipts for receipt in self._fitting(each)[: self.times]]
        stage.see(fitting)
        return too_early(stage, entry, fitting, self.not_before)

    def _all_came(self, entry: Submitted, parts: Sequence[int]) -> bool:
        return all(len(self._fitting(entry.receipts.get(number, []))) >= self.times for number in parts)

    def _are_sent(self, stage: Stage, entry: Submitted, parts: Sequence[int]) -> bool:
        """Whether the operator has sent so many already, so that the clock need not move for them."""
        records = [record_of(stage, entry, part) for part in parts]
        return all(record is not None and _sent(record) >= self.times for record in records)

    def _fitting(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        return [one for one in receipts if one.state == self.state and self.err in (None, one.err)]


def _sent(record: Message) -> int:
    return sum(receipt["sent_at"] is not None for receipt in record["receipts"])


def _words(receipts: Sequence[Receipt]) -> str:
    return " and ".join(f"receipt {each.state} err {each.err}" for each in receipts) or "no receipt"
