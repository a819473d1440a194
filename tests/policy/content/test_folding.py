"""Folding of single characters, and its index map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.content.folding import fold, fold_letters


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("كيك ويژه", "کیک ویژه", id="arabic-kaf-and-yeh"),
        pytest.param("هدیۀ مدرسة", "هدیه مدرسه", id="heh-with-yeh-and-teh-marbuta"),
        pytest.param("آگهی أحمد إيران", "اگهی احمد ایران", id="alefs"),
        pytest.param("مسئول مؤسسه جائزه", "مسیول موسسه جایزه", id="hamza-seats"),
        pytest.param("۱۲۳ ٤٥٦ 789", "123 456 789", id="three-scripts-of-digits"),
        pytest.param("۵۰٪ یا ٥٠٪", "50% یا 50%", id="percent-signs"),
        pytest.param("قرعه\u200cکشی\u200f", "قرعهکشی", id="zwnj-and-rlm"),
        pytest.param("تخفـــیف", "تخفیف", id="tatweel"),
        pytest.param("تَخفیفِ", "تخفیف", id="vowel-signs"),
        pytest.param("\ufeffکد\u00adتخفیف\u2060", "کدتخفیف", id="bom-soft-hyphen-word-joiner"),
        pytest.param("\ufe97\ufea8\ufed4\ufef4\ufed2", "تخفیف", id="presentation-forms"),
        pytest.param("ＯＦＦ １２", "off 12", id="full-width"),
        pytest.param("𝐒𝐚𝐥𝐞", "sale", id="mathematical-letters"),
        pytest.param("ѕаlе", "sale", id="cyrillic-look-alikes"),
        pytest.param("tàkhfíf", "takhfif", id="latin-accents"),
        pytest.param("5️⃣0️⃣", "50", id="emoji-digits"),
        pytest.param("②❺", "25", id="circled-digits"),
        pytest.param("صبر کنید…", "صبر کنید...", id="one-becomes-three"),
        pytest.param("۵۰٬۰۰۰﷼", "50,000ریال", id="rial-sign"),
    ],
)
def test_folds_to_one_spelling(written: str, read: str) -> None:
    folded, _ = fold(written)
    assert folded == read


def test_each_character_knows_its_origin() -> None:
    folded, origins = fold("ا\u200c…ب")
    assert folded == "ا...ب"
    assert list(origins) == [0, 2, 2, 2, 3]


def test_a_text_that_loses_nothing_keeps_its_indexes() -> None:
    assert list(fold("كد ۱۲")[1]) == list(range(5))


def test_a_pattern_keeps_its_capitals_and_signs() -> None:
    assert fold_letters(r"آ\W+ئ[A-Z]") == r"ا\W+ی[A-Z]"


@given(st.text())
def test_folding_is_idempotent_and_origins_never_go_back(text: str) -> None:
    folded, origins = fold(text)
    assert fold(folded)[0] == folded
    assert len(origins) == len(folded)
    assert all(a <= b < len(text) for a, b in zip([0, *origins], origins, strict=False))
