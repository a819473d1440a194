"""The characters of GSM's 7-bit tables: default alphabet, extension, and the national shift tables of 3GPP TS 23.038.

Owns the characters by septet, as data. How tables are chosen, read and written is not known here.

The Indian tables and Urdu's share two forms with gaps; a table is what fills the gaps, in order. That is written as
code points: `0985-098c` is a range, `_` a gap that stays unassigned.

Three places follow what handsets do, where prints of the specification have slips: Kannada locking 0x24 is U+0CA1
(printed U+0CAA, which is 0x2D), Tamil single 0x24 is U+0BEE (printed U+0BEF, which is 0x25), Telugu single 0x65 is the
euro sign as in its sister tables (left out in some prints).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

ESCAPE: Final = 0x1B
"""The septet that announces one of the single shift table."""

UNASSIGNED: Final = "\ufffd"
"""Stands in a locking table where it has no character."""

DEFAULT_ALPHABET: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""6.2.1."""

_EXTENSION: Final = "0a\f 14^ 28{ 29} 2f\\ 3c[ 3d~ 3e] 40| 65€"

_LOCKING_FORM: Final = (
    "__________\n__\r_____________\x1b____"
    " !______)(__,_._0123456789:;___?"
    "________________________________"
    "_abcdefghijklmnopqrstuvwxyz_____"
)
_SINGLE_FORM: Final = (
    "@£$¥¿\"¤%&'\f*+\0-/<=>¡^¡\1#*__\x1b____"
    "________{}_____\\____________[~]_"
    "|ABCDEFGHIJKLMNOPQRSTUVWXYZ\0\0\0\0\0"
    "\0\0\0\0\0€" + 26 * "\0"
)  # \0: nothing, \1: an underscore that is no gap

_EUROPEAN_LOCKING: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "04€ 07ı 0bĞ 0cğ 1cŞ 1dş 40İ 60ç",
        3: "04ê 06ú 07í 08ó 09ç 0bÔ 0cô 0eÁ 0fá 12ª 13Ç 14À 15∞ 16^ 17\\ 18€ 19Ó 1a| 1cÂ 1dâ 1eÊ 24º 40Í"
        " 5bÃ 5cÕ 5dÚ 60~ 7bã 7cõ 7d`",
    }
)
_EUROPEAN_SINGLE: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "47Ğ 49İ 53Ş 63ç 67ğ 69ı 73ş",
        2: "09ç 41Á 49Í 4fÓ 55Ú 61á 69í 6fó 75ú",
        3: "05ê 09ç 0bÔ 0cô 0eÁ 0fá 12Φ 13Γ 15Ω 16Π 17Ψ 18Σ 19Θ 1fÊ 41À 49Í 4fÓ 55Ú 5bÃ 5cÕ 61Â"
        " 69í 6fó 75ú 7bã 7cõ 7fâ",
    }
)
_LOCKING_FILLINGS: Final[Mapping[int, str]] = MappingProxyType(
    {
        4: "0981-0983 0985-098c _ _ 098f 0990 _ _ 0993-09a8 _ 09aa-09b0 _ 09b2 _ _ _ 09b6-09b9 09bc-09c4 _ _"
        " 09c7 09c8 _ _ 09cb-09cd 09ce 09d7 09dc 09dd 09f0 09f1",
        5: "0a81-0a83 0a85-0a8d _ 0a8f-0a91 _ 0a93-0aa8 _ 0aaa-0ab0 _ 0ab2 0ab3 _ 0ab5-0ab9 0abc-0ac5 _"
        " 0ac7-0ac9 _ 0acb-0acd 0ad0 0ae0-0ae3 0af1",
        6: "0901-0903 0905-0939 093c-094d 0950 0972 097b 097c 097e 097f",
        7: "_ 0c82 0c83 0c85-0c8c _ 0c8e-0c90 _ 0c92-0ca8 _ 0caa-0cb3 _ 0cb5-0cb9 0cbc-0cc4 _ 0cc6-0cc8 _"
        " 0cca-0ccd 0cd5 0cd6 0ce0-0ce3",
        8: "_ 0d02 0d03 0d05-0d0c _ 0d0e-0d10 _ 0d12-0d28 _ 0d2a-0d39 _ 0d3d-0d44 _ 0d46-0d48 _ 0d4a-0d4d 0d57"
        " 0d60-0d63 0d79",
        9: "0b01-0b03 0b05-0b0c _ _ 0b0f 0b10 _ _ 0b13-0b28 _ 0b2a-0b30 _ 0b32 0b33 _ 0b35-0b39 0b3c-0b44 _ _"
        " 0b47 0b48 _ _ 0b4b-0b4d 0b56 0b57 0b60-0b63",
        10: "0a01-0a03 0a05-0a0a _ _ _ _ 0a0f 0a10 _ _ 0a13-0a28 _ 0a2a-0a30 _ 0a32 0a33 _ 0a35 0a36 _ 0a38 0a39"
        " 0a3c _ 0a3e-0a42 _ _ _ _ 0a47 0a48 _ _ 0a4b-0a4d 0a51 0a70-0a74",
        11: "_ 0b82 0b83 0b85-0b8a _ _ _ 0b8e-0b90 _ 0b92-0b95 _ _ _ 0b99 0b9a _ 0b9c _ 0b9e 0b9f _ _ _ 0ba3 0ba4"
        " _ _ _ 0ba8-0baa _ _ _ 0bae-0bb9 _ _ 0bbe-0bc2 _ _ _ 0bc6-0bc8 _ 0bca-0bcd 0bd0 0bd7 0bf0-0bf2 0bf9",
        12: "0c01-0c03 0c05-0c0c _ 0c0e-0c10 _ 0c12-0c28 _ 0c2a-0c33 _ 0c35-0c39 _ 0c3d-0c44 _ 0c46-0c48 _"
        " 0c4a-0c4d 0c55 0c56 0c60-0c63",
        13: "0627 0622 0628 067b 0680 067e 06a6 062a 06c2 067f 0679 067d 067a 067c 062b 062c 0681 0684 0683 0685-0687"
        " 062d-062f 068c 0688-068a 068f 068d 0630 0631 0691 0693 0699 0632 0696 0698 069a 0633-0639 0641 0642"
        " 06a9-06ab 06af 06b3 06b1 0644-0646 06ba-06bc 0648 06c4 06d5 06c1 06be 0621 06cc 06d0 06d2 064d 0650 064f"
        " 0657 0654 0655 0651 0653 0656 0670",
    }
)
_SINGLE_FILLINGS: Final[Mapping[int, str]] = MappingProxyType(
    {
        4: "09e6-09ef 09df-09e3 09f2-09fa",
        5: "0964 0965 0ae6-0aef",
        6: "0964-096f 0951-0954 0958-0963 0970 0971",
        7: "0964 0965 0ce6-0cef 0cde 0cf1 0cf2",
        8: "0964 0965 0d66-0d75 0d7a-0d7f",
        9: "0964 0965 0b66-0b6f 0b5c 0b5d 0b5f 0b70 0b71",
        10: "0964 0965 0a66-0a6f 0a59-0a5c 0a5e 0a75",
        11: "0964 0965 0be6-0bef 0bf3-0bf8 0bfa",
        12: "_ _ 0c66-0c6f 0c58 0c59 0c78-0c7f",
        13: "0600 0601 06f0-06f9 060c-0614 061b 061f 0640 0652 0658 066b 066c 0672 0673 06cd 06d4",
    }
)


def _at_septets(replacements: str) -> dict[int, str]:
    """Read `14^ 28{` as septets and their characters."""
    return {int(each[:2], 16): each[2:] for each in replacements.split(" ")}


def _characters(filling: str) -> Iterator[str]:
    """Read a filling as the characters for the gaps, in order."""
    for each in filling.split():
        first, _, last = each.partition("-")
        if first == "_":
            yield UNASSIGNED
        else:
            yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def _fill(form: str, filling: str) -> str:
    """Put a filling into the gaps of a form; what it does not reach stays unassigned."""
    characters = _characters(filling)
    return "".join(next(characters, UNASSIGNED) if char == "_" else char for char in form)


def _replace(table: str, replacements: str) -> str:
    at = _at_septets(replacements)
    return "".join(at.get(septet, char) for septet, char in enumerate(table))


def _single(filled: str) -> Mapping[int, str]:
    nothing = ("\0", UNASSIGNED, chr(ESCAPE))
    return MappingProxyType(
        {septet: char.replace("\1", "_") for septet, char in enumerate(filled) if char not in nothing}
    )


LOCKING: Final[Mapping[int, str]] = MappingProxyType(
    {0: DEFAULT_ALPHABET}
    | {language: _replace(DEFAULT_ALPHABET, written) for language, written in _EUROPEAN_LOCKING.items()}
    | {language: _fill(_LOCKING_FORM, filling) for language, filling in _LOCKING_FILLINGS.items()}
)
"""By national language identifier (6.2.1.2.4; 0 is the default) the 128 characters of the locking shift table, A.3."""

SINGLE: Final[Mapping[int, Mapping[int, str]]] = MappingProxyType(
    {0: MappingProxyType(_at_septets(_EXTENSION))}
    | {
        language: MappingProxyType(_at_septets(f"{_EXTENSION} {written}"))
        for language, written in _EUROPEAN_SINGLE.items()
    }
    | {language: _single(_fill(_SINGLE_FORM, filling)) for language, filling in _SINGLE_FILLINGS.items()}
)
"""By national language identifier (0 is the default) the characters of the single shift table by septet, A.2."""
