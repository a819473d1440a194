"""Each refusal of a request, with its exact reason and clause."""

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.changing.change import ChangeError
from simulator.changing.changes.lines import AmendLine, CloseLine, SuspendLine
from simulator.changing.changes.patterns import HandInPattern
from simulator.changing.changes.provisioning import AskForService
from simulator.registry.pattern import Pattern
from simulator.registry.provisioning.documents import DOCUMENTS
from simulator.registry.provisioning.request import RequestState
from simulator.registry.provisioning.requirements import BY_PREFIX, REQUIREMENTS
from tests.registry.provisioning.papers import (
    COMPANY,
    COMPANY_PAPERS,
    CUSTOMERS,
    ENAMAD,
    GAZETTE,
    LICENCE,
    MAGFA_PAPERS,
    NATIONAL_ID,
    NINE_THOUSAND,
    NOTE,
    PATTERN,
    PERSON,
    PLEDGE,
    PURPOSE,
    Office,
    world,
)


@pytest.fixture
def office() -> Office:
    return Office(world())


def refusals(office: Office, *asked: Any, **fields: Any) -> list[tuple[str, str]]:
    request = office.ask(*asked, **fields)
    assert (request.state is RequestState.REFUSED) == bool(request.reasons)
    return [(reason.clause, reason.why) for reason in request.reasons]


def without(papers: list[dict[str, Any]], kind: str, *instead: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(paper for paper in papers if paper["kind"] != kind), *instead]


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        ("pledge", "dedicated.pledge"),
        ("purpose", "dedicated.purpose"),
        ("customer-list", "dedicated.customer-list"),
        ("national-id", "dedicated.company-papers"),
        ("economic-code", "dedicated.company-papers"),
        ("registration-number", "dedicated.company-papers"),
        ("official-gazette", "dedicated.company-papers"),
        ("letter-to-magfa", "dedicated.magfa-papers"),
        ("signature-certificate", "dedicated.magfa-papers"),
        ("promissory-note", "dedicated.magfa-papers"),
    ],
)
def test_the_missing_paper_of_a_company_is_named(office: Office, kind: str, clause: str) -> None:
    found = refusals(office, "dedicated", "3000111111", without(MAGFA_PAPERS, kind))
    assert found == [(clause, f"the document {kind} is missing")]
    assert office.request().reasons[0].document == kind


def test_a_1000_line_asks_for_no_papers_of_magfa(office: Office) -> None:
    assert refusals(office, "dedicated", "1000111111", COMPANY_PAPERS) == []


def test_every_missing_paper_is_named_at_once(office: Office) -> None:
    found = refusals(office, "dedicated", "3000111111", [PLEDGE])
    assert len(found) == len(MAGFA_PAPERS) - 1


@pytest.mark.parametrize(
    ("paper", "flaw"),
    [
        ({**PLEDGE, "letterhead": False}, "is not on the owner's letterhead"),
        ({**PLEDGE, "stamped": False}, "bears no stamp"),
        ({**PLEDGE, "signed_by_director": False}, "is not signed by the managing director"),
        ({**PLEDGE, "colour_scan": False}, "is no colour scan"),
        ({**PURPOSE, "categories": []}, "names nothing"),
        ({**CUSTOMERS, "recipients": []}, "holds no number"),
        ({**NATIONAL_ID, "number": "14100000005"}, "14100000005 is no national identifier of a legal person"),
        ({**NATIONAL_ID, "number": "1410000000"}, "1410000000 is no national identifier of a legal person"),
        ({**NOTE, "rial": 499_999_999}, "promises 499999999 rial, at least 500000000 are asked for"),
    ],
)
def test_a_paper_that_will_not_do_is_named_with_its_flaw(office: Office, paper: dict[str, Any], flaw: str) -> None:
    kind = paper["kind"]
    found = refusals(office, "dedicated", "3000111111", without(MAGFA_PAPERS, kind, paper))
    assert [why for _, why in found] == [f"the document {kind} {flaw}"]


def test_no_service_line_is_for_advertising_whatever_its_route(office: Office) -> None:
    purpose = {**PURPOSE, "categories": ["otp", "discount"]}
    why = "a service line informs; its purpose cannot be discount"
    assert refusals(office, "samantel", "9999333333", [LICENCE, purpose]) == [("dedicated.purpose", why)]
    found = refusals(office, "samantel", None, [LICENCE, purpose], account="panel", owner=PERSON)
    assert found == [("dedicated.purpose", why)]
    found = refusals(office, "dedicated", "1000111111", without(COMPANY_PAPERS, "purpose", purpose))
    assert found == [
        ("dedicated.purpose", why),
        ("dedicated.purpose", "the document purpose names discount, which no service line may carry"),
    ]


def test_a_purpose_of_before_gives_way_to_the_one_that_is_declared(office: Office) -> None:
    office.change(AmendLine.model_validate({"line": "1000111111", "purpose": ["discount"]}))
    assert refusals(office, "dedicated", "1000111111", COMPANY_PAPERS) == []


def test_a_kind_of_paper_is_given_once() -> None:
    with pytest.raises(ValidationError, match="the document pattern is given more than once"):
        AskForService.model_validate({"route": "shared", "line": "2000222222", "documents": [PATTERN, PATTERN]})


def test_the_identifier_is_the_owners(office: Office) -> None:
    other = {**NATIONAL_ID, "number": "10320000002"}
    found = refusals(office, "dedicated", "1000111111", without(COMPANY_PAPERS, "national-id", other))
    assert found == [
        (
            "dedicated.company-papers",
            "the document national-id 10320000002 is not the owner's, who is registered as 14100000004",
        )
    ]


def test_who_asks_for_another_brings_its_letter(office: Office) -> None:
    asked = ("dedicated", "1000111111")
    found = refusals(office, *asked, COMPANY_PAPERS, represents="هلدینگ نمونه")
    assert found == [("dedicated.agency-letter", "the document agency-letter is missing")]
    letter = {"kind": "agency-letter", "represents": "شرکت دیگر"}
    found = refusals(office, *asked, [*COMPANY_PAPERS, letter], represents="هلدینگ نمونه")
    assert found == [("dedicated.agency-letter", "the document agency-letter is of شرکت دیگر, not of هلدینگ نمونه")]
    letter = {"kind": "agency-letter", "represents": "هلدینگ نمونه"}
    assert refusals(office, *asked, [*COMPANY_PAPERS, letter], represents="هلدینگ نمونه") == []


def test_a_natural_person_gets_no_dedicated_service_line(office: Office) -> None:
    found = refusals(office, "dedicated", "2000222222", COMPANY_PAPERS)
    assert found[0] == ("dedicated.legal-owner", "a dedicated service line belongs to a legal person")


def test_a_natural_person_may_have_a_9000_line_with_its_own_papers(office: Office) -> None:
    assert refusals(office, "dedicated", "9000333333", NINE_THOUSAND) == []


@pytest.mark.parametrize("kind", ["id-card", "birth-certificate", "pledge", "address"])
def test_the_missing_paper_of_a_9000_line(office: Office, kind: str) -> None:
    found = refusals(office, "dedicated", "9000333333", without(NINE_THOUSAND, kind))
    assert found == [("dedicated.9000-papers", f"the document {kind} is missing")]


def test_a_licence_for_a_9000_line_is_good_for_two_months(office: Office) -> None:
    soon = {**LICENCE, "expires": "2027-01-20"}  # the clock says 2026-11-22
    found = refusals(office, "dedicated", "9000333333", without(NINE_THOUSAND, "business-licence", soon))
    why = "the document business-licence runs out on 2027-01-20, and must be good until 2027-01-21"
    assert found == [("dedicated.9000-papers", why)]
    last = {**LICENCE, "expires": "2027-01-21"}
    assert refusals(office, "dedicated", "9000333333", without(NINE_THOUSAND, "business-licence", last)) == []


def test_samantel_digits_are_not_chosen(office: Office) -> None:
    found = refusals(office, "samantel", None, [LICENCE], account="panel", owner=PERSON, digits="9999111111")
    assert found == [
        ("samantel.ten-digits", "the digits of a Samantel line are drawn, so 9999111111 cannot be had"),
    ]
    found = refusals(office, "samantel", None, [LICENCE], account="panel", owner=PERSON, digits="99991")
    assert found == [("samantel.ten-digits", "a Samantel line has ten digits, and 99991 has 5")]


def test_another_prefix_is_no_samantel_line(office: Office) -> None:
    found = refusals(office, "samantel", "2000222222", [LICENCE])
    assert found == [("samantel.ten-digits", "a Samantel line is 9999 and six more digits")]


@pytest.mark.parametrize("paper", [LICENCE, ENAMAD, {"kind": "guild-permit", "number": "9"}])
def test_one_of_three_licences_will_do_for_samantel(office: Office, paper: dict[str, Any]) -> None:
    assert refusals(office, "samantel", "9999333333", [paper]) == []


def test_samantel_without_a_licence(office: Office) -> None:
    found = refusals(office, "samantel", None, [GAZETTE], account="panel", owner=PERSON)
    why = "the document business-licence or e-namad or guild-permit is missing"
    assert found == [("samantel.natural-owner", why)]
    assert office.request().reasons[0].document == "business-licence or e-namad or guild-permit"
    assert refusals(office, "samantel", None, [GAZETTE], account="panel", owner=COMPANY) == []


def test_a_licence_that_ran_out(office: Office) -> None:
    found = refusals(office, "samantel", "9999333333", [{**LICENCE, "expires": "2026-11-21"}])
    assert found == [("samantel.natural-owner", "the document business-licence ran out on 2026-11-21")]
    assert refusals(office, "samantel", "9999333333", [{**LICENCE, "expires": "2026-11-21"}, ENAMAD]) == []


def test_an_owner_who_is_not_verified(office: Office) -> None:
    found = refusals(office, "samantel", None, [LICENCE], account="panel", owner={**PERSON, "verified": False})
    assert found == [("line.verified-owner", "the owner's identity is not verified")]


def test_an_identity_that_does_not_hold(office: Office) -> None:
    found = refusals(office, "samantel", None, [LICENCE], account="panel", owner={**PERSON, "identity": "0012345670"})
    assert [clause for clause, _ in found] == ["line.owner-identity"]


def test_a_line_that_may_not_send_is_no_service_line(office: Office) -> None:
    office.change(SuspendLine(line="1000111111", reason="x"))
    found = refusals(office, "dedicated", "1000111111", COMPANY_PAPERS)
    assert found == [("line.active", "1000111111 is suspended")]


def test_the_shared_route_asks_for_an_approved_pattern(office: Office) -> None:
    asked = ("shared", "2000300030")
    assert refusals(office, *asked, []) == [
        ("shared.approved-pattern", "the account panel has no such pattern on 2000300030"),
        ("shared.approved-pattern", "the document pattern is missing"),
    ]
    assert refusals(office, *asked, [{"kind": "pattern", "name": "otp"}]) == []
    found = refusals(office, *asked, [{"kind": "pattern", "name": "otp"}], account="other")
    assert found == [("shared.approved-pattern", "the account other has no such pattern on 2000300030")]
    office.change(
        HandInPattern(pattern=Pattern(name="new", line="2000300030", text="کد %n% شرکت نمونه", account="other"))
    )
    found = refusals(office, *asked, [{"kind": "pattern", "name": "new"}], account="other")
    assert found == [("shared.approved-pattern", "the pattern 'new' is pending")]


def test_a_line_of_ones_own_becomes_a_shared_one_by_a_pattern_that_can_be_approved(office: Office) -> None:
    assert refusals(office, "shared", "2000222222", [PATTERN]) == []
    found = refusals(office, "shared", "1000111111", [{**PATTERN, "text": ""}])
    assert found == [("shared.approved-pattern", "the document pattern has no text")]
    found = refusals(office, "shared", "1000111111", [{**PATTERN, "text": "متن بی متغیر فروشگاه نمونه"}])
    assert found[0][1].startswith("the pattern cannot be approved: the text has no variable")


@pytest.mark.parametrize(
    ("table", "where", "why"),
    [
        ({"route": "dedicated"}, "line", "the dedicated route needs a line"),
        ({"route": "dedicated", "line": "3000"}, "line", "there is no line '3000'"),
        ({"route": "samantel"}, "account", "without a line there must be an account"),
        ({"route": "samantel", "account": "x"}, "account", "there is no account 'x'"),
        ({"route": "samantel", "account": "panel"}, "owner", "without a line there must be an owner"),
        ({"route": "dedicated", "line": "5000444444", "account": "panel"}, "account", "is the line of other"),
        ({"route": "dedicated", "line": "3000200020"}, "line", "is a service line already (dedicated_service)"),
        ({"route": "dedicated", "line": "2000300030"}, "line", "is a service line already (shared_service)"),
        ({"route": "dedicated", "line": "1000111111", "owner": COMPANY}, "owner", "can be amended"),
    ],
)
def test_what_cannot_even_be_asked(office: Office, table: dict[str, Any], where: str, why: str) -> None:
    with pytest.raises(ChangeError) as caught:
        office.change(AskForService.model_validate(table))
    assert caught.value.where == where
    assert why in caught.value.why
    assert not list(office.registers.provisioning)


def test_one_request_for_a_line_at_a_time(office: Office) -> None:
    office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    with pytest.raises(ChangeError, match="request 1 for 1000111111 is in-review"):
        office.ask("dedicated", "+981000111111", COMPANY_PAPERS)


def test_a_line_that_was_closed_meanwhile_is_refused_when_it_is_decided(office: Office) -> None:
    request = office.ask("dedicated", "1000111111", COMPANY_PAPERS)
    assert request.due is not None
    office.change(CloseLine(line="1000111111", reason="x"))
    office.go_to(request.due)
    request = office.request()
    assert (request.state, request.reasons[0].why) == (RequestState.REFUSED, "1000111111 is closed")


def test_papers_of_the_requirements_exist() -> None:
    kinds = {kind.model_fields["kind"].default for kind in DOCUMENTS}
    papers = [requirement for papers in (*REQUIREMENTS.values(), *BY_PREFIX.values()) for requirement in papers]
    assert {kind for requirement in papers for kind in requirement.any_of} == kinds
