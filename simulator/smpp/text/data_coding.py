"""What each of the 256 values of data_coding says: the alphabet, the message class, the message waiting indication.

Values to 0x0F are SMPP's own (5.0: 4.7.7). Above, SMPP names only GSM's message waiting and message class groups;
clients send the other groups of 3GPP TS 23.038 (section 4) too, and message centres pass them through, so the whole
table is here. Owns the table; how an alphabet is read is not known here.
"""

from enum import Enum, StrEnum
from typing import Final, NamedTuple

UCS2: Final = 0x08
"""The data_coding of UTF-16BE text."""


class Alphabet(StrEnum):
    """How octets become characters."""

    GSM = "gsm"
    """GSM 03.38, one septet an octet."""
    GSM_PACKED = "gsm_packed"
    """GSM 03.38, eight septets in seven octets."""
    ASCII = "ascii"
    LATIN1 = "latin1"
    OCTETS = "octets"
    """Binary data, or text in a coding that is not known."""
    JIS = "jis"
    CYRILLIC = "cyrillic"
    HEBREW = "hebrew"
    UCS2 = "ucs2"
    """UTF-16BE, surrogate pairs too."""
    ISO_2022_JP = "iso-2022-jp"
    EXTENDED_KANJI = "extended-kanji"
    KOREAN = "korean"


class WaitingKind(Enum):
    """What waits at the subscriber's mailbox."""

    VOICEMAIL = 0
    FAX = 1
    EMAIL = 2
    OTHER = 3


class Waiting(NamedTuple):
    """A message waiting indication: set or clear it, and whether the message itself is kept."""

    kind: WaitingKind
    is_active: bool
    is_stored: bool


class DataCoding(NamedTuple):
    """What one value says.

    Attributes:
        alphabet: None where the operator decides ("MC specific").
        message_class: 0 (flash) to 3; None without one.
        waiting: the message waiting indication, in its groups.
    """

    alphabet: Alphabet | None
    message_class: int | None = None
    waiting: Waiting | None = None


_SMPP: Final = (
    None,  # 0x00 MC specific
    Alphabet.ASCII,  # 0x01 IA5
    Alphabet.OCTETS,  # 0x02
    Alphabet.LATIN1,  # 0x03
    Alphabet.OCTETS,  # 0x04
    Alphabet.JIS,  # 0x05 X 0208-1990
    Alphabet.CYRILLIC,  # 0x06 ISO-8859-5
    Alphabet.HEBREW,  # 0x07 ISO-8859-8
    Alphabet.UCS2,  # 0x08
    Alphabet.OCTETS,  # 0x09 pictograms, of each Japanese operator its own
    Alphabet.ISO_2022_JP,  # 0x0A music codes
    Alphabet.OCTETS,  # 0x0B reserved
    Alphabet.OCTETS,  # 0x0C reserved
    Alphabet.EXTENDED_KANJI,  # 0x0D JIS X 0212-1990
    Alphabet.KOREAN,  # 0x0E KS C 5601
    Alphabet.OCTETS,  # 0x0F reserved
)
# Bits 3 and 2 in GSM's general groups. The fourth is reserved, and "reserved codings" are read as the default alphabet.
_GENERAL: Final = (Alphabet.GSM, Alphabet.OCTETS, Alphabet.UCS2, Alphabet.GSM)
_COMPRESSED: Final = 0x20
_HAS_CLASS: Final = 0x10


def _data_coding(value: int) -> DataCoding:
    if value < 0x10:
        return DataCoding(_SMPP[value])
    if value < 0x80:  # 00xxxxxx general, 01xxxxxx marked for automatic deletion
        alphabet = Alphabet.OCTETS if value & _COMPRESSED else _GENERAL[value >> 2 & 0x03]
        return DataCoding(alphabet, value & 0x03 if value & _HAS_CLASS else None)
    if value < 0xC0:  # reserved
        return DataCoding(Alphabet.GSM)
    if value < 0xF0:  # 0xC0 discard, 0xD0 store, 0xE0 store with UCS2
        alphabet = Alphabet.UCS2 if value >= 0xE0 else Alphabet.GSM
        waiting = Waiting(WaitingKind(value & 0x03), is_active=bool(value & 0x08), is_stored=value >= 0xD0)
        return DataCoding(alphabet, None, waiting)
    return DataCoding(Alphabet.OCTETS if value & 0x04 else Alphabet.GSM, value & 0x03)


DATA_CODINGS: Final[tuple[DataCoding, ...]] = tuple(map(_data_coding, range(0x100)))
"""By the value of data_coding."""


def alphabet_of(data_coding: int, default_alphabet: Alphabet) -> Alphabet:
    """The alphabet that a data_coding names; `default_alphabet` is what 0 stands for.

    Where an operator's own alphabet is packed GSM, GSM's groups are packed as well: it is the same carrier.
    """
    alphabet = DATA_CODINGS[data_coding].alphabet or default_alphabet
    if alphabet is Alphabet.GSM and default_alphabet is Alphabet.GSM_PACKED:
        return default_alphabet
    return alphabet
