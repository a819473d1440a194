"""Whether a text fits a template, and where it does not: the one reading of a text against its fixed parts.

Matching walks the fixed parts from left to right and keeps, for each, every place where it may end; a place is reached
from the nearest end before it, so a text costs its length times the number of variables, whatever it says.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from simulator.policy.links import link_spans
from simulator.policy.patterns.reading import Reading, blank_edges, squeeze
from simulator.policy.patterns.values import is_promotional, shape_flaw
from simulator.registry.pattern_syntax import Template, Variable, VariableType

FITS = "fits"
_STARTS_TRIED = 16
"""Where a typed value may begin for one end of it; a string takes the nearest."""
_SHOWN = 40


class _Part(NamedTuple):
    """A fixed part, and whether it must be parted from the variable before it, and from the one behind it."""

    text: str
    parted_before: bool
    parted_behind: bool
    shown: str


class Span(NamedTuple):
    """Where a variable's value stands in a reading's text."""

    start: int
    end: int


class Explanation(NamedTuple):
    """Why a text does or does not fit; `nearness` is greater for a pattern that fits nearly."""

    why: str
    nearness: int

    @property
    def matches(self) -> bool:
        """Whether the text fits."""
        return self.why == FITS


class Matcher:
    """A template made ready to be held against texts."""

    def __init__(self, template: Template) -> None:
        last = len(template.parts) - 1
        self._variables = template.variables
        self._parts = tuple(_part(text, first=n == 0, last=n == last) for n, text in enumerate(template.parts))
        self._first, self._last = self._parts[0].text, self._parts[-1].text

    def fits(self, reading: Reading) -> bool:
        """Whether the text fits."""
        # Nearly every pattern of a line falls here: its beginning or its end is another.
        if not (reading.text.startswith(self._first) and reading.text.endswith(self._last)):
            return False
        spans = self._spans(reading, strict=True)
        return spans is not None and self._misuse(reading, spans) is None

    def explain(self, reading: Reading) -> Explanation:
        """Whether the text fits, and what is wrong if not."""
        spans, form = self._form(reading)
        if spans is None or not form.matches:
            return form
        return form._replace(why=self._misuse(reading, spans) or FITS)

    def form(self, reading: Reading) -> Explanation:
        """Whether the text has the form of the template, whatever its values say, and what is wrong if not."""
        return self._form(reading)[1]

    def _form(self, reading: Reading) -> tuple[list[Span] | None, Explanation]:
        """The values' places, if the fixed parts are where they belong, and what is wrong with the form."""
        spans, shape = self._spans(reading, strict=True), None
        if spans is None:
            spans = self._spans(reading, strict=False)
            if spans is None:
                return None, self._misfit(reading)
            shape = self._shape(reading, spans)
        shape = shape or self._difference(reading, spans)
        return spans, Explanation(shape or FITS, len(reading.text) + 1)

    def _spans(self, reading: Reading, *, strict: bool) -> list[Span] | None:
        """The values' places, each variable as short as can be; where not `strict`, whatever the values are."""
        if not self._variables:
            return [] if reading.text == self._first else None
        if not reading.text.startswith(self._first):
            return None
        ends = [len(self._first)]
        came: list[dict[int, Span]] = []
        for variable, before, part in zip(self._variables, self._parts[:-1], self._parts[1:], strict=True):
            starts = [end for end in ends if not before.parted_behind or reading.is_parted(end)]
            is_last = part is self._parts[-1]
            reached: dict[int, Span] = {}
            for place in self._places(reading, part, starts, is_last=is_last):
                span = _value(reading, variable, starts, place, strict=strict)
                if span is not None:
                    reached[place + len(part.text)] = span
            if not reached:
                return None
            ends = list(reached)
            came.append(reached)
        return _traced(came, ends[0])

    def _places(self, reading: Reading, part: _Part, starts: list[int], *, is_last: bool) -> Iterator[int]:
        """Where a part stands behind the first start, in ascending order."""
        text = reading.text
        if not starts:
            return
        if is_last:
            place = len(text) - len(part.text)
            found = iter((place,) if place >= starts[0] and text.endswith(part.text) else ())
        else:
            found = _occurrences(text, part.text, starts[0])
        for place in found:
            if not part.parted_before or reading.is_parted(place):
                yield place

    def _shape(self, reading: Reading, spans: list[Span]) -> str | None:
        """What is wrong with the form of the values, as a sentence; those of a strict reading have their form."""
        for variable, span in zip(self._variables, spans, strict=True):
            flaw = shape_flaw(variable, reading.value(*span), len(reading.sent(*span)))
            if flaw is not None:
                return _sentence(variable, reading, span, flaw)
        return None

    def _misuse(self, reading: Reading, spans: list[Span]) -> str | None:
        """What values of the right form must not say, as a sentence."""
        return self._difference(reading, spans) or self._link(reading, spans) or self._advertisement(reading, spans)

    def _difference(self, reading: Reading, spans: list[Span]) -> str | None:
        seen: dict[str, str] = {}
        for variable, span in zip(self._variables, spans, strict=True):
            value = reading.text[slice(*span)]
            if seen.setdefault(variable.name, value) != value:
                return _sentence(variable, reading, span, "holds two different values")
        return None

    def _link(self, reading: Reading, spans: list[Span]) -> str | None:
        """A link whose host is not wholly fixed: it is looked for in the whole text, since its dot may be fixed."""
        for start, end in link_spans(reading.folded):
            for variable, span in zip(self._variables, spans, strict=True):
                first, behind = reading.span(*span)
                if start < behind and first < end:
                    return _sentence(variable, reading, span, "holds a link")
        return None

    def _advertisement(self, reading: Reading, spans: list[Span]) -> str | None:
        for variable, span in zip(self._variables, spans, strict=True):
            if is_promotional(reading.sent(*span)):
                return _sentence(variable, reading, span, "holds promotional text")
        return None

    def _misfit(self, reading: Reading) -> Explanation:
        """Which fixed part stops the text; only asked where the parts do not stand in the text in their order."""
        text, at, fixed = reading.text, 0, 0
        for part in self._parts:
            found = text.find(part.text, at)
            if found < 0:
                return Explanation(f"the fixed part «{part.shown}» is missing, changed or out of its place", fixed)
            if part is self._parts[0] and found:
                return Explanation(f"there is extra text at the beginning: «{_shown(reading, 0, found)}»", fixed)
            at, fixed = found + len(part.text), fixed + len(part.text)
        if at < len(text) and (self._last or not self._variables):
            return Explanation(f"there is extra text at the end: «{_shown(reading, at, len(text))}»", fixed)
        return Explanation("a word of a fixed part is joined to the value beside it", fixed)


def _part(text: str, *, first: bool, last: bool) -> _Part:
    squeezed = squeeze(text)
    squeezed = squeezed.lstrip("\n") if first else squeezed
    squeezed = squeezed.rstrip("\n") if last else squeezed
    before, behind = blank_edges(text)
    # A sign parts a value from a word as well as a blank does; only a letter or digit could make another word.
    return _Part(
        squeezed,
        parted_before=not first and before and (not squeezed or squeezed[0].isalnum()),
        parted_behind=not last and behind and (not squeezed or squeezed[-1].isalnum()),
        shown=" ".join(text.split())[:_SHOWN],
    )


def _occurrences(text: str, part: str, start: int) -> Iterator[int]:
    place = text.find(part, start)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _value(reading: Reading, variable: Variable, starts: list[int], place: int, *, strict: bool) -> Span | None:
    """The shortest value that ends at `place`: the shortest legal one if `strict`, else one that may even be empty."""
    index = bisect_left(starts, place)
    if not strict:
        return Span(starts[max(0, index - 1)], place)
    if not index:
        return None
    tried = 1 if variable.type is VariableType.STRING else _STARTS_TRIED
    for start in reversed(starts[max(0, index - tried) : index]):
        if shape_flaw(variable, reading.value(start, place), len(reading.sent(start, place))) is None:
            return Span(start, place)
    return None


def _traced(came: list[dict[int, Span]], end: int) -> list[Span]:
    """The way back from the last part's end to the first value; each value begins where a part ended."""
    spans: list[Span] = []
    for reached in reversed(came):
        span = reached[end]
        spans.append(span)
        end = span.start
    return spans[::-1]


def _sentence(variable: Variable, reading: Reading, span: Span, flaw: str) -> str:
    value = reading.value(*span)
    return f"variable {variable.name!r} {flaw}" + (f": «{_shown(reading, *span)}»" if value else "")


def _shown(reading: Reading, start: int, end: int) -> str:
    shown = " ".join(reading.value(start, end).split())
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
