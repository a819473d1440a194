"""How long the network takes to bring a message to a handset: a distribution of seconds."""

from math import exp
from statistics import NormalDist
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_NORMAL = NormalDist()
_LONGEST = 86_400.0

Seconds = Annotated[float, Field(ge=0, le=_LONGEST, allow_inf_nan=False)]


class Constant(BaseModel):
    """Always the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: Literal["constant"] = "constant"
    seconds: Seconds

    def of(self, chance: float) -> float:
        """The seconds for a chance from 0 up to 1."""
        del chance
        return self.seconds


class Uniform(BaseModel):
    """Anything from `low` to `high`, alike."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: Literal["uniform"] = "uniform"
    low: Seconds
    high: Seconds

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if self.high < self.low:
            msg = f"high ({self.high}) is below low ({self.low})"
            raise ValueError(msg)
        return self

    def of(self, chance: float) -> float:
        """The seconds for a chance from 0 up to 1."""
        return self.low + (self.high - self.low) * chance


class Lognormal(BaseModel):
    """Mostly near `median`, now and then far longer: what networks measure. `sigma` is that of the logarithm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shape: Literal["lognormal"] = "lognormal"
    median: Annotated[float, Field(gt=0, le=_LONGEST, allow_inf_nan=False)]
    sigma: Annotated[float, Field(gt=0, le=5, allow_inf_nan=False)] = 0.5

    def of(self, chance: float) -> float:
        """The seconds for a chance from 0 up to 1; at most a day."""
        deviation = _NORMAL.inv_cdf(min(max(chance, 1e-12), 1 - 1e-12))
        return min(self.median * exp(self.sigma * deviation), _LONGEST)


Latency = Annotated[Constant | Uniform | Lognormal, Field(discriminator="shape")]
