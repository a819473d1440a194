"""`make soak`: an operator under mixed load and faults, whose memory stays flat and which loses and doubles nothing."""

import datetime
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx
import trio

from simulator.serving.config import ClockSettings, RetentionSettings, ServerSettings
from simulator.smpp.pdus import BindReceiver, BindTransceiver, BindTransmitter
from simulator.store.ledger_check import check_ledger
from tests.soak.books import Books
from tests.soak.bystanders import Bystanders
from tests.soak.child import Child, operator
from tests.soak.samples import Sample, growth, is_flat, read_memory, write_table
from tests.soak.session import Plan, converse
from tests.soak.traffic import submits

KEPT = 5_000
"""Messages that the operator may keep: soon reached, so that its memory is as in its hundredth hour."""
MORNING = datetime.datetime.fromisoformat("2026-11-22T08:00")
"""When it begins, in Tehran: fourteen hours in which promotion may be sent."""
SAMPLES = 120
SETTLING_SECONDS = 60.0
_REFUSED_BIND_SECONDS = 0.5
WINDOW = ServerSettings().window_out


@dataclass(frozen=True)
class Soaked:
    """What came of it."""

    books: Books
    samples: list[Sample]
    bitten: int
    kept: int

    def __str__(self) -> str:
        first, last, grown = self.samples[0], self.samples[-1], growth(self.samples)
        most = max(sample.memory for sample in self.samples)
        return (
            f"{last.second / 60:.1f} minutes: {last.judged:,} messages judged, {last.turned_away:,} turned away,"
            f" {last.receipts:,} receipts and subscribers' messages, over {self.books.sessions:,} sessions;"
            f" faults bit {self.bitten:,} times\n"
            f"none lost, none double; {self.books.unanswered:,} answers were cut off, {self.books.repeated:,}"
            f" deliver_sm came again for it; the ledger of the {self.kept:,} messages that are kept agrees\n"
            f"memory {first.memory:.1f} MB at first, {last.memory:.1f} MB at last, {most:.1f} MB at most;"
            f" {grown:+.2f} MB after the first third; {last.files} files open"
        )


def soak(folder: Path, seconds: float, seed: int, tell: Callable[[Sample], None]) -> Soaked:
    """Runs it; an AssertionError says what does not hold, but for the memory, which the samples tell.

    Args:
        folder: Takes the store.
        seconds: How long there is load.
        seed: Of what is left to chance here; how tasks meet is nobody's to seed.
        tell: Hears each sample.
    """
    store = folder / "store.db"
    parts = {"retention": RetentionSettings(messages=KEPT), "clock": ClockSettings(start=MORNING)}
    with operator(store, parts) as child:
        run = _Soak(child, Random(seed), seconds, tell)
        trio.run(run.run)
    report = check_ledger(store)
    wrong = [(says, count) for says, _, count in report.outcomes if count]
    assert not wrong, wrong
    return Soaked(run.books, run.samples, run.bitten, report.messages)


class _Soak:
    def __init__(self, child: Child, chance: Random, seconds: float, tell: Callable[[Sample], None]) -> None:
        self.books = Books()
        self.samples: list[Sample] = []
        self.bitten = 0
        self._child = child
        self._chance = chance
        self._seconds = seconds
        self._tell = tell
        self._messages = submits(chance)

    async def run(self) -> None:
        url = "http://{}:{}".format(*self._child.http)
        async with httpx.AsyncClient(base_url=url, timeout=30.0) as http:
            others = Bystanders(http, self.books, self._chance)
            async with trio.open_nursery() as nursery:
                for task in (others.write, others.trouble, others.look, *self._senders()):
                    nursery.start_soon(task)
                nursery.start_soon(others.listen, 0.0)
                nursery.start_soon(others.listen, 1.0)
                await self._watch(others)
                nursery.cancel_scope.cancel()
            await others.calm()
            await self._settle(http)
            self.bitten = others.bitten

    def _senders(self) -> list[Any]:
        """Binds of each kind: some last, others come and go."""
        plans = (
            (BindTransceiver, 50.0, 60.0),
            (BindTransceiver, 40.0, 45.0),
            (BindTransmitter, 30.0, 30.0),
            (BindReceiver, 0.0, 40.0),
            (BindTransceiver, 20.0, 2.0),
            (BindTransceiver, 5.0, 0.3),
        )

        def sender(plan: Plan) -> Any:
            async def again_and_again() -> None:
                while True:
                    await converse(self._child.smpp, self.books, plan, self._messages)
                    await trio.sleep(_REFUSED_BIND_SECONDS)

            return again_and_again

        return [sender(Plan(*plan)) for plan in plans]

    async def _watch(self, others: Bystanders) -> None:
        began = trio.current_time()
        for number in range(1, SAMPLES + 1):
            await trio.sleep_until(began + self._seconds * number / SAMPLES)
            turned_away = sum(self.books.answers.values()) - self.books.judged
            memory, files = read_memory(self._child.process.pid)
            self.samples.append(
                Sample(
                    trio.current_time() - began, memory, files, self.books.judged, turned_away,
                    self.books.receipts, self.books.due, self.books.sessions, others.bitten,
                )
            )  # fmt: skip
            self._tell(self.samples[-1])

    async def _settle(self, http: httpx.AsyncClient) -> None:
        """Has all that is due come, and closes the books."""
        with trio.move_on_after(SETTLING_SECONDS):
            while self.books.due:
                plan = Plan(BindTransceiver, 0.0, 1.0)
                await converse(self._child.smpp, self.books, plan, self._messages)
        counted = await self._counted(http)
        self.books.close(counted, WINDOW)

    async def _counted(self, http: httpx.AsyncClient) -> int:
        """How many messages the operator says that it judged."""
        metrics = (await http.get("/metrics")).raise_for_status().text
        lines = [line for line in metrics.splitlines() if line.startswith("khatban_messages_total{")]
        return round(sum(float(line.rpartition(" ")[2]) for line in lines))


def main(minutes: str = "60", seed: str = "1") -> None:
    """Soaks, and says what came of it; the table is in build/soak.csv."""
    table = Path("build") / "soak.csv"
    table.parent.mkdir(exist_ok=True)
    samples: list[Sample] = []

    def tell(sample: Sample) -> None:
        samples.append(sample)
        if len(samples) % 2 == 1 or len(samples) == SAMPLES:
            print(
                f"{sample.second / 60:6.1f} min  {sample.memory:6.1f} MB  {sample.files:3} files"
                f"  {sample.judged:9,} judged  {sample.receipts:9,} delivered  {sample.due:5,} due"
                f"  {sample.sessions:6,} sessions  {sample.faults:8,} bites",
                flush=True,
            )
        write_table(samples, table)

    with tempfile.TemporaryDirectory() as folder:
        soaked = soak(Path(folder), 60 * float(minutes), int(seed), tell)
        print(soaked)
        print(f"table: {table}")
        if not is_flat(soaked.samples):
            sys.exit("the memory, or the number of open files, grows")


if __name__ == "__main__":
    main(*sys.argv[1:])
