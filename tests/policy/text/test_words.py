import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.content.folding import fold
from simulator.policy.words import WordList
from simulator.profiles.rule_settings import FilteredWords, WordMatch

WORDS = WordList(FilteredWords().words, WordMatch.WORD)
SUBSTRINGS = WordList(FilteredWords().words, WordMatch.SUBSTRING)


def found(words: WordList, text: str) -> list[tuple[str, str]]:
    return [(one.word, one.inside) for one in words.find(fold(text)[0])]


@pytest.mark.parametrize(
    ("text", "words", "substrings"),
    [
        ("برند نهال", [("برند", "برند")], [("برند", "برند")]),
        ("برندهای نهال", [], [("برنده", "برندهای")]),
        ("برند‌های نهال", [], [("برنده", "برندهای")]),
        ("شما برنده شدید", [("برنده", "برنده")], [("برنده", "برنده")]),
        ("برندگان", [("برندگان", "برندگان")], [("برندگان", "برندگان")]),
        ("میبرند", [], [("برند", "میبرند")]),
        ("تا ساعت 24", [("ساعت", "ساعت"), ("24", "24")], [("ساعت", "ساعت"), ("24", "24")]),
        ("٢٤ساعته", [("24", "24ساعته")], [("24", "24ساعته"), ("ساعت", "24ساعته")]),
        ("کد ۴۲۴۱", [], [("24", "4241")]),
        ("بـرنـد", [("برند", "برند")], [("برند", "برند")]),
        ("ب ر ن د", [], []),
        ("", [], []),
    ],
)
def test_whole_words_and_substrings(text: str, words: list[tuple[str, str]], substrings: list[tuple[str, str]]) -> None:
    assert (found(WORDS, text), found(SUBSTRINGS, text)) == (words, substrings)


@pytest.mark.parametrize("text", ["شرط بندی", "شرط  بندی", "شرط\nبندی", "شرط‌بندی", "شرطبندی"])
def test_blanks_within_a_listed_word_may_vary(text: str) -> None:
    assert len(found(WordList(["شرط بندی"], WordMatch.WORD), f"({text})")) == 1


@given(st.lists(st.text(max_size=6), max_size=5), st.text(), st.sampled_from(WordMatch))
def test_what_is_found_stands_in_the_text(words: list[str], text: str, match: WordMatch) -> None:
    folded = fold(text)[0]
    for one in WordList(words, match).find(folded):
        assert one.word
        assert one.word in one.inside
        assert one.inside in folded


@given(st.text(alphabet="برندهگاقطعساتی ۲۴24٢٤،", max_size=40))
def test_a_whole_word_is_a_substring_too(text: str) -> None:
    whole = found(WORDS, text)
    assert bool(found(SUBSTRINGS, text)) or not whole
    tokens = set(fold(text)[0].replace(",", " ").split())
    assert tokens.isdisjoint({"برند", "24"}) or whole
