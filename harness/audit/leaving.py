"""Whether a client went because of something that it was told."""

from typing import Final

from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.pdus import Unbind
from simulator.smpp.states import Role

STAYS: Final = 2.0
"""Seconds within which a client that cannot bear something goes."""


def has_left(recording: Recording, pdu: WirePdu) -> bool:
    """Whether the client closed soon after something, which was the last that it was told, and without an unbind."""
    session = recording.session_of(pdu)
    last = next(each for each in reversed(session.pdus) if each.sender is Role.MC)
    return last is pdu and was_ended_by_client(recording, pdu)


def was_ended_by_client(recording: Recording, pdu: WirePdu) -> bool:
    """Whether the client closed soon after something, without an unbind, whatever it was told in between."""
    session = recording.session_of(pdu)
    if session.ended is None or session.ended_by is not Role.ESME or session.ended - pdu.at > STAYS:
        return False
    return not any(isinstance(each.pdu, Unbind) for each in session.pdus)
