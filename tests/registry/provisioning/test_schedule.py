"""When requests are decided: by the route's terms, the calendar, and draws that depend on nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.changing.change import ChangeError
from simulator.changing.changes.provisioning import (
    AskForService,
    GrantService,
    HandInRequest,
    RefuseRequest,
    SupplyDocument,
    WithdrawRequest,
)
from simulator.registry.lines import LineState, LineType, Use
from simulator.registry.provisioning.desk import today
from simulator.registry.provisioning.documents import Pledge
from simulator.registry.provisioning.request import TRANSITIONS, Event, RequestState
from tests.registry.provisioning.papers import (
    COMPANY_PAPERS,
    LICENCE,
    MAGFA_PAPERS,
    PATTERN,
    PERSON,
    Office,
    shown,
    tehran,
    world,
)

FAST = {"provisioning": {"dedicated": {"least": 20, "most": 20, "unit": "working_days"}}}
BATCH = {"provisioning": {"dedicated": {"least": 10, "most": 10, "unit": "working_days", "batch_day": 19}}}


def due(office: Office) -> str:
    moment = office.request().due
    assert moment is not None
    return shown(moment)


@pytest.mark.parametrize(
    ("asked", "decided"),
    [
        (("1405-09-07", "10:00"), "1405-09-14 16:00"),  # Saturday, and a whole working week later
        (("1405-09-07", "16:00"), "1405-09-14 16:00"),
        (("1405-09-07", "16:01"), "1405-09-15 16:00"),  # too late: it counts as asked on Sunday
        (("1405-09-05", "10:00"), "1405-09-14 16:00"),  # Thursday counts as Saturday
        (("1404-12-27", "10:00"), "1405-01-11 16:00"),  # over Nowruz
        (("1405-03-31", "10:00"), "1405-04-08 16:00"),  # over Tasua and Ashura
    ],
)
def test_samantel_takes_a_working_week(asked: tuple[str, str], decided: str) -> None:
    office = Office(world(), now=tehran(*asked))
    request = office.ask("samantel", None, [LICENCE], account="panel", owner=PERSON)
    assert request.state is RequestState.IN_REVIEW
    assert due(office) == decided


def test_where_thursday_works_a_week_is_shorter() -> None:
    office = Office(world(office={"weekend": ["fri"]}), now=tehran("1405-09-07"))
    office.ask("samantel", "9999333333", [LICENCE])
    assert due(office) == "1405-09-12 16:00"  # Thursday


def test_twenty_working_days() -> None:
    office = Office(world(**FAST), now=tehran("1405-07-04"))
    office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    assert due(office) == "1405-08-02 16:00"


@given(seed=st.integers(), hour=st.integers(0, 23), day=st.integers(0, 500))
def test_a_dedicated_line_takes_two_to_six_months_and_is_decided_at_work(seed: int, hour: int, day: int) -> None:
    office = Office(world(), seed=seed, now=tehran("1404-06-01", f"{hour:02d}:30") + day * 86_400)
    request = office.ask("dedicated", "3000111111", MAGFA_PAPERS)
    assert request.due is not None
    assert request.counts_from is not None
    days = (today(request.due) - request.counts_from).days
    assert 60 <= days <= 180
    assert office.registers.calendar.is_working(today(request.due))
    assert "08:00" <= shown(request.due)[-5:] < "16:00"


def test_draws_depend_on_the_request_and_the_seed_alone() -> None:
    def second(seed: int, first_withdrawn: bool) -> float | None:
        office = Office(world(), seed=seed)
        office.ask("dedicated", "1000111111", COMPANY_PAPERS)
        if first_withdrawn:
            office.change(WithdrawRequest(request=1))
        return office.ask("dedicated", "3000111111", MAGFA_PAPERS).due

    assert second(1, first_withdrawn=False) == second(1, first_withdrawn=True)
    assert second(1, first_withdrawn=False) != second(2, first_withdrawn=False)


@pytest.mark.parametrize(
    ("asked", "batch", "decided"),
    [
        (("1405-08-19", "15:59"), "1405-08-19 16:00", "1405-09-03 16:00"),
        (("1405-08-19", "16:01"), "1405-09-19 16:00", "1405-10-05 16:00"),
        (("1405-08-20", "09:00"), "1405-09-19 16:00", "1405-10-05 16:00"),
        (("1405-12-25", "09:00"), "1406-01-19 16:00", "1406-02-01 16:00"),
    ],
)
def test_a_monthly_batch(asked: tuple[str, str], batch: str, decided: str) -> None:
    office = Office(world(**BATCH), now=tehran(*asked))
    request = office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    assert (request.state, due(office)) == (RequestState.WAITING_FOR_BATCH, batch)
    assert request.due is not None
    office.go_to(request.due)
    assert (office.request().state, due(office)) == (RequestState.IN_REVIEW, decided)
    assert shown(office.go_to(tehran("1406-06-01"))[0][0]) == decided
    assert office.line("1000111111").type is LineType.DEDICATED_SERVICE


def test_what_a_dedicated_line_is_after_the_grant() -> None:
    office = Office(world(**FAST))
    request = office.ask("dedicated", "3000111111", MAGFA_PAPERS)
    assert request.due is not None
    assert office.go_to(request.due - 1) == []
    assert office.line("3000111111").type is LineType.PROMOTIONAL
    office.go_to(request.due)
    line = office.line("3000111111")
    assert line.type is LineType.DEDICATED_SERVICE
    assert line.purpose == {"order_status", "otp"}
    assert line.recipients is not None
    assert "989121110009" in line.recipients
    assert "989121110010" not in line.recipients
    assert line.expires is not None
    assert (line.expires - today(request.due)).days == 365
    request = office.request()
    assert (request.state, request.granted_line, request.due) == (RequestState.GRANTED, "3000111111", None)


def test_a_samantel_line_is_given_out_with_drawn_digits() -> None:
    office = Office(world())
    office.ask("samantel", None, [LICENCE], account="panel", owner=PERSON)
    office.ask("samantel", None, [LICENCE], account="panel", owner=PERSON)
    office.go_to(tehran("1405-10-01"))
    granted = [office.request(number).granted_line for number in (1, 2)]
    assert len(set(granted)) == 2
    for number in granted:
        assert number is not None
        line = office.line(number)
        assert (line.type, line.account, line.owner.name) == (LineType.SAMANTEL, "panel", PERSON["name"])
        assert number.startswith("9999")
        assert len(number) == 10


def test_a_drawn_number_that_is_taken_is_drawn_again() -> None:
    office = Office(world())
    first = office.ask("samantel", None, [LICENCE], account="panel", owner=PERSON)
    desk = office.registers.provisioning
    number = desk.draw_number(first, lambda _number: False)
    assert desk.draw_number(first, lambda wanted: wanted == number) != number


def test_a_line_of_ones_own_becomes_a_shared_one_with_its_pattern() -> None:
    office = Office(world())
    office.ask("shared", "2000222222", [PATTERN])
    office.go_to(tehran("1405-09-03"))
    line = office.line("2000222222")
    assert (line.type, line.use, line.takes_mo) == (LineType.SHARED_SERVICE, Use.SHARED, False)
    pattern = office.registers.patterns.get(("2000222222", "order"))
    assert pattern is not None
    assert pattern.state.value == "approved"


def test_the_staff_may_decide_earlier() -> None:
    office = Office(world())
    office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    office.change(GrantService(request=1))
    assert office.line("1000111111").is_service
    office.ask("dedicated", "3000111111", MAGFA_PAPERS)
    office.change(RefuseRequest(request=2, reason="the purpose is not served", clause="dedicated.purpose"))
    assert office.request().reasons == (("dedicated.purpose", "the purpose is not served", ""),)
    with pytest.raises(ChangeError, match="request 2 is refused: it cannot be granted"):
        office.change(GrantService(request=2))
    with pytest.raises(ChangeError, match=r"there is no clause 'no\.such'"):
        office.change(RefuseRequest(request=2, reason="x", clause="no.such"))


def test_a_draft_takes_papers_until_it_is_handed_in() -> None:
    office = Office(world())
    office.ask("dedicated", "1000111111", COMPANY_PAPERS[1:], hand_in=False)
    assert office.request().state is RequestState.DRAFT
    office.change(SupplyDocument(request=1, document=Pledge(stamped=False)))
    office.change(SupplyDocument(request=1, document=Pledge()))
    office.change(HandInRequest(request=1))
    assert office.request().state is RequestState.IN_REVIEW
    for change in (SupplyDocument(request=1, document=Pledge()), HandInRequest(request=1)):
        with pytest.raises(ChangeError, match="request 1 is in-review"):
            office.change(change)


def test_a_draft_lapses() -> None:
    office = Office(world())
    office.ask("dedicated", "1000111111", [], hand_in=False)
    office.go_to(office.now + 30 * 86_400)
    assert office.request().state is RequestState.EXPIRED
    office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    assert office.request().state is RequestState.IN_REVIEW


def test_a_request_may_be_withdrawn_at_any_time_before_the_decision() -> None:
    office = Office(world(**BATCH))
    for number, hand_in in enumerate((False, True), 1):
        office.ask("dedicated", "1000111111", COMPANY_PAPERS, hand_in=hand_in)
        office.change(WithdrawRequest(request=number))
        assert office.request().state is RequestState.WITHDRAWN
    with pytest.raises(ChangeError, match="request 2 is withdrawn"):
        office.change(WithdrawRequest(request=2))
    with pytest.raises(ChangeError, match="there is no request 3"):
        office.change(WithdrawRequest(request=3))
    assert office.go_to(tehran("1406-09-01")) == []


def test_the_table_leads_everywhere_and_out_of_no_end() -> None:
    ends = {state for state in RequestState if not state.is_open}
    assert {state for state, _ in TRANSITIONS}.isdisjoint(ends)
    assert set(TRANSITIONS.values()) | {RequestState.DRAFT} == set(RequestState)
    assert {event for _, event in TRANSITIONS} == set(Event)


def test_an_active_line_is_asked_for_in_any_form() -> None:
    office = Office(world())
    office.change(
        AskForService.model_validate({"route": "dedicated", "line": "۰۰۹۸۱۰۰۰۱۱۱۱۱۱", "documents": COMPANY_PAPERS})
    )
    assert office.request().asked.line == "1000111111"
    assert office.line("1000111111").state is LineState.ACTIVE
