"""Templates of an HTTP request: `{text}` and its like, in texts, lists and mappings of them."""

import re
from collections.abc import Mapping
from typing import Any

from simulator.wording import hint

NAMES = ("text", "source", "destination", "receipt", "tag", "system_id", "password")
"""What a template may name; `receipt` is true or false."""

_NAME = re.compile(r"\{(\w+)\}")


def complaint(value: Any) -> str | None:
    """Why a template cannot be filled, or None."""
    for text in _texts(value):
        for name in _NAME.findall(text):
            if name not in NAMES:
                return f"there is no {{{name}}}{hint(name, NAMES)}"
    return None


def filled(value: Any, values: Mapping[str, str]) -> Any:
    """The same with the values in their places."""
    if isinstance(value, str):
        return _NAME.sub(lambda found: values[found[1]], value)
    if isinstance(value, Mapping):
        return {key: filled(inner, values) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, values) for inner in value]
    return value


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]
