"""Calm, then suddenly all of it, then calm again: does it recover?"""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from harness.load.shape import Seconds, Shape, Share


class Spike(Shape):
    """A base, and a while of all of it."""

    summary: ClassVar[str] = "a share `base` (0.1) for `seconds`, but all of it from `at`, for `spike_seconds`"

    kind: Literal["spike"]
    seconds: Seconds
    at: Seconds
    spike_seconds: Seconds
    base: Share = 0.1

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.at + self.spike_seconds > self.seconds:
            raise ValueError(f"the spike ends at {self.at + self.spike_seconds:g} s, the load at {self.seconds:g} s")
        return self

    @property
    def length(self) -> float:
        """As its base."""
        return self.seconds

    def level(self, now: float) -> float:
        """As its base."""
        return 1.0 if self.at <= now < self.at + self.spike_seconds else self.base
