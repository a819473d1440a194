"""Takes back what a connection was about to send when the store could not be written: for the peer, it never was.

Answers that the file does not stand for become refusals; receipts stay, to be sent another time.
"""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from simulator.delivery.binds import Bind
from simulator.serving.requests import ANSWERS
from simulator.smpp.codec import encode
from simulator.smpp.consts import RESPONSE_BIT, CommandId
from simulator.smpp.pdus import Pdu, command_id, response_type
from simulator.smpp.session import Session
from simulator.trouble.wire_octets import header_of

_DELIVERIES: Final = frozenset({CommandId.DELIVER_SM, CommandId.DATA_SM})
_ASKED: Final[Mapping[int, type[Pdu]]] = MappingProxyType({command_id(kind) | RESPONSE_BIT: kind for kind in ANSWERS})
"""The request by the command_id of its response."""


def take_back(session: Session, bind: Bind, answered: Collection[int], refusal_of: Callable[[type[Pdu]], int]) -> None:
    """Revises what a session has not given out yet.

    Args:
        session: The session.
        bind: Its bind.
        answered: The sequence numbers of the requests whose answers are not in the store.
        refusal_of: The command_status that refuses a request of a class.
    """

    def revise(frame: bytes) -> bytes | None:
        header = header_of(frame)
        if header.command_id in _DELIVERIES:
            session.forget_request(header.sequence_number)
            bind.unacknowledged.pop(header.sequence_number, None)
            return None
        kind = _ASKED.get(header.command_id)
        if kind is None or header.sequence_number not in answered:
            return frame
        response = response_type(kind)
        return frame if response is None else encode(response(), header.sequence_number, refusal_of(kind))

    session.revise_unsent(revise)
