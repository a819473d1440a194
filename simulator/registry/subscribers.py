"""The subscribers' handsets: how each is found when a message comes for it.

There is a handset behind every number; only those that are not simply on are kept. A later entry wins over an earlier
one, a single number over any range, and the end of a magic number over all.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from simulator.chance import draw
from simulator.numbers.number_sets import bit_of, number_of_bit, parse_entry
from simulator.profiles.handset import HandsetState

SUFFIX_DIGITS: Final = 7
MAGIC_HANDSETS: Final[Mapping[str, HandsetState]] = MappingProxyType(
    {f"0098{code}": state for code, state in zip(range(101, 110), HandsetState, strict=True)}
)
"""The handset of each magic number, by the number's last seven digits: 98912 0098 103 is off."""

Weight = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


def _checked(entry: str) -> str:
    parse_entry(entry)
    return entry


class Handsets(BaseModel):
    """The handsets of a number or a range: all in one state, or each message meets one of several by their weights."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    numbers: Annotated[str, AfterValidator(_checked)]
    """A mobile number in any form, or FIRST-LAST."""
    state: HandsetState | None = None
    outcomes: dict[HandsetState, Weight] = {}

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last number, in normal form."""
        first, last = parse_entry(self.numbers)
        return number_of_bit(first), number_of_bit(last)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.state is None) == (not self.outcomes):
            raise ValueError("say either `state` or `outcomes`")
        return self


class _Range(NamedTuple):
    first: int
    last: int
    handsets: Handsets


class Subscribers:
    """The handsets of all numbers."""

    def __init__(self, handsets: Iterable[Handsets], *, has_magic: bool, seed: int) -> None:
        self._has_magic = has_magic
        self._seed = seed
        self._single: dict[int, Handsets] = {}
        self._ranges: list[_Range] = []
        for entry in handsets:
            self.put(entry)

    def put(self, handsets: Handsets) -> None:
        """Says how the handsets of some numbers are found from now on."""
        first, last = parse_entry(handsets.numbers)
        if first == last:
            self._single[first] = handsets
            return
        self._ranges.append(_Range(first, last, handsets))
        for number in [number for number in self._single if first <= number <= last]:
            del self._single[number]

    def state(self, recipient: str | None, message: int, attempt: int = 0) -> HandsetState:
        """How a handset is found by a message, at its first, second... attempt.

        Args:
            recipient: The subscriber's number in normal form; None is a recipient that the rules let through unread.
            message: The message's number, for what is left to chance.
            attempt: From 0.
        """
        if recipient is None:
            return HandsetState.ON
        if self._has_magic and (magic := MAGIC_HANDSETS.get(recipient[-SUFFIX_DIGITS:])):
            return magic
        if not self._single and not self._ranges:
            return HandsetState.ON
        entry = self._entry(bit_of(recipient))
        if entry is None:
            return HandsetState.ON
        return entry.state or _drawn(entry.outcomes, draw(self._seed, message, 1 + attempt))

    def entry(self, recipient: str) -> Handsets | None:
        """What was said of a number, in normal form, or its end says; None where nothing was."""
        if self._has_magic and (magic := MAGIC_HANDSETS.get(recipient[-SUFFIX_DIGITS:])):
            return Handsets(numbers=recipient, state=magic)
        return self._entry(bit_of(recipient))

    def _entry(self, bit: int) -> Handsets | None:
        single = self._single.get(bit)
        if single is not None:
            return single
        return next((one.handsets for one in reversed(self._ranges) if one.first <= bit <= one.last), None)


def _drawn(outcomes: Mapping[HandsetState, float], chance: float) -> HandsetState:
    point = chance * sum(outcomes.values())
    for state, weight in outcomes.items():
        point -= weight
        if point < 0:
            return state
    return list(outcomes)[-1]
