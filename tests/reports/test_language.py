"""Every language has every phrase, with the same values in it, and tells days by its own calendar."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reports
from reports.comparison import MEASURES
from reports.language import ENGLISH, languages
from reports.sections import SECTIONS

FOLDER = Path(reports.__file__).parent
PERSIAN = languages()[1]


def phrases() -> Iterator[object]:
    """What the sections and the page say, as it stands in their files."""
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
                yield from (each.value for each in node.args[:1] if isinstance(each, ast.Constant))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "phrase":
                yield from (each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant))
    page = (FOLDER / "templates" / "page.html").read_text(encoding="utf-8")
    yield from (match[2] for match in re.finditer(r"""say\((["'])(.*?)\1""", page))
    yield from (section.title for section in SECTIONS)
    yield from (measure.title for measure in MEASURES)


FACTS = {"Profile", "Seed", "Driver", "Jobs", "Python", "Platform", "Title", "Target", "Client"}


def test_persian_has_every_phrase_and_no_other() -> None:
    said = {each for each in phrases() if isinstance(each, str)} | FACTS
    assert len(said) > 100
    assert set(PERSIAN.phrases) == said


def test_a_translation_has_the_values_of_its_phrase() -> None:
    for phrase, told in PERSIAN.phrases.items():
        assert set(re.findall(r"{(\w+)}", told)) <= set(re.findall(r"{(\w+)}", phrase)), phrase


def test_numbers_stand_in_the_digits_of_the_language() -> None:
    assert ENGLISH.say("{count} rows", count=1234) == "1,234 rows"
    assert PERSIAN.say("{count} rows", count=1234) == "۱٬۲۳۴ ردیف"


@pytest.mark.parametrize(
    ("iso", "english", "persian"),
    [
        ("2026-11-22T10:00:01.5+03:30", "2026-11-22 10:00:01+03:30", "۱۴۰۵-۰۹-۰۱ ۱۰:۰۰:۰۱+۰۳:۳۰"),
        ("2026-03-21T00:00:00+00:00", "2026-03-21 00:00:00+00:00", "۱۴۰۵-۰۱-۰۱ ۰۰:۰۰:۰۰+۰۰:۰۰"),
        ("yesterday", "yesterday", "yesterday"),
    ],
)
def test_a_moment_is_told_by_the_calendar_of_the_language(iso: str, english: str, persian: str) -> None:
    assert (ENGLISH.moment(iso), PERSIAN.moment(iso)) == (english, persian)


def test_a_day_likewise() -> None:
    assert (ENGLISH.day("2026-11-22"), PERSIAN.day("2026-11-22")) == ("2026-11-22", "۱۴۰۵-۰۹-۰۱")
    assert PERSIAN.day("never") == "never"


def test_the_words_of_the_console_are_the_words_of_the_page() -> None:
    words = [PERSIAN.word(each) for each in ("dedicated_service", "otp", "mci", "FAIL", "no-such-word")]
    assert words == ["خدماتی اختصاصی", "رمز یک‌بارمصرف", "همراه اول", "ناموفق", "no-such-word"]
