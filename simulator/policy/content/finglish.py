"""Finglish: Persian words in Latin letters, and how one spelling stands for many.

This file owns the word list and the sound of a spelling; where in a text a word is looked up is `normalise`'s affair.
Only words that say what a message is for are listed; English words stay English, the lexicon has its own cues for them.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from simulator.policy.content.folding import fold_letters

# Persian word: its spellings. `sound` makes one of doubled letters, y and i, x and kh, q and gh, oo and u, a final h.
_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "تخفیف": "takhfif takfif tkhfif takhfeef",
        "تخفیفات": "takhfifat",
        "درصد": "darsad",
        "جایزه": "jayeze jayze jaize",
        "جوایز": "javayez javaiez",
        "برنده": "barande brande barandeh",
        "برندگان": "barandegan",
        "قرعه": "ghore ghor'e qore ghorre",
        "کشی": "keshi",
        "قرعه کشی": "ghorekeshi ghorakeshi ghorehkeshi qorekeshi ghorekshi",
        "مسابقه": "mosabeghe mosabeqe musabeghe mosabghe",
        "شانس": "shans",
        "هدیه": "hedie hediye hadie hadiye",
        "رایگان": "raygan rayegan raigan",
        "حراج": "haraj harraj haraji",
        "فروش": "foroush forush froosh frosh",
        "ویژه": "vije vizhe vijhe vizheh",
        "پیشنهاد": "pishnahad",
        "جشنواره": "jashnvare jashnvareh",
        "خرید": "kharid",
        "بخر": "bekhar",
        "بخرید": "bekharid",
        "بگیر": "begir",
        "بگیرید": "begirid",
        "ببر": "bebar",
        "ببرید": "bebarid",
        "شرکت": "sherkat",
        "کنید": "konid",
        "کن": "kon",
        "قیمت": "gheymat gheimat qeymat",
        "ارزان": "arzan arzoon",
        "تومان": "toman tomen tooman",
        "ریال": "rial",
        "هزار": "hezar",
        "امتیاز": "emtiaz emtiyaz",
        "تبریک": "tabrik",
        "مبارک": "mobarak",
        "تولد": "tavalod tavallod",
        "تولدت": "tavalodet tavallodet",
        "تولدتان": "tavalodetan tavalodeton",
        "سال نو": "salenow saleno",
        "روزتان": "ruzetan roozetan",
        "تسلیت": "tasliat tasliyat",
        "عید": "eyd eid eyde eide",
        "نوروز": "nowruz norouz noruz norooz nowrooz",
        "یلدا": "yalda",
        "دعوت": "davat",
        "همایش": "hamayesh",
        "اقساط": "aghsat",
        "وام": "vam",
        "ضامن": "zamen",
        "فوری": "fori foori",
        "فقط": "faghat faqat",
        "فرصت": "forsat",
        "تماس": "tamas",
        "ارسال": "ersal",
        "ثبت": "sabt",
        "نام": "nam",
        "ثبت نام": "sabtenam sabtnam",
        "کد": "kode kod",
        "رمز": "ramz ramze",
        "ورود": "vorud vorood",
        "تایید": "taeid tayid taeed taid",
        "فعالسازی": "faalsazi",
        "شما": "shoma shomaa",
        "شد": "shod",
        "شده": "shode",
        "سفارش": "sefaresh",
        "مرسوله": "marsule marsoole",
        "بسته": "baste",
        "پیک": "peyk",
        "رهگیری": "rahgiri",
        "پیگیری": "peygiri",
        "شماره": "shomare",
        "حساب": "hesab",
        "کارت": "kart",
        "مانده": "mande mandeh",
        "واریز": "variz",
        "برداشت": "bardasht",
        "انتقال": "enteghal",
        "پرداخت": "pardakht",
        "مبلغ": "mablagh",
        "قبض": "ghabz",
        "مهلت": "mohlat",
        "بدهی": "bedehi",
        "نوبت": "nobat",
        "ساعت": "saat",
        "کلاس": "kelas",
        "بیمه": "bime bimeh",
        "نامه": "name",
        "منقضی": "monghazi",
        "اشتراک": "eshterak",
        "کاربری": "karbari",
        "عبور": "obur oboor",
        "تیکت": "tiket",
        "پاسخ": "pasokh",
        "مشترک": "moshtarak",
        "مشتری": "moshtari",
        "عزیز": "aziz",
        "گرامی": "gerami",
        "لغو": "laghv",
        "آموزش": "amoozesh amuzesh amozesh",
        "استاد": "ostad",
        "مجرب": "mojarab",
        "زبان": "zaban",
        "مشاوره": "moshavere",
        "سفر": "safar",
        "کانال": "kanal",
        "عضو": "ozv",
        "شوید": "shavid",
        "شدید": "shodid",
        "فروشگاه": "foroushgah forushgah froshgah",
        "برای": "baraye baraie",
        "بعدی": "badi baadi",
        "اول": "aval avval",
        "میشود": "mishavad mishe",
        "نمیشود": "nemishavad nemishe",
        "برگزار": "bargozar",
        "نداشتید": "nadashtid",
        "حضور": "hozur hozoor",
        "مراجعه": "moraje morajee",
        "کرد": "kard",
        "برگشت": "bargasht",
        "بازگشت": "bazgasht",
        "وجه": "vajh",
        "داده": "dade",
        "پایان": "payan",
        "میرسد": "miresad mirese",
        "راضی": "razi",
        "بودید": "budid boodid",
        "نظر": "nazar",
        "برق": "bargh",
        "قطع": "ghat ghate",
        "منطقه": "mantaghe",
        "یارانه": "yarane",
        "تیم": "tim",
        "خواهد": "khahad",
        "آماده": "amade",
        "تحویل": "tahvil",
        "موفقیت": "movafaghiat",
        "قسط": "ghest",
        "سررسید": "sarresid",
        "درگذشت": "dargozasht",
    }
)
_LEET = str.maketrans("013457@$!", "oieastasi")
_SOUNDS = (("x", "kh"), ("q", "gh"), ("oo", "u"), ("ou", "u"), ("ow", "o"), ("ee", "i"), ("y", "i"), ("'", ""))
_DOUBLED = re.compile(r"(.)\1+")


def sound(spelling: str) -> str:
    """What a Latin spelling sounds like, so that many spellings meet in one: `takhfiiif`, `takhf1f`, `taxfif`."""
    heard = spelling.translate(_LEET)
    for letters, plain in _SOUNDS:
        heard = heard.replace(letters, plain)
    heard = _DOUBLED.sub(r"\1", heard)
    return heard[:-1] if heard.endswith("eh") else heard


_WORDS: Mapping[str, str] = MappingProxyType(
    {sound(spelling): fold_letters(word) for word, spellings in _SPELLINGS.items() for spelling in spellings.split()}
)


def persian(spelling: str) -> str | None:
    """The Persian word that a lower-case Latin spelling stands for, or None when it is no listed word."""
    return _WORDS.get(sound(spelling))
