"""Reading hidden words, and the way back to the text as it was sent."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.policy.content import normalise

# What people hide words with, so that hypothesis meets it more often than in all of Unicode.
_TRICKS = st.text(alphabet="تخفیفجایزهبرندهقرعه\u200c\u200dـَ ._*-❤🎁takhfif1550۱۵٪😀\ufe0f\n@/:", max_size=60)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("ت.خ.ف.ی.ف", "تخفیف", id="dots"),
        pytest.param("ت خ ف ی ف", "تخفیف", id="blanks"),
        pytest.param("ت_خ_ف_ی_ف", "تخفیف", id="underscores"),
        pytest.param("ت❤️خ❤️ف❤️ی❤️ف", "تخفیف", id="emoji"),
        pytest.param("تخ.فیف", "تخفیف", id="one-dot"),
        pytest.param("تخ فیف", "تخفیف", id="one-blank"),
        pytest.param("تخفییییف", "تخفیف", id="letter-repeated"),
        pytest.param("تخفییف", "تخفیف", id="letter-doubled"),
        pytest.param("ج۱یز۵", "جایزه", id="digits-for-letters"),
        pytest.param("سلاااام", "سلام", id="any-word-repeated"),
        pytest.param("ک.ت.ا.ن.ی", "کتانی", id="any-word-pulled-apart"),
        pytest.param("و.ا.م ف.و.ر.ی", "وام فوری", id="two-words-pulled-apart"),
        pytest.param("ت خ ف ی ف  ک ت ا ب", "تخفیف  کتاب", id="wider-blank-between-words"),
        pytest.param("takhfif vizhe", "تخفیف ویژه", id="finglish"),
        pytest.param("t a k h f i f", "تخفیف", id="finglish-pulled-apart"),
        pytest.param("TAKHFIF!", "تخفیف!", id="finglish-shouted"),
    ],
)
def test_puts_hidden_words_together(written: str, read: str) -> None:
    assert normalise(written).text == read


@pytest.mark.parametrize(
    "text",
    [
        "https://takhfif.com/jayeze?kod=12",
        "www.takhfifan.ir",
        "shop.example/a.b.c.d",
        "info@jayeze.com",
        "t.me/takhfif",
    ],
)
def test_links_and_addresses_survive(text: str) -> None:
    assert normalise(f"سایت {text} را ببینید").text == f"سایت {text} را ببینید"


@pytest.mark.parametrize("text", ["کد 12 و 15 ساعت 5", "ارسال شد.تحویل فردا", "من و تو", "الف، ب", "لغو11", "طبقه5"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert normalise(text).text == text.replace("،", ",")


def test_a_span_covers_what_was_dropped_inside() -> None:
    written = "فقط ت.خ.ف.ی.ف امروز"
    seen = normalise(written)
    start, end = seen.span(4, 9)
    assert seen.text[4:9] == "تخفیف"
    assert written[start:end] == "ت.خ.ف.ی.ف"


def test_a_span_of_folded_letters_is_exact() -> None:
    written = "كد تخفـ\u200cيف شما"
    seen = normalise(written)
    begin = seen.text.index("تخفیف")
    start, end = seen.span(begin, begin + 5)
    assert written[start:end] == "تخفـ\u200cيف"


def test_an_empty_span_is_a_place() -> None:
    seen = normalise("\u200cاب")
    assert seen.span(1, 1) == (2, 2)
    assert seen.span(2, 2) == (3, 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 3)])
def test_a_span_outside_says_where(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"span {start}:{end} is not inside a normalised text of 2 characters"):
        normalise("اب").span(start, end)


@given(st.text() | _TRICKS)
@example("تخ فیف ت خ ف ی ف")
@example("a\u0345\u0301")
@example("\ud800")
@example("t a k h f i f . c o m")
@example("amade")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(st.text() | _TRICKS, st.data())
def test_spans_stay_inside_and_never_go_back(text: str, data: st.DataObject) -> None:
    seen = normalise(text)
    begin = data.draw(st.integers(0, len(seen.text)))
    end = data.draw(st.integers(begin, len(seen.text)))
    start, stop = seen.span(begin, end)
    assert 0 <= start <= stop <= len(text)
    assert (start < stop) == (begin < end)
    assert seen.span(0, begin)[1] <= stop or begin == end
