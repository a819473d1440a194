"""Persian words in Latin letters."""

import pytest

from simulator.policy.content.finglish import persian


@pytest.mark.parametrize(
    ("spelling", "word"),
    [
        ("takhfif", "تخفیف"),
        ("taxfif", "تخفیف"),
        ("takhfiiif", "تخفیف"),
        ("t@khf1f", "تخفیف"),
        ("jayeze", "جایزه"),
        ("jayezeh", "جایزه"),
        ("jaieze", "جایزه"),
        ("barande", "برنده"),
        ("qorekeshi", "قرعه کشی"),
        ("ghorekeshi", "قرعه کشی"),
        ("foroosh", "فروش"),
    ],
)
def test_many_spellings_are_one_word(spelling: str, word: str) -> None:
    assert persian(spelling) == word


@pytest.mark.parametrize("word", ["code", "order", "sale", "off", "welcome", "takhfifan", "brand"])
def test_other_words_stay_latin(word: str) -> None:
    assert persian(word) is None
