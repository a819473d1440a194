"""What a handset's state makes of an attempt to deliver: the message's end, the err of its receipt, the network's code.

No Iranian operator publishes these numbers. The network_error_code is that of GSM's MAP (3GPP TS 29.002, 17.6.6 and
09.02); the err is assumed: 100 and the MAP code, so that it is known at sight.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.consts import MessageState


class HandsetState(StrEnum):
    """How a subscriber's handset is found."""

    ON = "on"
    ROAMING = "roaming"
    """Abroad, and reached as at home."""
    OFF = "off"
    OUT_OF_COVERAGE = "out-of-coverage"
    MEMORY_FULL = "memory-full"
    ABSENT = "absent"
    """Not registered anywhere: the network has not seen it for long."""
    UNKNOWN = "unknown"
    """The number was given to nobody."""
    BARRED = "barred"
    """The subscriber may not receive, for instance for an unpaid bill."""
    PORTED = "ported"
    """Taken to another operator, and this one was not told whereto."""


class Outcome(NamedTuple):
    """What an attempt to deliver ends in."""

    state: MessageState
    """DELIVERED, or the state in which the message ends if nothing changes."""
    err: str
    network_error: int | None
    """The code of network_error_code, whose network type is GSM."""
    may_be_tried_again: bool


OUTCOMES: Final[Mapping[HandsetState, Outcome]] = MappingProxyType(
    {
        HandsetState.ON: Outcome(MessageState.DELIVERED, "000", None, may_be_tried_again=False),
        HandsetState.ROAMING: Outcome(MessageState.DELIVERED, "000", None, may_be_tried_again=False),
        HandsetState.OFF: Outcome(MessageState.EXPIRED, "127", 27, may_be_tried_again=True),
        HandsetState.OUT_OF_COVERAGE: Outcome(MessageState.EXPIRED, "127", 27, may_be_tried_again=True),
        HandsetState.MEMORY_FULL: Outcome(MessageState.EXPIRED, "132", 32, may_be_tried_again=True),
        HandsetState.ABSENT: Outcome(MessageState.UNDELIVERABLE, "127", 27, may_be_tried_again=False),
        HandsetState.UNKNOWN: Outcome(MessageState.UNDELIVERABLE, "101", 1, may_be_tried_again=False),
        HandsetState.BARRED: Outcome(MessageState.UNDELIVERABLE, "113", 13, may_be_tried_again=False),
        HandsetState.PORTED: Outcome(MessageState.UNDELIVERABLE, "101", 1, may_be_tried_again=False),
    }
)
