"""One direction of a TCP connection, from captured segments: in order, without what came twice, gaps told.

Sequence numbers wrap at 2**32. A gap is given up when the receiver has acknowledged octets behind it, which it cannot
have missed, or when too much waits behind it: then the capture lost what the network did not.
"""

from typing import Final, NamedTuple

MAX_WAITING: Final = 1 << 20
"""Octets that may wait behind a gap."""
_MODULUS: Final = 1 << 32
_HALF: Final = 1 << 31


class Piece(NamedTuple):
    """Octets in their order; before them, `lost` octets were missed."""

    octets: bytes
    lost: int
    at: float
    frame: int


class Segment(NamedTuple):
    """Octets that wait for those before them."""

    octets: bytes
    at: float
    frame: int


class Stream:
    """What one side of a connection sent."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._waiting: dict[int, Segment] = {}
        self._acknowledged: int | None = None
        self._has_ended = 0

    def begin(self, sequence_number: int) -> None:
        """A SYN was seen, which counts as one octet."""
        self._next = (sequence_number + 1) % _MODULUS

    def add(self, sequence_number: int, segment: Segment) -> list[Piece]:
        """Takes a segment; gives the octets that are in order now."""
        if not segment.octets:
            return []
        if self._next is None:
            self._next = sequence_number  # the beginning was not captured
        ahead = _distance(self._next, sequence_number)
        if ahead < 0:
            segment = segment._replace(octets=segment.octets[-ahead:])
            sequence_number, ahead = self._next, 0
        if segment.octets and len(self._waiting.get(sequence_number, Segment(b"", 0, 0)).octets) < len(segment.octets):
            self._waiting[sequence_number] = segment
        pieces = self._ready()
        if sum(len(each.octets) for each in self._waiting.values()) > MAX_WAITING:
            pieces += self._skip()
        return pieces

    def acknowledged(self, sequence_number: int) -> list[Piece]:
        """The receiver has all octets before this number: what is missing of them will not be seen any more."""
        pieces: list[Piece] = []
        if self._acknowledged is None or _distance(self._acknowledged, sequence_number) > 0:
            self._acknowledged = sequence_number
        while self._waiting and self._next is not None:
            first = min(self._waiting, key=lambda number: _distance(self._next or 0, number))
            if _distance(first, sequence_number) <= 0:
                break
            pieces += self._skip()
        return pieces

    def rest(self) -> tuple[list[Piece], int]:
        """What waits behind gaps when nothing more comes; and how many octets were missed behind all of it."""
        pieces: list[Piece] = []
        while self._waiting:
            pieces += self._skip()
        if self._next is None or self._acknowledged is None:
            return pieces, 0
        # A FIN counts as one octet, which is acknowledged too.
        missed = _distance(self._next, self._acknowledged) - self._has_ended
        return pieces, max(missed, 0)

    def end(self) -> None:
        """A FIN was seen."""
        self._has_ended = 1

    def _skip(self) -> list[Piece]:
        """Goes on behind the gap."""
        before = self._next or 0
        first = min(self._waiting, key=lambda number: _distance(before, number))
        self._next = first
        pieces = self._ready()
        return [pieces[0]._replace(lost=_distance(before, first)), *pieces[1:]] if pieces else []

    def _ready(self) -> list[Piece]:
        pieces: list[Piece] = []
        while self._next is not None and self._waiting:
            number = next((each for each in self._waiting if _distance(each, self._next) >= 0), None)
            if number is None:
                break
            octets, at, frame = self._waiting.pop(number)
            fresh = octets[_distance(number, self._next) :]
            if fresh:
                pieces.append(Piece(fresh, 0, at, frame))
                self._next = (self._next + len(fresh)) % _MODULUS
        return pieces


def _distance(start: int, end: int) -> int:
    """How many octets lie between two sequence numbers; negative if the second is the earlier."""
    return (end - start + _HALF) % _MODULUS - _HALF
