"""What became of a line: the entries of the journal that speak of it, or of a request for it."""

import json
from collections.abc import Iterable
from typing import Any, Final

from simulator.changing.change import change_kind
from simulator.changing.changes import lines, provisioning
from simulator.messages import JournalEntry
from simulator.registry.registers import Registers

_ASK: Final = change_kind(provisioning.AskForService)
LINE_KINDS: Final = frozenset(change_kind(change) for change in (*lines.CHANGES, *provisioning.CHANGES))
"""The kinds of changes that can be part of a line's history."""


def history_of(number: str, entries: Iterable[JournalEntry], registers: Registers) -> list[JournalEntry]:
    """The entries that concern a registered line, out of every entry of `LINE_KINDS` in order."""
    requests = {
        request.id for request in registers.provisioning if number in (request.asked.line, request.granted_line)
    }
    found, asked = [], 0
    for entry in entries:
        body = json.loads(entry.body)
        asked += entry.kind == _ASK
        request = asked if entry.kind == _ASK else body.get("request")
        if request in requests or (request is None and _names(body.get("line"), number, registers)):
            found.append(entry)
    return found


def _names(written: Any, number: str, registers: Registers) -> bool:
    """Whether a change's `line` is the line: its number in any form, or the registration itself."""
    if isinstance(written, dict):
        return bool(written["number"] == number)
    line = registers.lines.find(str(written))
    return line is not None and line.number == number
