"""What a submit_sm says, read once: a campaign repeats its octets, so that nearly every message of it is known here."""

from functools import lru_cache, partial
from typing import NamedTuple

from simulator.smpp.pdus import SubmitSm
from simulator.smpp.text import Alphabet, EncodedText, decode_text
from simulator.smpp.tlvs import Tlv
from simulator.smpp.udh import Concatenation, taken_apart

_REMEMBERED = 16_384
"""Of texts in short_message, which has 255 octets at most; what comes in message_payload is read each time."""


class Letter(NamedTuple):
    """What a submit_sm says, without its addresses."""

    text: str
    encoded: EncodedText
    """The same as it came, without its user data header."""
    part: Concatenation | None
    """Which part of a longer text it is, if it is one."""


class Letters:
    """Reads letters, in one operator's default alphabet."""

    def __init__(self, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._short = lru_cache(_REMEMBERED)(partial(_read, alphabet))

    def read(self, pdu: SubmitSm) -> Letter:
        """What a submit_sm says."""
        if pdu.tlvs:
            return _read(self._alphabet, pdu.esm_class, pdu.data_coding, pdu.short_message, pdu.tlvs)
        return self._short(pdu.esm_class, pdu.data_coding, pdu.short_message)


def _read(
    alphabet: Alphabet, esm_class: int, data_coding: int, short_message: bytes, tlvs: tuple[Tlv, ...] = ()
) -> Letter:
    data = taken_apart(esm_class, short_message, tlvs)
    encoded = EncodedText(data_coding, data.octets, data.languages, data.header_size)
    text = decode_text(data_coding, data.octets, alphabet, data.languages, data.header_size)
    is_part = data.part is not None and data.part.total > 1
    return Letter(text, encoded, data.part if is_part else None)
