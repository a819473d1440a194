"""What messages cost: rials a part, by the line's prefix, the alphabet and the recipient's operator.

No operator publishes this for ESMEs; panels' price lists agree that a Latin part costs more than twice a Persian one,
and that some prefixes are paid by delivery and others by sending.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from simulator.numbers.numbering import MobileOperator, by_longest_prefix
from simulator.smpp.consts import MessageState

Rials = Annotated[int, Field(ge=0, le=1_000_000_000)]


class RefundedState(StrEnum):
    """A message's end for which its price may be given back."""

    UNDELIVERABLE = "UNDELIVERABLE"
    EXPIRED = "EXPIRED"
    DELETED = "DELETED"
    REJECTED = "REJECTED"
    SKIPPED = "SKIPPED"


class Price(BaseModel):
    """What a part costs on some lines, and when that is given back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    persian: Rials = 0
    """A part in UCS2, whatever its letters."""
    latin: Rials = 0
    """A part in any other alphabet."""
    refunded: frozenset[RefundedState] = frozenset(RefundedState)
    """The ends for which the network, not a rule, is to blame and the price is given back."""

    def is_refunded(self, state: MessageState) -> bool:
        """Whether a message that ends so has cost nothing."""
        return state.name in self.refunded


class Tariff(Price):
    """The prices of an operator; without any, everything is free.

    Attributes:
        by_prefix: For lines of a prefix, another price; the longest prefix counts.
        by_operator: So many times the price for recipients of an operator.
    """

    by_prefix: dict[Annotated[str, Field(pattern=r"^[0-9]+$")], Price] = {}
    by_operator: dict[MobileOperator, Annotated[float, Field(ge=0, le=100)]] = {}

    @property
    def is_free(self) -> bool:
        """Whether nothing costs anything."""
        return not any(price.persian or price.latin for price in (self, *self.by_prefix.values()))

    def price_of(self, line: str) -> Price:
        """The price for a line."""
        return by_longest_prefix(self.by_prefix, line, self)

    def cost(self, line: str, operator: MobileOperator | None, parts: int, *, is_persian: bool) -> int:
        """Rials for a message of so many parts, rounded to whole ones."""
        price = self.price_of(line)
        each = price.persian if is_persian else price.latin
        factor = self.by_operator.get(operator, 1.0) if operator else 1.0
        return round(each * parts * factor)
