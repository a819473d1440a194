"""What a session wants to have written: octets in order, and a last word that goes out behind everything else.

The last word waits because the answers to what came before the end are to be given first. Answers are put into octets
here, since what they may hold depends on the peer: no TLV for one at 3.3, congestion_state only for one at 5.0.
"""

from collections.abc import Callable

from simulator.smpp.codegen import Encoder
from simulator.smpp.consts import V50, TlvTag
from simulator.smpp.pdus import GenericNack, Pdu
from simulator.smpp.permits import encoders
from simulator.smpp.tlvs import Tlv


class Outbox:
    """Octets on their way out; what is taken is forgotten here.

    Attributes:
        version: what both sides speak.
        congestion: how busy our side is, 0 to 100; None: nothing is said of it.
    """

    def __init__(self) -> None:
        self.version = V50  # nothing depends on it before the bind
        self.congestion: int | None = None
        self._chunks: list[bytes] = []
        self._last: bytes | None = None

    def __len__(self) -> int:
        return sum(map(len, self._chunks)) + len(self._last or b"")

    @property
    def is_ending(self) -> bool:
        """Whether a last word waits."""
        return self._last is not None

    def put(self, octets: bytes) -> None:
        """Add octets; they go out after those before them."""
        self._chunks.append(octets)

    def answer(self, pdu: Pdu, sequence_number: int, command_status: int = 0, encoder: Encoder | None = None) -> None:
        """Add an answer, by its encoder if that is known."""
        if encoder is None or self.congestion is not None:
            self._chunks.append(self._answer(pdu, sequence_number, command_status))
        else:
            self._chunks.append(encoder(pdu, sequence_number, command_status))

    def end_with(self, pdu: Pdu, sequence_number: int, command_status: int = 0) -> None:
        """Make an answer the last word."""
        self._last = self._answer(pdu, sequence_number, command_status)

    def revise(self, revise: Callable[[bytes], bytes | None]) -> None:
        """Put something else, or nothing, in the place of each PDU that waits, save the last word."""
        self._chunks = [revised for chunk in self._chunks if (revised := revise(chunk)) is not None]

    def take(self) -> list[bytes]:
        """All that waits, each PDU by itself."""
        frames = self._chunks if self._last is None else [*self._chunks, self._last]
        self._chunks, self._last = [], None
        return frames

    def _answer(self, pdu: Pdu, sequence_number: int, command_status: int) -> bytes:
        if self.congestion is not None and self.version >= V50 and not isinstance(pdu, GenericNack):  # 5.0: 4.8.4.18
            pdu = pdu._replace(tlvs=(*pdu.tlvs, Tlv(TlvTag.CONGESTION_STATE, bytes((self.congestion,)))))
        return encoders(self.version)[type(pdu)](pdu, sequence_number, command_status)
