import pytest

from simulator.policy.patterns import MAX_VARIABLE, PatternBook
from simulator.world import Pattern

LINE = "2000300030"
BOOK = PatternBook(
    [
        Pattern(name="otp", line=LINE, text="کد ورود شما به فروشگاه نمونه: %code%"),
        Pattern(name="parcel", line=LINE, text="%name% عزیز، مرسوله‌ی %id% تحویل پست شد.\nفروشگاه نمونه"),
    ]
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("کد ورود شما به فروشگاه نمونه: 48213", "otp"),
        ("كد ورود شما به فروشگاه نمونه: ۴۸۲۱۳", "otp"),
        ("  کد ورود  شما به فروشگاه نمونه: 48213 ", "otp"),
        ("کد ورود شما به فروشگاه نمونه:", None),
        ("کد ورود شما به فروشگاه نمونه: 48213\nتخفیف ویژه", None),
        ("کد ورود شما به فروشگاه نمونه: " + "1" * MAX_VARIABLE, "otp"),
        ("کد ورود شما به فروشگاه نمونه: " + "1" * (MAX_VARIABLE + 1), None),
        ("کد ورود شما به فروشگاه نمونه: bit.ly/x khordad.ir", None),
        ("کد ورود شما به فروشگاه نمونه ما: 48213", None),
        ("سارا عزیز، مرسوله\u200cی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه", "parcel"),
        ("سارا عزیز، مرسولهی ۱۲۳ تحویل پست شد.\nفروشگاه نمونه", "parcel"),
        ("سارا عزیز، مرسوله‌ی ۱۲۳ تحویل پست شد. فروشگاه نمونه", None),
        ("", None),
    ],
)
def test_a_text_fits_a_pattern_or_does_not(text: str, name: str | None) -> None:
    assert BOOK.fitting(LINE, text) == name


def test_patterns_belong_to_their_line() -> None:
    assert BOOK.fitting("2000999999", "کد ورود شما به فروشگاه نمونه: 48213") is None
