"""Cues of service without a subject, and words that only lean to one category of service."""

from simulator.messages import Category
from simulator.policy.content.lexicon import Cues, Weight

_CLEAR, _FAIR, _HINT = Weight.CLEAR, Weight.FAIR, Weight.HINT
# What has happened, or is about to, to the thing that a cue names.
_DONE = "(شد|شده|شده است|شده اند|گردید|گردیده|گردیده است|می شود|می گردد|میشود|خواهد شد|شدند|نشد|شدش|نمایید)"

GENERAL: tuple[Cues, ...] = (
    Cues(
        Category.OTHER,
        _CLEAR,
        "a completed step of the reader's own",
        (
            (
                "شما ... (ثبت|تایید|انجام|دریافت|ارسال|فعال|لغو|بررسی|صادر|رد|تمدید|پرداخت|تکمیل|آماده|واریز|"
                f"کامل|نهایی|قطعی|پذیرفته|ایجاد|حذف|به روزرسانی|تعیین|بارگذاری) {_DONE}"
            ),
            f"با موفقیت ... (ثبت|تایید|انجام|دریافت|ارسال|فعال|لغو|تمدید|پرداخت|تکمیل|ایجاد|حذف|شد) {_DONE}?",
            (
                "(your|you) ... (has been|have been|was|were|is now) (successfully )?(received|approved|"
                "registered|completed|updated|sent|activated|cancelled|submitted)"
            ),
            "(تاریخ|زمان) (تحویل|انجام|مراجعه|نصب) ... شما",
            "(تماس از دست رفته|تماس بی پاسخ|missed call|پیام صوتی)",
            "(به دلیل|به علت|بدلیل) ... (تعطیل|دایر نمی~|فعالیت نخواهد|بسته است|تعطیل است|ارائه نمی~)",
            "(مجمع عمومی|هیات مدیره|هیئت مدیره|جلسه ساختمان|مدیریت ساختمان|مدیر ساختمان)",
            "(کمک|اهدا|اهدای|کمکهای|صدقه|نذر) ... (شما|تان) ... (دریافت|رسید|ثبت|هزینه شد|تحویل|صرف|رسیدگی)",
        ),
    ),
    Cues(
        Category.OTHER,
        _FAIR,
        "something of the reader's own",
        (
            "شما ... (است|شد|می باشد|گردید|رسید|می رسد|دارد|نیست|نشده است|کامل نیست|ناقص است)",
            "(شماره|کد|شناسه|کلاسه|ردیف|تاریخ|مورخ) \\d",
        ),
    ),
    Cues(
        Category.OTHER,
        _CLEAR,
        "one person writes to another",
        (
            (
                "(مامان|بابا|داداش|آبجی|عزیزم|عشقم|جیگر|قربونت|فدات|دلم|دوستت دارم|شب بخیر|صبح بخیر|چطوری|"
                "خوبی|خوبین|کجایی|کجایین|چیکار|چی شد|بیا خونه|خونشون|زنگ بزن بهم|زنگ میزنم|جواب بده|مرسی|آره|"
                "نه بابا|ببخشید|رسیدم|دارم میام|می بینمت|میبینمت|پول داری|خاله|عمه|دایی|عمو)"
            ),
            "(khubi|khobi|chetori|kojai|salam azizam|merci|bashe|areh|zang bezan|doset daram)",
        ),
    ),
    Cues(
        Category.OTHER,
        _HINT,
        "addressed as a customer of record",
        (
            (
                "(مشترک|مشتری|کاربر|همکار|بیمه گذار|بیمار|مسافر|خریدار|سهامدار|سپرده گذار|همراه|پذیرنده|"
                "مراجع) (گرامی|محترم|عزیز)"
            ),
        ),
    ),
    Cues(
        Category.OTP,
        _FAIR,
        "a code is spoken of",
        (
            "(کد|رمز) (تایید|ورود|فعال سازی|پویا|احراز)",
            "(محرمانه|یکبار مصرف|یک بار مصرف)",
        ),
    ),
    Cues(
        Category.ACCOUNT_INFO,
        _FAIR,
        "an account is spoken of",
        (
            (
                "(عضو سرویس|لغو عضویت|سرعت سرویس|مگابیت|پنل کاربری|حساب کاربری|به نام شما ثبت|عدم اطلاع|"
                "تغییر یافت|تغییر کرد|غیرفعال|خوش آمدید|تعرفه مکالمه|سیم کارت)"
            ),
        ),
    ),
    Cues(
        Category.ORDER_STATUS,
        _FAIR,
        "a purchase is spoken of",
        (
            (
                "(خریدتون|خریدتان|سفارش رو|سفارش را|کد رزرو|چاپ شد|دوخته شد|تعمیر شد|آماده ست|آماده است|"
                "صندلی|ردیف|قلم|تشریف بیارید|جهت دریافت|قابل دریافت|تاریخ تحویل|زمان تحویل|پرس)"
            ),
        ),
    ),
    Cues(
        Category.SHIPMENT_TRACKING,
        _FAIR,
        "a parcel is spoken of",
        ("(مرسوله|محموله|بارنامه|بارکد|امانت شما|ترمینال|باجه|شرکت پست|تیپاکس|پیک|بارگیری|رهگیری)",),
    ),
    Cues(
        Category.DELIVERY_ATTEMPT,
        _FAIR,
        "nobody could be reached",
        ("(عدم دسترسی|عدم حضور|عدم پاسخگویی|حضور نداشتید|نبودید|ناموفق|کمد امانات|مراجعه مجدد)",),
    ),
    Cues(
        Category.APPOINTMENT_REMINDER,
        _FAIR,
        "an appointment is spoken of",
        (
            (
                "(نوبت شما|نوبتتان|نوبتتون|وقت شما|یادآوری|نوبت اینترنتی|قرار ملاقات|مراجعه فرمایید|"
                "مراجعه نمایید|مراجعه کنید)"
            ),
        ),
    ),
    Cues(
        Category.CLASS_SCHEDULE,
        _FAIR,
        "a school is spoken of",
        (
            (
                "(دانشجویان|دانش آموزان|اولیای|اولیا|هنرجویان|زبان آموزان|کلاسها|کلاس|امتحان|آزمون|"
                "سرویس مدرسه|مدرسه|دبستان|دبیرستان|استاد|نیمسال)"
            ),
        ),
    ),
    Cues(
        Category.INSURANCE_EXPIRY,
        _FAIR,
        "an insurance is spoken of",
        ("(بیمه نامه|بیمه شخص ثالث|درمان تکمیلی|بیمه تکمیلی|دفترچه (درمان|بیمه)|حق بیمه)",),
    ),
    Cues(
        Category.MEMBERSHIP_EXPIRY_NOTICE,
        _FAIR,
        "something runs out",
        ("(منقضی|باطل می شود|باطل خواهد|به اتمام|انقضا|انقضای|معتبر است|تمدید|اعتبار|رو به پایان|به پایان می)~",),
    ),
    Cues(
        Category.BILL_DUE,
        _FAIR,
        "money is owed",
        (
            (
                "(بدهی(?!م|د)|معوق|سررسید|قسط|صورتحساب|قبض|شهریه|شارژ ساختمان|مهلت پرداخت|فرصت پرداخت|عوارض|"
                "در صورت عدم پرداخت)"
            ),
        ),
    ),
    Cues(Category.REFUND_NOTICE, _FAIR, "money comes back", ("(استرداد|عودت|برگشت|بازگشت داده|بازگردانده|مازاد)",)),
    Cues(
        Category.UTILITY_OUTAGE,
        _FAIR,
        "a service is out of order",
        ("(قطع|قطعی|خاموشی|اختلال|قابل استفاده نیست|در دسترس نیست|در دسترس نخواهد|کاهش فشار|افت فشار|از کار افتاده)",),
    ),
    Cues(
        Category.EMERGENCY_ALERT,
        _FAIR,
        "danger is spoken of",
        (
            (
                "(هشدار|اخطار|آژیر|پناهگاه|پناه بگیرید|فاصله بگیرید|خودداری کنید|خودداری نمایید|پرهیز|"
                "تا اطلاع ثانوی|ریزش|سیلاب|زلزله)"
            ),
        ),
    ),
    Cues(
        Category.SURVEY_AFTER_SERVICE,
        _FAIR,
        "an opinion is asked for",
        ("(نظرتون|نظرتان|نظر شما|بهمون بگید|به ما بگویید|چطور بود|احتمال دارد ما را|عددی از|راضی|رضایت|بازخورد)",),
    ),
    Cues(
        Category.TICKET_REPLY,
        _FAIR,
        "a request is spoken of",
        ("(رفع شد|خرابی اعلام|مرخصی|درخواست شما|پیگیری شما|پاسخ شما|رسیدگی|کارشناسان ما|همکاران ما)",),
    ),
)
