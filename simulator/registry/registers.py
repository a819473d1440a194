"""What is registered at the operator now: the world as it began, and whatever was changed since.

The registers are altered by changes only (`simulator.changing.changes`), so that a journal of these brings them back.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from simulator.profiles.profile import Profile
from simulator.registry.blacklist import Blacklist
from simulator.registry.header_stops import HeaderStops
from simulator.registry.keywords import Keywords
from simulator.registry.lines import LineBook
from simulator.registry.pattern_shelf import PatternShelf
from simulator.registry.portability import NumberPortability
from simulator.registry.provisioning import Desk
from simulator.registry.purses import Purses
from simulator.registry.subscribers import Subscribers
from simulator.registry.world import World
from simulator.time.calendar import WorkingCalendar


class Registers:
    """The registers of one operator."""

    def __init__(self, world: World, seed: int = 0, blacklist: Blacklist | None = None) -> None:
        """`seed` is the run's, for what subscribers and the staff leave to chance.

        `blacklist` is one that other operators hold too; the world's own numbers are then left out.
        """
        self.shared_blacklist = blacklist
        self.accounts = frozenset(account.system_id for account in world.accounts)
        """The names of those who may send."""
        self.purses = Purses({account.system_id: account.balance for account in world.accounts})
        self.first_profile = self.profile = world.profile
        """How this operator answers, as the world has it, and now."""
        self.profile_values: Mapping[str, Any] = {}
        """What was set otherwise in the profile since, by path; what was set last comes last."""
        self.lines = LineBook(world.lines)
        ported = ((ported.number, ported.operator) for ported in world.ported)
        self.numbers = NumberPortability(world.profile.portability.follow, ported)
        if blacklist is None:
            blacklist = Blacklist(world.profile.blacklist, world.listed_numbers(), self.numbers)
        self.blacklist = blacklist
        stopped = ((stop.line, stop.number) for stop in world.stopped_headers)
        self.header_stops = HeaderStops(world.profile.header_stops, stopped)
        self.keywords = Keywords(world.keywords)
        self.patterns = PatternShelf(world.patterns)
        self.subscribers = Subscribers(world.subscribers, has_magic=world.magic_suffixes, seed=seed)
        self.slates: Counter[str] = Counter()
        """How often each line was reinstated: only the violations since then count against it."""
        self.calendar = WorkingCalendar(world.profile.office)
        self.provisioning = Desk(world.profile.provisioning, self.calendar, seed)

    def take_profile(self, profile: Profile, values: Mapping[str, Any]) -> None:
        """Answers otherwise from now on: by a profile that is the first one with other values."""
        self.profile, self.profile_values = profile, values
        self.numbers.take(profile.portability.follow)
        self.header_stops.settings = profile.header_stops
        self.calendar.office = profile.office
        self.provisioning.terms = profile.provisioning
        if self.shared_blacklist is None:
            self.blacklist.take(profile.blacklist)
