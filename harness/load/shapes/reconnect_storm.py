"""Connections break in the middle of the traffic, many at once, and come back."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from harness.load.shape import Ending, Seconds, Shape


class ReconnectStorm(Shape):
    """All of it, with breaks."""

    summary: ClassVar[str] = (
        "all of it for `seconds`; every so many seconds (`every`) a `share` (1) of the binds breaks, by `how`"
        ' ("cut", without a word; or "unbind"), and binds again at once'
    )

    kind: Literal["reconnect_storm"]
    seconds: Seconds
    every: Seconds
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    how: Ending = Ending.CUT

    @property
    def length(self) -> float:
        """As its base."""
        return self.seconds

    def level(self, now: float) -> float:
        """As its base."""
        del now
        return 1.0

    def storms(self, now: float) -> int:
        """As its base."""
        return int(min(now, self.seconds) / self.every)

    @property
    def storm_share(self) -> float:
        """As its base."""
        return self.share

    @property
    def ending(self) -> Ending:
        """As its base."""
        return self.how
