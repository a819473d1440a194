"""Whether a text begins by addressing its reader: «مشتری گرامی», «آقای رضایی», «سارا محمدی،»."""

import re

_WORD = r"[^\W\d_]{1,20}"
_BREAK = r"[ \t\n,:!.]{1,3}"
_GREETING = rf"\W{{0,5}}(?:(?:(?:با )?(?:عرض )?(?:سلام|درود)|وقت بخیر|روز بخیر)(?: و (?:احترام|ادب))?{_BREAK})?"
_HONOURED = rf"(?:{_WORD}{_BREAK}){{1,4}}?(?:گرامی|عزیز|محترم|ارجمند|جان)(?![^\W\d_])"
_TITLED = rf"(?:جناب|سرکار|اقای?|خانم|دکتر|مهندس) {_WORD}"
_NO_NAMES = (
    "شما|ما|من|تو|این|ان|و|احترام|ادب|شد|است|خود|به|از|در|با|که|تا|برای|هر|سفارش|خرید|فروش|کد|رمز|نوبت|مبلغ|حساب|پرداخت|واریز|برداشت|مرسوله"
    "|بسته|درخواست|پرونده|تیکت|پیام|یاداوری|اطلاعیه|هشدار|توجه|تخفیف|حراج|جشنواره|ثبت|نام|ورود|خروج|شرکت|فروشگاه|بانک|سامانه|بیمه"
    "|کلاس|ازمون|جلسه|قبض|قسط|صورتحساب|فاکتور|اشتراک|سرویس|خدمات|پشتیبانی|مدرسه|دانشگاه|اموزشگاه|کلینیک|مطب|باشگاه|سلام|درود"
    "|وقت|روز|صبح|عصر|شب|بخیر|لطفا|فوری|مهم|تذکر|امروز|فردا|دیروز|اکنون|خبر|عضویت|تمدید|واحد|دفتر|گروه|موسسه|سایت|جهت|عدم|پس|اگر"
)
_NAME = rf"(?:(?!(?:{_NO_NAMES})(?![^\W\d_])){_WORD} ){{0,2}}(?!(?:{_NO_NAMES})(?![^\W\d_])){_WORD} ?,"
"""A name by itself is known by the comma behind it; words with which notices begin are none."""
_ADDRESS = re.compile(rf"{_GREETING}(?:{_TITLED}|{_HONOURED}|{_NAME})")


def addresses_customer(folded: str) -> bool:
    """Whether a folded text begins with a salutation, or with what looks like a name."""
    return _ADDRESS.match(folded) is not None
