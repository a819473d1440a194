"""Which part of a list a query asks for, the same way for every list."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from simulator.admin.moments import GivenMoment, posix_or_none

MAX_PAGE = 1000
MAX_NUMBER = 1_000_000_000


class Page(BaseModel):
    """A page: so many entries, behind so many others."""

    limit: int = Field(default=100, ge=0, le=MAX_PAGE, description="How many at most.")
    offset: int = Field(default=0, ge=0, le=MAX_NUMBER, description="Behind how many others.")


class Order(StrEnum):
    """Which entries come first."""

    OLDEST = "oldest"
    NEWEST = "newest"


class StorePage(Page):
    """A page of what the store lists."""

    order: Order = Field(default=Order.OLDEST, description="Which entries come first.")

    def page(self) -> dict[str, Any]:
        """The page as the store's queries take it."""
        return {"limit": self.limit, "offset": self.offset, "newest_first": self.order is Order.NEWEST}


class Period(BaseModel):
    """A period on the operator's clock; either end may be open."""

    since: GivenMoment | None = Field(default=None, description="Then or later.")
    until: GivenMoment | None = Field(default=None, description="Earlier.")

    def period(self) -> dict[str, Any]:
        """The period as the store's queries take it."""
        return {"since": posix_or_none(self.since), "until": posix_or_none(self.until)}
