"""Plays scenarios side by side, each worker with operators and a client of its own, and gives back what came of them.

A worker is a thread; what it waits for are its child processes, which do the work. Results come in the order of the
scenarios, whichever is done first, so that two runs can be compared.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from harness.cast import Cast, EndedError
from harness.driver import DriverSpec
from harness.play import Played, play
from harness.results import WORKERS_FOLDER, RunWriter, Verdict
from harness.scenario import Scenario
from harness.signals import undisturbed
from harness.stage import Scene


@dataclass(frozen=True, slots=True)
class Job:
    """A scenario to be played with a client; `number` is its place among all, from 1."""

    number: int
    scenario: Scenario
    spec: DriverSpec


class Workers:
    """Plays jobs, some at a time. A context manager, which ends every process.

    Args:
        jobs: What to play, in the order in which results are wanted.
        casts: The operators and client of each worker; there are as many workers.
        writer: Takes the events.
        seed: The clients'.
        now: Real time with its zone.
        begin: Told, by the worker that plays it, when a job begins.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        casts: Sequence[Cast],
        writer: RunWriter,
        seed: int,
        now: Callable[[], datetime],
        begin: Callable[[Job], None],
    ) -> None:
        self._casts, self._writer, self._seed, self._now, self._begin = casts, writer, seed, now, begin
        self._waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        for job in jobs:
            self._waiting.put(job)
        self._done: queue.SimpleQueue[tuple[Job, Played] | BaseException | None] = queue.SimpleQueue()
        self._is_over = threading.Event()
        self._held: dict[int, Played] = {}
        self._threads = [threading.Thread(target=self._work, args=(cast,), daemon=True) for cast in casts]

    def results(self) -> Iterator[Played]:
        """What came of the jobs, in their order.

        Raises:
            StartError, DriverError: A worker's operator or client could not be started.
        """
        for thread in self._threads:
            thread.start()
        left, wanted = len(self._threads), 1
        while left:
            done = self._done.get()
            if isinstance(done, BaseException):
                raise done
            if done is None:
                left -= 1
                continue
            self._held[done[0].number] = done[1]
            while wanted in self._held:
                yield self._held.pop(wanted)
                wanted += 1

    def stop(self) -> None:
        """Begins nothing new; what is being played is played to its end."""
        self._is_over.set()

    def end(self) -> Sequence[Played]:
        """Breaks off what is being played, ends every process, and gives back what was done and is not told yet."""
        self._is_over.set()
        with undisturbed():
            for cast in self._casts:
                cast.end()
            for thread in self._threads:
                if thread.is_alive():
                    thread.join()
        while not self._done.empty():
            done = self._done.get()
            if isinstance(done, tuple):
                self._held[done[0].number] = done[1]
        return [self._held[number] for number in sorted(self._held)]

    def _work(self, cast: Cast) -> None:
        """A worker's life: job after job, until there are none, or the run is over."""
        try:
            while not self._is_over.is_set():
                try:
                    job = self._waiting.get_nowait()
                except queue.Empty:
                    break
                played = self._play(job, cast)
                if cast.is_over:  # what it came to says nothing: its processes were ended under it
                    break
                self._done.put((job, played))
                if played.result.verdict is Verdict.ERROR:
                    cast.stop()
            cast.stop()
            self._done.put(None)
        except EndedError:
            pass
        except BaseException as error:
            self._done.put(error)

    def _play(self, job: Job, cast: Cast) -> Played:
        self._begin(job)
        driver, operators = cast.driver(job.spec), cast.operators(job.spec, job.scenario)
        with self._writer.open_events(job.spec.name, job.scenario.id) as events:
            start = job.scenario.header.given.clock.start
            scene = Scene(str(job.number), self._seed, events.add, start)
            return play(job.scenario, driver, operators, scene, self._now)


def worker_folder(run: Path, number: int) -> Path:
    """Where a worker's processes keep their logs; `number` from 1."""
    return run / WORKERS_FOLDER / str(number)
