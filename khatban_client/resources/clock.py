"""`/clock`: the operator's time: read, jumped forward, run faster, or stopped."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from khatban_client.http import as_value
from khatban_client.resource import Resource
from khatban_client.value import Value


class Time(Value):
    """What time it is at the operator, in Tehran's zone, and how many seconds pass there in a real one."""

    now: datetime
    speed: float


class Clock(Resource):
    """The clock of an operator."""

    path: ClassVar[str] = "/clock"

    def read(self) -> Time:
        """What time it is, and how fast it passes."""
        return self._http.read(Time, self.path)

    def now(self) -> datetime:
        """What time it is."""
        return self.read().now

    def jump(self, by: float | timedelta | None = None, *, to: datetime | None = None) -> Time:
        """Jumps forward; what falls due on the way is done, in order, when this returns.

        Args:
            by: Seconds, or a span.
            to: Instead: a moment; without a zone it is Tehran's time.
        """
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        asked = {"by": seconds, "to": to and to.isoformat()}
        return self._put("POST", "jump", {name: value for name, value in asked.items() if value is not None})

    def run(self, speed: float = 1.0) -> Time:
        """Runs so many times as fast as the real clock."""
        return self._put("PUT", "speed", {"speed": speed})

    def freeze(self) -> Time:
        """Stands still until it is jumped or run."""
        return self.run(0.0)

    def _put(self, method: str, what: str, body: dict[str, Any]) -> Time:
        path = f"{self.path}/{what}"
        return as_value(Time, self._http.ask(method, path, body=body), f"{method} {path}")
