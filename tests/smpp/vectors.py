"""How a table of wire vectors is put to the codec: octets typed from the specification's layout, and what they mean."""

from typing import NamedTuple

import pytest

from simulator.smpp.codec import Frame, decode, encode
from simulator.smpp.consts import CommandStatus
from simulator.smpp.errors import PduError
from simulator.smpp.pdus import Pdu, command_id


class Valid(NamedTuple):
    """What both sides agree on: the clause of 5.0 that lays it out, octets, PDU."""

    clause: str
    wire: bytes
    pdu: Pdu
    status: int = 0

    def check(self) -> None:
        """Read and write it."""
        got = decode(self.wire)
        assert got == Frame(command_id(type(self.pdu)), self.status, self.wire[15], self.pdu), self.clause
        assert type(got.pdu) is type(self.pdu)
        assert encode(self.pdu, self.wire[15], self.status) == self.wire, self.clause


class Invalid(NamedTuple):
    """A PDU that is broken: the octets, the field at fault, the status that answers it, and the reason."""

    wire: bytes
    path: str
    status: CommandStatus
    reason: str

    def check(self) -> None:
        """Find the fault."""
        with pytest.raises(PduError) as caught:
            decode(self.wire)
        error = caught.value
        assert (error.path, error.command_status, error.sequence_number) == (self.path, self.status, 1)
        assert error.command_id == int.from_bytes(self.wire[4:8], "big")
        assert error.reason == self.reason


def name_of(vector: Valid | Invalid) -> str:
    """The name of a vector's test."""
    return type(vector.pdu).__name__ if isinstance(vector, Valid) else f"{vector.path}: {vector.reason}"
