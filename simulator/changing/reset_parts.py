"""The parts of an operator that may begin anew by themselves, and what each takes with it."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from simulator.changing.change import change_kind
from simulator.changing.changes import (
    CHANGES,
    accounts,
    blacklist,
    keywords,
    lines,
    patterns,
    profile,
    provisioning,
    subscribers,
)


class Part(StrEnum):
    """A part of an operator."""

    MESSAGES = "messages"
    """All messages of both directions, with what they brought about: receipts, costs, violations, counts of the day."""
    SESSIONS = "sessions"
    FAULTS = "faults"
    """Those that were switched on and off; the world's are on again."""
    CLOCK = "clock"
    """The time of day again, or what is asked for."""
    REGISTERS = "registers"
    """All that was changed in the registers: the five that follow, and whatever else."""
    LINES = "lines"
    """Lines, the requests for them, patterns and keywords."""
    BLACKLIST = "blacklist"
    """The blacklist, header stops, and who serves which number."""
    SUBSCRIBERS = "subscribers"
    """How handsets are found."""
    ACCOUNTS = "accounts"
    """What was paid in."""
    PROFILE = "profile"
    MUTATIONS = "mutations"
    """The log of what was done over HTTP."""


_TABLES: Final[Mapping[Part, tuple[str, ...]]] = MappingProxyType(
    {
        Part.MESSAGES: (
            *("submissions", "letters", "waiting_parts", "verdicts", "receipts", "mo_messages", "turns", "broadcasts"),
            *("violations", "former_violations", "former_costs", "sendings"),
        ),
        Part.MUTATIONS: ("mutations",),
    }
)
_FAMILIES: Final = MappingProxyType(
    {
        Part.LINES: (*lines.CHANGES, *provisioning.CHANGES, *patterns.CHANGES, *keywords.CHANGES),
        Part.BLACKLIST: blacklist.CHANGES,
        Part.SUBSCRIBERS: subscribers.CHANGES,
        Part.ACCOUNTS: accounts.CHANGES,
        Part.PROFILE: profile.CHANGES,
        Part.REGISTERS: CHANGES,
    }
)


class ResetError(Exception):
    """Parts that cannot begin anew without others; nothing was altered."""


def tables_of(parts: Collection[Part]) -> frozenset[str]:
    """The store's tables that are emptied."""
    return frozenset(table for part in parts for table in _TABLES.get(part, ()))


def kinds_of(parts: Collection[Part]) -> frozenset[str]:
    """The kinds of changes that are taken out of the journal."""
    return frozenset(change_kind(change) for part in parts for change in _FAMILIES.get(part, ()))
