"""The kinds of values that scenario files hold, from their text: durations, yes and no, statuses, Tehran times."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from simulator.smpp.consts import CommandStatus, MessageState
from simulator.wording import hint

TEHRAN = ZoneInfo("Asia/Tehran")

_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m|h|d)")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNIT_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_LOCAL_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
_MAX_STATUS = 0xFFFFFFFF


def read_duration(text: object) -> float:
    """Seconds of `2s`, `500ms`, `1.5 m`, `1h` or `1d`.

    Raises:
        ValueError: It is none of these.
    """
    match = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{text!r} is no duration; write a number and ms, s, m, h or d, such as 5s")
    return float(match[1]) * _UNIT_SECONDS[match[2]]


def read_yes_no(text: object) -> bool:
    """`yes` or `no`.

    Raises:
        ValueError: It is neither.
    """
    if text in ("yes", "no"):
        return text == "yes"
    raise ValueError(f"{text!r} is neither yes nor no")


def read_status(text: str) -> int:
    """A command_status by its standard name or as a number (`0x401`, `1025`).

    Raises:
        ValueError: It is neither, or above 0xFFFFFFFF.
    """
    if text in CommandStatus.__members__:
        return int(CommandStatus[text])
    try:
        number = int(text, 0)
    except ValueError:
        near = hint(text.upper(), CommandStatus.__members__)
        raise ValueError(f"{text!r} is no command_status{near}") from None
    if not 0 <= number <= _MAX_STATUS:
        raise ValueError(f"{text} does not fit the four octets of a command_status")
    return number


def read_statuses(value: object) -> tuple[int, ...]:
    """One command_status, or a list of those of which any will do.

    Raises:
        ValueError: One of them is no command_status.
    """
    if isinstance(value, str):
        return (read_status(value),)
    if isinstance(value, Sequence) and value and all(isinstance(item, str) for item in value):
        return tuple(read_status(item) for item in value)
    raise ValueError("expected a command_status or a list of them")


def read_tehran_time(text: object) -> datetime:
    """`2026-11-22 10:00` or with seconds, local time in Tehran.

    Raises:
        ValueError: It is no such time.
    """
    for form in _LOCAL_FORMATS:
        try:
            return datetime.strptime(str(text), form).replace(tzinfo=TEHRAN)
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no Tehran time; write it as 2026-11-22 10:00")


def read_number(text: object) -> object:
    """A number in decimal or 0x notation; what is no text is left to the model.

    Raises:
        ValueError: The text is no number.
    """
    if not isinstance(text, str):
        return text
    try:
        return int(text, 0)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def read_state(text: object) -> MessageState:
    """A message_state by its name, such as `DELIVERED`.

    Raises:
        ValueError: There is none of that name.
    """
    if text not in MessageState.__members__:
        raise ValueError(f"{text!r} is no message_state{hint(str(text).upper(), MessageState.__members__)}")
    return MessageState[str(text)]


def read_name(text: str) -> str:
    """Small letters and digits, joined by hyphens.

    Raises:
        ValueError: It is something else.
    """
    if _NAME.fullmatch(text) is None:
        raise ValueError(f"{text!r} is no name; write small letters and digits, joined by hyphens")
    return text


def in_words(values: Mapping[str, str]) -> str:
    """Values by their names, in one line: `state closed, account panel`."""
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _not_zero(seconds: float) -> float:
    if not seconds > 0:
        raise ValueError("must be longer than nothing")
    return seconds


_STATUS_FORM = {"anyOf": [{"enum": [*CommandStatus.__members__]}, {"type": "string", "pattern": "^(0x)?[0-9A-Fa-f]+$"}]}
_TIME_FORM = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$"}

Text: TypeAlias = Annotated[str, Field(min_length=1)]
Name: TypeAlias = Annotated[
    str, AfterValidator(read_name), WithJsonSchema({"type": "string", "pattern": f"^{_NAME.pattern}$"})
]
"""What a scenario calls something of its own: small letters, digits and hyphens."""
Duration: TypeAlias = Annotated[
    float,
    BeforeValidator(read_duration),
    AfterValidator(_not_zero),
    WithJsonSchema({"type": "string", "pattern": f"^{_DURATION.pattern}$"}),
]
YesNo: TypeAlias = Annotated[bool, BeforeValidator(read_yes_no), WithJsonSchema({"enum": ["yes", "no"]})]
Number: TypeAlias = Annotated[int, BeforeValidator(read_number)]
Count: TypeAlias = Annotated[Number, Field(ge=0, le=1_000_000)]
Statuses: TypeAlias = Annotated[
    tuple[int, ...],
    BeforeValidator(read_statuses),
    WithJsonSchema({"anyOf": [_STATUS_FORM, {"type": "array", "minItems": 1, "items": _STATUS_FORM}]}),
]
Status: TypeAlias = Annotated[int, BeforeValidator(lambda text: read_status(str(text))), WithJsonSchema(_STATUS_FORM)]
State: TypeAlias = Annotated[
    MessageState, BeforeValidator(read_state), WithJsonSchema({"enum": list(MessageState.__members__)})
]
StateName: TypeAlias = Annotated[
    str,
    AfterValidator(lambda name: read_state(name).name),
    WithJsonSchema({"enum": list(MessageState.__members__)}),
]
TehranTime: TypeAlias = Annotated[datetime, BeforeValidator(read_tehran_time), WithJsonSchema(_TIME_FORM)]
