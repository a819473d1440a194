"""What the clients send: Persian, as a panel's users write it, with the characters that suffer first on the way."""

SHORT = "سلام، سفارش ۱۴۰۵۲ شما می‌رسد؛ پیک: علی."
"""One short message, with digits of its own and a ZWNJ (U+200C)."""

LONG = (
    "مشترک گرامی، قبض گاز دورهٔ مهر و آبان ۱۴۰۵ شما صادر شد. شمارهٔ اشتراک: 204518877، مصرف: 186 مترمکعب، "
    "مبلغ قابل پرداخت: 1,284,000 ریال، مهلت پرداخت: 1405/09/25. برای جلوگیری از قطع گاز، تا پیش از پایان مهلت "
    "پرداخت کنید. شرکت گاز نمونه"
)
"""Information in several parts."""

ADVERTISEMENT = "فقط امروز ۵۰٪ تخفیف همهٔ کفش‌ها"
"""Refused on a service line."""

LONG_ADVERTISEMENT = (
    "جشنوارهٔ بزرگ پاییزهٔ فروشگاه نمونه آغاز شد! از امروز تا پایان هفته همهٔ یخچال‌ها، ماشین‌های لباسشویی و تلویزیون‌ها "
    "در همهٔ شعبه‌ها عرضه می‌شوند، با ارسال رایگان و تخفیف ۲۰ تا ۴۵ درصدی. کد تخفیف: PAYIZ45."
)
"""Refused as a whole."""
