import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.patterns.reading import Reading, blank_edges, squeeze


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("", ""),
        (" \u200c ", ""),
        ("كتاب‌هاي ۱۲", "کتابهای12"),
        ("کتاب های 12", "کتابهای12"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a \n b", "a\nb"),
        ("\ud83d x", "\ud83dx"),
    ],
)
def test_what_patterns_compare(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


@given(st.text())
def test_squeezing_twice_changes_nothing(text: str) -> None:
    once = squeeze(text)
    assert squeeze(once) == once


def test_a_reading_finds_its_way_back() -> None:
    reading = Reading("\n كد\u200cورود:  ۴۸ ۲ ")
    assert reading.text == "کدورود:482"
    assert (reading.value(7, 10), reading.sent(7, 10), reading.sent(0, 6)) == ("48 2", "۴۸ ۲", "كد\u200cورود")
    assert [at for at in range(11) if reading.is_parted(at)] == [0, 7, 9, 10]


def test_a_line_break_parts_what_stands_beside_it() -> None:
    reading = Reading("ab\ncd")
    assert [at for at in range(6) if reading.is_parted(at)] == [0, 2, 3, 5]


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("", (False, False)),
        ("a", (False, False)),
        (" a", (True, False)),
        ("a\u00a0", (False, True)),
        (" ", (True, True)),
    ],
)
def test_blank_edges(text: str, edges: tuple[bool, bool]) -> None:
    assert blank_edges(text) == edges


@given(st.text())
def test_every_character_has_a_place_in_what_was_sent(text: str) -> None:
    reading = Reading(text)
    assert len(reading.places) == len(reading.text)
    assert reading.places == sorted(set(reading.places))
    assert [reading.folded[place] for place in reading.places] == list(reading.text)
