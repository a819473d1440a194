"""The notation of cues."""

import re

import pytest

from simulator.policy.content.notation import spellings


def found(pattern: str, text: str) -> list[str]:
    return [
        text[m.start() : m.end()]
        for spelling in spellings(pattern)
        if (m := re.search(re.escape(spelling.head) + spelling.tail, text))
    ]


@pytest.mark.parametrize("text", ["کد تخفیف", "کدتخفیف", "کد: «تخفیف»".replace("«", '"'), "کد\nتخفیف"])
def test_a_blank_may_be_anything_or_nothing(text: str) -> None:
    assert found("کد تخفیف", text)


@pytest.mark.parametrize("text", ["برنده", "برندههای", "برندهاید"])
def test_endings_of_plural_and_person_are_allowed(text: str) -> None:
    assert found("برنده", text) == [text]


def test_another_word_is_not_an_ending() -> None:
    assert found("برند", "برنده") == ["برنده"]
    assert not found("کیف", "کیفیت")


def test_a_tilde_leaves_the_end_open() -> None:
    assert found("تخفیف~", "تخفیفان") == ["تخفیف"]


def test_some_words_stay_within_a_sentence() -> None:
    assert found("سفارش ... شد", "سفارش کیف 2.5 کیلویی شما ثبت شد")
    assert not found("سفارش ... شد", "سفارش بدهید. ثبت شد")


def test_a_number_takes_its_separators() -> None:
    assert found("# تومان", "قیمت 1,250,000 تومان") == ["1,250,000 تومان"]


def test_a_leading_group_is_spelled_out() -> None:
    assert [spelling.head for spelling in spellings("(کد|بن (خرید|هدیه)) تخفیف")] == ["کد", "بن"]
    assert [spelling.head for spelling in spellings("(کد )?تخفیف")] == ["کد", "تخفیف"]


def test_arabic_letters_of_a_pattern_are_folded() -> None:
    assert found("آگهی", "اگهی")


@pytest.mark.parametrize("pattern", [".*تخفیف", "?تخفیف", "تخ?فیف"[:2] + "?", "&"])
def test_a_cue_that_cannot_be_looked_up_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="must begin with two plain letters, a number or a sign"):
        spellings(pattern)


def test_an_open_group_is_refused() -> None:
    with pytest.raises(ValueError, match="opens a group and does not close it"):
        spellings("(کد|بن تخفیف")


@pytest.mark.parametrize(
    ("pattern", "later", "next_"),
    [
        pytest.param("سفارش ... شد", {"شد"}, None, id="behind-a-gap"),
        pytest.param("کد تخفیف", None, {"تخ"}, id="behind-a-blank"),
        pytest.param("کد (شما )?(تایید|ورود) ... \\d", {"0"}, {"شم", "تا", "ور"}, id="what-may-be-missing"),
        pytest.param("# (%|درصد) ... آف", {"اف"}, {"%", "در"}, id="behind-a-number"),
        pytest.param("کد [a-z]+", None, None, id="anything"),
    ],
)
def test_later_words_are_known_by_how_they_begin(pattern: str, later: set[str] | None, next_: set[str] | None) -> None:
    (spelling,) = spellings(pattern)
    assert (spelling.later, spelling.next) == (later, next_)
