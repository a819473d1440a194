"""Slows down, by address, whoever keeps failing to bind: guessing gets slow, a typing mistake costs nothing."""

from collections import OrderedDict
from typing import NamedTuple

FREE = 3
"""Failures that are answered at once."""
FIRST_DELAY = 0.5
"""Seconds for the next one; each further failure doubles them."""
MAX_DELAY = 8.0
FORGIVEN_AFTER = 60.0
"""Seconds without a failure after which an address starts anew."""
_REMEMBERED = 10_000


class _Failures(NamedTuple):
    times: int
    last_at: float


class FailedBinds:
    """Who has failed lately. Bounded: the address that failed longest ago is forgotten first."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def failed(self, address: str, now: float) -> float:
        """Notes a failure; the seconds by which its answer is to be delayed."""
        before = self._failures.pop(address, None)
        count = before.times + 1 if before and now - before.last_at < FORGIVEN_AFTER else 1
        self._failures[address] = _Failures(count, now)
        if len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)
        return 0.0 if count <= FREE else float(min(FIRST_DELAY * 2 ** min(count - FREE - 1, 10), MAX_DELAY))

    def succeeded(self, address: str) -> None:
        """Forgets the failures of an address that bound."""
        self._failures.pop(address, None)
