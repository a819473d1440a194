"""Masking keeps what is no subscriber, direction keeps every character."""

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import is_persian, log_html, mask, plain, to_html

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("989121110001", "98912•••0001"),
        ("+989121110001", "+98912•••0001"),
        ("00989121110001", "0098912•••0001"),
        ("09351110004", "0935•••0004"),
        ("9171234567", "917•••4567"),
        ("+98 912 111 0001", "+98 912 ••• 0001"),
        ("0912-111-00-01", "0912-•••-00-01"),
        ("۰۹۱۲۱۱۱۰۰۰۱", "۰۹۱۲•••۰۰۰۱"),
        ("تماس: 09121234567.", "تماس: 0912•••4567."),
        ("submit_sm to 989121110001: ESME_ROK", "submit_sm to 98912•••0001: ESME_ROK"),
    ],
)
def test_a_subscriber_number_loses_its_middle(written: str, shown: str) -> None:
    assert mask(written) == shown


@pytest.mark.parametrize(
    "text",
    ["9999123456", "3000100010", "50004001196405", "98200071072", "0x09121234567", "12345", "2026-11-22 10:00:00", ""],
)
def test_what_is_no_subscriber_stays(text: str) -> None:
    assert mask(text) == text


@given(
    st.sampled_from(["98", "+98", "0098", "0"]),
    st.integers(min_value=100_000_000, max_value=999_999_999),
    st.booleans(),
    st.sampled_from(["", "شماره ", "to=", "(", "\n"]),
)
def test_every_number_is_masked_wherever_it_stands(prefix: str, rest: int, persian: bool, before: str) -> None:
    number = f"{prefix}9{rest}"
    written = number.translate(PERSIAN_DIGITS) if persian else number
    shown = mask(f"{before}{written} ")
    assert written not in shown
    assert shown.count("•") == 3
    assert shown.startswith(f"{before}{written[: len(prefix) + 3]}")
    assert shown.endswith(f"{written[-4:]} ")


@given(st.text())
def test_masking_keeps_length_and_is_done_once(text: str) -> None:
    assert len(mask(text)) == len(text)
    assert mask(mask(text)) == mask(text)


TEXTS = st.text(alphabet=st.sampled_from("سلامپیام‌۱۲۳ ABcd129.-/:@<>&\"'•\n«»،"))


@given(TEXTS)
def test_no_character_is_lost_and_none_is_markup(text: str) -> None:
    for shown in (to_html(text), log_html(text)):
        tags = re.findall(r"<[^>]*>", shown)
        assert set(tags) <= {
            '<span dir="rtl" lang="fa">',
            "</span>",
            "<bdi>",
            '<bdi dir="rtl" lang="fa">',
            "</bdi>",
        }
        assert html.unescape(re.sub(r"<[^>]*>", "", shown)) == text


def test_latin_and_digit_runs_are_isolated_inside_persian() -> None:
    shown = to_html("کد ورود: ۱۲۳۴ در shop.example.ir/a?b=1 می‌باشد")
    assert shown == (
        '<span dir="rtl" lang="fa">کد ورود: <bdi>۱۲۳۴</bdi> در <bdi>shop.example.ir/a?b=1</bdi> می‌باشد</span>'
    )


def test_a_persian_word_inside_english_does_not_turn_the_line() -> None:
    shown = to_html("refused because «قرعه‌کشی بزرگ» is a lottery & more")
    assert shown == 'refused because «<bdi dir="rtl" lang="fa">قرعه‌کشی بزرگ</bdi>» is a lottery &amp; more'


def test_digits_stay_with_their_persian_word_inside_english() -> None:
    shown = log_html("judged by 'لغو11', '۳۰٪ تخفیف', err 016")
    assert re.findall(r"<bdi[^>]*>([^<]*)</bdi>", shown) == ["لغو11", "۳۰٪ تخفیف"]


def test_a_persian_message_may_begin_with_a_latin_name() -> None:
    assert is_persian("Khatban: سفارش شما ثبت شد")
    assert not is_persian("ESME_ROK 1234")
    assert not is_persian("۱۲۳")


def test_arabic_and_persian_digits_survive() -> None:
    text = "٣ و ۳ و 3"
    shown = re.sub(r"<[^>]*>", "", to_html(text))
    assert [unicodedata.name(each) for each in shown if each.isdigit()] == [
        "ARABIC-INDIC DIGIT THREE",
        "EXTENDED ARABIC-INDIC DIGIT THREE",
        "DIGIT THREE",
    ]


def test_plain_shows_json_values() -> None:
    assert [plain(each) for each in (None, "متن", 3, {"b": 1, "a": "خط"})] == ["", "متن", "3", '{"a": "خط", "b": 1}']


def test_a_number_with_separators_stays_in_one_piece() -> None:
    assert "<bdi>۵٬۰۰۰٬۴۰۰</bdi>" in to_html("از ۵٬۰۰۰٬۴۰۰ پیام")
