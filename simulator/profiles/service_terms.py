"""The terms on which lines become service lines and stay so: how long a review takes, and how long a line is good."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Route(StrEnum):
    """The three ways in which a line becomes a service line."""

    DEDICATED = "dedicated"
    SHARED = "shared"
    SAMANTEL = "samantel"


class Unit(StrEnum):
    """How the days of a review are counted."""

    DAYS = "days"
    """Every day; the decision comes on a working day among them, drawn from the run's seed."""
    WORKING_DAYS = "working_days"
    """Without weekends and holidays; the decision comes when the office closes."""


class Review(_Value):
    """How long a request is looked at, counted from the day on which it counts as asked (that day not included)."""

    least: int = Field(ge=0, le=1000)
    most: int = Field(ge=0, le=1000)
    unit: Unit = Unit.WORKING_DAYS
    batch_day: int | None = Field(default=None, ge=1, le=29)
    """A day of the Jalali month: what was asked by its close is reviewed from then on, the rest a month later."""

    @model_validator(mode="after")
    def _least_is_not_more(self) -> Self:
        if self.least > self.most:
            msg = f"a review of at least {self.least} and at most {self.most} days cannot be"
            raise ValueError(msg)
        return self


class ServiceTerms(_Value):
    """What provisioning goes by."""

    dedicated: Review = Review(least=60, most=180, unit=Unit.DAYS)
    shared: Review = Review(least=1, most=1)
    samantel: Review = Review(least=5, most=5)
    draft_days: int = Field(default=30, ge=1, le=1000)
    """A request that is not handed in lapses after so many days."""
    term_days: int | None = Field(default=365, ge=1, le=3660)
    """So long a service line may send before it is to be renewed; None for ever."""
    grace_days: int = Field(default=30, ge=0, le=1000)
    """So long a line whose term is over may still be renewed; then only the operator can bring it back."""
    promissory_note: int = Field(default=500_000_000, ge=0)
    """What the promissory note for a 3000 line must promise, in rial."""
    licence_days: int = Field(default=60, ge=0, le=1000)
    """A licence for a 9000 line must be good for so many days more."""

    def review(self, route: Route) -> Review:
        """The review of a route."""
        return {Route.DEDICATED: self.dedicated, Route.SHARED: self.shared, Route.SAMANTEL: self.samantel}[route]
