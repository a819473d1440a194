"""Matching, over patterns and texts that nobody wrote by hand."""

import re

from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.patterns import Matcher, review
from simulator.policy.patterns.matching import FITS
from simulator.policy.patterns.reading import Reading
from simulator.registry.pattern import Pattern
from simulator.registry.pattern_syntax import Syntax, Template, Variable, VariableType, read_template

FIXED = st.sampled_from(
    ["سفارش", "شما", "مرسوله‌ی", "با", "شماره", "در", "سامانه", "نمونه:", "ثبت", "شد.\n", "كد", "‌ها"]
)
NAMES = st.sampled_from(["سارا", "علی رضایی", "Ali", "مینا‌خانم", "A-12", "۴۸۲", "بهمن"])
NUMBERS = st.integers(min_value=0, max_value=10**9).map(str)
PIECES = st.lists(FIXED, min_size=1, max_size=4).map(" ".join)


class Filled:
    """A pattern, and legal values for it."""

    def __init__(self, parts: list[str], values: list[str], kinds: list[VariableType]) -> None:
        self.parts, self.values = parts, values
        variables = tuple(Variable(f"v{n}", kind) for n, kind in enumerate(kinds))
        self.matcher = Matcher(Template(Syntax.PERCENT, tuple(parts), variables))

    def text(self, parts: list[str]) -> str:
        return "".join(piece for pair in zip(parts, [*self.values, ""], strict=True) for piece in pair)


@st.composite
def filled(draw: st.DrawFn) -> Filled:
    kinds = draw(st.lists(st.sampled_from([VariableType.STRING, VariableType.NUMBER]), min_size=1, max_size=4))
    values = [draw(NAMES if kind is VariableType.STRING else NUMBERS) for kind in kinds]
    parts = [f" {draw(PIECES)} " for _ in range(len(kinds) + 1)]
    return Filled(parts, values, kinds)


def why(matcher: Matcher, text: str) -> str:
    reading = Reading(text)
    explanation = matcher.explain(reading)
    assert matcher.fits(reading) is explanation.matches
    return explanation.why


@given(filled())
def test_a_filled_pattern_fits(case: Filled) -> None:
    assert why(case.matcher, case.text(case.parts)) == FITS


@given(filled(), st.data())
def test_a_changed_fixed_word_never_fits(case: Filled, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(case.parts) - 1))
    words = case.parts[at].split(" ")
    index = data.draw(st.sampled_from([n for n, word in enumerate(words) if re.search(r"\w", word)]))
    words[index] = data.draw(st.sampled_from(["ژاله", "ظروف", "ژ" + words[index], ""]))
    changed = [*case.parts[:at], " ".join(words), *case.parts[at + 1 :]]
    assert why(case.matcher, case.text(changed)) != FITS


@given(filled(), st.sampled_from(["ژاله", "و", "12"]))
def test_an_extra_word_at_either_end_never_fits(case: Filled, word: str) -> None:
    assert why(case.matcher, f"{word} {case.text(case.parts)}") != FITS
    assert why(case.matcher, f"{case.text(case.parts)} {word}") != FITS


@given(st.text(min_size=1), st.text(), st.sampled_from([None, *Syntax]))
def test_nothing_raises(pattern: str, text: str, syntax: Syntax | None) -> None:
    assert why(Matcher(read_template(pattern, syntax)), text)
    review(Pattern(name="x", line="2000300030", text=pattern, syntax=syntax))


@given(st.text(alphabet="%ab \n#{}01", min_size=1), st.text(alphabet="ab 01\n.:/"))
def test_nothing_raises_where_marks_abound(pattern: str, text: str) -> None:
    assert why(Matcher(read_template(pattern)), text)
