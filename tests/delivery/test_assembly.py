import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery import assembly
from simulator.delivery.assembly import Added, Assembly, Gathering
from simulator.messages import Addressing, Message, Part, accepted
from simulator.smpp.text import Alphabet, EncodedText, encode_text
from simulator.smpp.udh import Concatenation, ReferenceKind

ACCEPTED = accepted(None, ())


def message(number: int, account: str = "panel", to: str = "98912", data_coding: int = 8) -> Message:
    return Message(
        number=number,
        message_id=f"{number:010d}",
        received_at=0.0,
        account=account,
        source="3000",
        line="3000",
        line_type=None,
        destination=to,
        recipient=None,
        operator=None,
        text="",
        data_coding=data_coding,
        addressing=Addressing(),
        part=Part(1, 2, 1),
        registered_delivery=0,
        command_status=0,
        state=1,
        err="000",
        done_at=None,
        verdict=None,
    )


class Desk:
    """An assembly that numbers its messages itself."""

    def __init__(self, limit: int = 100) -> None:
        self.assembly = Assembly(limit)
        self.count = 0

    def add(
        self,
        number: int,
        total: int,
        text: str | EncodedText,
        *,
        reference: int = 7,
        kind: ReferenceKind = ReferenceKind.UDH_8,
        account: str = "panel",
        to: str = "98912",
    ) -> Added:
        self.count += 1
        encoded = text if isinstance(text, EncodedText) else EncodedText(*encode_text(text))
        part = Concatenation(reference, total, number, kind)
        return self.assembly.add(message(self.count, account, to, encoded.data_coding), part, encoded)


def numbers(gathering: Gathering) -> list[int]:
    return [each.number for each in gathering.messages]


def text_of(gathering: Gathering) -> str:
    return gathering.text(Alphabet.GSM)


def test_a_text_is_whole_by_its_last_part_whatever_the_order() -> None:
    desk = Desk()
    first = desk.add(3, 3, "سه")
    assert (first.is_new, first.gathering.is_whole) == (True, False)
    assert desk.add(1, 3, "یک") == Added(first.gathering, is_new=False, given_up=())
    last = desk.add(2, 3, "دو")
    assert last.gathering is first.gathering
    assert last.gathering.is_whole
    assert (text_of(last.gathering), numbers(last.gathering)) == ("یکدوسه", [1, 2, 3])


def test_a_repeated_part_waits_with_the_others_and_counts_once() -> None:
    desk = Desk()
    desk.add(1, 2, "a")
    assert not desk.add(1, 2, "a").gathering.is_whole
    whole = desk.add(2, 2, "b").gathering
    assert (text_of(whole), numbers(whole)) == ("ab", [1, 2, 3])


def test_a_part_repeated_after_the_text_was_judged_gets_its_verdict_and_waits_nowhere() -> None:
    desk = Desk()
    desk.add(1, 2, "a")
    whole = desk.add(2, 2, "b").gathering
    whole.verdict = ACCEPTED
    again = desk.add(1, 2, "a")
    assert again == Added(whole, is_new=False, given_up=())
    assert numbers(whole) == [1, 2]


@pytest.mark.parametrize(
    "other",
    [
        {"reference": 8},
        {"kind": ReferenceKind.UDH_16},
        {"kind": ReferenceKind.SAR},
        {"account": "other"},
        {"to": "98913"},
    ],
)
def test_what_differs_is_another_text(other: dict[str, object]) -> None:
    desk = Desk()
    desk.add(1, 2, "a")
    added = desk.add(2, 2, "b", **other)  # type: ignore[arg-type] # one of the keywords above
    assert (added.is_new, added.gathering.is_whole) == (True, False)
    assert desk.add(2, 2, "c").gathering.is_whole


def test_another_total_is_another_text() -> None:
    desk = Desk()
    desk.add(1, 2, "a")
    assert desk.add(2, 3, "b").is_new
    assert text_of(desk.add(2, 2, "c").gathering) == "ac"


def test_another_text_under_the_same_reference_ends_the_first() -> None:
    desk = Desk()
    old = desk.add(1, 2, "old").gathering
    added = desk.add(1, 2, "new")
    assert (added.is_new, added.given_up) == (True, (old,))
    assert text_of(desk.add(2, 2, "er").gathering) == "newer"


def test_a_reference_may_be_used_again_at_once() -> None:
    desk = Desk()
    desk.add(1, 2, "a")
    desk.add(2, 2, "b").gathering.verdict = ACCEPTED
    again = desk.add(1, 2, "c")
    assert (again.is_new, again.given_up) == (True, ())
    assert text_of(desk.add(2, 2, "d").gathering) == "cd"


def test_the_end_hands_back_only_what_is_incomplete() -> None:
    desk = Desk()
    late = desk.add(1, 2, "late").gathering
    assert desk.assembly.end(late.key, late.number) is late
    assert desk.assembly.end(late.key, late.number) is None
    desk.add(1, 2, "a")
    whole = desk.add(2, 2, "b").gathering
    assert desk.assembly.end(whole.key, whole.number) is None
    assert desk.add(2, 2, "b").is_new, "forgotten"


def test_the_end_of_one_text_is_not_that_of_the_next_under_its_reference() -> None:
    desk = Desk()
    desk.add(1, 2, "a")
    first = desk.add(2, 2, "b").gathering
    first.verdict = ACCEPTED
    second = desk.add(1, 2, "c").gathering
    assert desk.assembly.end(first.key, first.number) is None
    assert text_of(desk.add(2, 2, "d").gathering) == "cd"
    assert second.is_whole


def test_what_came_is_read_around_a_gap_without_joining_across_it() -> None:
    desk = Desk()
    desk.add(1, 4, EncodedText(0, b"a\x1b"))
    desk.add(3, 4, EncodedText(0, b"eb\x1b"))
    gathering = desk.add(4, 4, EncodedText(0, b"e")).gathering
    assert text_of(gathering) == "a\ufffdeb€"


def test_beyond_the_limit_the_oldest_text_of_the_account_is_given_up() -> None:
    desk = Desk(limit=3)
    desk.add(1, 9, "elsewhere", account="other")
    oldest = desk.add(1, 9, "a", reference=1).gathering
    desk.add(2, 9, "b", reference=1)
    assert desk.add(1, 9, "c", reference=2).given_up == ()
    added = desk.add(1, 9, "d", reference=3)
    assert added.given_up == (oldest,)
    assert numbers(oldest) == [2, 3]
    assert desk.assembly.end(oldest.key, oldest.number) is None
    assert desk.add(2, 9, "e", reference=2).given_up == (), "two places became free"


def test_one_part_repeated_for_ever_is_bounded_too() -> None:
    desk = Desk(limit=3)
    given_up = [gathering for _ in range(8) for gathering in desk.add(1, 2, "a").given_up]
    assert [numbers(gathering) for gathering in given_up] == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_whole_texts_take_no_place_and_are_forgotten_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "WHOLE_REMEMBERED", 2)
    desk = Desk(limit=2)
    for reference in range(4):
        desk.add(1, 2, "a", reference=reference)
        assert desk.add(2, 2, "b", reference=reference).given_up == ()
    assert not desk.add(1, 2, "a", reference=3).is_new
    assert desk.add(1, 2, "a", reference=0).is_new


@given(st.data())
def test_any_order_and_any_repetition_give_the_text(data: st.DataObject) -> None:
    """Cut at any octet, as careless clients do: within surrogate pairs, escapes and units."""
    text = data.draw(st.text(st.sampled_from("a€{س😀\u200cی"), min_size=1, max_size=60))
    data_coding, octets = encode_text(text)
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(octets) - 1)), max_size=8)))
    pieces = [octets[a:b] for a, b in zip([0, *cuts], [*cuts, len(octets)], strict=True)]
    total = len(pieces)
    coming = data.draw(st.permutations([*range(total), *data.draw(st.lists(st.integers(0, total - 1), max_size=6))]))
    desk = Desk()
    whole: list[Gathering] = []
    for index in coming:
        added = desk.add(index + 1, total, EncodedText(data_coding, pieces[index]))
        assert added.given_up == ()
        if added.gathering.is_whole and added.gathering.verdict is None:
            added.gathering.verdict = ACCEPTED
            whole.append(added.gathering)
    [gathering] = whole
    assert text_of(gathering) == text
    assert len(gathering.messages) <= len(coming)


@given(st.lists(st.text("aس", min_size=1, max_size=5), min_size=2, max_size=4), st.integers())
def test_texts_with_different_references_do_not_mix(texts: list[str], seed: int) -> None:
    parts = [
        (reference, number, char, len(text))
        for reference, text in enumerate(texts)
        for number, char in enumerate(text, start=1)
    ]
    random.Random(seed).shuffle(parts)
    desk = Desk()
    whole = {}
    for reference, number, char, total in parts:
        gathering = desk.add(number, total, char, reference=reference).gathering
        if gathering.is_whole:
            whole[reference] = text_of(gathering)
    assert whole == dict(enumerate(texts))
