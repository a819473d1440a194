"""What a word is about."""

import pytest

from simulator.policy.content.features import tokens
from simulator.policy.content.kinds import LISTS, kinds
from simulator.policy.content.normalise import normalise


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("پیتزا", ("food",), id="as-listed"),
        pytest.param("پیتزاهایتان", ("food",), id="with-endings"),
        pytest.param("ابتدا", (), id="of-no-kind"),
        pytest.param("شم", (), id="too-short-to-lose-an-ending"),
    ],
)
def test_kinds(word: str, expected: tuple[str, ...]) -> None:
    assert kinds(word) == expected


def test_every_listed_word_is_one_token_in_its_one_spelling() -> None:
    listed = [word for words in LISTS.values() for word in words.split()]
    assert [word for word in listed if normalise(word).text != word] == []
    assert [word for word in listed if [shape for shape, _, _ in tokens(word)] != [word]] == []


def test_no_kind_lists_a_word_twice() -> None:
    assert [kind for kind, words in LISTS.items() if len(set(words.split())) < len(words.split())] == []
