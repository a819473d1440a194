"""The languages of a page: what a section says, in the words of the reader.

A section writes English phrases and passes each through `Language.say`; another language is one table of the same
phrases, `languages/<code>.toml`. Data files (CSV, JSON, XLSX) are English always: programs read them.
"""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from simulator.time.jalali import JalaliDate

_PERSIAN_DIGITS: Final = str.maketrans("0123456789,%", "۰۱۲۳۴۵۶۷۸۹٬٪")

_CONSOLE_WORD: Final = re.compile(r'^ *"(\w+)\.([\w-]+)": "([^"]+)",$', re.MULTILINE)
_KINDS: Final = ("line_type", "label", "category", "operator", "confidence", "change", "origin")


@dataclass(frozen=True)
class Language:
    """One language: its code, its direction, and its phrases by the English ones (none for English itself)."""

    code: str
    name: str
    direction: str
    phrases: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    words: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def say(self, phrase: str, **values: int | str) -> str:
        """A phrase with its `{values}`; whole numbers stand with separators, in the digits of the language.

        Raises:
            KeyError: The language lacks the phrase; a test holds the tables to what the sections say.
        """
        told = phrase if self.code == "en" or not phrase else self.phrases[phrase]
        shown = {name: self.number(f"{value:,}") if isinstance(value, int) else value for name, value in values.items()}
        return told.format(**shown)

    def word(self, value: str) -> str:
        """A word of the operator's own vocabulary (a verdict, a kind of line); one that is not known stays."""
        return self.words.get(value, value)

    def number(self, written: str) -> str:
        """A number written in English, in the digits of the language."""
        return written.translate(_PERSIAN_DIGITS) if self.code == "fa" else written

    def moment(self, iso: str) -> str:
        """An ISO 8601 time to the second, its day by the calendar of the language; what is no such time stays."""
        try:
            moment = datetime.datetime.fromisoformat(iso)
        except ValueError:
            return iso
        if self.code != "fa":
            return moment.isoformat(sep=" ", timespec="seconds")
        return self.number(f"{jalali(moment.date())} {moment.timetz().isoformat(timespec='seconds')}")

    def day(self, iso: str) -> str:
        """A day by the calendar of the language; what is no such day stays."""
        try:
            day = datetime.date.fromisoformat(iso)
        except ValueError:
            return iso
        return self.number(jalali(day)) if self.code == "fa" else iso


def jalali(day: datetime.date) -> str:
    """A day of the Solar Hijri calendar, as `1405-09-01`."""
    date = JalaliDate.of(day)
    return f"{date.year}-{date.month:02}-{date.day:02}"


ENGLISH: Final = Language("en", "English", "ltr")


@cache
def languages() -> tuple[Language, ...]:
    """The languages of the page, the first that of `index.html`."""
    told = tomllib.loads(files("reports").joinpath("languages/fa.toml").read_text(encoding="utf-8"))
    return ENGLISH, Language("fa", "فارسی", "rtl", told["phrases"], _console_words() | told["words"])


def _console_words() -> dict[str, str]:
    """The Persian words by which the console tells kinds of line, categories and the like: one vocabulary for both."""
    script = files("simulator").joinpath("admin/web/i18n/fa_words.js").read_text(encoding="utf-8")
    return {name: persian for kind, name, persian in _CONSOLE_WORD.findall(script) if kind in _KINDS}
