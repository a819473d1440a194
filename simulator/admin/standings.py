"""Where a number stands in a set that changes at moments to come, and how numbers are searched by their beginning."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field

from simulator.admin.moments import Moment, tehran_moment
from simulator.numbers.number_sets import LAST_BIT
from simulator.numbers.numbering import fold_digits
from simulator.numbers.timed_set import Standing


class NextForm(BaseModel):
    """A change that is decided and to come."""

    at: Moment
    on: bool

    @classmethod
    def of(cls, standing: Standing) -> Self | None:
        """The form of what is next, if anything is."""
        return None if standing.next is None else cls(at=tehran_moment(standing.next[0]), on=standing.next[1])


def since_of(standing: Standing) -> Moment | None:
    """Since when it is as it is; None where it was so from the start."""
    return None if standing.since is None else tehran_moment(standing.since)


def bounds_of(begins: str) -> tuple[int, int]:
    """The first and last bit of the numbers that begin so.

    Raises:
        ValueError: No Iranian mobile number does.
    """
    digits = fold_digits(begins).removeprefix("+")
    national = digits.removeprefix("0098") if digits.startswith("00") else digits.removeprefix("98").removeprefix("0")
    is_number = national == "" or (national.startswith("9") and national.isascii() and national.isdigit())
    if not is_number or len(national) > 10:
        msg = f"no Iranian mobile number begins with {begins!r}"
        raise ValueError(msg)
    rest = national[1:]
    return int(rest.ljust(9, "0")), min(int(rest.ljust(9, "9")), LAST_BIT)


def _checked(begins: str) -> str:
    bounds_of(begins)
    return begins


Beginning = Annotated[
    str,
    AfterValidator(_checked),
    Field(max_length=20, description="How the numbers begin, in any form.", examples=["0912111"]),
]
"""A filter on numbers."""
