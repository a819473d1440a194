"""The states of a session, and who may send what in each: table 2-1 as a table, and one function that reads it.

::

           outbind              bind_* answered with ROK                unbind
    OPEN ---------> OUTBOUND --------------------------> BOUND_TX  ------------> UNBOUND ---> CLOSED
         -----------------------------------------------> BOUND_RX
                                                          BOUND_TRX

The table is 5.0's; `may_send` says where 3.4's differs. It does not know which side we are, and is asked about
ourselves and about the peer alike.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from simulator.smpp.consts import RESPONSE_BIT, V50, CommandId


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
        # 5.0's table has it in OUTBOUND too, but an ESME that is called is to receive (3.4: 2.2.1, 5.0: 1.4.5).
        CommandId.BIND_TRANSMITTER: {esme: frozenset({SessionState.OPEN})},
        CommandId.BIND_RECEIVER: {esme: _UNBOUND},
        CommandId.BIND_TRANSCEIVER: {esme: _UNBOUND},
    }
    rows |= {
        request: {esme: _SENDING}
        for request in (
            CommandId.SUBMIT_SM,
            CommandId.SUBMIT_MULTI,
            CommandId.QUERY_SM,
            CommandId.CANCEL_SM,
            CommandId.REPLACE_SM,
            CommandId.BROADCAST_SM,
            CommandId.QUERY_BROADCAST_SM,
            CommandId.CANCEL_BROADCAST_SM,
        )
    }
    return MappingProxyType(rows)


_MAY_SEND: Final = _table()
_ANY_BOUND_34: Final[Mapping[Role, frozenset[SessionState]]] = MappingProxyType(dict.fromkeys(Role, _BOUND))


def may_send(role: Role, state: SessionState, command_id: int, version: int = V50) -> bool:
    """Whether this side may send this command in this state (table 2-1); False for an unknown command.

    In sessions before 5.0 either side may send data_sm in any bound state; all else is the same, but for the states
    that 3.4 has not, and for replace_sm of a transceiver, which its table forgets and its text allows.
    """
    try:
        command = CommandId(command_id)
    except ValueError:
        return False
    if command & RESPONSE_BIT and command is not CommandId.GENERIC_NACK:
        command, role = CommandId(command & ~RESPONSE_BIT), role.peer
    row = _ANY_BOUND_34 if command is CommandId.DATA_SM and version < V50 else _MAY_SEND[command]
    return state in row.get(role, frozenset())
