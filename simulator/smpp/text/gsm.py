"""GSM 03.38 text: characters to septets and back (3GPP TS 23.038, 6.2), by whichever shift tables are in force.

Septets are one an octet here; see `septets` for their packing, `national` for the tables.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.text.national import ESCAPE, LOCKING, SINGLE, UNASSIGNED


class Languages(NamedTuple):
    """The shift tables in force, as national language identifiers; 0, or one without such a table, is the default."""

    locking: int = 0
    single: int = 0


def _from_septets(table: str) -> Mapping[int, str]:
    return MappingProxyType(dict(enumerate(table)) | dict.fromkeys(range(0x80, 0x100), UNASSIGNED))


def _to_septets(table: Mapping[int, str]) -> Mapping[str, int]:
    no_characters = (UNASSIGNED, chr(ESCAPE))
    return MappingProxyType(
        {char: septet for septet, char in sorted(table.items(), reverse=True) if char not in no_characters}
    )


_FROM_LOCKING: Final[Mapping[int, Mapping[int, str]]] = MappingProxyType(
    {language: _from_septets(table) for language, table in LOCKING.items()}
)
_TO_LOCKING: Final[Mapping[int, Mapping[str, int]]] = MappingProxyType(
    {language: _to_septets(dict(enumerate(table))) for language, table in LOCKING.items()}
)
_TO_SINGLE: Final[Mapping[int, Mapping[str, int]]] = MappingProxyType(
    {language: _to_septets(dict(table)) for language, table in SINGLE.items()}
)


def decode_gsm(octets: bytes, languages: Languages) -> str:
    """Read septets. What is no septet or has no character becomes U+FFFD, one for each."""
    table = _FROM_LOCKING.get(languages.locking, _FROM_LOCKING[0])
    if ESCAPE not in octets:
        return octets.decode("latin-1").translate(table)
    shifted = SINGLE.get(languages.single, SINGLE[0])
    chars, septets = [], iter(octets)
    for septet in septets:
        if septet != ESCAPE:
            chars.append(table[septet])
            continue
        extended = next(septets, None)
        if extended is None:
            chars.append(UNASSIGNED)
        elif extended == ESCAPE:  # reserved for a further table; shown as a space (6.2.1.1)
            chars.append(" ")
        else:  # without an entry the character of the main table is shown
            chars.append(shifted.get(extended, table[extended]))
    return "".join(chars)


def encode_gsm(text: str, languages: Languages) -> bytes | None:
    """Write text as septets; None if a character is in neither of the tables."""
    main = _TO_LOCKING.get(languages.locking, _TO_LOCKING[0])
    shifted = _TO_SINGLE.get(languages.single, _TO_SINGLE[0])
    septets = bytearray()
    for char in text:
        if char in main:
            septets.append(main[char])
        elif char in shifted:
            septets += bytes((ESCAPE, shifted[char]))
        else:
            return None
    return bytes(septets)
