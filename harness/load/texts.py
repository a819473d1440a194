"""Our own texts in Persian and English, of any number of parts; the same seed and number give the same text."""

import random
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harness.load.plan import Encoding, Kind, Language
from simulator.smpp.text import split_text

_OPENINGS: Final[Mapping[tuple[Kind, Language], tuple[str, ...]]] = MappingProxyType(
    {
        (Kind.SERVICE, Language.FA): (
            "سفارش {n} ثبت شد و امروز ارسال می‌شود.",
            "مرسولهٔ {n} به انبار شهر شما رسید.",
            "درخواست {n} بررسی شد؛ نتیجه در پنل شماست.",
            "نوبت شما با شمارهٔ {n} ثبت شد.",
        ),
        (Kind.SERVICE, Language.EN): (
            "Order {n} is registered and leaves today.",
            "Parcel {n} has reached the depot of your city.",
            "Request {n} was examined; see your panel.",
            "Your appointment has the number {n}.",
        ),
        (Kind.PROMOTIONAL, Language.FA): (
            "تخفیف ویژهٔ آخر هفته، کد {n}. لغو ۱۱",
            "حراج پاییزه آغاز شد! کد خرید {n} لغو ۱۱",
            "با کد {n} نیم‌بها خرید کنید. لغو ۱۱",
        ),
        (Kind.PROMOTIONAL, Language.EN): (
            "Weekend sale! Use the code {n} today. Off: 11",
            "Half the price with the code {n}. Off: 11",
        ),
        (Kind.OTP, Language.FA): ("کد ورود شما به فروشگاه نمونه: {n}",),
        (Kind.OTP, Language.EN): ("کد ورود شما به فروشگاه نمونه: {n}",),
    }
)
_MORE: Final[Mapping[Language, tuple[str, ...]]] = MappingProxyType(
    {
        Language.FA: (
            " لطفاً هنگام تحویل، این شماره را همراه داشته باشید.",
            " پیک ما پیش از رسیدن با شما تماس می‌گیرد.",
            " برای پیگیری به صفحهٔ سفارش‌ها در پنل خود سر بزنید.",
        ),
        Language.EN: (
            " Please keep this number at hand when it is delivered.",
            " The courier calls you before he arrives.",
            " To follow it, see the page of orders in your panel.",
        ),
    }
)


def text_of(kind: Kind, language: Language, parts: int, rng: random.Random, encoding: Encoding = Encoding.UCS2) -> str:
    """A text of exactly so many parts, in an encoding; one-time passwords are always of one.

    Args:
        kind: what it is about.
        language: in which it is; patterns are Persian.
        parts: how many short messages it makes.
        rng: draws the sentences and the number.
        encoding: how it will go.
    """
    text = rng.choice(_OPENINGS[kind, language]).format(n=rng.randrange(10_000, 1_000_000))
    if kind is Kind.OTP or parts == 1:
        return text
    wide = encoding is not Encoding.GSM
    while len(pieces := split_text(text, is_utf16=wide)) <= parts:
        text += rng.choice(_MORE[language])
    return "".join(pieces[:parts])
