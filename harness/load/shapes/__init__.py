"""The shapes that a plan can name."""

from typing import Annotated, Final

from pydantic import Field

from harness.load.shape import Shape
from harness.load.shapes.bind_storm import BindStorm
from harness.load.shapes.ramp import Ramp
from harness.load.shapes.reconnect_storm import ReconnectStorm
from harness.load.shapes.soak import Soak
from harness.load.shapes.spike import Spike
from harness.load.shapes.steady import Steady
from harness.load.shapes.steps import Steps

SHAPES: Final[tuple[type[Shape], ...]] = (Steady, Ramp, Steps, Spike, Soak, BindStorm, ReconnectStorm)

AnyShape = Annotated[
    Steady | Ramp | Steps | Spike | Soak | BindStorm | ReconnectStorm,
    Field(discriminator="kind"),
]
