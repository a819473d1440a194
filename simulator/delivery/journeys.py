"""What becomes of a message once it is judged: held back, brought to its handset, tried again, expired, reported.

`message_center` decides whether a message is accepted; from then on it is here until its end. Every step happens at the
moment at which it is due, and what is left to chance depends on the message alone (`simulator.chance`).
"""

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from simulator.chance import draw
from simulator.changing.ledger import Ledger
from simulator.delivery.en_route import Acknowledgement, EnRoute, Look, Release
from simulator.delivery.receipt_desk import ReceiptDesk
from simulator.delivery.till import Till
from simulator.messages import Message, ReceiptKind, Turn, TurnKind, Verdict
from simulator.policy.engine import Judged, PolicyEngine
from simulator.policy.rule import Carried
from simulator.profiles.handset import OUTCOMES, Outcome
from simulator.profiles.lifecycle import may_become
from simulator.profiles.profile import Answer, DeliveryMode, Style
from simulator.registry.registers import Registers
from simulator.smpp.consts import MessageState
from simulator.store import Store

NO_ERROR = "000"

_ENROUTE = int(MessageState.ENROUTE)
_WAITS: Mapping[DeliveryMode, float] = MappingProxyType({DeliveryMode.MANUAL: math.inf, DeliveryMode.IMMEDIATE: 0.0})
"""For how long a message is on its way where the network does not say it."""
_TOLD_LATER = frozenset({Style.RECEIPT, Style.HOLD})
"""A refusal that does not end by itself is told by receipt where others of its rule are held."""


class Journeys:
    """The messages under way, from their verdict to their end."""

    def __init__(
        self,
        registers: Registers,
        store: Store,
        en_route: EnRoute,
        desk: ReceiptDesk,
        engine: PolicyEngine,
        ledger: Ledger,
        till: Till,
        seed: int,
    ) -> None:
        self._registers = registers
        self._store = store
        self._en_route = en_route
        self._desk = desk
        self._engine = engine
        self._ledger = ledger
        self._till = till
        self._seed = seed
        self.take_profile()
        self._tried_in_vain: dict[str, set[int]] = {}
        """The messages that wait for another attempt, by their recipients."""

    def take_profile(self) -> None:
        """The profile is another: what sets out from now on goes by it."""
        self._delivery = self._registers.profile.delivery
        self._latency_of = self._delivery.latency.of
        self._waits = _WAITS.get(self._delivery.mode)

    # How a message sets out

    def planned(
        self, message: Message, verdict: Verdict, answer: Answer | None, now: float, *, is_answered: bool
    ) -> Message:
        """The message with its verdict: the state that it is in now, and when it goes on.

        `answer` is how the profile tells a refusal, None for an acceptance. A refusal that is told in the response is
        told by receipt where the submit_sm `is_answered` already. That a message is held is written down.
        """
        state: int
        if answer is None:
            state, due = _ENROUTE, message.scheduled_for
            if due is None or due <= now:
                due = now + self._wait(message.number)
            else:
                state = MessageState.SCHEDULED
        elif _holds(answer, verdict):
            state, due = MessageState.ENROUTE, verdict.until or now
            self._store.add_turn(Turn(message.number, now, TurnKind.HELD, state, until=min(due, message.valid_until)))
        elif answer.style in _TOLD_LATER or (is_answered and answer.style is not Style.SILENT):
            state, due = MessageState.ENROUTE, now + self._latency(message.number)
        else:
            return message.moved(verdict, MessageState.REJECTED, answer.err, now, None)
        valid_until = message.valid_until
        return message.moved(verdict, state, message.err, message.done_at, min(valid_until, due))

    def _wait(self, number: int) -> float:
        """For how many seconds a message is on its way to its first attempt; for ever, where that is done by hand."""
        if self._waits is None:
            return self._latency(number)
        return self._waits

    def _latency(self, number: int) -> float:
        return self._latency_of(draw(self._seed, number))

    def start(self, messages: list[Message], text: str) -> None:
        """Sends messages on their way that were planned and are in the store; `text` is the whole of their text.

        What was refused without a receipt to tell it goes nowhere.
        """
        going = [message for message in messages if message.is_under_way]
        if not going:
            return
        first = going[0]
        if first.due is not None and (first.state == MessageState.SCHEDULED or self._is_held(first)):
            self._en_route.hold(going, text, min(message.due or 0 for message in going))
            return
        for message in going:
            if message.attempts and message.recipient:
                self._tried_in_vain.setdefault(message.recipient, set()).add(message.number)
            self._en_route.start(message)

    def _is_held(self, message: Message) -> bool:
        verdict = message.verdict
        return verdict is not None and verdict.until is not None and _holds(self.answer(message, verdict), verdict)

    def answer(self, message: Message, verdict: Verdict) -> Answer | None:
        """How the profile tells a refusal; None for an acceptance."""
        if verdict.rule is None:
            return None
        return self._registers.profile.answer_of(verdict, message.line or message.source)

    def judged(self, messages: Iterable[Message], verdict: Verdict, now: float) -> list[Message]:
        """Messages that are in the store already, planned anew by a verdict that they did not have."""
        told = [(message, self.answer(message, verdict)) for message in messages]
        known = [self.planned(message, verdict, answer, now, is_answered=True) for message, answer in told]
        for message in known:
            self._store.judge(message)
            if not message.is_under_way:
                self._store.finish(message.number, message.state, message.err, now)
                self._till.end(message, self.answer(message, verdict), MessageState.REJECTED, now)
        return known

    def note(self, message: Message, judged: Judged, now: float) -> None:
        """Has remembered what a verdict found: an offence of the line, or a message that sets out."""
        verdict, sending = judged.verdict, judged.sending
        if verdict.violation:
            self._ledger.note(message, verdict, now)
        if sending is not None and verdict.is_accepted and not _is_scheduled(message, now):
            self._engine.traffic.put(sending)
            self._store.add_sending(sending)

    # What falls due

    def release(self, release: Release, now: float) -> None:
        """Judges what was held back by what is true now; a refusal is told by receipt."""
        held = [self._en_route.get(number) for number in release.numbers]
        under_way = [message for message in held if message and message.is_under_way and message.due is not None]
        messages = [message for message in under_way if message.due is not None and message.due <= now]
        if not messages:  # called back, or put off, meanwhile
            return
        if later := [message for message in under_way if message not in messages]:
            self._en_route.hold(later, release.text, min(message.due or 0 for message in later))
        if now >= messages[0].valid_until:
            for message in messages:
                self._end(message, MessageState.EXPIRED, NO_ERROR, now)
            return
        self._judge_again([message._replace(scheduled_for=None) for message in messages], release.text, now)

    def _judge_again(self, messages: list[Message], text: str, now: float) -> None:
        first = messages[0]
        carried = Carried(first.number, parts=len(messages) if first.part is not None else 0, is_paid=True)
        judged = self._engine.judge(first.account, first.source, first.destination, text, now, carried)
        self.note(first, judged, now)
        for message in messages:
            self._en_route.withdraw(message.number)
            self._store.add_turn(Turn(message.number, now, TurnKind.RELEASED, MessageState.ENROUTE))
        self.start(self.judged(messages, judged.verdict, now), text)

    def step(self, number: int, now: float) -> None:
        """Has a message go on: to its handset, to another attempt, or to its end."""
        message = self._en_route.get(number)
        if message is None or message.due != now or message.verdict is None:  # called back, or put off, meanwhile
            return
        answer = self.answer(message, message.verdict)
        if answer is not None:
            self._end(message, answer.state, answer.err, now)
        elif now >= message.valid_until:
            outcome = self._outcome(message, max(message.attempts - 1, 0))
            tried = message.attempts > 0
            self._end(
                message,
                MessageState.EXPIRED,
                outcome.err if tried else NO_ERROR,
                now,
                outcome.network_error if tried else None,
            )
        else:
            self._attempt(message, now)

    def _outcome(self, message: Message, attempt: int) -> Outcome:
        return OUTCOMES[self._registers.subscribers.state(message.recipient, message.number, attempt)]

    def _attempt(self, message: Message, now: float) -> None:
        state, err, network_error, may_be_tried_again = self._outcome(message, message.attempts)
        if not may_be_tried_again:
            self._end(message, state, err, now, network_error)
            return
        if message.attempts == 0:
            self._desk.notify(message, err, network_error, now)
        attempts = message.attempts + 1
        due = min(now + self._delivery.retry.after(attempts), message.valid_until)
        waiting = message._replace(attempts=attempts, due=due)
        self._store.go_on(waiting)
        self._store.add_turn(
            Turn(message.number, now, TurnKind.ATTEMPT_FAILED, message.state, err, network_error, until=due)
        )
        self._en_route.start(waiting)
        if message.recipient:
            self._tried_in_vain.setdefault(message.recipient, set()).add(message.number)

    def _end(
        self, message: Message, state: MessageState, err: str, now: float, network_error: int | None = None
    ) -> None:
        """Ends a message, with its receipt if one was asked for."""
        self._en_route.withdraw(message.number)
        if message.attempts and message.recipient:
            self._tried_in_vain.get(message.recipient, set()).discard(message.number)
        self._store.finish(message.number, state, err, now)
        if message.cost:
            refused = None if message.verdict is None else self.answer(message, message.verdict)
            message = self._till.end(message, refused, state, now)
        if not message.registered_delivery:
            return  # nobody asked for a receipt
        ended = message.moved(message.verdict, state, err, now, None)
        self._desk.report(ended, state, err, network_error, now)
        if state is MessageState.DELIVERED:
            self._acknowledge(ended, now)

    def _acknowledge(self, message: Message, now: float) -> None:
        self._desk.acknowledge(message, ReceiptKind.DELIVERY_ACK, now)
        after = self._registers.profile.receipts.manual_ack_after
        if after is not None and self._desk.wants(message, ReceiptKind.MANUAL_ACK):
            self._en_route.add(now + after, Acknowledgement(message))

    @property
    def read_asked(self) -> int:
        """The bits of registered_delivery by which subscribers are to acknowledge; 0 where they never do."""
        return 0 if self._registers.profile.receipts.manual_ack_after is None else self._desk.read_bits

    def resume_reading(self) -> None:
        """Puts on the schedule again what subscribers were to acknowledge after a former process had ended."""
        after = self._registers.profile.receipts.manual_ack_after
        if after is not None:
            for message in self._desk.unread():
                self._en_route.add((message.done_at or message.received_at) + after, Acknowledgement(message))

    # What others have happen to it

    def move(self, message: Message, state: MessageState, err: str, now: float) -> bool:
        """Brings a message into another state by hand; False if it cannot go there from where it is."""
        if not may_become(message.state, state):
            return False
        self._store.add_turn(Turn(message.number, now, TurnKind.MOVED, state, err))
        if state in (MessageState.ENROUTE, MessageState.UNKNOWN):
            moved = message._replace(state=state, scheduled_for=None, due=self._due_by_hand(message, state, now))
            self._store.go_on(moved)
            self._en_route.start(moved)
        else:
            self._end(message, state, err, now)
            self._en_route.add(now, Look())
        return True

    def _due_by_hand(self, message: Message, state: MessageState, now: float) -> float:
        """A message that was lost from sight is not tried before it is found; it may expire."""
        if state is MessageState.UNKNOWN:
            return message.valid_until
        return min(now + self._wait(message.number), message.valid_until)

    def call_back(self, message: Message, now: float) -> None:
        """Deletes a message at once, with its receipt, which leaves behind the answer."""
        self._store.add_turn(Turn(message.number, now, TurnKind.CALLED_BACK, MessageState.DELETED))
        self._end(message, MessageState.DELETED, NO_ERROR, now)
        self._en_route.add(now, Look())

    def replace(self, message: Message, now: float) -> None:
        """Puts a changed message in the place of what it was; it goes on as its times and its verdict say."""
        if message.verdict is None:
            return
        changed = self.planned(message, message.verdict, None, now, is_answered=True)
        self._store.replace(changed)
        self._store.add_turn(Turn(message.number, now, TurnKind.REPLACED, changed.state))
        self._en_route.withdraw(message.number)
        self.start([changed], changed.text)

    def try_again(self, first: str, last: str, now: float) -> None:
        """Tries at once what waits for another attempt at the handsets from `first` to `last`, in normal form."""
        for recipient, numbers in self._tried_in_vain.items():
            if first <= recipient <= last:
                for number in sorted(numbers):
                    message = self._en_route.get(number)
                    if message is not None and message.due is not None:
                        sooner = message._replace(due=min(now, message.due))
                        self._store.go_on(sooner)
                        self._store.add_turn(Turn(number, now, TurnKind.PUT_FORWARD, message.state, until=sooner.due))
                        self._en_route.start(sooner)


def _is_scheduled(message: Message, now: float) -> bool:
    """Whether a message is not to be delivered yet."""
    return message.scheduled_for is not None and message.scheduled_for > now


def _holds(answer: Answer | None, verdict: Verdict) -> bool:
    """Whether a refused message is kept back until its refusal ends."""
    return answer is not None and answer.style is Style.HOLD and verdict.until is not None
