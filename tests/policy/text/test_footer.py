import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.content.folding import fold
from simulator.policy.footer import footer_code, without_footer

SCRIPTS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９")
BLANKS = st.text(alphabet=" \t\n", max_size=4)


def code(text: str) -> str | None:
    return footer_code(fold(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "لغو11",
        "لغو۱۱",
        "لغو ١١",
        "حراج پاییزه لغو 11",
        "حراج پاییزه\nلغو۱۱",
        "حراج پاییزه\nلغو\n۱۱\n",
        "حراج پاییزه لغو=11",
        "حراج پاییزه لغو: 11",
        "حراج پاییزهلغو۱۱",
        "حراج لـغـو۱۱",
        "حراج لغو‌۱۱ ",
        "حراج ﻟﻐﻮ11",
    ],
)
def test_it_is_known_in_every_form(text: str) -> None:
    assert code(text) == "11"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("حراج لغو1", "1"),
        ("حراج لغو۱۱۱", "111"),
        ("لغو11 حراج", None),
        ("حراج لغو", None),
        ("حراج 11", None),
        ("سفارش لغو شد 11", None),
        ("برای لغو عدد ۱۱ را بفرستید", None),
        ("حراج لغو11.", None),
        ("حراج لغو==11", None),
        ("حراج لغو-11", None),
        ("", None),
        ("11", None),
    ],
)
def test_nothing_else_is_taken_for_it(text: str, found: str | None) -> None:
    assert code(text) == found


@given(st.text(), BLANKS, st.sampled_from(["", ":", "="]), BLANKS, st.sampled_from(SCRIPTS), BLANKS)
def test_digits_of_all_scripts_are_equal(text: str, a: str, sign: str, b: str, digits: str, c: str) -> None:
    one = digits[1]
    assert code(f"{text}لغو{a}{sign}{b}{one}{one}{c}") == "11"


@given(st.text())
def test_a_text_without_the_words_has_no_footer(text: str) -> None:
    if "لغو" not in fold(text)[0]:
        assert code(text) is None
        assert code(f"{text} 11") is None
        assert without_footer(text) == text


@given(st.text(), st.characters(categories=["L", "P"]))
def test_whatever_follows_takes_it_away(text: str, behind: str) -> None:
    assert code(f"{text}لغو11{behind}x") is None


@given(
    st.text(alphabet="لغو 1:=\n\tا۱2")
    | st.from_regex("لغو[ \n]{0,3}[:=]{0,2}[ \n]{0,3}1{1,3}[ \nا]{0,2}", fullmatch=True)
)
def test_it_is_what_a_slow_expression_finds(text: str) -> None:
    found = re.search(r"لغو\s*[:=]?\s*11\s*$", fold(text)[0])
    assert (code(text) == "11") is (found is not None)


@given(st.text(alphabet="لغو 1:=\nا۱"))
def test_what_is_left_has_less(text: str) -> None:
    left = without_footer(text)
    assert text.startswith(left)
    assert (left == text) is (footer_code(text) is None)
