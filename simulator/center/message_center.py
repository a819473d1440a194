"""The message centre: what is decided of a bind, of a submitted message, and of what falls due later.

It never waits and reads no clock: `now` is the operator's time in POSIX seconds, `real_now` the time of the sessions.
"""

from collections import Counter
from functools import partial
from sys import intern
from typing import NamedTuple

from simulator.center.ancillary import Ancillary
from simulator.center.broadcasts import Broadcasts
from simulator.center.submissions import from_submit_multi
from simulator.changing.change import Change
from simulator.changing.changes.falling_due import fallen_due, next_due
from simulator.changing.changes.subscribers import SetHandsets
from simulator.changing.journal import Journal, Origin
from simulator.changing.ledger import Ledger
from simulator.changing.opt_out import MoReading, read_mo
from simulator.delivery.assembly import Assembly, Gathering, whole_texts
from simulator.delivery.binds import Bind, Binds, WaitingMo, WaitingReceipt
from simulator.delivery.en_route import Acknowledgement, AssemblyEnd, EnRoute, Look, Release
from simulator.delivery.esme_queues import EsmeQueues
from simulator.delivery.journeys import NO_ERROR, Journeys
from simulator.delivery.mo_desk import MoDesk
from simulator.delivery.receipt_desk import ReceiptDesk
from simulator.delivery.till import Till
from simulator.delivery.times import Times, times_of
from simulator.letters import Letter, Letters, Request
from simulator.messages import Message, Part, ReceiptKind, Turn, TurnKind, Verdict, message_id
from simulator.policy.engine import Judged, PolicyEngine
from simulator.policy.rule import Carried, Submission
from simulator.profiles.profile import Answer, Style
from simulator.registry.accounts import Account, AccountBook, BindAttempt
from simulator.registry.registers import Registers
from simulator.registry.world import World
from simulator.smpp.consts import V33, V50, CommandStatus, MessageState, TlvTag
from simulator.smpp.pdus import ReplaceSm, SubmitMulti, SubmitSm
from simulator.smpp.text import EncodedText
from simulator.smpp.tlvs import get
from simulator.smpp.udh import Concatenation
from simulator.store import Store

_ENROUTE = int(MessageState.ENROUTE)
_message = partial(tuple.__new__, Message)
"""Of all values of a message, in their order; its constructor, which goes by names, takes three times as long."""
_BATCH = 256
"""What one call of `advance` does at most, so that a flood of receipts does not hold up the sockets."""


class SubmitAnswer(NamedTuple):
    """What a submit_sm_resp says, a message_id or why there is none, and the verdict on the message."""

    command_status: int
    message_id: str
    verdict: Verdict | None = None
    """None for a part that waits for the others of its text."""


class Load(NamedTuple):
    """How much is to be done."""

    queued: dict[str, int]
    """By account, what waits for a bind that takes it."""
    under_way: int
    """Messages that have not ended."""
    scheduled: int
    """What will fall due."""


class MessageCenter:
    """One world's message centre over one store."""

    def __init__(
        self,
        world: World,
        store: Store,
        binds: Binds,
        en_route: EnRoute,
        seed: int,
        registers: Registers | None = None,
    ) -> None:
        """`seed` is the run's, for what is left to chance.

        `registers` are the world's, where these were read back from the store's journal already.
        """
        self._en_route = en_route
        self._store = store
        self._binds = binds
        self._registers_due: float | None = None
        """When the registers will be looked at next; several looks may be scheduled, this is the first."""
        self.registers = registers or Registers(world, seed)
        """What is registered now; altered by `change` only."""
        self._journal = Journal(store, self.registers, is_read=registers is not None)
        profile = self._profile = self.registers.profile
        self._accounts = AccountBook(world.accounts, profile.binds, profile.overload)
        self.ledger = Ledger(store, self.registers, self._journal, self._look_at_registers)
        self._engine = PolicyEngine(self.registers)
        self._letters = Letters(profile.default_alphabet, profile.default_messages)
        self._assembly = Assembly(profile.delivery.assembly_limit)
        self._queues = EsmeQueues(store, binds, self.registers)
        self._desk = ReceiptDesk(store, self._queues)
        self._mo_desk = MoDesk(store, self._queues, self.registers)
        self._till = Till(self.registers, store)
        self.journeys = Journeys(
            self.registers, store, en_route, self._desk, self._engine, self.ledger, self._till, seed
        )
        self.broadcasts = Broadcasts(store)
        self.ancillary = Ancillary(self._engine, store, en_route, self._assembly, self.journeys)
        self._next = store.highest_message() + 1
        self._resume()

    def _resume(self) -> None:
        """Puts what a former process left on its way back on the schedule."""
        waiting = self._store.waiting_parts()
        calls = Counter((message.account, message.message_id) for message, _, _ in waiting)
        for message, kind, text in waiting:
            if message.part is not None:
                part = Concatenation(*message.part, kind)
                recipients = calls[message.account, message.message_id]  # of one submit_multi all have one message_id
                self._gather(message, part, text, message.received_at, recipients)
        for whole, messages in whole_texts(self._store.under_way()):
            self.journeys.start(messages, whole)
        self.journeys.resume_reading()
        self._remember_traffic()
        self._look_at_registers()

    def _remember_traffic(self) -> None:
        for sending in self._store.sendings(self._engine.traffic.span):
            self._engine.traffic.put(sending)

    @property
    def traffic_span(self) -> int:
        """For how many seconds the rules remember what set out."""
        return self._engine.traffic.span

    @property
    def load(self) -> Load:
        """How much is to be done now."""
        return Load(self._queues.depths(), len(self._en_route), self._en_route.scheduled)

    # Registers

    def change(self, change: Change, origin: Origin, now: float) -> int:
        """Makes a change of the registers, in force for the very next message; its number in the journal.

        Raises:
            ChangeError: It cannot be made; nothing was altered.
        """
        number = self._journal.write(change, origin, now)
        self._look_at_registers()
        if isinstance(change, SetHandsets):
            self.journeys.try_again(*change.handsets.span, now)
        if self.registers.profile is not self._profile:
            self._take_profile()
        return number

    def _take_profile(self) -> None:
        """Goes by the registers' profile from now on, where it is kept for the sake of time."""
        profile = self._profile = self.registers.profile
        self._accounts.take(profile.binds, profile.overload)
        self._letters = Letters(profile.default_alphabet, profile.default_messages)
        self._assembly.limit = profile.delivery.assembly_limit
        self._engine.take_profile()
        self._remember_traffic()
        self.journeys.take_profile()

    def receive_mo(
        self, subscriber: str, destination: str, text: str, now: float, real_now: float
    ) -> tuple[MoReading, int | None]:
        """Takes a message of a subscriber, in normal form: does what it asks for, or passes it on to an account.

        With it comes the number in the journal of what it changed, if anything.
        """
        reading = read_mo(self.registers, subscriber, destination, text, now)
        change = None if reading.change is None else self.change(reading.change, Origin.MO, now)
        if reading.passed_to is not None:
            line, account = reading.passed_to
            self._mo_desk.receive(subscriber, line.number, account, text, now)
            self._queues.send_waiting(account, now, real_now)
        return reading, change

    def _look_at_registers(self) -> None:
        due = next_due(self.registers)
        if due is not None and (self._registers_due is None or due < self._registers_due):
            self._registers_due = due
            self._en_route.add(due, Look())

    def _change_what_is_due(self, now: float) -> None:
        while changes := fallen_due(self.registers, now):
            for at, change in changes:
                self._journal.write(change, Origin.OPERATOR, at)
        self._registers_due = None
        self._look_at_registers()

    # Binds

    def admit(self, attempt: BindAttempt) -> int:
        """ESME_ROK, or the command_status that refuses an attempt to bind."""
        return self._accounts.admit(attempt, self._binds.count(attempt.system_id))

    def bound(self, bind: Bind, now: float, real_now: float) -> None:
        """A session is bound: it gets the receipts that waited for its account."""
        self._binds.add(bind)
        self._queues.send_waiting(bind.account, now, real_now)

    def account(self, bind: Bind) -> Account:
        """The account of a bind."""
        return self._accounts.account(bind.account)

    def session_ended(self, bind: Bind, now: float, real_now: float) -> None:
        """A session is over; what it left unacknowledged goes to the account's other binds, or waits."""
        self._binds.remove(bind)
        self._queues.session_ended(bind)
        self._queues.send_waiting(bind.account, now, real_now)

    def receipt_answered(
        self, bind: Bind, sequence_number: int, command_status: int, now: float, real_now: float
    ) -> None:
        """The ESME answered a deliver_sm; its window has room again."""
        again = self._queues.answered(bind, sequence_number, command_status, now)
        if again is not None:
            self._en_route.add(now + self._profile.receipts.retry, again)
        self._queues.send_next(bind, now, real_now)

    # Messages

    @property
    def window_status(self) -> int:
        """The command_status for a request beyond its account's window."""
        return self._profile.overload.window

    def overload(self, bind: Bind, real_now: float) -> int:
        """ESME_ROK, or the command_status for an ESME that sends too fast.

        What comes too fast is turned away before it is a message: it is not judged, and the store does not hold it.
        """
        return self._accounts.overload(bind.account, real_now)

    def submit(
        self, bind: Bind, pdu: SubmitSm, octets: bytes, now: float, told_as: str | None = None, recipients: int = 1
    ) -> SubmitAnswer:
        """Decides a message's fate and puts it in the store, to be committed before the answer leaves.

        `octets` are those of the request as it came; `told_as` is the message_id that the ESME is told, where it is not
        the message's own; `recipients` are those of the whole call.
        """
        if told_as is None:
            told_as = message_id(self._next, 10 if bind.session.interface_version > V33 else 8)
        letter = self._letters.read(bind.account, pdu, octets)
        if letter is None:
            return SubmitAnswer(CommandStatus.ESME_RINVDFTMSGID, "")
        times = times_of(pdu.schedule_delivery_time, pdu.validity_period, self._profile.delivery, now)
        if isinstance(times, CommandStatus):
            return SubmitAnswer(times, "")
        carried = Carried(self._next, recipients)
        judged = self._engine.judge(bind.account, letter.source, pdu.destination_addr, letter.text, now, carried)
        message = self._message(bind.account, pdu, letter, judged, told_as, times, now)
        if pdu.registered_delivery:
            self._queues.submitted(message.number, bind)
        request = Request(octets, letter)
        if letter.part is not None:
            return self._submit_part(message, request, letter.part, now, recipients)
        self.journeys.note(message, judged, now)
        if pdu.replace_if_present_flag and judged.verdict.is_accepted:
            self.ancillary.make_way(message, now)
        return self._settle([message], request, letter.text, judged.verdict, judged.slim, judged.cost, now)

    def submit_multi(
        self, bind: Bind, pdu: SubmitMulti, octets: bytes, now: float
    ) -> list[tuple[SubmitSm, SubmitAnswer]]:
        """Decides the fate of a message to several; all that are accepted go by the message_id of the first."""
        submissions = list(from_submit_multi(pdu, self.account(bind).lists))
        told_as: str | None = None
        answers: list[tuple[SubmitSm, SubmitAnswer]] = []
        for submission in submissions:
            answer = self.submit(bind, submission, octets, now, told_as, len(submissions))
            told_as = told_as or answer.message_id or None
            answers.append((submission, answer))
        return answers

    def replace(self, bind: Bind, pdu: ReplaceSm, now: float) -> int:
        """Changes a message that is on its way."""
        canned = self._profile.default_messages.get(pdu.sm_default_msg_id)
        if pdu.sm_default_msg_id and canned is None:
            return CommandStatus.ESME_RINVDFTMSGID
        payload = get(pdu.tlvs, TlvTag.MESSAGE_PAYLOAD)
        if payload and bind.session.interface_version >= V50:  # it supersedes short_message (5.0: 4.5.3.3)
            pdu = pdu._replace(short_message=payload)
        return self.ancillary.replace(bind.account, pdu, canned, self._profile, now)

    def _message(
        self, account: str, pdu: SubmitSm, letter: Letter, judged: Judged, told_as: str, times: Times, now: float
    ) -> Message:
        number = self._next
        self._next += 1
        line, destination, recipient = judged.line, pdu.destination_addr, judged.recipient
        values: tuple[object, ...] = (
            number,
            told_as,
            now,
            account,
            letter.source,
            line.number if line else None,
            line.type if line else None,
            destination,
            destination if recipient == destination else recipient,
            judged.operator and intern(str.__str__(judged.operator)),  # a plain str, which SQLite takes as it is
            letter.text,
            letter.encoded.data_coding,
            letter.addressing,
            None if letter.part is None else Part(*letter.part[:3]),
            pdu.registered_delivery,
            0,  # command_status
            _ENROUTE,
            NO_ERROR,
            None,  # done_at
            None,  # verdict
            times.scheduled_for,
            times.valid_until,
            0,  # attempts
            None,  # due
            0,  # cost
            None,  # refunded_at
        )
        return _message(values)

    def _settle(
        self,
        messages: list[Message],
        request: Request,
        text: str,
        verdict: Verdict,
        kept: Verdict,
        cost: int,
        now: float,
    ) -> SubmitAnswer:
        """Stores a verdict, and answers the submit_sm of the last message as the profile tells such a verdict.

        `kept` is the verdict as the last message keeps it in memory. The messages before it are parts of the same text,
        whose submit_sm were answered when they came: they learn of a refusal by receipt.
        """
        answer = self.journeys.answer(messages[-1], verdict)
        if cost:
            messages = self._till.charge(messages, cost, answer)
        *answered, message = messages
        message = self.journeys.planned(message, kept, answer, now, is_answered=False)
        status = answer.command_status if answer and answer.style is Style.SUBMIT else 0
        if status:
            message = message._replace(command_status=status, message_id="")
        elif not message.is_under_way:
            message = self._till.end(message, answer, MessageState.REJECTED, now)
        self._store.add_message(message, request, verdict)
        if answered:
            answered = self.journeys.judged(answered, verdict, now)
        self.journeys.start([*answered, message], text)
        return SubmitAnswer(status, message.message_id, verdict)

    def _submit_part(
        self, message: Message, request: Request, part: Concatenation, now: float, recipients: int
    ) -> SubmitAnswer:
        """Takes a part: its answer tells the verdict if the text is whole by it; the parts before learn by receipt.

        A part that is repeated after that gets the same verdict, and is no second offence.
        """
        gathering = self._gather(message, part, request.letter.encoded, now, recipients)
        if not gathering.is_whole:
            self._store.add_waiting_part(message, request, part.kind)
            return SubmitAnswer(CommandStatus.ESME_ROK, message.message_id)
        if gathering.verdict is not None:
            cost = gathering.cost // len(gathering.pieces)
            verdict = gathering.verdict
            return self._settle([message], request, gathering.whole, verdict, verdict, cost, now)
        verdict = self._judge_gathered(gathering, now)
        answer = self._settle(gathering.messages, request, gathering.whole, verdict, verdict, gathering.cost, now)
        gathering.messages.clear()
        return answer

    def _judge_incomplete(self, gathering: Gathering, now: float) -> None:
        """Judges the parts that came when the rest of their text did not; of none left, all were called back."""
        if not gathering.messages:
            return
        verdict = self._judge_gathered(gathering, now)
        answer = self.journeys.answer(gathering.messages[0], verdict)
        messages = self._till.charge(gathering.messages, gathering.cost, answer)
        for message in messages:
            self._store.add_turn(Turn(message.number, now, TurnKind.JUDGED_INCOMPLETE, message.state))
        self.journeys.start(self.journeys.judged(messages, verdict, now), gathering.whole)

    def _judge_gathered(self, gathering: Gathering, now: float) -> Verdict:
        first = gathering.messages[0]
        gathering.whole = gathering.text(self._profile.default_alphabet)
        carried = Carried(first.number, gathering.recipients, len(gathering.pieces))
        judged = self._engine.judge(first.account, first.source, first.destination, gathering.whole, now, carried)
        gathering.cost, gathering.verdict = judged.cost, judged.verdict
        self.journeys.note(first, judged, now)
        return judged.verdict

    def _gather(
        self, message: Message, part: Concatenation, text: EncodedText, now: float, recipients: int
    ) -> Gathering:
        """Puts a part with the others of its text; texts that wait no longer because of it are judged as they are."""
        added = self._assembly.add(message, part, text)
        added.gathering.recipients = max(added.gathering.recipients, recipients)
        if added.is_new:
            end = AssemblyEnd(added.gathering.key, added.gathering.number)
            self._en_route.add(now + self._profile.delivery.assembly_timeout, end)
        for gathering in added.given_up:
            self._judge_incomplete(gathering, now)
        return added.gathering

    def move(self, number: int, state: MessageState, err: str, now: float) -> bool:
        """Brings a message under way into another state by hand; False if it cannot go there, or has ended."""
        message = self._en_route.get(number)
        return message is not None and self.journeys.move(message, state, err, now)

    # Time

    def advance(self, now: float, real_now: float) -> None:
        """Does what has fallen due, up to a batch, each at its own moment: a jump of the clock leaves nothing out."""
        for due, item in self._en_route.pop_due(now, _BATCH):
            if isinstance(item, int):
                self.journeys.step(item, due)
            elif isinstance(item, Release):
                self.journeys.release(item, due)
            elif isinstance(item, WaitingReceipt | WaitingMo):
                self._queues.put(item)
            elif isinstance(item, Acknowledgement):
                self._desk.acknowledge(item.message, ReceiptKind.MANUAL_ACK, due)
            elif isinstance(item, Look):
                self._change_what_is_due(due)
            elif (gathering := self._assembly.end(*item)) is not None:
                self._judge_incomplete(gathering, due)
        for account in self._queues.accounts_waiting():
            self._queues.send_waiting(account, now, real_now)

    # Questions

    def explain(
        self, source: str, destination: str, text: str, now: float
    ) -> tuple[Submission, Verdict, Answer | None]:
        """What would become of a message, without sending it: the facts, the verdict, and how a refusal would be told.

        It is judged as if the account that owns the line had sent it.
        """
        line = self.registers.lines.find(source)
        submission = self._engine.submission(line.account if line else "", source, destination, text, now)
        verdict = self._engine.evaluate(submission)
        return submission, verdict, self._profile.answer_of(verdict, line.number if line else source)
