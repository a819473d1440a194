"""A few texts of which everything is known that a rule may ask, written down by hand."""

from typing import NamedTuple

from simulator.messages import Category


class Labelled(NamedTuple):
    """A text, and what a person says of it."""

    text: str
    category: Category
    advertises: bool
    parts: int = 1
    footer: str | None = None
    """The number behind «لغو» at its end."""
    urls: tuple[str, ...] = ()
    """The hosts that are written with a scheme."""
    domains: tuple[str, ...] = ()
    """The hosts that are written bare."""
    is_signed: bool = True
    is_addressed: bool = False
    words: tuple[str, ...] = ()
    """Which of «برند» and «ساعت» it holds as words."""
    within: tuple[str, ...] = ()
    """Which of them it holds within other words only."""
    matter: str | None = None
    fits_pattern: bool = False


FOOTED_ADVERT = Labelled(
    "فروشگاه نهال: مبلمان راحتی، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱",
    Category.ADVERTISEMENT,
    advertises=True,
    parts=2,
    footer="11",
)
SALE = Labelled(
    "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir",
    Category.DISCOUNT,
    advertises=True,
    parts=2,
    domains=("kafshestan.ir",),
)
DRAW = Labelled(
    "با خرید تا پایان ماه در قرعه‌کشی یک دستگاه خودرو شرکت کنید. شرکت نمونه",
    Category.LOTTERY_CONTEST,
    advertises=True,
)
CONDOLENCE = Labelled("درگذشت پدر گرامی‌تان را تسلیت می‌گوییم. شرکت نمونه", Category.CONDOLENCE, advertises=True)
BRAND = Labelled(
    "فروشگاه نهال: پوشاک برند تازه رسید لغو۱۱", Category.ADVERTISEMENT, advertises=True, footer="11", words=("برند",)
)
BRANDS = Labelled(
    "فروشگاه نهال: حراج پوشاک برندهای تازه، تا ۵۰٪ تخفیف لغو۱۱",
    Category.DISCOUNT,
    advertises=True,
    footer="11",
    within=("برند",),
)
ORDER = Labelled("سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه", Category.ORDER_STATUS, advertises=False)
NAMELESS = Labelled("سفارش ۴۵۸۲۱ شما ارسال شد.", Category.ORDER_STATUS, advertises=False, is_signed=False)
FULL_ORDER = Labelled(
    "مشتری گرامی، سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه لغو۱۱",
    Category.ORDER_STATUS,
    advertises=False,
    footer="11",
    is_addressed=True,
)
SHORT_FOOT = FULL_ORDER._replace(text="مشتری گرامی، سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه لغو۱", footer="1")
LINKED = Labelled(
    "سفارش ۴۵۸۲۱ شما ارسال شد. پیگیری: https://nemoone.ir/a1 شرکت نمونه",
    Category.ORDER_STATUS,
    advertises=False,
    urls=("nemoone.ir",),
)
ASTRAY = LINKED._replace(text="سفارش ۴۵۸۲۱ شما ارسال شد. پیگیری: bit.ly/x7 شرکت نمونه", urls=(), domains=("bit.ly",))
CODE = Labelled("کد ورود شما به فروشگاه نمونه: 48213", Category.OTP, advertises=False, fits_pattern=True)
BANK = Labelled(
    "واریز ۲٬۵۰۰٬۰۰۰ ریال به حساب ۱۲۳۴، مانده ۸٬۱۲۰٬۰۰۰ ریال. بانک نمونه",
    Category.BANK_TRANSACTION,
    advertises=False,
)
LESSON = Labelled(
    "کلاس ریاضی سه‌شنبه ساعت ۱۶ در اتاق ۲۰۴ برگزار می‌شود. آموزشگاه نمونه",
    Category.CLASS_SCHEDULE,
    advertises=False,
    words=("ساعت",),
)
LONG = Labelled(
    "مرسوله ۴۵۸۲ شما شامل دو صندلی، یک میز و چهار کتاب ارسال شد و فردا میان ۹ تا ۱۲ به نشانی شما می‌رسد. کد رهگیری"
    " ۹۹۸۸۷۷ را به پیک بدهید. اگر در خانه نیستید با شمارهٔ ۰۲۱۸۸۷۷۶۶۵۵ تماس بگیرید. فروشگاه نمونه",
    Category.SHIPMENT_TRACKING,
    advertises=False,
    parts=3,
)
CARD = Labelled(
    "شهریهٔ مهر را به کارت ۶۰۳۷-۹۹۱۱-۱۱۱۱-۱۱۱۲ واریز کنید. آموزشگاه نمونه",
    Category.BANK_TRANSACTION,
    advertises=False,
    matter="card_number",
)

TEXTS = (
    FOOTED_ADVERT, SALE, DRAW, CONDOLENCE, BRAND, BRANDS, ORDER, NAMELESS, FULL_ORDER, SHORT_FOOT, LINKED, ASTRAY, CODE,
    BANK, LESSON, LONG, CARD,
)  # fmt: skip
