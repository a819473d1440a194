"""An account's queue holds few receipts in memory, and gives out all of them, each once."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery import account_queue
from simulator.delivery.account_queue import AccountQueue
from simulator.delivery.binds import WaitingReceipt
from simulator.messages import ReceiptKind, ReceiptRecord
from simulator.store import Store
from tests.store.test_store import REFUSAL, message

MESSAGE = message(1, REFUSAL)
ACCOUNT = MESSAGE.account


class Office:
    """A store, a queue that holds few of its receipts, and those that a session has."""

    def __init__(self) -> None:
        self.store = Store()
        self.store.add_message(MESSAGE)
        self.queue = AccountQueue(ACCOUNT, self.store)
        self.made = self.acknowledged = 0
        self.out: list[WaitingReceipt] = []

    def make(self) -> None:
        self.made += 1
        receipt = ReceiptRecord(self.made, 1, ACCOUNT, ReceiptKind.FINAL, 2, "000", None, 5.0)
        self.store.add_receipt(receipt)
        self.queue.put(WaitingReceipt(receipt, MESSAGE.reported))

    def take(self) -> None:
        taken = self.queue.take()
        if taken is not None:
            assert isinstance(taken, WaitingReceipt)
            self.out.append(taken)

    def acknowledge(self) -> None:
        if self.out:
            self.store.acknowledged(self.out.pop(0).record, 6.0)
            self.acknowledged += 1

    def give_back(self) -> None:
        """The session ended."""
        self.queue.put_back(self.out)
        self.out.clear()

    def put_off(self) -> None:
        """The ESME had no room for the first one: it comes again."""
        if self.out:
            self.queue.put(self.out.pop(0))

    def read_back(self) -> None:
        """The operator makes everything anew, under the session."""
        self.store.commit()
        backlog = self.store.backlogs().get(ACCOUNT)
        held = [each.record.number for each in self.out]
        self.queue = AccountQueue(ACCOUNT, self.store, *(() if backlog is None else (backlog, held)))

    def commit(self) -> None:
        self.store.commit()

    @property
    def numbers(self) -> list[int]:
        return [each.record.number for each in self.out]


ACTS: tuple[Callable[[Office], None], ...] = (
    *(Office.make, Office.make, Office.make, Office.make, Office.take, Office.take),
    *(Office.acknowledge, Office.give_back, Office.put_off, Office.read_back, Office.commit),
)


@given(st.lists(st.sampled_from(ACTS), max_size=60))
def test_every_receipt_is_given_out_and_none_twice(acts: list[Callable[[Office], None]]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(account_queue, "IN_MEMORY", 3)
        patched.setattr(account_queue, "BATCH", 2)
        office = Office()
        for act in acts:
            act(office)
            assert len(office.queue) + len(office.out) == office.made - office.acknowledged
        office.store.commit()
        while office.queue:
            office.take()
        assert len(office.numbers) == len(set(office.numbers)) == office.made - office.acknowledged


@pytest.mark.parametrize("is_committed", [True, False])
def test_those_beyond_memory_wait_in_the_store_and_keep_their_order(
    monkeypatch: pytest.MonkeyPatch, *, is_committed: bool
) -> None:
    monkeypatch.setattr(account_queue, "IN_MEMORY", 2)
    office = Office()
    for _ in range(7):
        office.make()
    assert (len(office.queue._here), len(office.queue)) == (2, 7)
    if is_committed:
        office.store.commit()
    for _ in range(7):
        office.take()
    assert office.numbers == (list(range(1, 8)) if is_committed else [1, 2]), "what is not committed leaves nobody"
    office.store.commit()
    while office.queue:
        office.take()
    assert office.numbers == list(range(1, 8))
