"""What the expectations share that count records of the operator."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Self

from pydantic import model_validator

from harness.operator_api import Operator
from harness.stage import Stage
from harness.step import AtOperator, Unmet
from harness.values import Count, Duration, in_words

_SHOWN = 5


class Counted(AtOperator):
    """An expectation of how many records there are that fit the step's filters.

    Attributes:
        count: So many, neither more nor less; or `at_least`.
        at_least: So many or more.
        within: The operator's time until there must be so many, 5s unless told otherwise; a busy machine gets a margin.
        at_operator: See `AtOperator`.
    """

    count: Count | None = None
    at_least: Count | None = None
    within: Duration = 5.0

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if (self.count is None) == (self.at_least is None):
            raise ValueError("say how many: either `count` or `at_least`")
        return self

    @abstractmethod
    def records(self, operator: Operator, filters: dict[str, str]) -> Sequence[dict[str, Any]]:
        """The operator's records that fit the filters."""

    @abstractmethod
    def words(self, record: dict[str, Any]) -> str:
        """One of them, in words."""

    def filters(self) -> dict[str, str]:
        """What a record must be like, in the words of the operator's API."""
        return self.model_dump(by_alias=True, exclude_none=True, exclude=set(Counted.model_fields))

    def run(self, stage: Stage) -> Unmet | None:
        """Asks until there are so many, or the time is over."""
        operator, filters = stage.operator(self.at_operator), self.filters()
        found = stage.ask_until(lambda: self.records(operator, filters), self._is_met, self.within)
        if self._is_met(found):
            return None
        wanted = f"{self.count}" if self.at_least is None else f"at least {self.at_least}"
        like = f" with {in_words(filters)}" if filters else ""
        shown = "; ".join(self.words(record) for record in found[:_SHOWN])
        return Unmet((f"{wanted}{like}",), f"{len(found)}{': ' * bool(shown)}{shown}")

    def _is_met(self, found: Sequence[Any]) -> bool:
        return len(found) >= self.at_least if self.at_least is not None else len(found) == self.count
