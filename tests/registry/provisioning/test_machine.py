"""Any changes and clock jumps, with restarts between them, end in the state in which they end without restarts."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.lines import (
    CloseLine,
    ExpireLine,
    ReinstateLine,
    RenewLine,
    ResumeLine,
    SuspendLine,
    TransferLine,
)
from simulator.changing.changes.provisioning import (
    AskForService,
    ExpireRequest,
    GrantService,
    HandInRequest,
    RefuseRequest,
    SupplyDocument,
    TakeUpRequest,
    WithdrawRequest,
)
from simulator.registry.lines import LineState
from simulator.registry.provisioning.request import TRANSITIONS, RequestState
from simulator.registry.registers import Registers
from tests.registry.provisioning.papers import (
    COMPANY_PAPERS,
    LICENCE,
    MAGFA_PAPERS,
    NINE_THOUSAND,
    PATTERN,
    PERSON,
    PLEDGE,
    Office,
    world,
)

LINES = st.sampled_from(["1000111111", "3000111111", "2000222222", "9000333333", "9999333333", "2000300030"])
PAPERS = st.sampled_from([MAGFA_PAPERS, COMPANY_PAPERS, [LICENCE], [PATTERN], NINE_THOUSAND, []])
PROPER = [
    ("dedicated", "1000111111", COMPANY_PAPERS),
    ("dedicated", "3000111111", MAGFA_PAPERS),
    ("dedicated", "9000333333", NINE_THOUSAND),
    ("shared", "2000222222", [PATTERN]),
    ("samantel", "9999333333", [LICENCE]),
]
REQUESTS = st.integers(1, 6)
DAYS = st.sampled_from([0.01, 0.4, 1, 3, 7, 33, 90, 200, 400])
WORLDS = [
    world(),
    world(
        provisioning={"dedicated": {"least": 3, "most": 9, "unit": "working_days", "batch_day": 19}, "term_days": 60},
        office={"weekend": ["fri"]},
    ),
]


def state_of(registers: Registers) -> tuple[Any, ...]:
    lines = [line.model_dump() for line in registers.lines]
    return list(registers.provisioning), lines, list(registers.patterns), dict(registers.slates)


class Provisioning(RuleBasedStateMachine):
    """Two offices do the same; one of them is restarted now and then."""

    @initialize(which=st.sampled_from([0, 1]), seed=st.integers(0, 9))
    def open(self, which: int, seed: int) -> None:
        self.steady, self.restarted = Office(WORLDS[which], seed), Office(WORLDS[which], seed)
        self.seen: dict[int, RequestState] = {}

    def do(self, change: Change) -> None:
        """Both do it, or both refuse with the same words and are as they were."""
        before = state_of(self.steady.registers)
        told = []
        for office in (self.steady, self.restarted):
            try:
                office.change(change)
                told.append("")
            except ChangeError as error:
                told.append(str(error))
        assert told[0] == told[1]
        if told[0]:
            assert state_of(self.steady.registers) == before

    @rule(route=st.sampled_from(["dedicated", "shared", "samantel"]), line=LINES, papers=PAPERS, hand_in=st.booleans())
    def ask(self, route: str, line: str, papers: list[Any], hand_in: bool) -> None:
        table = {"route": route, "line": line, "documents": papers, "hand_in": hand_in}
        self.do(AskForService.model_validate(table))

    @rule(asked=st.sampled_from(PROPER), hand_in=st.booleans())
    def ask_properly(self, asked: tuple[str, str, list[Any]], hand_in: bool) -> None:
        route, line, papers = asked
        table = {"route": route, "line": line, "documents": papers, "hand_in": hand_in}
        self.do(AskForService.model_validate(table))

    @rule(papers=PAPERS, digits=st.sampled_from(["", "", "9999000000"]))
    def ask_for_a_new_line(self, papers: list[Any], digits: str) -> None:
        table = {"route": "samantel", "account": "other", "owner": PERSON, "documents": papers, "digits": digits}
        self.do(AskForService.model_validate(table))

    @rule(
        number=REQUESTS,
        kind=st.sampled_from([HandInRequest, WithdrawRequest, GrantService, TakeUpRequest, ExpireRequest]),
    )
    def handle(self, number: int, kind: type[Any]) -> None:
        self.do(kind(request=number))

    @rule(number=REQUESTS)
    def refuse(self, number: int) -> None:
        self.do(RefuseRequest(request=number, reason="no"))

    @rule(number=REQUESTS)
    def supply(self, number: int) -> None:
        self.do(SupplyDocument.model_validate({"request": number, "document": PLEDGE}))

    @rule(line=LINES, kind=st.sampled_from([RenewLine, ExpireLine, ResumeLine]))
    def alter(self, line: str, kind: type[Any]) -> None:
        self.do(kind(line=line))

    @rule(line=LINES, kind=st.sampled_from([SuspendLine, CloseLine, ReinstateLine]))
    def alter_for_a_reason(self, line: str, kind: type[Any]) -> None:
        self.do(kind(line=line, reason="x"))

    @rule(line=LINES, account=st.sampled_from(["panel", "other"]))
    def transfer(self, line: str, account: str) -> None:
        self.do(TransferLine(line=line, account=account))

    @rule(days=DAYS)
    def jump(self, days: float) -> None:
        moment = self.steady.now + days * 86_400
        happened = self.steady.go_to(moment)
        assert happened == self.restarted.go_to(moment)
        assert [at for at, _ in happened] == sorted(at for at, _ in happened)

    @rule()
    def restart(self) -> None:
        self.restarted.restart()

    @rule(days=DAYS)
    def jump_and_die_before_anything_was_done(self, days: float) -> None:
        moment = self.steady.now + days * 86_400
        self.steady.go_to(moment)
        self.restarted.now = moment
        self.restarted.restart()
        self.restarted.go_to(moment)

    @invariant()
    def both_are_the_same(self) -> None:
        assert state_of(self.steady.registers) == state_of(self.restarted.registers)

    @invariant()
    def a_request_goes_by_the_table(self) -> None:
        for request in self.steady.registers.provisioning:
            state = RequestState.DRAFT
            for step in request.steps:
                state = TRANSITIONS[state, step.event]
            assert request.state is state
            assert (request.due is not None) == state.is_open
            assert bool(request.reasons) == (state is RequestState.REFUSED)
            former = self.seen.get(request.id, state)
            assert former is state or former.is_open
            self.seen[request.id] = state

    @invariant()
    def a_granted_line_is_a_service_line(self) -> None:
        for request in self.steady.registers.provisioning:
            if request.state is RequestState.GRANTED and request.granted_line is not None:
                assert self.steady.line(request.granted_line).is_service

    @invariant()
    def nothing_that_is_due_is_left_undone(self) -> None:
        for line in self.steady.registers.lines:
            if line.state is LineState.ACTIVE and line.expires_at is not None:
                assert line.expires_at > self.steady.now


TestProvisioning = Provisioning.TestCase
TestProvisioning.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
