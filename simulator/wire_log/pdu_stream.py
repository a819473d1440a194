"""What goes one way over a connection, in chunks as they come: cut into PDUs, and with the passwords overwritten.

A password is hidden before anything else looks at the octets, and wherever chunks begin and end: the octets between the
first and the second NUL behind the header of a bind or an outbind become stars. A command_length that lies does not
bring a password to light: the search for the two NULs goes on behind the end of the PDU, where it meets the first octet
of the next command_length, a NUL, and stops. Once the stream cannot be cut any more, nothing but stars is given for it.

The session cuts the stream too, and keeps that to itself; this cuts again only where a log was asked for.
"""

from typing import Final, NamedTuple

from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE, CommandId

_HIDES_PASSWORD: Final = frozenset(
    {CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER, CommandId.OUTBIND}
)
_PASSWORD_ENDS: Final = 2  # the NULs of system_id and password, the first two fields of all four
_STAR: Final = b"*"


class Cut(NamedTuple):
    """One PDU, or only its header where that says an impossible length; `end` is where it ends in the chunk."""

    octets: bytes
    end: int


class PduStream:
    """One direction of a connection; never holds more than `limit` octets."""

    def __init__(self, limit: int) -> None:
        """`limit` is the greatest command_length that can be."""
        self._limit = limit
        self._pdu = bytearray()  # as much as there is of the PDU under way
        self._needs = HEADER_SIZE
        self._nuls = 0  # how many are to pass until no password is under way
        self._is_lost = False

    @property
    def rest(self) -> bytes:
        """The beginning of a PDU that is not whole."""
        return bytes(self._pdu)

    def feed(self, chunk: bytes) -> tuple[bytes, list[Cut]]:
        """Takes octets; gives as many, without passwords, and the PDUs that are whole now."""
        octets, cuts, at = bytearray(chunk), [], 0
        while at < len(octets):
            if self._is_lost:
                octets[at:] = _STAR * (len(octets) - at)
                break
            start, at = at, min(at + self._needs - len(self._pdu), len(octets))
            self._hide(octets, start, at)
            self._pdu += octets[start:at]
            if len(self._pdu) == HEADER_SIZE == self._needs:
                self._read_header()
            if len(self._pdu) == self._needs:
                cuts.append(Cut(bytes(self._pdu), at))
                self._pdu.clear()
                self._needs = HEADER_SIZE
        return bytes(octets), cuts

    def _read_header(self) -> None:
        length, command, _, _ = HEADER.unpack(self._pdu)
        if command in _HIDES_PASSWORD:
            self._nuls = _PASSWORD_ENDS
        if HEADER_SIZE <= length <= self._limit:
            self._needs = length
        else:
            self._is_lost = True

    def _hide(self, octets: bytearray, start: int, end: int) -> None:
        while self._nuls and start < end:
            nul = octets.find(0, start, end)
            stop = end if nul < 0 else nul
            if self._nuls == 1:
                octets[start:stop] = _STAR * (stop - start)
            if nul >= 0:
                self._nuls -= 1
            start = stop + 1
