"""Iran's mobile number plan and time zone: what is a subscriber's number, its normal form, and whose prefix it bears.

The table is our own because phonenumbers misjudges several Iranian prefixes and reads line 98200011 as a country
code. Prefixes are national (without the leading zero); the longest one that fits decides.
"""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

Value = TypeVar("Value")

COUNTRY_CODE: Final = "98"
NATIONAL_DIGITS: Final = 10
TEHRAN: Final = ZoneInfo("Asia/Tehran")
"""The country's only time zone: +03:30 the whole year since 2022."""

_DIGIT_FOLDING = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789", " -()\u200e\u200f")


class MobileOperator(StrEnum):
    """The operator that a subscriber's prefix was given to."""

    __hash__ = str.__hash__  # an enumeration's own is written in Python, and every message asks several dicts

    MCI = "mci"
    IRANCELL = "irancell"
    RIGHTEL = "rightel"
    TALIYA = "taliya"
    TELEKISH = "telekish"
    SPADAN = "spadan"
    SHATEL = "shatel"
    SAMANTEL = "samantel"
    APTEL = "aptel"
    AZARTEL = "azartel"
    LOTUSTEL = "lotustel"
    ARIANTEL = "ariantel"


_PREFIXES: dict[MobileOperator, str] = {
    MobileOperator.MCI: "910 911 912 913 914 915 916 917 918 919 990 991 992 993 994 995 996",
    MobileOperator.IRANCELL: "900 901 902 903 904 905 930 933 935 936 937 938 939 941",
    MobileOperator.RIGHTEL: "920 921 922 923",
    MobileOperator.TALIYA: "932",
    MobileOperator.TELEKISH: "934",
    MobileOperator.SPADAN: "931",
    MobileOperator.SHATEL: "9981 99820 99821",
    MobileOperator.SAMANTEL: "99999 99998 99997 99996",
    MobileOperator.APTEL: "99910 99911 99913",
    MobileOperator.AZARTEL: "99914",
    MobileOperator.LOTUSTEL: "9990",
    MobileOperator.ARIANTEL: "9998",
}
_OPERATOR_OF = {prefix: operator for operator, prefixes in _PREFIXES.items() for prefix in prefixes.split()}
OPERATOR_OF_PREFIX: Final[Mapping[str, MobileOperator]] = MappingProxyType(_OPERATOR_OF)
"""The operator that each national prefix was given to."""
_LENGTHS = sorted({len(prefix) for prefix in _OPERATOR_OF}, reverse=True)
_SHORTEST = _LENGTHS[-1]
_NORMAL_DIGITS = len(COUNTRY_CODE) + NATIONAL_DIGITS
_BY_SHORTEST = {
    prefix: operator
    for prefix, operator in _OPERATOR_OF.items()
    if len(prefix) == _SHORTEST and not any(other.startswith(prefix) for other in _OPERATOR_OF if other != prefix)
}
"""Prefixes that decide at once, because no longer one begins with them: nearly every number's."""


def in_tehran(moment: datetime.datetime) -> datetime.datetime:
    """A moment in Tehran's time, which is meant where it names no zone."""
    return moment.replace(tzinfo=TEHRAN) if moment.tzinfo is None else moment.astimezone(TEHRAN)


def fold_digits(written: str) -> str:
    """The same number with its digits as ASCII, and without spaces, dashes, brackets and direction marks."""
    return written.translate(_DIGIT_FOLDING)


def normal_mobile(written: str) -> str | None:
    """The normal form `98` + ten digits of an Iranian mobile number, or None when it is not one.

    Accepts 09…, 9…, 98…, 0098… and +98…, with the separators and digits that `fold_digits` folds.
    """
    digits = written if written.isascii() and written.isdigit() else fold_digits(written)
    digits = digits.removeprefix("+")
    for prefix in ("0098", "098", "98", "0"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + NATIONAL_DIGITS:
            digits = digits[len(prefix) :]
            break
    if len(digits) != NATIONAL_DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    return COUNTRY_CODE + digits if national_operator(digits) else None


def national_operator(national: str) -> MobileOperator | None:
    """The operator whose prefix the ten national digits bear."""
    if operator := _BY_SHORTEST.get(national[:_SHORTEST]):
        return operator
    return _OPERATOR_OF.get(operator_prefix(national) or "")


def operator_at_sight(written: str) -> MobileOperator | None:
    """The operator of a number that is in normal form and whose shortest prefix decides; None: look closer."""
    if len(written) == _NORMAL_DIGITS and written.startswith(COUNTRY_CODE) and written.isascii() and written.isdigit():
        return _BY_SHORTEST.get(written[2 : 2 + _SHORTEST])
    return None


def operator_prefix(national: str) -> str | None:
    """The prefix by which the ten national digits are an operator's, 3 to 5 of them."""
    for length in _LENGTHS:
        if national[:length] in _OPERATOR_OF:
            return national[:length]
    return None


def mobile_operator(normal: str) -> MobileOperator | None:
    """The operator whose prefix a number in normal form (`normal_mobile`) bears."""
    return national_operator(normal[len(COUNTRY_CODE) :])


def _normal(written: str) -> str:
    normal = normal_mobile(written)
    if normal is None:
        msg = f"{written!r} is not an Iranian mobile number"
        raise ValueError(msg)
    return normal


SubscriberNumber = Annotated[str, AfterValidator(_normal)]
"""A subscriber's number as a field of a model: read in any form, held in normal form."""


def line_forms(number: str) -> tuple[str, ...]:
    """The ways in which ESMEs write a line: bare, 98…, +98… and 0098…; a national zero goes with the country code.

    A sender's name in letters has one form.
    """
    if not number.isdigit():
        return (number,)
    national = number.removeprefix("0")
    forms = (number, national, COUNTRY_CODE + national, f"+{COUNTRY_CODE}{national}", f"00{COUNTRY_CODE}{national}")
    return tuple(dict.fromkeys(forms))


def by_longest_prefix(values: Mapping[str, Value], number: str, otherwise: Value) -> Value:
    """The value of the longest prefix that a number bears, or another one where it bears none of them."""
    fitting = [prefix for prefix in values if number.startswith(prefix)]
    return values[max(fitting, key=len)] if fitting else otherwise
