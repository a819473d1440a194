"""How long an audit lasts, as the command line writes it. Knows nothing of the audit: help is shown without it."""

import re
from typing import Final

_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0}


def seconds_of(written: str) -> float:
    """A time such as `90`, `120s`, `2m`.

    Raises:
        ValueError: It is none.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", written.strip())
    if match is None or not float(match[1]):
        raise ValueError(f"{written!r} is no time; write 90s or 2m")
    return float(match[1]) * _UNITS[match[2] or "s"]
