"""Text to octets and back, in every alphabet that a data_coding can name.

Decoding never fails and gives no lone surrogates: what cannot be read becomes U+FFFD, so that the message can still be
judged and shown. A user data header has to be off already; which messages are parts of one text is not known here.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.text.data_coding import UCS2, Alphabet, alphabet_of
from simulator.smpp.text.gsm import Languages, decode_gsm, encode_gsm
from simulator.smpp.text.septets import fill_bits, pack, unpack

# Shift_JIS is how gateways send JIS X 0208; X 0212 has no other unambiguous carrier than ISO-2022's escapes.
_CODECS: Final[Mapping[Alphabet, str]] = MappingProxyType(
    {
        Alphabet.ASCII: "ascii",
        Alphabet.LATIN1: "latin-1",
        Alphabet.OCTETS: "latin-1",
        Alphabet.JIS: "shift_jis",
        Alphabet.CYRILLIC: "iso8859-5",
        Alphabet.HEBREW: "iso8859-8",
        Alphabet.UCS2: "utf-16-be",
        Alphabet.ISO_2022_JP: "iso2022-jp",
        Alphabet.EXTENDED_KANJI: "iso2022-jp-1",
        Alphabet.KOREAN: "euc-kr",
    }
)
_DEFAULT_TABLES: Final = Languages()


class EncodedText(NamedTuple):
    """Text as a message carries it.

    Attributes:
        data_coding: as in the PDU, 0 to 255.
        octets: without a user data header.
        languages: the national tables that the header names.
        header_size: octets of the header, its length octet included; packed text begins on the next septet.
    """

    data_coding: int
    octets: bytes
    languages: Languages = _DEFAULT_TABLES
    header_size: int = 0


def decode_text(
    data_coding: int,
    octets: bytes,
    default_alphabet: Alphabet,
    languages: Languages = _DEFAULT_TABLES,
    header_size: int = 0,
) -> str:
    """Read the text of one message; `default_alphabet` is what data_coding 0 stands for, the rest as `EncodedText`.

    Binary data gives one Latin-1 character an octet.
    """
    alphabet = alphabet_of(data_coding, default_alphabet)
    return _decode(alphabet, _bare(alphabet, octets, header_size), languages)


def decode_parts(parts: Iterable[EncodedText], default_alphabet: Alphabet) -> str:
    """Read the parts of one text, in order.

    Neighbours of one alphabet are joined before they are read, so that a surrogate pair, an escape or a character of
    several octets that was cut comes out whole.
    """
    bare = []
    for part in parts:
        alphabet = alphabet_of(part.data_coding, default_alphabet)
        bare.append(((alphabet, part.languages), _bare(alphabet, part.octets, part.header_size)))
    return "".join(
        _decode(alphabet, b"".join(octets for _, octets in run), languages)
        for (alphabet, languages), run in groupby(bare, key=lambda part: part[0])
    )


def encode_text(text: str, default_alphabet: Alphabet = Alphabet.GSM) -> tuple[int, bytes]:
    """Write text with data_coding 0 if the operator's alphabet holds it, else as UTF-16BE with data_coding 8."""
    octets = encode_as(text, default_alphabet)
    return (0, octets) if octets is not None else (UCS2, text.encode("utf-16-be", "surrogatepass"))


def encode_as(
    text: str,
    alphabet: Alphabet,
    languages: Languages = _DEFAULT_TABLES,
    header_size: int = 0,
) -> bytes | None:
    """Write text in one alphabet, for a place behind a header of `header_size`; None if it lacks a character."""
    if alphabet in (Alphabet.GSM, Alphabet.GSM_PACKED):
        septets = encode_gsm(text, languages)
        if septets is None or alphabet is Alphabet.GSM:
            return septets
        return pack(septets, fill_bits(header_size))
    try:
        return text.encode(_CODECS[alphabet])
    except UnicodeEncodeError:
        return None


def _bare(alphabet: Alphabet, octets: bytes, header_size: int) -> bytes:
    """The octets of a text that can be joined to others: septets are unpacked."""
    return unpack(octets, fill_bits(header_size)) if alphabet is Alphabet.GSM_PACKED else octets


def _decode(alphabet: Alphabet, bare: bytes, languages: Languages) -> str:
    if alphabet in (Alphabet.GSM, Alphabet.GSM_PACKED):
        return decode_gsm(bare, languages)
    return bare.decode(_CODECS[alphabet], "replace")
