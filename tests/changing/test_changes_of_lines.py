"""Changes of lines: amended, suspended for a time, expired, renewed, transferred."""

import datetime

import pytest

from simulator.changing.change import ChangeError
from simulator.changing.changes.lines import (
    AmendLine,
    CloseLine,
    ExpireLine,
    RegisterLine,
    ReinstateLine,
    RenewLine,
    ResumeLine,
    SuspendLine,
    TransferLine,
    WarnLine,
)
from simulator.messages import Category
from simulator.numbers.numbering import TEHRAN
from simulator.registry.lines import Line, LineState, LineType
from tests.registry.provisioning.papers import COMPANY_PAPERS, PERSON, Office, tehran, world

LINE = "3000200020"
NEW = "3000777777"


@pytest.fixture
def office() -> Office:
    return Office(world(provisioning={"term_days": 30, "grace_days": 10}))


def register(office: Office, **fields: object) -> None:
    office.change(RegisterLine(line=Line.model_validate({"number": NEW, "account": "panel", **fields})))


def test_what_is_declared_of_a_line_can_be_amended(office: Office) -> None:
    office.change(
        AmendLine.model_validate({"line": LINE, "purpose": ["otp"], "recipients": ["09121110000-09121110009"]})
    )
    office.change(AmendLine.model_validate({"line": LINE, "add_recipients": ["09121110010"], "receives": False}))
    office.change(AmendLine.model_validate({"line": LINE, "remove_recipients": ["09121110000-09121110004"]}))
    line = office.line(LINE)
    assert line.recipients is not None
    assert line.recipients.dumped() == ["989121110005-989121110010"]
    assert line.purpose == {Category.OTP}
    assert not line.takes_mo
    office.restart()
    assert office.line(LINE) == line


def test_an_amendment_that_registration_forbids(office: Office) -> None:
    with pytest.raises(ChangeError, match=r"dedicated\.legal-owner"):
        office.change(AmendLine.model_validate({"line": LINE, "owner": PERSON}))


def test_a_suspension_ends_by_itself(office: Office) -> None:
    until = datetime.datetime.fromtimestamp(office.now + 3600, TEHRAN).replace(tzinfo=None)
    office.change(SuspendLine(line=LINE, reason="x", until=until))
    assert office.go_to(office.now + 3599) == []
    assert office.go_to(office.now + 1) == [(office.now, ResumeLine(line=LINE))]
    assert office.line(LINE).state is LineState.ACTIVE


def test_a_suspension_without_an_end_stays(office: Office) -> None:
    office.change(SuspendLine(line=LINE, reason="x"))
    assert office.go_to(tehran("1409-01-01")) == []
    office.change(ReinstateLine(line=LINE, reason="x"))
    assert office.line(LINE).state is LineState.ACTIVE


def test_a_line_expires_and_is_lost_if_nobody_renews_it(office: Office) -> None:
    register(office, expires="2026-11-30")
    assert office.go_to(tehran("1405-09-09", "23:59")) == []
    [(at, change)] = office.go_to(tehran("1405-09-10", "00:00"))
    assert (at, change) == (tehran("1405-09-10", "00:00"), ExpireLine(line=NEW))
    with pytest.raises(ChangeError, match="it is to be renewed"):
        office.change(ReinstateLine(line=NEW, reason="x"))
    assert office.go_to(tehran("1405-09-20")) == []  # the tenth day after its last one
    with pytest.raises(ChangeError, match="the number 3000777777 is lost: its term was over on 2026-11-30"):
        office.change(RenewLine(line=NEW))
    office.go_to(tehran("1406-01-01"))
    office.change(ReinstateLine(line=NEW, reason="x"))
    assert office.line(NEW).expires == datetime.date(2027, 4, 20)  # a new term of 30 days
    assert office.go_to(office.now) == []


def test_a_renewed_line_sends_on(office: Office) -> None:
    register(office, expires="2026-11-30")
    office.change(RenewLine(line=NEW))
    assert office.line(NEW).expires == datetime.date(2026, 12, 30)
    office.go_to(tehran("1405-10-12"))
    assert office.line(NEW).state is LineState.EXPIRED
    office.change(RenewLine(line=NEW))
    assert (office.line(NEW).state, office.line(NEW).expires) == (LineState.ACTIVE, datetime.date(2027, 1, 29))


def test_a_line_without_a_term_is_not_renewed(office: Office) -> None:
    with pytest.raises(ChangeError, match="has no term that ends"):
        office.change(RenewLine(line=LINE))


def test_a_transfer_keeps_all_that_is_registered(office: Office) -> None:
    before = office.line(LINE)
    office.change(TransferLine(line=LINE, account="other"))
    after = office.line(LINE)
    assert after == before.changed(account="other")
    assert after.type is LineType.DEDICATED_SERVICE


def test_a_line_with_an_open_request_is_not_transferred(office: Office) -> None:
    office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    with pytest.raises(ChangeError, match="request 1 for 1000111111 is in-review: it is to be withdrawn first"):
        office.change(TransferLine(line="1000111111", account="other"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (WarnLine(line="3000", reason="x"), "there is no line '3000'"),
        (ResumeLine(line=LINE), "is active, not suspended"),
        (ReinstateLine(line=LINE, reason="x"), "is active already"),
        (SuspendLine(line=LINE, reason="x", until=datetime.datetime(2026, 1, 1, tzinfo=TEHRAN)), "is past"),
        (TransferLine(line=LINE, account="panel"), "is the line of panel already"),
        (TransferLine(line=LINE, account="x"), "there is no account 'x'"),
        (
            RegisterLine(line=Line(number=NEW, account="panel", expires=datetime.date(2026, 11, 21))),
            "2026-11-21 is past",
        ),
    ],
)
def test_what_cannot_be(office: Office, change: SuspendLine, says: str) -> None:
    with pytest.raises(ChangeError, match=says):
        office.change(change)


def test_a_closed_line_is_not_suspended_or_expired(office: Office) -> None:
    office.change(CloseLine(line=LINE, reason="x"))
    office.registers.lines.put(office.line(LINE).changed(expires=datetime.date(2027, 1, 1)))
    changes = [
        SuspendLine(line=LINE, reason="x"),
        CloseLine(line=LINE, reason="x"),
        ExpireLine(line=LINE),
        RenewLine(line=LINE),
    ]
    for change in changes:
        with pytest.raises(ChangeError, match="is closed"):
            office.change(change)
