import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.numbers.numbering import MobileOperator, line_forms, mobile_operator, normal_mobile


@pytest.mark.parametrize(
    ("number", "operator"),
    [
        ("09123456789", MobileOperator.MCI),
        ("09903456789", MobileOperator.MCI),
        ("09351234567", MobileOperator.IRANCELL),
        ("09011234567", MobileOperator.IRANCELL),
        ("09211234567", MobileOperator.RIGHTEL),
        ("09321234567", MobileOperator.TALIYA),
        ("09981123456", MobileOperator.SHATEL),
        ("09998123456", MobileOperator.ARIANTEL),
        ("09999812345", MobileOperator.SAMANTEL),
        ("09999912345", MobileOperator.SAMANTEL),
        ("09990123456", MobileOperator.LOTUSTEL),
        ("09991012345", MobileOperator.APTEL),
        ("09991412345", MobileOperator.AZARTEL),
    ],
)
def test_the_longest_prefix_names_the_operator(number: str, operator: MobileOperator) -> None:
    normal = normal_mobile(number)
    assert normal == "98" + number[1:]
    assert mobile_operator(normal) is operator


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0",
        "0912345678",
        "091234567890",
        "02188776655",
        "00447911123456",
        "+12025550123",
        "0912345678a",
        "09701234567",
        "98",
    ],
)
def test_what_is_no_iranian_mobile_number(written: str) -> None:
    assert normal_mobile(written) is None


@given(st.text())
def test_any_text_is_a_number_or_is_not(written: str) -> None:
    normal = normal_mobile(written)
    assert normal is None or (len(normal) == 12 and normal.isascii() and normal.isdigit() and mobile_operator(normal))


@given(st.from_regex(r"9(1[0-9]|3[35-9]|2[0-2])[0-9]{7}", fullmatch=True))
def test_every_written_form_has_one_normal_form(national: str) -> None:
    forms = [*line_forms(national), f"0{national}", f"0{national[:3]} {national[3:6]}-{national[6:]}"]
    assert {normal_mobile(form) for form in forms} == {"98" + national}
