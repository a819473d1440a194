"""Texts on both sides of a pattern, each written by hand; `why` is a piece of the explanation."""

from typing import NamedTuple

import pytest

from simulator.policy.patterns.matching import FITS, Matcher
from simulator.policy.patterns.reading import Reading
from simulator.registry.pattern_syntax import Syntax, VariableType, read_template

OTP = "کد ورود شما به فروشگاه نمونه: %code%"
PARCEL = "%name% عزیز، مرسوله‌ی %id% تحویل پست شد.\nفروشگاه نمونه"
VISIT = "نوبت %who% نزد دکتر %doctor% برای %day% ثبت شد"
AMOUNT = "مبلغ %sum% ریال به حساب %account% نشست. بانک نمونه"


def explained(
    pattern: str,
    text: str,
    types: dict[str, tuple[VariableType, int]] | None = None,
    syntax: Syntax | None = None,
) -> str:
    matcher = Matcher(read_template(pattern, syntax).typed(types or {}))
    reading = Reading(text)
    explanation = matcher.explain(reading)
    assert matcher.fits(reading) is explanation.matches
    return explanation.why


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (OTP, "کد ورود شما به فروشگاه نمونه: 48213"),
        (OTP, "كد ورود شما به فروشگاه نمونه: 48213"),
        (OTP, "کد ورود شما به فروشگاه نمونه: ۴۸۲۱۳"),
        (OTP, "کد ورود شما به فروشگاه نمونه: ٤٨٢١٣"),
        (OTP, "  کد ورود  شما به فروشگاه   نمونه: 48213 \n"),
        (OTP, "کد ورود شما به فروشگاه نمونه:48213"),
        (OTP, "کد ورود شما بـه فروشگاه نمونه: 48213"),
        (OTP, "کد\u00a0ورود شما به فروشگاه نمونه: 48213"),
        (OTP, "\u200fکد ورود شما به فروشگاه نمونه: 48213\u200e"),
        (OTP, "کد ورود شما به فروشگاه نمونه: " + "1" * 40),
        (OTP, "کد ورود شما به فروشگاه نمونه: علی رضا"),
        (PARCEL, "سارا عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه"),
        (PARCEL, "سارا عزیز، مرسولهی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه"),
        (PARCEL, "سارا عزیز، مرسوله ی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه"),
        (PARCEL, "سارا عزیز، مرسوله‌ي ۱۲۳ تحويل پست شد.\r\nفروشگاه نمونه"),
        (PARCEL, "سارا عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد. \n فروشگاه نمونه"),
        (PARCEL, "سید علی‌اصغر موسوی عزیز، مرسوله‌ی AB-12 تحویل پست شد.\nفروشگاه نمونه"),
        (PARCEL, "عزیز، عزیز، مرسوله‌ی ۱ تحویل پست شد.\nفروشگاه نمونه"),
        (VISIT, "نوبت علی رضایی نزد دکتر مینا سرمد برای شنبه ثبت شد"),
        (VISIT, "نوبت برای نزد دکتر برای برای برای ثبت شد ثبت شد"),
        (AMOUNT, "مبلغ ۱٬۲۵۰٬۰۰۰ ریال به حساب ۱۲۳-۴۵ نشست. بانک نمونه"),
        ("%first% %last% خوش آمدید به سامانه نمونه", "سارا احمدی خوش آمدید به سامانه نمونه"),
        ("%code%", "48213"),
        ("%name%عزیز، خوش آمدید", "سارا عزیز، خوش آمدید"),
        ("کد %code%\nکد %code%", "کد 12\nکد ۱۲"),
        ("پیگیری: https://nemoone.ir/o/%id%", "پیگیری: https://nemoone.ir/o/45821"),
        ("سامانه نمونه باز است", "سامانه‌نمونه باز است"),
        ("تا %n% درصد از ظرفیت 10%20% پر شد", "تا 5 درصد از ظرفیت 10%20% پر شد"),
    ],
)
def test_a_text_fits(pattern: str, text: str) -> None:
    assert explained(pattern, text) == FITS


@pytest.mark.parametrize(
    ("pattern", "text", "why"),
    [
        (OTP, "", "is missing"),
        (OTP, "کد ورود شما به فروشگاه نمونه:", "'code' is empty"),
        (OTP, "کد ورود شما به فروشگاه نمونه: \u200c ", "'code' is empty"),
        (OTP, "کد ورود شما به فروشگاه نمونه: 48213\nسلام", "line break"),
        (OTP, "کد ورود شما به فروشگاه نمونه: 48213\rسلام", "line break"),
        (OTP, "کد ورود شما به فروشگاه نمونه: 48213\u2028سلام", "line break"),
        (OTP, "کد ورود شما به فروشگاه نمونه: " + "1" * 41, "too long: 41 characters, at most 40"),
        (OTP, "کد ورود شما به فروشگاه نمونه: bit.ly/x", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: khordad.ir", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: KHORDAD.IR", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: http://x", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: www.x", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: t.me/nemoone", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: b\u200cit.ly", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: 10.0.0.1/a", "link"),
        (OTP, "کد ورود شما به فروشگاه نمونه: ۵۰٪ تخفیف", "promotional"),
        (OTP, "کد ورود شما به فروشگاه نمونه: فروش_ویژه_امروز", "promotional"),
        (OTP, "کد ورود شما به فروشگاه نمونه: تخفیف۵۰درصدی", "promotional"),
        (OTP, "کد ورود شما به فروشگاه نمونه: قرعه‌کشی بزرگ", "promotional"),
        (OTP, "کد ورود شما به فروشگاه نمونه ما: 48213", "«کد ورود شما به فروشگاه نمونه:» is missing"),
        (OTP, "کد شما به فروشگاه نمونه: 48213", "is missing"),
        (OTP, "ورود کد شما به فروشگاه نمونه: 48213", "is missing"),
        (OTP, "کد خروج شما به فروشگاه نمونه: 48213", "is missing"),
        (OTP, "سلام. کد ورود شما به فروشگاه نمونه: 48213", "extra text at the beginning: «سلام.»"),
        (PARCEL, "سارا عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد. فروشگاه نمونه", "is missing"),
        (PARCEL, "سارا عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد.\n\nفروشگاه نمونه", "is missing"),
        (PARCEL, "سارا عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه خوب", "extra text at the end: «خوب»"),
        (PARCEL, "عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه", "'name' is empty"),
        (PARCEL, "سارا عزیز، مرسوله‌ی تحویل پست شد.\nفروشگاه نمونه", "'id' is empty"),
        (PARCEL, "سارا\nاحمدی عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه", "'name' holds a line break"),
        (PARCEL, "تحویل پست شد.\nسارا عزیز، مرسوله‌ی ۱۲۳ فروشگاه نمونه", "is missing"),
        (VISIT, "نوبت علی نزد دکتر مینا ثبت شد برای شنبه", "is missing"),
        (VISIT, "نوبت علی نزد دکترها مینا برای شنبه ثبت شد", "joined"),
        (VISIT, "نوبتعلی نزد دکتر مینا برای شنبه ثبت شد", "joined"),
        ("کد %code%", "کدام ۱۲۳", "joined"),
        ("%first% %last%", "سارا", "'first' is empty"),
        ("کد %code%\nکد %code%", "کد 12\nکد 13", "'code' holds two different values"),
        ("سایت %a%.%b% باز شد", "سایت bit.ly باز شد", "link"),
        ("پیگیری: nemoone.%rest%", "پیگیری: nemoone.ir", "link"),
        ("پیگیری: https://nemoone.ir/o/%id%", "پیگیری: https://nemoone.ir/o/other.com", "link"),
        ("سامانه نمونه باز است", "سامانه نمونه باز است؟", "extra text at the end"),
        ("سامانه نمونه باز است", "سامانه نمونه بسته است", "is missing"),
    ],
)
def test_a_text_does_not_fit(pattern: str, text: str, why: str) -> None:
    assert why in explained(pattern, text)


class Typed(NamedTuple):
    kind: VariableType
    value: str
    fits: bool


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        Typed(VariableType.INTEGER, "48213", fits=True),
        Typed(VariableType.INTEGER, "۰۴۸", fits=True),
        Typed(VariableType.INTEGER, "-5", fits=True),
        Typed(VariableType.INTEGER, "1.5", fits=False),
        Typed(VariableType.INTEGER, "1,250", fits=False),
        Typed(VariableType.INTEGER, "12a", fits=False),
        Typed(VariableType.NUMBER, "48213", fits=True),
        Typed(VariableType.NUMBER, "۱٬۲۵۰٬۰۰۰", fits=True),
        Typed(VariableType.NUMBER, "1.5", fits=True),
        Typed(VariableType.NUMBER, "۱٫۵", fits=True),
        Typed(VariableType.NUMBER, "دوازده", fits=False),
        Typed(VariableType.NUMBER, "12 عدد", fits=False),
        Typed(VariableType.NUMBER, "1 2", fits=False),
        Typed(VariableType.AMOUNT, "۱٬۲۵۰٬۰۰۰ ریال", fits=True),
        Typed(VariableType.AMOUNT, "125000تومان", fits=True),
        Typed(VariableType.AMOUNT, "125000", fits=True),
        Typed(VariableType.AMOUNT, "1.250.000 ﷼", fits=True),
        Typed(VariableType.AMOUNT, "1.25.0 ریال", fits=False),
        Typed(VariableType.AMOUNT, "125000 دلار", fits=False),
        Typed(VariableType.AMOUNT, "ریال", fits=False),
        Typed(VariableType.DATE, "۱۴۰۵/۰۹/۰۱", fits=True),
        Typed(VariableType.DATE, "1405-9-1 18:30", fits=True),
        Typed(VariableType.DATE, "شنبه ۱۲ آذر", fits=True),
        Typed(VariableType.DATE, "۱۲ آذر ۱۴۰۵ ساعت ۱۰:۳۰", fits=True),
        Typed(VariableType.DATE, "فردا", fits=False),
        Typed(VariableType.DATE, "۱۲ ژانویه", fits=False),
        Typed(VariableType.STRING, "فردا", fits=True),
    ],
)
def test_a_value_has_its_type(kind: VariableType, value: str, *, fits: bool) -> None:
    why = explained("سامانه نمونه: %x% ثبت شد.", f"سامانه نمونه: {value} ثبت شد.", {"x": (kind, 40)})
    assert (why == FITS) is fits, why


def test_lengths_are_those_of_what_was_sent() -> None:
    pattern, types = "سامانه نمونه: %x%", {"x": (VariableType.STRING, 5)}
    assert explained(pattern, "سامانه نمونه: ا ب ج", types) == FITS
    assert "6 characters, at most 5" in explained(pattern, "سامانه نمونه: ا ب\u200c ج", types)


@pytest.mark.parametrize(
    ("pattern", "text", "why"),
    [
        ("کد شما %token است", "کد شما 123 است", FITS),
        ("کد شما %token است", "کد شما 12 34 است", "holds 1 blanks, at most 0"),
        ("کد شما %token2 است", "کد شما " + "a" * 100 + " است", FITS),
        ("کد شما %token3 است", "کد شما " + "a" * 101 + " است", "too long"),
        ("جناب %token10 سلام", "جناب ا ب ج د ه و سلام", FITS),
        ("جناب %token10 سلام", "جناب ا ب ج د ه و ز سلام", "holds 6 blanks, at most 5"),
        ("جناب %token20 سلام", "جناب ا ب ج د ه و ز ح ط سلام", FITS),
        ("جناب %token20 سلام", "جناب ا ب ج د ه و ز ح ط ی سلام", "holds 9 blanks, at most 8"),
        ("کد {0} برای {1}", "کد 12 برای سارا", FITS),
        ("کد {0} برای {1}", "کد 12 سارا", "is missing"),
        ("کد #CODE# برای #NAME#", "کد 12 برای سارا", FITS),
        ("کد #CODE# برای #NAME#", "کد #CODE# سارا", "is missing"),
    ],
)
def test_every_syntax_is_matched(pattern: str, text: str, why: str) -> None:
    assert why in explained(pattern, text)
