"""The operation matrix, worked out per role, state and version into the lookups that a session makes for each PDU.

`states` says who may send what; this file joins that with decoders, which in a strict session look at what they read
(`inspection`), and with encoders, which leave out the TLVs for a peer at 3.3. Done once, when a session is first in a
state, so that the hot path asks one dictionary whether a command is in place and how it is read.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.codec import DECODERS, ENCODERS
from simulator.smpp.codegen import Decoder, Encoder, make_decoder, make_encoder
from simulator.smpp.consts import RESPONSE_BIT, V33, V34, V50
from simulator.smpp.inspection import inspection
from simulator.smpp.pdus import PDUS, AlertNotification, BindFields, BindRespFields, EnquireLink, Outbind, Pdu, Unbind
from simulator.smpp.pdus import command_id as id_of
from simulator.smpp.states import Role, SessionState, may_send

VERSIONS: Final = (V33, V34, V50)
UNANSWERED: Final = (Outbind, AlertNotification)
"""The requests that have no response."""

_MOVE_THE_SESSION: Final = (BindFields, EnquireLink, Unbind, *UNANSWERED)
_PASSED_ON: Final = tuple(
    each for each in PDUS if not id_of(each) & RESPONSE_BIT and not issubclass(each, _MOVE_THE_SESSION)
)
"""The requests that become events without further thought."""


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


_Decoders = Mapping[type[Pdu], Decoder]

_LENIENT_DECODERS: Final[_Decoders] = MappingProxyType({each: DECODERS[id_of(each)] for each in _PASSED_ON})


@cache
def _strict_decoders(sender: Role, version: int) -> _Decoders:
    return MappingProxyType({each: make_decoder(each, inspection(each, sender, version)) for each in _PASSED_ON})


@cache
def _bare_encoders() -> Mapping[type[Pdu], Encoder]:
    return MappingProxyType({each: make_encoder(each, with_tlvs=False) for each in PDUS})


def encoders(version: int) -> Mapping[type[Pdu], Encoder]:
    """The encoder of each PDU for a peer that speaks this version; none writes TLVs for one at 3.3."""
    return ENCODERS if version >= V34 else _bare_encoders()


@cache
def permits_of(role: Role, state: SessionState, version: int, *, strict: bool) -> Permits:
    """The permits of a side in a state, by version and strictness; made when a session first comes there."""
    sendable = {
        each: encoder for each, encoder in encoders(version).items() if may_send(role, state, id_of(each), version)
    }
    decoders = _strict_decoders(role.peer, version) if strict else _LENIENT_DECODERS
    return Permits(
        accepts={
            id_of(each): decoders[each] for each in _PASSED_ON if may_send(role.peer, state, id_of(each), version)
        },
        requests={each: encoder for each, encoder in sendable.items() if not id_of(each) & RESPONSE_BIT},
        responses={
            each: encoder
            for each, encoder in sendable.items()
            if id_of(each) & RESPONSE_BIT and not issubclass(each, BindRespFields)
        },
    )


def all_permits() -> Iterator[Permits]:
    """The permits of each side in each state, by version and strictness."""
    return (
        permits_of(role, state, version, strict=strict)
        for role in Role
        for state in SessionState
        for version in VERSIONS
        for strict in (True, False)
    )
