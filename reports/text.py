"""How text is shown: subscriber numbers masked, Persian right to left, Latin and digit runs isolated.

This file knows strings and HTML fragments only; it has never heard of a run, a table or a rule.
"""

import json
import re
from typing import Final

from markupsafe import Markup, escape

_DIGIT: Final = "0-9۰-۹٠-٩"
_ZERO: Final = "[0۰٠]"
_NINE: Final = "[9۹٩]"
_EIGHT: Final = "[8۸٨]"
_GAP: Final = r"[ \u200c.\-]?"

# An Iranian mobile number in any written form: 98912…, +98 912…, 0098912…, 0912…, 912…, in Latin or Persian digits.
# A bare ten-digit 9999… is a Samantel line, not a subscriber (design section 4), and stays as it is.
_SUBSCRIBER: Final = re.compile(
    rf"(?<![{_DIGIT}A-Za-z])"
    rf"(?P<head>(?:(?:\+|{_ZERO}{{2}})?{_NINE}{_EIGHT}{_GAP}{_NINE}|{_ZERO}{_NINE}|(?!{_NINE}{{4}}){_NINE})"
    rf"[{_DIGIT}]{{2}}{_GAP})"
    rf"(?P<hidden>[{_DIGIT}]{_GAP}[{_DIGIT}]{_GAP}[{_DIGIT}])"
    rf"(?P<tail>{_GAP}(?:[{_DIGIT}]{_GAP}){{3}}[{_DIGIT}])"
    rf"(?![{_DIGIT}A-Za-z])"
)
_ANY_DIGIT: Final = re.compile(f"[{_DIGIT}]")

_PERSIAN: Final = "\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_PERSIAN_LETTER: Final = re.compile(f"[{_PERSIAN}]")
_LATIN_LETTER: Final = re.compile("[A-Za-z]")
# What must keep its own left-to-right order inside a Persian line: a word, a number, a code, an address.
_LATIN_RUN: Final = re.compile(rf"[+*#]?[A-Za-z{_DIGIT}](?:[A-Za-z{_DIGIT}•._:/@?&=#%+~*,٬٫\- ]*[A-Za-z{_DIGIT}#%/])?")
# Persian words inside a Latin line, with what stands between them and their digits: `لغو11`, `۳۰٪ تخفیف`. A run starts
# at the first of its digits only, or a text of digits alone would be searched again from each.
_PERSIAN_RUN: Final = re.compile(
    rf"(?:(?<![۰-۹٠-٩])[۰-۹٠-٩]+٪? ?)?"
    rf"[{_PERSIAN}](?:[{_PERSIAN}{_DIGIT}\u200c .:،؛!؟٪()«»\-]*[{_PERSIAN}])?[{_DIGIT}٪]*"
)


def mask(text: str) -> str:
    """Hide the middle three digits of every subscriber number in a text: `989121110001` becomes `98912•••0001`.

    The length stays what it was, so that the offsets of evidence into the text hold. Lines (`3000…`, `9999…`) are not
    subscribers and stay whole. The one place that knows how a number is hidden; sections pass everything through it.

    Args:
        text: any text; a number may stand alone or inside a sentence, in Latin, Persian or Arabic digits.

    Returns:
        The text with each number's middle digits as `•`.
    """
    return _SUBSCRIBER.sub(lambda m: m["head"] + _ANY_DIGIT.sub("•", m["hidden"]) + m["tail"], text)


def is_persian(text: str) -> bool:
    """Whether a text reads from right to left: a Persian sentence may name a web address, an English one quote a word.

    The direction of the first letter would be wrong for the many messages that begin with a Latin name, so letters are
    counted, a Persian one twice as heavy as a Latin one.
    """
    persian = len(_PERSIAN_LETTER.findall(text))
    return persian > 0 and 2 * persian >= len(_LATIN_LETTER.findall(text))


def to_html(text: str) -> Markup:
    """A text as an escaped HTML fragment that reads in its own direction.

    A Persian text stands in `<span dir="rtl" lang="fa">`, its Latin and digit runs in `<bdi>`; any other text is left
    to right as in `log_html`. Every character survives: ZWNJ, digits of any script, line breaks.

    Args:
        text: any text, trusted or not.
    """
    if not is_persian(text):
        return log_html(text)
    inner = _isolated(text, _LATIN_RUN, Markup("<bdi>{}</bdi>"))
    return Markup('<span dir="rtl" lang="fa">{}</span>').format(inner)


def log_html(text: str) -> Markup:
    """A text that reads from left to right whatever is in it, as an escaped HTML fragment: Persian runs in `<bdi>`."""
    return _isolated(text, _PERSIAN_RUN, Markup('<bdi dir="rtl" lang="fa">{}</bdi>'))


def _isolated(text: str, run: re.Pattern[str], element: Markup) -> Markup:
    pieces: list[Markup] = []
    end = 0
    for found in run.finditer(text):
        pieces += [escape(text[end : found.start()]), element.format(found[0])]
        end = found.end()
    pieces.append(escape(text[end:]))
    return Markup("").join(pieces)


def plain(value: object) -> str:
    """A JSON value as one short text: a string as it is, nothing for null, anything else as compact JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
