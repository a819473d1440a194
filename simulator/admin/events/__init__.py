"""What is new at an operator, told to all who listen: noted by commits, read and formed once, sent to each by himself.

`notes` -> `news` -> `broadcaster` -> `reader` -> `stream`.
"""

from simulator.admin.events.broadcaster import Broadcaster
from simulator.admin.events.news import EVENTS
from simulator.admin.events.stream import EventStream

__all__ = ["EVENTS", "Broadcaster", "EventStream"]
