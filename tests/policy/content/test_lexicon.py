"""The search for cues, and the catalogue of them."""

from collections import Counter

from simulator.messages import Category
from simulator.policy.content.cues import ALL
from simulator.policy.content.features import tokens
from simulator.policy.content.lexicon import Cues, Lexicon, Weight

_LOUD = Cues(Category.DISCOUNT, Weight.DECISIVE, "loud", ("تخفیف ویژه", "# (%|درصد) تخفیف"))
_QUIET = Cues(Category.DISCOUNT, Weight.CLEAR, "quiet", ("تخفیف",))
_OTHER = Cues(Category.ORDER_STATUS, Weight.STRONG, "other", ("تخفیف ... شد",))


def heard(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.cues.reason) for hit in lexicon.find(text, tokens(text))]


def test_the_loudest_cue_of_a_category_is_heard() -> None:
    assert heard(Lexicon([_QUIET, _LOUD]), "تخفیف ویژه") == [("تخفیف ویژه", "loud")]


def test_each_category_is_heard_at_a_place() -> None:
    hits = heard(Lexicon([_QUIET, _OTHER]), "تخفیف شما اعمال شد")
    assert sorted(hits) == sorted([("تخفیف", "quiet"), ("تخفیف شما اعمال شد", "other")])


def test_cues_begin_at_the_beginning_of_a_word_or_number() -> None:
    lexicon = Lexicon([_QUIET, _LOUD])
    assert heard(lexicon, "کدتخفیف") == []
    assert heard(lexicon, "تا50% تخفیف") == [("50% تخفیف", "loud"), ("تخفیف", "quiet")]


def test_a_cue_is_looked_for_where_its_later_words_are() -> None:
    far = Cues(Category.DISCOUNT, Weight.CLEAR, "far", ("خرید (خوب )?... (تخفیف|\\d\\d%)", "وام فوری"))
    assert heard(Lexicon([far]), "خریدتان با تخفیف") == [("خریدتان با تخفیف", "far")]
    assert heard(Lexicon([far]), "خرید شما 20% کم شد") == [("خرید شما 20%", "far")]
    assert heard(Lexicon([far]), "وامفوری") == [("وامفوری", "far")]
    assert heard(Lexicon([far]), "خرید شما ثبت شد") == []


def test_a_letter_by_itself_is_a_word() -> None:
    street = Cues(Category.DISCOUNT, Weight.CLEAR, "street", ("خ بهار",))
    assert heard(Lexicon([street]), "نشانی: خ بهار") == [("خ بهار", "street")]


def test_reasons_tell_groups_apart() -> None:
    assert [reason for reason, times in Counter(cues.reason for cues in ALL).items() if times > 1] == []


def test_every_category_has_cues() -> None:
    assert {cues.category for cues in ALL} - {None} == set(Category)


def test_only_contexts_without_weight_have_no_category() -> None:
    assert all((cues.category is None) == (cues.weight is Weight.NOTHING) for cues in ALL)
    assert all(cues.disarms for cues in ALL if cues.category is None)
