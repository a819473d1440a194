"""The states of a message and the ways between them (SMPP 5.0, 4.7.15; 3.4, 5.2.28).

UNKNOWN is neither an end nor a beginning: the network lost sight of the message, and may find it again.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulator.smpp.consts import MessageState

_ENDS: Final = (
    MessageState.DELIVERED,
    MessageState.EXPIRED,
    MessageState.DELETED,
    MessageState.UNDELIVERABLE,
    MessageState.ACCEPTED,
    MessageState.REJECTED,
    MessageState.SKIPPED,
)

TRANSITIONS: Final[Mapping[MessageState, frozenset[MessageState]]] = MappingProxyType(
    {
        MessageState.SCHEDULED: frozenset({MessageState.ENROUTE, *_ENDS} - {MessageState.DELIVERED}),
        MessageState.ENROUTE: frozenset({MessageState.UNKNOWN, *_ENDS}),
        MessageState.UNKNOWN: frozenset({MessageState.ENROUTE, *_ENDS}),
        **{end: frozenset[MessageState]() for end in _ENDS},
    }
)
"""What each state may become; a final state becomes nothing."""

UNDER_WAY: Final = frozenset(state for state, following in TRANSITIONS.items() if following)
"""The states of messages that have not ended."""


def may_become(state: int, following: int) -> bool:
    """Whether a message may go from one message_state to another."""
    return following in TRANSITIONS[MessageState(state)]
