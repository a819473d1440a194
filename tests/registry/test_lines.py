"""Lines: what their digits make them, what registration refuses, and the forms in which they are found."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.numbers.identity import is_company_id, is_national_code
from simulator.numbers.line_plan import KINDS, line_kind
from simulator.numbers.numbering import TEHRAN
from simulator.registry.lines import Line, LineBook, LineType
from simulator.registry.registration import CONDITIONS, spoken

COMPANY = {"kind": "legal", "identity": "14100000004"}
PERSON = {"kind": "natural", "identity": "0012345679"}


def line(number: str, **fields: Any) -> Line:
    return Line.model_validate({"number": number, "account": "panel", **fields})


@pytest.mark.parametrize(
    ("number", "kind", "born", "receives"),
    [
        ("1000123456", "1000", LineType.PROMOTIONAL, True),
        ("2000123456", "2000", LineType.PROMOTIONAL, True),
        ("30001234", "3000", LineType.PROMOTIONAL, True),
        ("50004001196405", "5000", LineType.PROMOTIONAL, True),
        ("90001234", "9000", LineType.DEDICATED_SERVICE, True),
        ("9999123456", "9999", LineType.SAMANTEL, True),
        ("02163404", "fixed line", LineType.PROMOTIONAL, True),
        ("02188776655", "fixed line", LineType.PROMOTIONAL, True),
        ("02632100100", "fixed line", LineType.PROMOTIONAL, True),
        ("09121112233", "SIM card", LineType.PROMOTIONAL, True),
        ("8999", "service code", LineType.PROMOTIONAL, True),
        ("800", "service code", LineType.PROMOTIONAL, True),
        ("BankNamune", "alphanumeric", LineType.PROMOTIONAL, False),
        ("B", "alphanumeric", LineType.PROMOTIONAL, False),
        ("6000123456", "other number", LineType.PROMOTIONAL, True),
    ],
)
def test_what_the_digits_say(number: str, kind: str, born: LineType, receives: bool) -> None:
    registered = line(number)
    assert (registered.kind.name, registered.type, registered.takes_mo) == (kind, born, receives)


@pytest.mark.parametrize(
    "number", ["", "12", "1" * 16, "30x", "3000 1", "Bank Namune12", " Bank", "Bank ", "بانک", "۳۰۰۰۱۱", "-Bank"]
)
def test_what_is_no_line(number: str) -> None:
    with pytest.raises(ValidationError, match="a line is 3 to 15 digits, or a name of at most 11 characters"):
        line(number)


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("samantel.ten-digits", {"type": "samantel"}, "999912345", "9999 and six more digits"),
    ("samantel.ten-digits", {}, "99991234567", "9999 and six more digits"),  # what it is born as
    ("line.length-on-sale", {"type": "promotional"}, "99991234567", "9999 is given out with 10 digits"),
    ("line.length-on-sale", {}, "10001", "a line of the kind 1000 is given out with 6 to 14 digits, not with 5"),
    ("line.length-on-sale", {}, "2000123456789", "6 to 12"),
    ("line.length-on-sale", {}, "300012345678901", "4, 5, 6, 7, 8, 9, 10, 12 or 14"),
    ("line.length-on-sale", {}, "0912111223", "SIM card is given out with 11"),
    ("line.length-on-sale", {}, "021887766555", "8 to 11"),
    (
        "dedicated.legal-owner",
        {"type": "dedicated_service", "owner": PERSON},
        "3000123456",
        "belongs to a legal person",
    ),
    ("dedicated.own-line", {"type": "dedicated_service", "use": "shared"}, "3000123456", "used by its owner alone"),
    ("dedicated.purpose", {"type": "dedicated_service", "purpose": ["discount"]}, "3000123456", "cannot be discount"),
    ("line.sim-card", {"type": "shared_service"}, "09121112233", "a SIM card is no service line"),
    ("line.owner-identity", {"owner": {**COMPANY, "identity": "14100000005"}}, "3000123456", "a check digit"),
    ("line.owner-identity", {"owner": {**PERSON, "identity": "0012345670"}}, "3000123456", "a check digit"),
    ("line.name-of-a-body", {"owner": PERSON}, "Namune", "belongs to a legal person"),
    ("line.name-one-way", {"receives": True}, "Namune", "nobody can write"),
]


@pytest.mark.parametrize(("clause", "fields", "number", "says"), REFUSED)
def test_what_registration_refuses(clause: str, fields: dict[str, Any], number: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says) as caught:
        line(number, **fields)
    assert f"(clause {clause})" in str(caught.value)


def test_every_condition_refuses_something() -> None:
    assert {clause for clause, *_ in REFUSED} == {condition.clause for condition in CONDITIONS}


def test_a_natural_person_may_hold_what_is_not_for_companies_alone() -> None:
    assert line("9000123456", owner=PERSON).is_service
    assert line("9999123456", owner=PERSON).is_service
    assert not line("2000123456", owner=PERSON).is_service


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("3000100010", ["3000100010", "983000100010", "+983000100010", "00983000100010", "۳۰۰۰۱۰۰۰۱۰", "٣٠٠٠١٠٠٠١٠"]),
        ("02188776655", ["02188776655", "2188776655", "982188776655", "+982188776655", "۰۲۱ ۸۸۷۷-۶۶۵۵"]),
        ("09121112233", ["09121112233", "9121112233", "989121112233", "00989121112233"]),
        ("Bank-Nam", ["Bank-Nam"]),
    ],
)
def test_the_forms_in_which_a_line_is_written(number: str, written: list[str]) -> None:
    book = LineBook([line(number), line("2000200020")])
    for form in written:
        found = book.find(form)
        assert found is not None, form
        assert found.number == number


@pytest.mark.parametrize("written", ["BankNam", "bank-nam", "98Bank-Nam", "+98Bank-Nam"])
def test_a_name_is_itself_only(written: str) -> None:
    assert LineBook([line("Bank-Nam")]).find(written) is None
    assert LineBook([line("BankNam")]).find("Bank Nam") is None


def test_a_bare_number_wins_over_the_country_code_of_another() -> None:
    book = LineBook([line("9821001000"), line("02101000")])
    for form, number in {"9821001000": "9821001000", "982101000": "02101000"}.items():
        found = book.find(form)
        assert found is not None
        assert found.number == number
    longer = LineBook([line("9820001234"), line("20001234")]).find("9820001234")
    assert longer is not None
    assert longer.number == "9820001234"


def test_a_line_that_is_changed_is_checked_again() -> None:
    registered = line("3000123456", owner=PERSON)
    with pytest.raises(ValidationError, match=r"dedicated\.legal-owner"):
        registered.changed(type=LineType.DEDICATED_SERVICE)
    assert registered.changed(account="other").account == "other"


def test_a_term_ends_with_its_last_day_in_tehran() -> None:
    registered = line("3000123456", expires="2027-03-20")
    assert registered.expires_at == datetime.datetime(2027, 3, 21, tzinfo=TEHRAN).timestamp()


def test_to_a_panels_shared_line_nobody_writes() -> None:
    assert not line("2000123456", use="shared").takes_mo
    assert line("2000123456", use="shared", receives=True).takes_mo
    assert not line("2000123456", receives=False).takes_mo


@given(st.text(alphabet="0123456789", min_size=3, max_size=15))
def test_every_number_is_of_one_kind(number: str) -> None:
    kind = line_kind(number)
    assert kind is next(kind for kind in KINDS if kind.form.fullmatch(number))


@pytest.mark.parametrize(
    ("written", "person", "company"),
    [
        ("0012345679", True, False),
        ("0012345678", False, False),
        ("1111111111", False, False),  # of one repeated digit, so nobody's
        ("14100000004", False, True),
        ("14100000014", False, False),
        ("", False, False),
        ("۰۰۱۲۳۴۵۶۷۹", False, False),
    ],
)
def test_check_digits(written: str, person: bool, company: bool) -> None:
    assert (is_national_code(written), is_company_id(written)) == (person, company)


@given(st.integers(0, 999_999_999), st.integers(0, 9_999_999_999))
def test_one_check_digit_holds_for_each_number(person: int, company: int) -> None:
    assert sum(is_national_code(f"{person:09d}{digit}") for digit in range(10)) <= 1
    assert sum(is_company_id(f"{company:010d}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("lengths", "said"), [({6, 7, 8}, "6 to 8"), ({8, 10, 12}, "8, 10 or 12"), ({10}, "10"), ({3, 4}, "3 or 4")]
)
def test_lengths_are_told(lengths: set[int], said: str) -> None:
    assert spoken(frozenset(lengths)) == said
