"""The operator as a state machine: whatever is done to it, it says what a simple model says, also after a restart.

The model knows the rules of the game in a page of plain Python: who is refused, when a message is tried, what its
handset makes of it, and which receipts are owed. It shares no code with the operator but the names of states.
"""

import datetime
import itertools
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from simulator.center.operator import Operator
from simulator.changing.change import ChangeError
from simulator.changing.changes.blacklist import ListNumbers, UnlistNumbers
from simulator.changing.changes.lines import CloseLine, ReinstateLine
from simulator.changing.changes.subscribers import SetHandsets
from simulator.changing.journal import Origin
from simulator.delivery.binds import Bind
from simulator.numbers.numbering import TEHRAN
from simulator.profiles.handset import HandsetState
from simulator.registry.subscribers import Handsets
from simulator.registry.world import build_world
from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus, MessageState
from simulator.smpp.pdus import CancelSm, DataSm, DeliverSm, Pdu, QuerySm
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.states import SessionState
from simulator.store import MessageQuery, MoQuery, Store
from tests.esme import NOBODY, message

START = datetime.datetime(2026, 11, 22, 6, 50, tzinfo=TEHRAN).timestamp()
PROMOTIONAL, SERVICE = "3000100010", "3000200020"
NUMBERS = ("989129990001", "989359990003")
INFORMATION = "سفارش شما با شماره ۴۵۸۲۱ ثبت شد و تا ساعت ۱۸ امروز ارسال می‌شود."
ADVERTISING = "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir"
LATENCY, RETRY, VALIDITY, STRIKES = 2.0, 600.0, 3600.0, 3
WORLD: dict[str, Any] = {
    "extends": "demo",
    "magic_suffixes": False,
    "profile": {
        "delivery": {
            "latency": {"shape": "constant", "seconds": LATENCY},
            "retry": {"first": RETRY, "factor": 1.0, "longest": RETRY},
            "validity": VALIDITY,
        },
        "sanctions": {"strikes": STRIKES},
    },
}


@dataclass
class Told:
    """A message as the model sees it."""

    number: str
    state: MessageState
    asked: bool
    due: float = 0.0
    ends: float = 0.0
    done: float | None = None


@dataclass
class Model:
    """What an operator would do, in plain words."""

    now: float = START
    messages: dict[int, Told] = field(default_factory=dict)
    handsets: dict[str, HandsetState] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    strikes: dict[str, int] = field(default_factory=dict)
    owed: list[tuple[int, MessageState]] = field(default_factory=list)

    def is_refused(self, line: str, number: str, *, advertises: bool) -> bool:
        if line in self.closed:
            return True
        if line == SERVICE:
            if advertises:
                self.strikes[line] = self.strikes.get(line, 0) + 1
                if self.strikes[line] >= STRIKES:
                    self.closed.add(line)
            return advertises
        hour = datetime.datetime.fromtimestamp(self.now, TEHRAN).hour
        return number in self.listed or (number.startswith("98912") and not 7 <= hour < 22)

    def submit(self, line: str, number: str, *, advertises: bool, asked: bool) -> bool:
        key = len(self.messages) + 1
        if self.is_refused(line, number, advertises=advertises):
            self.messages[key] = Told(number, MessageState.REJECTED, asked=False, done=self.now)
            return False
        told = Told(number, MessageState.ENROUTE, asked, self.now + LATENCY, self.now + VALIDITY)
        self.messages[key] = told
        return True

    def end(self, key: int, state: MessageState, at: float) -> None:
        told = self.messages[key]
        told.state, told.done = state, at
        if told.asked:
            self.owed.append((key, state))

    def advance(self, to: float) -> None:
        while True:
            waiting = [(told.due, key) for key, told in self.messages.items() if told.done is None and told.due <= to]
            if not waiting:
                break
            due, key = min(waiting)
            told = self.messages[key]
            handset = self.handsets.get(told.number, HandsetState.ON)
            if due >= told.ends:
                self.end(key, MessageState.EXPIRED, due)
            elif handset is HandsetState.OFF:
                told.due = min(due + RETRY, told.ends)
            else:
                delivered = handset is HandsetState.ON
                self.end(key, MessageState.DELIVERED if delivered else MessageState.UNDELIVERABLE, due)
        self.now = max(self.now, to)

    def set_handset(self, number: str, state: HandsetState, *, tried: set[int]) -> None:
        self.handsets[number] = state
        for key in tried:
            told = self.messages[key]
            if told.number == number and told.done is None:
                told.due = min(told.due, self.now)

    def tried(self) -> set[int]:
        """The messages whose first attempt was in vain."""
        return {
            key
            for key, told in self.messages.items()
            if told.done is None and told.due != told.ends - VALIDITY + LATENCY
        }


class Wire:
    """A bound session without a socket; what the operator sends waits here to be answered."""

    state = SessionState.BOUND_TRX
    interface_version = 0x34
    window_in = None
    unanswered = 0

    def __init__(self) -> None:
        self.sent: dict[int, Pdu] = {}
        self._numbers = itertools.count(1)

    @property
    def outstanding(self) -> int:
        return len(self.sent)

    @property
    def window_room(self) -> int:
        return 10 - self.outstanding

    def send_request(self, pdu: Pdu, now: float) -> int:
        del now
        number = next(self._numbers)
        self.sent[number] = pdu
        return number


class OperatorMachine(RuleBasedStateMachine):
    """Both, side by side."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.real = 100.0
        self.model = Model()
        self.binds: list[Bind] = []
        self.got: list[tuple[int, MessageState]] = []
        self.mo_got: list[str] = []
        self.mo_sent: list[str] = []
        self.operator = self.opened()

    def opened(self) -> Operator:
        store = Store(Path(self.folder.name) / "store")
        world = build_world(WORLD)
        return Operator(world, store, seed=1, real=lambda: self.real, wall=lambda: START + self.real - 100.0)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.bring_everything()
            self.operator.close()
            self.folder.cleanup()

    def bring_everything(self) -> None:
        """A last bind takes all that waits: nothing that is owed is missing in the end."""
        for bind in self.binds:
            self.operator.session_ended(bind)
        self.binds.clear()
        self.bind()
        while isinstance(wire := self.binds[0].session, Wire) and wire.sent:
            self.acknowledge(0, 10)
        assert sorted(self.got) == sorted(self.model.owed)
        assert sorted(self.mo_got) == sorted(self.mo_sent)

    def settle(self) -> None:
        while self.operator.is_behind:
            self.operator.advance()
        self.operator.commit()

    # What ESMEs do

    @precondition(lambda self: len(self.binds) < 3)
    @rule()
    def bind(self) -> None:
        bind = Bind("panel", Wire(), NOBODY, wake=lambda: None, unbind=lambda: None)
        self.binds.append(bind)
        self.operator.bound(bind)

    @precondition(lambda self: self.binds)
    @rule(which=st.integers(0, 2))
    def end_a_session(self, which: int) -> None:
        bind = self.binds.pop(which % len(self.binds))
        self.operator.session_ended(bind)

    @precondition(lambda self: self.binds)
    @rule(which=st.integers(0, 2), count=st.integers(1, 10))
    def acknowledge(self, which: int, count: int) -> None:
        bind = self.binds[which % len(self.binds)]
        wire = bind.session
        assert isinstance(wire, Wire)
        for number in sorted(wire.sent)[:count]:
            pdu = wire.sent.pop(number)
            assert isinstance(pdu, DeliverSm | DataSm)
            assert isinstance(pdu, DeliverSm)
            if pdu.esm_class == 0:
                self.mo_got.append(pdu.short_message.decode("ascii"))
            else:
                said = parse_receipt(pdu.short_message)
                self.got.append((int(said.message_id), said.state))
            self.operator.receipt_answered(bind, number, CommandStatus.ESME_ROK)
        self.operator.commit()

    @rule(number=st.sampled_from(NUMBERS), asked=st.booleans(), times=st.integers(1, 3))
    def inform(self, number: str, asked: bool, times: int) -> None:
        self.submit(SERVICE, number, times, advertises=False, asked=asked)

    @rule(number=st.sampled_from(NUMBERS), times=st.integers(1, 3))
    def advertise_on_a_service_line(self, number: str, times: int) -> None:
        self.submit(SERVICE, number, times, advertises=True, asked=True)

    @rule(number=st.sampled_from(NUMBERS), advertises=st.booleans(), asked=st.booleans())
    def promote(self, number: str, advertises: bool, asked: bool) -> None:
        self.submit(PROMOTIONAL, number, 1, advertises=advertises, asked=asked)

    def submit(self, line: str, number: str, times: int, *, advertises: bool, asked: bool) -> None:
        text = ADVERTISING if advertises else INFORMATION
        pdu = message(line, number, text, registered_delivery=int(asked))
        for _ in range(times):
            answer = self.operator.submit(self.any_bind(), pdu, encode(pdu, 1))
            accepted = self.model.submit(line, number, advertises=advertises, asked=asked)
            assert (answer.command_status == 0) is accepted, answer.verdict
        self.operator.commit()

    def any_bind(self) -> Bind:
        if not self.binds:
            self.bind()
        return self.binds[0]

    @precondition(lambda self: self.model.messages)
    @rule(which=st.integers(0, 1000))
    def query_and_cancel(self, which: int) -> None:
        key = which % len(self.model.messages) + 1
        told, message_id = self.model.messages[key], f"{key:010d}"
        found = [entry.message for entry in self.operator.inquiries.entries(MessageQuery(limit=10_000))][key - 1]
        answer = self.operator.query(self.any_bind(), QuerySm(message_id=message_id, source_addr=found.source))
        if found.message_id:
            assert answer.message is not None
            assert answer.message.state == told.state
        status = self.operator.cancel(self.any_bind(), CancelSm(message_id=message_id, source_addr=found.source))
        assert (status == 0) is (told.done is None)
        if told.done is None:
            self.model.end(key, MessageState.DELETED, self.model.now)
        self.settle()

    # What happens around them

    @rule(seconds=st.sampled_from([1.0, 2.0, 599.0, 600.0, 3600.0, 50_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.real += seconds
        self.settle()
        self.model.advance(self.operator.clock.now())

    @rule(seconds=st.sampled_from([1.0, 600.0, 90_000.0]))
    def jump(self, seconds: float) -> None:
        self.operator.jump(self.operator.clock.now() + seconds)
        self.settle()
        self.model.advance(self.operator.clock.now())

    @rule(
        number=st.sampled_from(NUMBERS),
        state=st.sampled_from([HandsetState.ON, HandsetState.OFF, HandsetState.UNKNOWN]),
    )
    def set_handset(self, number: str, state: HandsetState) -> None:
        tried = self.model.tried()
        self.operator.change(SetHandsets(handsets=Handsets(numbers=number, state=state)), Origin.HTTP)
        self.model.set_handset(number, state, tried=tried)
        self.settle()
        self.model.advance(self.operator.clock.now())

    @rule(number=st.sampled_from(NUMBERS), listed=st.booleans())
    def change_the_blacklist(self, number: str, listed: bool) -> None:
        kind = ListNumbers if listed else UnlistNumbers
        self.operator.change(kind(numbers=(number,)), Origin.HTTP)
        (self.model.listed.add if listed else self.model.listed.discard)(number)

    @rule(blocks=st.booleans())
    def opt_out_or_in_by_message(self, blocks: bool) -> None:
        self.operator.receive_mo(NUMBERS[0], "8999", "1" if blocks else "۲")
        (self.model.listed.add if blocks else self.model.listed.discard)(NUMBERS[0])

    @rule(number=st.sampled_from(NUMBERS))
    def write_to_a_line(self, number: str) -> None:
        self.mo_sent.append(f"message {len(self.mo_sent)}")
        self.operator.receive_mo(number, SERVICE, self.mo_sent[-1])
        self.operator.commit()

    @precondition(lambda self: self.model.closed)
    @rule()
    def reinstate(self) -> None:
        line = min(self.model.closed)
        self.operator.change(ReinstateLine(line=line, reason="x"), Origin.HTTP)
        self.model.closed.discard(line)
        self.model.strikes[line] = 0

    @rule()
    def close_the_promotional_line(self) -> None:
        change = CloseLine(line=PROMOTIONAL, reason="x")
        if PROMOTIONAL in self.model.closed:
            with pytest.raises(ChangeError):
                self.operator.change(change, Origin.HTTP)
            return
        self.operator.change(change, Origin.HTTP)
        self.model.closed.add(PROMOTIONAL)

    @rule()
    def restart(self) -> None:
        for bind in self.binds:
            self.operator.session_ended(bind)
        self.binds.clear()
        self.operator.close()
        self.operator = self.opened()

    # What must be so

    @invariant()
    def messages_are_where_the_model_has_them(self) -> None:
        if not hasattr(self, "operator"):
            return
        kept = [entry.message for entry in self.operator.inquiries.entries(MessageQuery(limit=10_000))]
        assert [one.number for one in kept] == list(self.model.messages)
        for one, told in zip(kept, self.model.messages.values(), strict=True):
            assert (one.state, one.done_at is None) == (told.state, told.done is None), (one, told)
            assert one.done_at == pytest.approx(told.done, abs=0.01)

    @invariant()
    def what_subscribers_wrote_is_kept_and_comes_once(self) -> None:
        if not hasattr(self, "operator"):
            return
        assert [one.text for one in self.operator.inquiries.find(MoQuery(limit=10_000))] == self.mo_sent
        assert len(set(self.mo_got)) == len(self.mo_got)
        assert set(self.mo_got) <= set(self.mo_sent)

    @invariant()
    def receipts_are_those_that_are_owed(self) -> None:
        if not hasattr(self, "operator"):
            return
        assert len(set(self.got)) == len(self.got), "a receipt that was acknowledged came again"
        assert set(self.got) <= set(self.model.owed)
        entries = self.operator.inquiries.entries(MessageQuery(limit=10_000))
        made = [(receipt.message, MessageState(receipt.state)) for entry in entries for receipt in entry.receipts]
        assert sorted(made) == sorted(self.model.owed)


TestOperatorMachine = OperatorMachine.TestCase
TestOperatorMachine.settings = settings(
    max_examples=80, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)
