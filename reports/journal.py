"""The journal of an operator as rows: what became of lines, patterns and the profile, and what subscribers chose.

Run directories and stores keep the same changes in forms of their own; here both become one. It reads no file.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from reports.run import TEHRAN
from reports.text import plain
from simulator.changing.change import change_kind
from simulator.changing.changes import blacklist, lines, patterns, profile
from simulator.changing.line_history import LINE_KINDS

TOLD_KINDS: Final = LINE_KINDS | {change_kind(change) for change in (*patterns.CHANGES, *profile.CHANGES)}
"""The kinds of changes that a report tells one by one."""
OPENING: Final = frozenset((change_kind(blacklist.OptOut), change_kind(blacklist.StopHeader)))
CLOSING: Final = frozenset((change_kind(blacklist.OptIn), change_kind(blacklist.RejoinHeader)))
"""The kinds that begin and end what a subscriber chose."""
REINSTATED: Final = change_kind(lines.ReinstateLine)
_ELSEWHERE: Final = frozenset({"kind", "line", "pattern", "documents", "recipients"})
"""What a row tells in columns of its own, or what is too long for it."""


@dataclass(frozen=True)
class Entry:
    """A change as its source keeps it: `at` POSIX seconds, `told_by` the operator's name where there are several."""

    at: float
    origin: str
    body: Mapping[str, Any]
    scenario: str | None = None
    told_by: str = ""

    @property
    def kind(self) -> str:
        """The kind of change."""
        return str(self.body["kind"])


@dataclass(frozen=True)
class Choice:
    """That a subscriber wanted no advertising (`line` None), or nothing from a line, from a moment until another."""

    scenario: str | None
    told_by: str
    number: str
    operator: str | None
    line: str | None
    at: float
    until: float = math.inf


def line_key(written: str) -> str:
    """A line's number as it is registered, from any form in which a change may write it."""
    digits = written.removeprefix("+")
    if not digits.isdigit():
        return written
    national = digits.removeprefix("00").removeprefix("98") if digits.startswith(("0098", "98")) else digits
    return national.removeprefix("0")


def moment(at: float) -> str:
    """POSIX seconds as ISO 8601, by the time of Tehran."""
    return datetime.fromtimestamp(at, TEHRAN).isoformat(timespec="milliseconds")


def change_row(entry: Entry) -> dict[str, Any]:
    """A row of `Run.changes`."""
    line, pattern = entry.body.get("line"), entry.body.get("pattern")
    told = {key: value for key, value in entry.body.items() if key not in _ELSEWHERE}
    if isinstance(line, Mapping):  # a registration
        told |= {key: line[key] for key in ("type", "account", "state") if key in line}
        line = line.get("number")
    if isinstance(pattern, Mapping):  # one that is handed in
        told |= {key: pattern[key] for key in ("text", "account") if pattern.get(key)}
        line, pattern = pattern.get("line"), pattern.get("name")
    reason = told.pop("reason", None)
    others = "  ".join(f"{key}={plain(value)}" for key, value in told.items())
    return {
        "scenario": entry.scenario,
        "told_by": entry.told_by,
        "at": moment(entry.at),
        "origin": entry.origin,
        "kind": entry.kind,
        "line": None if line is None else line_key(str(line)),
        "pattern": pattern,
        "detail": "  ".join(filter(None, (reason, others))),
    }


def choices(entries: Iterable[Entry]) -> Iterator[Choice]:
    """What subscribers chose, from entries in order; an opt-out that repeats one adds nothing to it."""
    open_choices: dict[tuple[object, ...], Choice] = {}
    for entry in entries:
        number, operator = entry.body.get("number"), entry.body.get("operator")
        line = None if entry.body.get("line") is None else line_key(str(entry.body["line"]))
        key = (entry.scenario, entry.told_by, number, operator, line)
        if entry.kind in OPENING:
            open_choices.setdefault(key, Choice(entry.scenario, entry.told_by, str(number), operator, line, entry.at))
        elif entry.kind in CLOSING and (choice := open_choices.pop(key, None)):
            yield Choice(
                choice.scenario, choice.told_by, choice.number, choice.operator, choice.line, choice.at, entry.at
            )
    yield from open_choices.values()


def choice_row(choice: Choice, accepted: int, refused: int, last: float | None) -> dict[str, Any]:
    """A row of `Run.choices`; `last` is the moment of the last message that was accepted after it."""
    return {
        "scenario": choice.scenario,
        "told_by": choice.told_by,
        "number": choice.number,
        "operator": choice.operator,
        "line": choice.line,
        "at": moment(choice.at),
        "until": None if math.isinf(choice.until) else moment(choice.until),
        "accepted": accepted,
        "refused": refused,
        "last": None if last is None else last - choice.at,
    }


def told_fit(facts: Iterable[Mapping[str, object]]) -> tuple[str, str | None, str | None] | None:
    """Which pattern a text fits, or none and why, as the facts of a trace tell; None where none was asked for."""
    for each in facts:
        if "fits" in each:
            nearest, why = (None if (told := each.get(key)) is None else str(told) for key in ("nearest", "why"))
            return str(each["fits"]), nearest, why
    return None
