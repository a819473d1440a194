"""A world in which something of everything happened: what the console's tests, and its screenshots, look at."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import trio

from simulator.smpp.events import Response
from simulator.smpp.pdus import BindTransceiver, SubmitSm
from simulator.smpp.text import encode_text
from tests.esme import Esme, message

MORNING: Final = "2026-11-22T10:00:00+03:30"
"""When the operator's day begins: a Sunday, the first of Azar 1405."""

WORLD: Final[Mapping[str, Any]] = {
    "extends": "demo",
    "profile": {"delivery": {"latency": {"shape": "uniform", "low": 0.2, "high": 3}}},
}

PROMOTIONAL, DEDICATED, SHARED, SAMANTEL = "3000100010", "3000200020", "2000300030", "9999123456"
LISTED: Final = "989121110003"
LONG: Final = (
    "مشترک گرامی، صورت‌حساب دورهٔ آبان شما صادر شد. مبلغ قابل پرداخت ۱٬۲۸۰٬۰۰۰ ریال و مهلت پرداخت تا ۱۵ آذر است. "
    "برای دیدن ریز کارکرد، شناسهٔ قبض ۷۷۱۲۰۳۴۵ را در درگاه خدمات وارد کنید. در صورت پرداخت، این پیام را نادیده بگیرید. "
    "پشتیبانی ۲۴ ساعته آمادهٔ پاسخ‌گویی به شماست."
)
REFUSING: Final = "989351234502"
"""A subscriber who got the campaign, and may stop its line."""
LAST_CHANCE: Final = "فقط امروز: ۶۰٪ تخفیف روی همهٔ کفش‌ها!\nلغو ۱۱"
CAMPAIGN: Final = "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir\nلغو ۱۱"


class Sent(NamedTuple):
    """A message of the day."""

    source: str
    to: str
    text: str


HARMLESS: Final = (
    Sent(DEDICATED, "09123456701", "سفارش شما با شماره ۴۵۸۲۱ ثبت شد و تا ساعت ۱۸ امروز ارسال می‌شود."),
    Sent(PROMOTIONAL, "09351234502", CAMPAIGN),
    Sent(PROMOTIONAL, LISTED, CAMPAIGN),
    Sent(SHARED, "09193334455", "کد ورود شما به فروشگاه نمونه: ۴۸۲۱۹۵"),
    Sent(SHARED, "09193334455", "سلام! امروز ناهار مهمان ما باشید."),
    Sent(SAMANTEL, "09361239876", "نوبت شما فردا ساعت ۱۰:۳۰ در کارگاه نمونه ثبت شد. لطفاً ده دقیقه زودتر بیایید."),
    Sent("3000999999", "09121234567", "سلام"),
    Sent(DEDICATED, "02188776655", "بستهٔ شما تحویل پست شد. کد رهگیری: ۲۴۰۱۱۲۰۰۳۴۴۵۵۶"),
    Sent(DEDICATED, "09125556677", "Your verification code is 118204. It expires in 2 minutes."),
    Sent(PROMOTIONAL, "09014443322", "کتاب‌فروشی نمونه: ۲۰٪ تخفیف همهٔ رمان‌ها تا پایان آذر.\nلغو ۱۱"),
    Sent(DEDICATED, "09132223344", "رمز یک‌بارمصرف: ۷۷۳۰۱۲\nاین رمز را به هیچ‌کس ندهید."),
    Sent(DEDICATED, "09128887766", "مانده حساب شما: ۳٬۴۵۰٬۰۰۰ ریال"),
)
OFFENCES: Final = (
    Sent(DEDICATED, LISTED, "جشنوارهٔ یلدای فروشگاه نمونه: ۳۰٪ تخفیف برای شما. همین حالا بخرید!"),
    Sent(DEDICATED, "09121112233", "برندهٔ خوش‌شانس قرعه‌کشی ما شدید! برای دریافت جایزه تماس بگیرید."),
)
"""Advertising on a service line: a third would close it."""

DAY: Final = (*HARMLESS, *OFFENCES, Sent(DEDICATED, "09215551122", LONG))


def flood(count: int) -> Iterable[Sent]:
    """So many messages, each to a subscriber of its own; some are refused, but no line is closed for any."""
    short = [sent for sent in HARMLESS if len(sent.text) <= 70]
    for number in range(count):
        yield short[number % len(short)]._replace(to=f"0912{number:07d}")


async def send(address: tuple[str, int], messages: Iterable[Sent], *, window: int = 50) -> list[Response]:
    """Sends messages over a session of its own, at most `window` unanswered; the responses as they came."""
    stream = await trio.open_tcp_stream(*address)
    esme = Esme(stream)
    await esme.bind(kind=BindTransceiver)
    responses: list[Response] = []
    waiting = 0
    for pdu in (each for sent in messages for each in _pdus(sent)):
        await esme.send(pdu)
        waiting += 1
        if waiting == window:
            responses.append(await esme.response())
            waiting -= 1
    responses += [await esme.response() for _ in range(waiting)]
    await esme.unbind()
    await stream.aclose()
    return responses


async def take_receipts(address: tuple[str, int], count: int) -> None:
    """Binds until so many receipts have come, and acknowledges them."""
    stream = await trio.open_tcp_stream(*address)
    esme = Esme(stream)
    await esme.bind()
    for _ in range(count):
        await esme.receipt()
    await esme.unbind()
    await stream.aclose()


def _pdus(sent: Sent) -> Iterable[SubmitSm]:
    """The message as one PDU, or as parts with a UDH where it is too long for that."""
    data_coding, octets = encode_text(sent.text)
    if len(octets) <= 140:
        yield message(*sent)
        return
    pieces = [octets[at : at + 134] for at in range(0, len(octets), 134)]
    reference = sum(octets) % 256
    for number, piece in enumerate(pieces, 1):
        yield SubmitSm(
            source_addr=sent.source,
            destination_addr=sent.to,
            esm_class=0x40,
            data_coding=data_coding,
            short_message=bytes([5, 0, 3, reference, len(pieces), number]) + piece,
            registered_delivery=1,
        )
