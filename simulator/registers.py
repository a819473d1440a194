"""What is registered at the operator now: the world as it began, and whatever was changed since.

The registers are altered by changes only (`simulator.changes`), so that a journal of these brings them back.
"""

from simulator.blacklist import Blacklist
from simulator.lines import LineBook
from simulator.pattern_shelf import PatternShelf
from simulator.subscribers import Subscribers
from simulator.world import World


class Registers:
    """The registers of one operator."""

    def __init__(self, world: World, seed: int = 0) -> None:
        """`seed` is the run's, for what subscribers leave to chance."""
        self.accounts = frozenset(account.system_id for account in world.accounts)
        """The names of those who may send."""
        self.profile = world.profile
        """How this operator answers."""
        self.lines = LineBook(world.lines)
        self.blacklist = Blacklist(world.blacklist)
        self.patterns = PatternShelf(world.patterns)
        self.subscribers = Subscribers(world.subscribers, has_magic=world.magic_suffixes, seed=seed)
