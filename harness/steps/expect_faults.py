"""`expect_faults`: so many faults are on, asked over HTTP: whether something that was to go wrong has done so."""

from collections.abc import Sequence
from typing import Any, ClassVar

from harness.counted import Counted
from harness.operator_api import Operator
from harness.values import Count, Text


class ExpectFaults(Counted):
    """`expect_faults: {name: late-response, bites: 1, count: 1}`; one that has bitten as often as its `count` is off.

    Attributes:
        name: Which.
        bites: How often they have bitten.
        count: See `Counted`.
        at_least: See `Counted`.
        within: See `Counted`.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "expect_faults"

    name: Text | None = None
    bites: Count | None = None

    def records(self, operator: Operator, filters: dict[str, Any]) -> Sequence[dict[str, Any]]:
        """The faults that fit."""
        return [one for one in operator.faults() if filters.items() <= {**one, "name": one["fault"]["name"]}.items()]

    def words(self, record: dict[str, Any]) -> str:
        """A fault in words."""
        return f"{record['fault']['name']} with {record['bites']} bites"
