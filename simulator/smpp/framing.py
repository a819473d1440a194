"""Cutting a stream of octets into PDUs by command_length, with a bounded memory and without looking into the bodies."""

from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE, CommandStatus
from simulator.smpp.errors import FramingError

_LENGTH_SIZE = 4

Piece = tuple[int, int, int, bytes]
"""One whole PDU: command_id, command_status, sequence_number, and all its octets with the header."""


class FrameBuffer:
    """Holds the octets of a PDU that is not whole yet; never more than `limit` octets.

    Chunks are only joined once the PDU is whole: a PDU that comes octet by octet costs no more than its length.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._chunks: list[bytes] = []
        self._have = 0
        self._need = _LENGTH_SIZE

    def __len__(self) -> int:
        return self._have

    def feed(self, data: bytes | bytearray) -> tuple[list[Piece], FramingError | None]:
        """Take octets, give the PDUs that are whole now.

        With an impossible command_length comes the error that ends the stream; what was whole before it is still given.
        """
        chunk = bytes(data)  # what is bytes already is not copied
        have = self._have + len(chunk)
        if have < self._need:
            self._chunks.append(chunk)
            self._have = have
            return [], None
        if self._chunks:
            chunk = b"".join((*self._chunks, chunk))
        return self._cut(chunk)

    def _cut(self, data: bytes) -> tuple[list[Piece], FramingError | None]:
        pieces: list[Piece] = []
        unpack, limit, at, size = HEADER.unpack_from, self._limit, 0, len(data)
        while size - at >= HEADER_SIZE:
            length, command_id, command_status, sequence_number = unpack(data, at)
            if not HEADER_SIZE <= length <= limit:
                return pieces, self._impossible(length, sequence_number)
            end = at + length
            if end > size:
                break
            pieces.append((command_id, command_status, sequence_number, data[at:end]))
            at = end
        return pieces, self._keep(data[at:])

    def _keep(self, rest: bytes) -> FramingError | None:
        """Hold on to the beginning of a PDU, once its command_length, if it is there, has been looked at."""
        self._chunks = [rest] if rest else []
        self._have = len(rest)
        self._need = _LENGTH_SIZE
        if len(rest) < _LENGTH_SIZE:
            return None
        self._need = int.from_bytes(rest[:_LENGTH_SIZE], "big")
        if not HEADER_SIZE <= self._need <= self._limit:
            return self._impossible(self._need, 0)
        return None

    def _impossible(self, length: int, sequence_number: int) -> FramingError:
        wrong = f"below {HEADER_SIZE}" if length < HEADER_SIZE else f"above the limit of {self._limit}"
        return FramingError(CommandStatus.ESME_RINVCMDLEN, sequence_number, f"command_length {length} is {wrong}")
