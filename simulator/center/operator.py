"""The operator without its doors: a world, a clock, a store and the message centre, and what is done to them.

SMPP (`server`), deliveries (`delivery_loop`) and HTTP (`admin`) are doors to this one object; all run in one thread,
so nothing here is locked.
"""

import datetime
import logging
from collections.abc import Callable, Collection
from functools import partial
from typing import NamedTuple

import trio

from simulator.center.ancillary import QueryAnswer
from simulator.center.books import Books
from simulator.center.clocks import AS_THE_REAL_ONE, Clocks
from simulator.center.failed_binds import FailedBinds
from simulator.center.inquiries import Inquiries
from simulator.center.message_center import SubmitAnswer
from simulator.center.news import News
from simulator.center.outage import UnwritableError
from simulator.center.snapshot import Prepared, Snapshot
from simulator.changing.change import Change
from simulator.changing.journal import Origin, begin_journal
from simulator.changing.opt_out import MoReading
from simulator.changing.reset_parts import Part, ResetError, kinds_of, tables_of
from simulator.delivery.binds import Bind, Binds
from simulator.messages import Mutation
from simulator.numbers.numbering import TEHRAN
from simulator.policy.check import check_world
from simulator.registry.accounts import BindAttempt
from simulator.registry.registers import Registers
from simulator.registry.world import Table, World, build_world
from simulator.smpp.consts import CommandStatus, MessageState
from simulator.smpp.pdus import (
    AlertNotification,
    BroadcastSm,
    BroadcastSmResp,
    CancelBroadcastSm,
    CancelSm,
    QueryBroadcastSm,
    QueryBroadcastSmResp,
    QuerySm,
    ReplaceSm,
    SubmitMulti,
    SubmitSm,
)
from simulator.smpp.times import format_time
from simulator.store import CommitError, Deleted, MessageQuery, Store, StoreError, Watcher
from simulator.tally import Tally
from simulator.time.clock import ClockStart, OperatorClock
from simulator.trouble.fault import Fault
from simulator.trouble.fault_board import FaultBoard, Switched

_CALLS_WAITING = 16

_log = logging.getLogger("khatban.operator")


class Call(NamedTuple):
    """An ESME to be called: where it listens, and the password by which it knows the operator."""

    host: str
    port: int
    password: str


class Operator:
    """One operator over one store."""

    def __init__(
        self,
        first: World | Prepared,
        store: Store,
        *,
        seed: int,
        real: Callable[[], float],
        wall: Callable[[], float],
        registers: Registers | None = None,
        start: ClockStart = AS_THE_REAL_ONE,
    ) -> None:
        """`real` is the monotonic clock of protocol timers; `wall` the time of day, which decides nothing.

        The operator's own clock begins at `start`, with a new store and with every reset that says nothing else.

        `registers` are the world's, read back from the store's journal, which was begun with what was prepared, where
        others share a part of them.

        Raises:
            StoreError: The store does not fit the world, or what was prepared in it.
        """
        self.ready = False
        self.news = News()
        self.resets = 0
        """How often the operator began anew."""
        self.deletions = 0
        """How many messages were deleted because somebody asked for it."""
        self.tally = Tally(store.grounds, store.account_of)
        """What has happened since the process started; it goes on when the operator begins anew."""
        store.watch(self.tally.note)
        self.binds = Binds()
        self._calls, self.calls = trio.open_memory_channel[Call](_CALLS_WAITING)
        self._first = self._prepared = first if isinstance(first, Prepared) else Prepared(first)
        self._seed = seed
        self._clocks = Clocks(start, real=real, wall=wall)
        self._store = store
        self._books = Books(
            store,
            self.binds,
            self.news,
            seed=seed,
            real=real,
            now=lambda: self.clock.now(),  # noqa: PLW0108 - there will be other clocks
            shared_blacklist=None if registers is None else registers.shared_blacklist,
        )
        if registers is None:
            begin_journal(store, self._first.journal)
        self._open(self._first.world, self._clocks.as_left(store, self._first.not_before), registers)
        if self._first.not_before > wall() or not self._clocks.is_as_the_real_one:
            self._keep_clock()  # or the next process would begin before this one ended

    def _open(self, world: World, clock: OperatorClock, registers: Registers | None) -> None:
        self._world = world
        self.clock = clock
        self.failed_binds = FailedBinds()
        self.faults = self._board()
        """The faults that are on; a new board with every reset."""
        self._books.open(world, registers)

    def _board(self) -> FaultBoard:
        world, now = self._world, self._clocks.real()
        return FaultBoard(
            world.faults, has_magic=world.magic_suffixes, seed=self._seed, now=now, on_switched=self.news.note_changed
        )

    @property
    def inquiries(self) -> Inquiries:
        """What may be asked; another one whenever the books are read back."""
        return self._books.inquiries

    # For the SMPP side

    def admit(self, attempt: BindAttempt) -> int:
        """ESME_ROK, or the command_status that refuses an attempt to bind."""
        status = self._books.center.admit(attempt)
        self.tally.bind_attempts[status] += 1
        return status

    def bound(self, bind: Bind) -> None:
        """A session is bound."""
        self.news.note_changed()
        if self._books.are_closed:
            self.binds.add(bind)  # its receipts come when the outage is over
            return
        self._books.center.bound(bind, self.clock.now(), self._clocks.real())

    def session_ended(self, bind: Bind) -> None:
        """A session is over."""
        self.news.note_changed()
        if self._books.are_closed:
            self.binds.remove(bind)
            self._books.put_by(partial(self.session_ended, bind))
            return
        self.faults.session_ended(bind.account, self._clocks.real())
        self._books.center.session_ended(bind, self.clock.now(), self._clocks.real())

    @property
    def window_status(self) -> int:
        """The command_status for a request beyond its account's window."""
        return self._books.center.window_status

    def window_of(self, bind: Bind) -> int | None:
        """How many requests of a bind may be unanswered; None for any number."""
        return self._books.center.account(bind).window

    def overload(self, bind: Bind) -> int:
        """ESME_ROK, or the command_status for an ESME that sends too fast."""
        return self._books.center.overload(bind, self._clocks.real())

    def submit(self, bind: Bind, pdu: SubmitSm, octets: bytes) -> SubmitAnswer:
        """Decides a message's fate; `commit` must run before the answer leaves. `octets` are the request as it came."""
        return self._books.center.submit(bind, pdu, octets, self.clock.now())

    def submit_multi(self, bind: Bind, pdu: SubmitMulti, octets: bytes) -> list[tuple[SubmitSm, SubmitAnswer]]:
        """Decides the fate of a message to several; each destination with its answer. All share a message_id.

        Raises:
            UnknownListError: The account has no distribution list of that name; nothing was submitted.
        """
        return self._books.center.submit_multi(bind, pdu, octets, self.clock.now())

    def query(self, bind: Bind, pdu: QuerySm) -> QueryAnswer:
        """What became of a message."""
        self.commit()
        return self._books.center.ancillary.query(bind.account, pdu)

    def cancel(self, bind: Bind, pdu: CancelSm) -> int:
        """Calls messages back; the command_status of the answer."""
        if not self.commit():
            return CommandStatus.ESME_RSYSERR
        return self._books.center.ancillary.cancel(bind.account, pdu, self.clock.now())

    def replace(self, bind: Bind, pdu: ReplaceSm) -> int:
        """Changes a message that is on its way; the command_status of the answer."""
        if not self.commit():
            return CommandStatus.ESME_RSYSERR
        return self._books.center.replace(bind, pdu, self.clock.now())

    def broadcast(self, bind: Bind, pdu: BroadcastSm) -> tuple[BroadcastSmResp, int]:
        """Takes a broadcast on."""
        return self._books.center.broadcasts.submit(self._books.center.account(bind), pdu, self.clock.now())

    def query_broadcast(self, bind: Bind, pdu: QueryBroadcastSm) -> tuple[QueryBroadcastSmResp, int]:
        """What became of a broadcast."""
        return self._books.center.broadcasts.query(bind.account, pdu, self.clock.now())

    def cancel_broadcast(self, bind: Bind, pdu: CancelBroadcastSm) -> int:
        """Calls broadcasts back; the command_status of the answer."""
        return self._books.center.broadcasts.cancel(bind.account, pdu, self.clock.now())

    def smpp_time(self, moment: float) -> str:
        """A moment of the operator's clock as SMPP writes it, in Tehran's time."""
        return format_time(datetime.datetime.fromtimestamp(moment, TEHRAN))

    def receipt_answered(self, bind: Bind, sequence_number: int, command_status: int) -> None:
        """The ESME answered a deliver_sm."""
        if self._books.are_closed:
            self._books.put_by(partial(self.receipt_answered, bind, sequence_number, command_status))
            return
        self._books.center.receipt_answered(
            bind, sequence_number, command_status, self.clock.now(), self._clocks.real()
        )

    def commit(self) -> bool:
        """Writes down all that this event-loop turn brought; before this, nothing leaves a socket.

        False if it could not be written: then none of it has happened, and `is_out_of_order`.
        """
        return self._books.commit()

    @property
    def commits(self) -> int:
        """How often something was written down; what was decided since the last time may still be taken back."""
        return self._books.commits

    @property
    def is_out_of_order(self) -> bool:
        """Whether the store cannot be written, so that nothing may be asked of the operator that alters anything."""
        return self._books.are_closed

    @property
    def storage_status(self) -> int:
        """The command_status for a message that the store has no room for."""
        return self.registers.profile.overload.storage

    def tidy(self) -> bool:
        """Deletes a little of what the store need not keep; True when there is more to do now."""
        if not self.commit():
            return False
        self.tally.settle()
        try:
            return self._store.tidy(
                self.clock.now(), self._books.center.traffic_span, self._books.center.journeys.read_asked
            )
        except CommitError as error:
            _log.warning("nothing could be deleted from the store: %s", error)
            return False

    def call(self, call: Call) -> bool:
        """Has an ESME called, to be asked by outbind to bind as a receiver; False when too many calls wait already."""
        try:
            self._calls.send_nowait(call)
        except trio.WouldBlock:
            return False
        return True

    def alert(self, account: str, pdu: AlertNotification) -> int:
        """Tells the receivers of an account that a subscriber can be reached again; how many were told."""
        told = 0
        for bind in self.binds:
            if bind.account == account and bind.can_receive:
                bind.session.send_request(pdu, self._clocks.real())
                bind.wake()
                told += 1
        return told

    # For deliveries

    def advance(self) -> None:
        """Does what has fallen due, up to a batch; in an outage, tries whether the store can be written again."""
        if not self._books.try_to_open():
            return
        now, due = self.clock.now(), self._books.en_route.next_due()
        if due is not None and self.clock.real_time_of(due) <= self._clocks.real():
            now = max(now, due)  # the two clocks may differ by a rounding, and whoever was woken must find it due
        self._books.center.advance(now, self._clocks.real())

    def next_due(self) -> float | None:
        """When `advance` has something to do next, on the real clock."""
        next_try = self._books.next_try
        if next_try is not None:
            return next_try
        due = self._books.en_route.next_due()
        return None if due is None else self.clock.real_time_of(due)

    def set_speed(self, speed: float) -> None:
        """Has the clock run so many times as fast as the real one; at zero it stands still.

        Raises:
            ValueError: `speed` is below zero.
        """
        self.clock.run(speed)
        self._keep_clock()

    def _keep_clock(self) -> None:
        self._store.set_clock(self._clocks.setting(self.clock))
        self.commit()
        self.news.note_earlier()

    def jump(self, to: float) -> None:
        """Has the clock show a later moment; `advance` does what falls due by it. Sessions' timers do not move.

        Raises:
            ValueError: The moment is past.
        """
        self.clock.jump(to)
        self._keep_clock()

    @property
    def is_behind(self) -> bool:
        """Whether something is due that was not done yet."""
        due = self.next_due()
        return due is not None and due <= self._clocks.real()

    # For the HTTP side and the command line

    def watch(self, watcher: Watcher) -> None:
        """Has a watcher told, after each commit, what it wrote."""
        self._store.watch(watcher)

    def unwatch(self, watcher: Watcher) -> None:
        """Tells a watcher nothing more."""
        self._store.unwatch(watcher)

    def switch_fault_on(self, fault: Fault) -> int:
        """Switches a fault on; the number by which it is switched off."""
        return self.faults.switch_on(fault, self._clocks.real())

    def faults_on(self) -> list[Switched]:
        """The faults that are on, in the order in which they are asked."""
        return self.faults.switched_on(self._clocks.real())

    @property
    def registers(self) -> Registers:
        """What is registered now; altered by `change` only."""
        return self._books.center.registers

    def change(self, change: Change, origin: Origin) -> int:
        """Makes a change of the registers, in force for the very next message; its number in the journal.

        Raises:
            ChangeError: It cannot be made; nothing was altered.
            UnwritableError: It cannot be written down; nothing was altered.
        """
        self._books.write_down()
        number = self._books.center.change(change, origin, self.clock.now())
        self._books.write_down()
        return number

    def delete(self, query: MessageQuery, after: int = 0) -> Deleted:
        """Deletes the next finished messages behind a number that fit a query, a slice of them; what they did stays.

        Raises:
            UnwritableError: It cannot be written down; nothing was deleted.
        """
        self._books.write_down()
        try:
            deleted = self._store.delete(query, after, self._books.center.journeys.read_asked)
        except CommitError as error:
            raise UnwritableError(str(error)) from error
        if deleted.gone:
            self.deletions += len(deleted.gone)
            self.news.note_changed()
        return deleted

    def note(self, mutation: Mutation) -> None:
        """Writes down what was asked over HTTP, with its number and its moment; in an outage it cannot."""
        if not self._books.are_closed:
            number = self._store.highest_mutation() + 1
            self._store.add_mutation(mutation._replace(number=number, at=self.clock.now(), wall=self._clocks.wall()))
            self.commit()

    def receive_mo(self, subscriber: str, destination: str, text: str) -> tuple[MoReading, int | None]:
        """Takes a message of a subscriber, in normal form: does what it asks for, or passes it on to an account.

        With it comes the number in the journal of what it changed, if anything.

        Raises:
            UnwritableError: It cannot be written down; nothing was done.
        """
        self._books.check_open()
        received = self._books.center.receive_mo(subscriber, destination, text, self.clock.now(), self._clocks.real())
        self._books.write_down()
        return received

    def move(self, message_id: str, state: MessageState, err: str) -> bool | None:
        """Brings a message into another state by hand; None if there is no such message.

        False if it cannot go there from where it is (`simulator.profiles.lifecycle`).

        Raises:
            UnwritableError: It cannot be written down; nothing was altered.
        """
        self._books.check_open()
        entry = self.inquiries.entry(message_id)
        if entry is None:
            return None
        moved = self._books.center.move(entry.message.number, state, err, self.clock.now())
        self._books.write_down()
        return moved

    def reset(self, world: Table | None, start: datetime.datetime | None, speed: float | None) -> None:
        """Ends every session, forgets every message, and begins anew; a blacklist that others share stays as it is.

        `world` is a world's table, or None for the world that the operator started with; the clock begins at `start`
        (without zone: Tehran's) or at the real time, and runs `speed` times as fast as the real clock.

        Raises:
            WorldError: The world cannot be; then nothing was changed.
            ValueError: The speed is below zero; then nothing was changed.
            UnwritableError: The store cannot be emptied; then nothing was changed.
        """
        self.begin(self._first if world is None else Prepared(check_world(build_world(world))), start, speed)

    def begin(self, prepared: Prepared, start: datetime.datetime | None, speed: float | None) -> None:
        """Begins anew as `reset` does, with a prepared world; the clock no earlier than that was left.

        Raises:
            ValueError: The speed is below zero; then nothing was changed.
            UnwritableError: The store cannot be emptied; then nothing was changed.
        """
        wall = self._clocks.wall()
        clock = self._clocks.new(start, speed, prepared.not_before)
        is_own = start is not None or speed is not None or not self._clocks.is_as_the_real_one
        self.tally.settle()
        try:
            self._store.clear(prepared.journal)
        except CommitError as error:
            raise UnwritableError(str(error)) from error
        self._prepared = prepared
        self.resets += 1
        self.unbind_all()
        self._open(prepared.world, clock, self._books.registers_of(prepared.world))
        if is_own or prepared.not_before > wall:
            self._keep_clock()
        self.news.note_changed()
        self.news.note_earlier()

    def reset_parts(
        self, parts: Collection[Part], start: datetime.datetime | None = None, speed: float | None = None
    ) -> None:
        """Has some parts begin anew with the present world; the others stay, and so do the numbers that were given.

        `start` and `speed` are those of the clock, if that is among the parts.

        Raises:
            ResetError: They cannot begin anew without others; then nothing was changed.
            ValueError: The speed is below zero; then nothing was changed.
            UnwritableError: It cannot be written down; then nothing was changed.
        """
        self._books.write_down()
        clock = self._clocks.new(start, speed) if Part.CLOCK in parts else None
        if clock is not None and clock.now() < self.clock.now() and not {Part.MESSAGES, Part.REGISTERS} <= set(parts):
            raise ResetError("the clock goes back only if the messages and the registers begin anew as well")
        registers = self._forget(parts)
        if Part.MESSAGES in parts:
            for bind in self.binds:
                bind.unacknowledged.clear()
        if Part.SESSIONS in parts:
            self.unbind_all()
        if Part.FAULTS in parts:
            self.faults = self._board()
        if clock is not None:
            self.clock = clock
        self.resets += 1
        self._books.read_back(registers)
        if clock is not None:
            self._keep_clock()
        self.news.note_changed()
        self.news.note_earlier()

    def _forget(self, parts: Collection[Part]) -> Registers:
        """Takes out of the store what parts hold; the registers as they are then."""
        kinds = kinds_of(parts)
        self.tally.settle()
        try:
            with self._store.forgetting(tables_of(parts), kinds, len(self._prepared.journal)):
                return self._books.registers_anew()
        except CommitError as error:
            raise UnwritableError(str(error)) from error
        except StoreError as error:
            msg = f"what is kept does not fit without what would be reset: {error}"
            raise ResetError(msg) from error

    def load(self, snapshot: Snapshot, start: datetime.datetime | None, speed: float | None) -> None:
        """Begins anew from a snapshot; passwords that it lacks are those of the present world, or of the first.

        Raises:
            SnapshotError: It cannot be used; then nothing was changed.
            ValueError: The speed is below zero; then nothing was changed.
        """
        self.begin(snapshot.prepared(self._world, self._first.world), start, speed)

    def snapshot(self) -> Snapshot:
        """The world as it is now, as a snapshot without passwords."""
        self.commit()
        return Snapshot.of(self._world, self._store.changes(), self.clock.now(), with_passwords=False)

    def end_session(self, bind: Bind, *, politely: bool) -> None:
        """Ends a session by unbind, or by closing its connection without a word; it is not bound any more at once."""
        self.binds.remove(bind)
        if politely:
            bind.unbind()
        else:
            bind.cut()
        self.news.note_changed()

    def unbind_all(self) -> None:
        """Ends every session by unbind."""
        for bind in list(self.binds):
            self.end_session(bind, politely=True)

    def close(self) -> None:
        """Writes down what is left and closes the store."""
        try:
            self._store.close()
        except CommitError as error:
            _log.error("the last of what happened could not be written: %s", error)
