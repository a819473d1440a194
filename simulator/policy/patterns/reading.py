"""A text as patterns compare it: folded letters without blanks, and the way back to what was sent.

Blanks are taken out because people write a blank, a ZWNJ or nothing between the same two letters; where one stood can
still be asked (`is_parted`), so that "کد" beside a variable is not found in "کدام". Line breaks stay: they are part of
a pattern.
"""

import re
from collections.abc import Sequence
from functools import cached_property

from simulator.policy.content.folding import fold

_OTHER_BREAKS = re.compile(r"\r(?!\n)|[\v\f\x1c-\x1e]")


def squeeze(text: str) -> str:
    """The folded text without blanks; a second call changes nothing."""
    return _squeezed(_fold(text)[0])


def blank_edges(text: str) -> tuple[bool, bool]:
    """Whether a text begins and ends with white space, seen as `squeeze` sees it."""
    folded = _fold(text)[0]
    return folded[:1].isspace(), folded[-1:].isspace()


def _fold(text: str) -> tuple[str, Sequence[int]]:
    return fold(_OTHER_BREAKS.sub("\n", text))


def _squeezed(folded: str) -> str:
    return "\n".join(["".join(line.split()) for line in folded.split("\n")])


class Reading:
    """One text, folded once for all the patterns that it is held against."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.folded, self._origins = _fold(text)
        self.text = _squeezed(self.folded).strip("\n")

    @cached_property
    def places(self) -> list[int]:
        """For each character of `text`, its index in `folded`."""
        kept = [index for index, character in enumerate(self.folded) if not character.isspace() or character == "\n"]
        breaks = next((n for n, index in enumerate(kept) if self.folded[index] != "\n"), 0)
        return kept[breaks : breaks + len(self.text)]

    def is_parted(self, at: int) -> bool:
        """Whether white space stands before `text[at]`; it does at both ends, and at both sides of a line break."""
        if at in (0, len(self.text)):
            return True
        return self.places[at] - self.places[at - 1] > 1 or "\n" in self.text[at - 1 : at + 1]

    def value(self, start: int, end: int) -> str:
        """What stands at `text[start:end]`, folded, with its blanks."""
        places = self.places
        return self.folded[places[start] : places[end - 1] + 1] if start < end else ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in `folded`."""
        return self.places[start], self.places[end - 1] + 1

    def sent(self, start: int, end: int) -> str:
        """What stands at `text[start:end]`, as it was sent."""
        if start >= end:
            return ""
        first, behind = self.span(start, end)
        return self.original[self._origins[first] : self._origins[behind - 1] + 1]
