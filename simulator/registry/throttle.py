"""A token bucket: so many in the long run, and no more than a burst of them at once."""


class Throttle:
    """Takes `rate` a second, and up to `burst` at once after a rest."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._tokens = self._burst
        self._filled_at: float | None = None

    def take(self, now: float) -> bool:
        """Takes one, if there is one. `now` is seconds on any clock that does not run backwards."""
        if self._filled_at is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
