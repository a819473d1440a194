"""The users that Locust runs: each keeps one bind, submits as the plan says, and takes what comes.

A user lives in one task that does not end before Locust stops it: what a bind does has its own times, which Locust's
wait between tasks would only disturb. For the processes of Locust only.
"""

import random
import time
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar, Final

import gevent
from locust import User, task
from locust.exception import StopUser
from locust.user.task import LOCUST_STATE_STOPPING

from harness.load.conversation import Conversation
from harness.load.fast_link import FastLink
from harness.load.link import Link, LinkError
from harness.load.load_run import LoadRun
from harness.load.plan import UserKind
from harness.load.shape import Ending
from harness.load.smpplib_link import SmpplibLink
from harness.load.traffic import Submit

LOOK: Final = 0.25
"""Seconds after which a user looks up from a quiet connection: is it to go, or has a storm broken?"""
REQUEST_TYPE: Final = "SMPP"


class LoadUser(User):
    """One bind of a plan; `wiring.attach` gives the environment its run."""

    abstract = True
    link: ClassVar[type[Link]]

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self.load: LoadRun = environment.load_run
        number = environment.load_numbers()
        self._rng = random.Random(f"{self.load.plan.seed}/{number}")  # noqa: S311 - a load is to be repeatable
        self._submits: Iterator[Submit] = self.load.mix.submits(number)
        self._pace = self.load.pace(self._rng.random())
        self._storms = self.load.plan.shape.storms(self.load.now())
        self._was_bound = False

    @task
    def live(self) -> None:
        """Binds, submits, binds again when the connection ends, until Locust stops the user."""
        while not self._is_leaving:
            conversation = self.load.conversation(self._tell)
            link = self.link(self.load.address, self.load.plan.binds, conversation, self.load.now)
            if not self._open(link, conversation):
                self._pause(self.load.plan.binds.reconnect_after)
                continue
            bound_at = self.load.now()
            try:
                again = self._converse(link, conversation)
                self._note_service(conversation, bound_at)
            except LinkError as error:
                again = True
                self.load.measurement.count("disconnects", self.load.now())
                self._tell("connection", 0.0, error)
                self._pause(self.load.plan.binds.reconnect_after)
            finally:
                self.load.bind_went(conversation)
                link.close(unbind=self.load.plan.shape.ending is Ending.UNBIND or not self._storm_broke)
            if not again:
                break
        self._count_unsent()
        raise StopUser

    @property
    def _is_leaving(self) -> bool:
        return bool(self._state == LOCUST_STATE_STOPPING)

    def _open(self, link: Link, conversation: Conversation) -> bool:
        began = time.perf_counter()
        try:
            link.open()
        except LinkError as error:
            self.load.measurement.count("bind_failures", self.load.now())
            self._tell("bind_transceiver", (time.perf_counter() - began) * 1000, error)
            return False
        seconds = time.perf_counter() - began
        self._tell("bind_transceiver", seconds * 1000, None)
        self.load.bind_came(conversation, seconds)
        if self._was_bound:
            self.load.measurement.count("reconnects", self.load.now())
        self._was_bound = True
        return True

    def _converse(self, link: Link, conversation: Conversation) -> bool:
        """Submits and takes what comes; True if the user is to bind again."""
        self._storm_broke = False
        while True:
            now = self.load.now()
            loading = self.load.is_loading(now) and not self._is_leaving and not self._storm_broke
            self._submit(link, now, loading=loading)
            wait = self._pace.wait(now, link.room) if loading else None
            link.wait(LOOK if wait is None else min(LOOK, wait))
            gevent.sleep(0)  # what never has to wait for its socket must not keep the others from theirs
            conversation.expire(self.load.now())
            if self._breaks():
                self._storm_broke = True
            cut = self._storm_broke and self.load.plan.shape.ending is Ending.CUT
            goes = self._is_leaving or self._storm_broke
            if cut or (goes and not conversation.outstanding and not self._is_inside_text):
                return not self._is_leaving

    _storm_broke = False
    _is_inside_text = False

    def _submit(self, link: Link, now: float, *, loading: bool) -> None:
        """Submits what is due; at the end the rest of a text, whose first parts would wait for it."""
        if loading:
            for due in self._pace.take(now, link.room):
                self._send(link, due)
            return
        while self._is_inside_text and link.room:
            self._send(link, now)

    def _send(self, link: Link, due: float) -> None:
        submit = next(self._submits)
        self._is_inside_text = not submit.is_last
        link.submit(submit, due)

    def _breaks(self) -> bool:
        """Whether a storm has come that breaks this bind."""
        storms, before = self.load.plan.shape.storms(self.load.now()), self._storms
        self._storms = storms
        return storms > before and self._rng.random() < self.load.plan.shape.storm_share

    def _note_service(self, conversation: Conversation, bound_at: float) -> None:
        """A bind that had nearly all of the load is one of those that are compared."""
        load_s = self.load.load_s
        if bound_at <= load_s / 10 and self.load.now() >= load_s:
            self.load.measurement.served(conversation.answers / (load_s - bound_at))

    def _count_unsent(self) -> None:
        self._pace.take(self.load.now(), 0)
        if self._pace.unsent:
            self.load.measurement.count("unsent", self.load.now(), self._pace.unsent)

    def _pause(self, seconds: float) -> None:
        end = self.load.now() + seconds
        while not self._is_leaving and (left := end - self.load.now()) > 0:
            gevent.sleep(min(LOOK, left))

    def _tell(self, name: str, milliseconds: float, error: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type=REQUEST_TYPE,
            name=name,
            response_time=milliseconds,
            response_length=0,
            exception=error,
            context={},
        )


class SmppUser(LoadUser):
    """Binds and submits with smpplib."""

    abstract = False
    link = SmpplibLink


class FastSmppUser(LoadUser):
    """Binds and submits with Khatban's own session."""

    abstract = False
    link = FastLink


USERS: Final = {UserKind.SMPPLIB: SmppUser, UserKind.FAST: FastSmppUser}


def numbers(worker: Any) -> Any:
    """Gives each user of a process a name that no other user of the load has, of the worker's index and its own."""
    return partial(_next_number, worker, iter(range(1_000_000_000)))


def _next_number(worker: Any, own: Iterator[int]) -> str:
    return f"{worker()}-{next(own)}"
