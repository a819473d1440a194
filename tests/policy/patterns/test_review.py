from typing import Any

import pytest

from simulator.policy.patterns import review
from simulator.registry.pattern import Pattern


def codes(text: str, **over: Any) -> list[str]:
    findings = review(Pattern(name="x", line="2000300030", text=text, **over))
    assert all(finding.says for finding in findings)
    return list(dict.fromkeys(finding.code for finding in findings))


@pytest.mark.parametrize(
    "text",
    [
        "کد ورود شما به فروشگاه نمونه: %code%",
        "%name% عزیز، مرسوله‌ی %id% تحویل پست شد.\nفروشگاه نمونه",
        "نوبت شما %day% ساعت %hour% است. كلينيك مهر",
        "Nemoone\nکد تأیید: %code%",
        "مبلغ #SUM# ریال به حساب شما نشست. بانک نمونه",
        "کد ورود به سامانه نمونه: {0}",
        "کد ورود به سامانه نمونه: %token",
        "سامانه نمونه\nسفارش\n%id%\n%name%\nثبت شد",
        "سفارش %id% آماده است.\nگل‌فروشی بهار",
    ],
)
def test_nothing_stands_against_it(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("سامانه نمونه بسته است", ["no-variable"]),
        ("%a%", ["only-variables", "no-sender-name"]),
        ("%a% - %b%", ["adjacent-variables", "only-variables", "no-sender-name"]),
        ("%header% %body% %footer%", ["stands-for-anything", "adjacent-variables", "only-variables", "no-sender-name"]),
        ("کد ورود به سامانه نمونه: %text%", ["stands-for-anything"]),
        ("%first% %last% به سامانه نمونه خوش آمدید", ["adjacent-variables"]),
        ("%first%%last% به سامانه نمونه خوش آمدید", ["adjacent-variables"]),
        ("%name%، تخفیف ویژه ۵۰ درصدی فروشگاه نمونه فقط تا جمعه", ["promotional-text"]),
        ("کد ورود شما: %code%", ["no-sender-name"]),
        ("سفارش شما در سامانه ما ثبت شد: %id%", ["no-sender-name"]),
        ("کد OTP شما: %code%", ["no-sender-name"]),
        ("کد ورود به سامانه نمونه: {code}", ["unknown-syntax", "no-variable"]),
        ("کد ورود به سامانه نمونه: %code% تا {0}", ["unknown-syntax"]),
        ("کد ورود به سامانه نمونه: %code% تا %until", ["unknown-syntax"]),
        ("کد ورود به سامانه نمونه: #CODE# تا {0}", ["unknown-syntax"]),
        ("سامانه نمونه: " + "و ".join(f"%v{n}% الف " for n in range(11)), ["too-many-variables"]),
    ],
)
def test_what_stands_against_it(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_ten_variables_are_allowed() -> None:
    assert codes("سامانه نمونه: " + "و ".join(f"%v{n}% الف " for n in range(10))) == []


def test_typed_neighbours_are_no_free_ones() -> None:
    variables = {"day": {"type": "date"}, "sum": {"type": "amount"}}
    assert codes("گزارش سامانه نمونه: %day% %sum%", variables=variables) == []


def test_a_declared_sender_is_looked_for() -> None:
    assert codes("کد ورود شما به بهارستان: %code%", sender="بهارستان") == []
    assert codes("کد ورود شما به سامانه نمونه: %code%", sender="بهارستان") == ["no-sender-name"]


def test_a_named_syntax_finds_the_marks_of_another() -> None:
    assert codes("کد ورود به سامانه نمونه: %code%", syntax="hash") == ["unknown-syntax", "no-variable"]
