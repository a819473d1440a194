"""What the ESMEs of a soak send: every type of line, good and bad, whole and in parts, without end."""

from collections.abc import Iterator
from itertools import count
from random import Random

from simulator.smpp.pdus import SubmitSm

PROMOTIONAL, DEDICATED, SHARED, SAMANTEL = "3000100010", "3000200020", "2000300030", "9999123456"
_RECIPIENTS = 10_000
_TEXTS = (
    (30, DEDICATED, "سفارش شما با شماره {} ثبت شد"),
    (20, PROMOTIONAL, "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، خرید {}. لغو ۱۱"),
    (20, SHARED, "کد ورود شما به فروشگاه نمونه: {}"),
    (10, SAMANTEL, "سفارش شما با شماره {} ثبت شد"),
    (5, DEDICATED, "حراج بزرگ! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، خرید {}"),
    (5, SHARED, "حراج بزرگ! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، خرید {}"),
    (2, "3000999999", "این خط را کسی نمی‌شناسد {}"),
)
"""Weight, line and text; what is wrong is wrong on purpose."""


def submits(chance: Random) -> Iterator[SubmitSm]:
    """Messages; one in ten comes in two parts, one in ten asks for no receipt."""
    weights = [weight for weight, *_ in _TEXTS]
    for number in count(1):
        [(_, line, text)] = chance.choices(_TEXTS, weights)
        to = f"98912999{chance.randrange(_RECIPIENTS):04}"
        asked = int(chance.random() < 0.9)
        written = text.format(number)
        if chance.random() < 0.9 or line == SHARED:
            yield _submit(line, to, asked, written)
            continue
        for part, words in ((1, written), (2, f" و باقی آن {number}")):
            yield _submit(line, to, asked, words, bytes([6, 8, 4, *divmod(number % 65_536, 256), 2, part]))


def _submit(line: str, to: str, asked: int, text: str, header: bytes = b"") -> SubmitSm:
    return SubmitSm(
        source_addr=line,
        destination_addr=to,
        esm_class=0x40 if header else 0,
        data_coding=8,
        registered_delivery=asked,
        short_message=header + text.encode("utf-16-be"),
    )
