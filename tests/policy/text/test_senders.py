import pytest

from simulator.policy.content.folding import fold
from simulator.policy.senders import names_sender


@pytest.mark.parametrize(
    "text",
    [
        "سفارش شما ارسال شد. فروشگاه نمونه",
        "سفارش شما ارسال شد.\nگل‌سرای بهار",
        "سفارش شما ارسال شد.\nگل‌سرای بهار\nلغو۱۱",
        "سفارش شما ارسال شد. Nemoone",
        "سفارش شما: nemoone.ir/48",
    ],
)
def test_a_text_that_says_who_sends_it(text: str) -> None:
    assert names_sender(fold(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "سفارش شما ارسال شد.",
        "سفارش شما ارسال شد.\nلغو۱۱",
        "سفارش شما ارسال شد.\nلغو: 11\n",
        "سفارش شما از فروشگاه ما ارسال شد.",
        "کد شما: 48213 code: 48213",
        "کد شما\n48213",
    ],
)
def test_a_text_that_does_not(text: str) -> None:
    assert not names_sender(fold(text)[0])
