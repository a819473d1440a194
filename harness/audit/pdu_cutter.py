"""PDUs from the octets of one direction, where some may be missing.

Behind a gap nobody knows where a PDU begins; it is found again at the beginning of a segment that looks like a header.
"""

from typing import Final, NamedTuple

from harness.audit.tcp import Piece
from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE, VENDOR_COMMAND_IDS, CommandId
from simulator.smpp.limits import SessionLimits

MAX_PDU: Final = SessionLimits().max_pdu
_KNOWN: Final = frozenset(map(int, CommandId))
_RESPONSES: Final = 0x7FFFFFFF


class Cut(NamedTuple):
    """One PDU, or its header alone where that says a length that cannot be; `lost` says that octets were missed."""

    octets: bytes
    at: float
    frame: int
    lost: bool = False


def looks_like_a_header(octets: bytes) -> bool:
    """Whether octets may begin a PDU: a length that can be, and a command that the standard or a vendor names."""
    if len(octets) < HEADER_SIZE:
        return False
    length, command, _, _ = HEADER.unpack_from(octets)
    is_known = command in _KNOWN or command & _RESPONSES in VENDOR_COMMAND_IDS
    return HEADER_SIZE <= length <= MAX_PDU and is_known


class PduCutter:
    """Cuts one direction.

    Args:
        is_synchronised: Whether the first octet begins a PDU.
    """

    def __init__(self, *, is_synchronised: bool) -> None:
        self._is_synchronised = is_synchronised
        self._octets = b""

    def feed(self, piece: Piece) -> list[Cut]:
        """The PDUs that end in a piece; before them, where octets were missed, an empty one that says so."""
        cuts: list[Cut] = []
        if piece.lost:
            self._octets, self._is_synchronised = b"", False
            cuts.append(Cut(b"", piece.at, piece.frame, lost=True))
        if not self._is_synchronised:
            self._octets = b""
            if not looks_like_a_header(piece.octets):
                return cuts
            self._is_synchronised = True
        self._octets += piece.octets
        return cuts + self._cut(piece)

    def _cut(self, piece: Piece) -> list[Cut]:
        cuts: list[Cut] = []
        at = 0
        while len(self._octets) - at >= HEADER_SIZE:
            length = HEADER.unpack_from(self._octets, at)[0]
            if not HEADER_SIZE <= length <= MAX_PDU:
                self._is_synchronised = False
                header = self._octets[at : at + HEADER_SIZE]
                self._octets = b""
                return [*cuts, Cut(header, piece.at, piece.frame), Cut(b"", piece.at, piece.frame, lost=True)]
            if len(self._octets) - at < length:
                break
            cuts.append(Cut(self._octets[at : at + length], piece.at, piece.frame))
            at += length
        self._octets = self._octets[at:]
        return cuts
