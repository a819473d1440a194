"""The operation matrix, worked out per role and state into the lookups that a session makes for each PDU.

`states` says who may send what; this file joins that with the decoders and encoders of `codec`, once, so that the hot
path asks one dictionary whether a command is in place and how it is read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.codec import DECODERS, ENCODERS
from simulator.smpp.codegen import Decoder, Encoder
from simulator.smpp.consts import RESPONSE_BIT, CommandId
from simulator.smpp.pdus import BindRespFields, Pdu, command_id
from simulator.smpp.states import BOUND_BY, Role, SessionState, may_send


class Permits(NamedTuple):
    """What one side may do in one state.

    Attributes:
        accepts: requests of the peer that become events without further thought, each with its decoder.
        requests: requests of ours, each with its encoder.
        responses: responses of ours, each with its encoder, but for those to a bind, which move the state.
    """

    accepts: Mapping[int, Decoder]
    requests: Mapping[type[Pdu], Encoder]
    responses: Mapping[type[Pdu], Encoder]


def _permits(role: Role, state: SessionState) -> Permits:
    control = {*BOUND_BY, CommandId.UNBIND, CommandId.ENQUIRE_LINK}
    sendable = [each for each in ENCODERS if may_send(role, state, command_id(each))]
    requests = [each for each in sendable if not command_id(each) & RESPONSE_BIT]
    responses = [each for each in sendable if command_id(each) & RESPONSE_BIT and not issubclass(each, BindRespFields)]
    return Permits(
        accepts={
            code: decoder
            for code, decoder in DECODERS.items()
            if not code & RESPONSE_BIT and code not in control and may_send(role.peer, state, code)
        },
        requests={each: ENCODERS[each] for each in requests},
        responses={each: ENCODERS[each] for each in responses},
    )


PERMITS: Final[Mapping[tuple[Role, SessionState], Permits]] = MappingProxyType(
    {(role, state): _permits(role, state) for role in Role for state in SessionState}
)
"""The permits of each side in each state."""
