"""Where subscribers' messages come in: cut into what deliver_sm carries, kept, and queued for the line's account."""

from simulator.delivery.binds import WaitingMo
from simulator.delivery.esme_queues import EsmeQueues
from simulator.messages import MoMessage, Part
from simulator.registry.registers import Registers
from simulator.smpp.text import UCS2, Alphabet, encode_as, encode_text, split_text
from simulator.smpp.udh import Concatenation, ReferenceKind, concatenation_udh
from simulator.store import Store


class MoDesk:
    """The subscribers' messages of one operator."""

    def __init__(self, store: Store, queues: EsmeQueues, registers: Registers) -> None:
        self._store = store
        self._queues = queues
        self._registers = registers
        self._next = store.highest_mo() + 1

    def receive(self, subscriber: str, line: str, account: str, text: str, now: float) -> list[MoMessage]:
        """Takes a message to a line, to go to an account; its parts, as they are sent.

        Args:
            subscriber: In normal form.
            line: Its bare number.
            account: To whom it goes.
            text: Whole.
            now: POSIX seconds on the operator's clock.
        """
        alphabet = self._registers.profile.default_alphabet
        # One alphabet for all parts, as a handset does: a single Persian letter makes the whole text UCS2.
        data_coding, _ = encode_text(text, alphabet)
        pieces = split_text(text, is_utf16=data_coding == UCS2 or alphabet is Alphabet.UCS2)
        # The reference is that of the first part, so that two long messages of a moment do not share one.
        reference = self._next % 256
        parts = [
            None if len(pieces) == 1 else Part(reference, len(pieces), number)
            for number, _ in enumerate(pieces, start=1)
        ]
        taken = []
        for piece, part in zip(pieces, parts, strict=True):
            octets = _encoded(piece, Alphabet.UCS2 if data_coding == UCS2 else alphabet, part)
            taken.append(MoMessage(self._next, account, line, subscriber, piece, data_coding, part, octets, now))
            self._next += 1
        for message in taken:
            self._store.add_mo(message)
            self._queues.put(WaitingMo(message))
        return taken


def _encoded(text: str, alphabet: Alphabet, part: Part | None) -> bytes:
    header = b"" if part is None else concatenation_udh(Concatenation(*part, ReferenceKind.UDH_8))
    return header + (encode_as(text, alphabet, header_size=len(header)) or b"")
