"""Whether a text says who sends it; knows words for senders and the look of a signature, no registered names."""

import re

from simulator.policy.footer import without_footer

_KINDS = (
    "فروشگاه|شرکت|بانک|سامانه|سایت|وبسایت|اپلیکیشن|باشگاه|کلینیک|مطب|موسسه|دانشگاه|مدرسه|اموزشگاه|رستوران|هتل|بیمه|بیمارستان"
    "|درمانگاه|داروخانه|کتابخانه|اداره|سازمان|شهرداری|هایپر|کافه|گروه|مجتمع|مرکز|انجمن|صندوق|دفتر|پلتفرم|هواپیمایی|لیزینگ|صرافی"
)
_NO_NAMES = "شما|ما|من|تو|این|ان|شد|شده|است|خود|را|به|از|در|با|و|که|تا|برای|می|هر|یک"
_NAMED = re.compile(rf"(?<!\w)(?:{_KINDS}) (?!(?:{_NO_NAMES})(?!\w))[^\W\d_]{{2,}}")
"""A word for a kind of sender, with a name behind it; in folded letters."""
_LATIN_NAME = re.compile(r"(?<![a-z])(?!(?:otp|code|pin|sms|http|https|www)(?![a-z]))[a-z][a-z0-9-]{2,}")
_SIGNATURE = re.compile(r"[^\W\d_][^\n]{1,30}")


def names_sender(folded: str) -> bool:
    """Whether a folded text has a name-like piece: a kind of sender with its name, a Latin name, or a signature."""
    said = without_footer(folded)
    return bool(_NAMED.search(said) or _LATIN_NAME.search(said) or _is_signed(said))


def _is_signed(folded: str) -> bool:
    """Whether a short line of its own, which begins with a letter, ends the text."""
    _, line_break, last = folded.rstrip().rpartition("\n")
    return bool(line_break) and _SIGNATURE.fullmatch(last.strip()) is not None
