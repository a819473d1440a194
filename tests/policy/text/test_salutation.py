import pytest

from simulator.policy.content.folding import fold
from simulator.policy.salutation import addresses_customer


@pytest.mark.parametrize(
    "opening",
    [
        "مشتری گرامی، ",
        "مشتري گرامي\n",
        "مشترک محترم: ",
        "کاربر عزیز ",
        "سلام مشتری عزیز. ",
        "با سلام، مشتری گرامی ",
        "با سلام و احترام، همراه ارجمند ",
        "سارا محمدی عزیز ",
        "آقای رضایی، ",
        "جناب آقای رضایی\n",
        "سرکار خانم احمدی ",
        "سلام علی جان! ",
        "سارا محمدی، ",
        "سلام سارا، ",
        "🌹 مشتری گرامی ",
    ],
)
def test_an_opening_that_addresses_the_reader(opening: str) -> None:
    assert addresses_customer(fold(f"{opening}سفارش ۴۵۸۲۱ شما ارسال شد.")[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "گرامی",
        "سفارش ۴۵۸۲۱ شما ارسال شد، مشتری گرامی",
        "سفارش شما، به شماره ۴۵۸۲۱، ارسال شد.",
        "سلام، سفارش شما ارسال شد.",
        "کد ورود: ۴۸۲۱",
        "48213 کد ورود شما، مشتری گرامی",
        "شرکت نمونه، سفارش شما ارسال شد.",
        "نوبت شما در مطب دکتر رضایی فرداست.",
        "وقت بخیر، سفارش شما ارسال شد.",
        "فوری! سفارش شما ارسال شد.",
        "فردا، ساعت ۹، منتظر شماییم.",
        "با سلام و احترام، به آگاهی می‌رساند",
        "گران عزیزان",
    ],
)
def test_an_opening_that_does_not(text: str) -> None:
    assert not addresses_customer(fold(text)[0])
