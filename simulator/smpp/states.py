"""The states of a session, and who may send what in each: 5.0 table 2-1 as a table, and one function that reads it.

::

                     bind_* answered with ROK                unbind
    OPEN, OUTBOUND --------------------------> BOUND_TX  ------------> UNBOUND ---> CLOSED
                                               BOUND_RX
                                               BOUND_TRX

The table does not know which side we are; `may_send` is asked about ourselves and about the peer alike.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from simulator.smpp.consts import RESPONSE_BIT, CommandId


class Role(Enum):
    """The two sides of a session."""

    ESME = "ESME"
    MC = "MC"

    @property
    def peer(self) -> "Role":
        """The other side."""
        return Role.MC if self is Role.ESME else Role.ESME


class SessionState(Enum):
    """Where a session stands (5.0: 2.3)."""

    OPEN = "OPEN"
    OUTBOUND = "OUTBOUND"
    BOUND_TX = "BOUND_TX"
    BOUND_RX = "BOUND_RX"
    BOUND_TRX = "BOUND_TRX"
    UNBOUND = "UNBOUND"
    CLOSED = "CLOSED"

    @property
    def is_bound(self) -> bool:
        """Whether messages may flow in some direction."""
        return self in _BOUND


_BOUND: Final = frozenset({SessionState.BOUND_TX, SessionState.BOUND_RX, SessionState.BOUND_TRX})
_UNBOUND: Final = frozenset({SessionState.OPEN, SessionState.OUTBOUND})
_SENDING: Final = frozenset({SessionState.BOUND_TX, SessionState.BOUND_TRX})
_RECEIVING: Final = frozenset({SessionState.BOUND_RX, SessionState.BOUND_TRX})
_ALIVE: Final = frozenset(SessionState) - {SessionState.CLOSED}

BOUND_BY: Final[Mapping[int, SessionState]] = MappingProxyType(
    {
        CommandId.BIND_TRANSMITTER: SessionState.BOUND_TX,
        CommandId.BIND_RECEIVER: SessionState.BOUND_RX,
        CommandId.BIND_TRANSCEIVER: SessionState.BOUND_TRX,
    }
)
"""The state that each bind request leads to."""

_Rows = Mapping[CommandId, Mapping[Role, frozenset[SessionState]]]


def _table() -> _Rows:
    """Who may send each request in which states; a response may be sent by the other side in the same states."""
    esme, mc = Role.ESME, Role.MC
    rows: dict[CommandId, dict[Role, frozenset[SessionState]]] = {
        CommandId.OUTBIND: {mc: frozenset({SessionState.OPEN})},
        CommandId.UNBIND: {esme: _BOUND, mc: _BOUND},
        CommandId.ENQUIRE_LINK: {esme: _ALIVE, mc: _ALIVE},
        CommandId.GENERIC_NACK: {esme: _ALIVE, mc: _ALIVE},
        CommandId.DATA_SM: {esme: _SENDING, mc: _RECEIVING},
        CommandId.DELIVER_SM: {mc: _RECEIVING},
        CommandId.ALERT_NOTIFICATION: {mc: _RECEIVING},
    }
    rows |= {CommandId(bind): {esme: _UNBOUND} for bind in BOUND_BY}
    rows |= {
        request: {esme: _SENDING}
        for request in (
            CommandId.SUBMIT_SM,
            CommandId.SUBMIT_MULTI,
            CommandId.QUERY_SM,
            CommandId.CANCEL_SM,
            CommandId.REPLACE_SM,  # 3.4's table lists BOUND_TX only, its text names transceivers too
            CommandId.BROADCAST_SM,
            CommandId.QUERY_BROADCAST_SM,
            CommandId.CANCEL_BROADCAST_SM,
        )
    }
    return MappingProxyType(rows)


_MAY_SEND: Final = _table()


def may_send(role: Role, state: SessionState, command_id: int) -> bool:
    """Whether this side may send this command in this state (5.0 table 2-1); False for an unknown command."""
    try:
        command = CommandId(command_id)
    except ValueError:
        return False
    if command & RESPONSE_BIT and command is not CommandId.GENERIC_NACK:
        command, role = CommandId(command & ~RESPONSE_BIT), role.peer
    return state in _MAY_SEND[command].get(role, frozenset())
