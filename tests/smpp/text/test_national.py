"""The tables were held against two foreign implementations, character by character; these tests keep them so."""

import string

import pytest

from simulator.smpp.text.national import ESCAPE, LOCKING, SINGLE, UNASSIGNED

INDIAN_AND_URDU = range(4, 14)


def test_the_languages_are_those_of_the_standard() -> None:
    assert sorted(LOCKING) == [0, 1, *range(3, 14)], "Spanish has no locking table"
    assert sorted(SINGLE) == list(range(14))


# How many characters a foreign implementation of 23.038 release 18 counts in each table (escapes left out).
@pytest.mark.parametrize(
    ("language", "locking", "single"),
    [
        (0, 127, 10),
        (1, 127, 17),
        (2, None, 19),
        (3, 127, 37),
        (4, 114, 82),
        (5, 120, 70),
        (6, 127, 88),
        (7, 120, 73),
        (8, 120, 82),
        (9, 116, 75),
        (10, 110, 76),
        (11, 102, 77),
        (12, 120, 78),
        (13, 127, 90),
    ],
)
def test_how_many_characters_a_table_has(language: int, locking: int | None, single: int) -> None:
    if locking is not None:
        assert len(LOCKING[language]) == 128
        assert sum(char not in (UNASSIGNED, chr(ESCAPE)) for char in LOCKING[language]) == locking
    assert len(SINGLE[language]) == single


@pytest.mark.parametrize("table", LOCKING.values())
def test_what_every_locking_table_has_in_its_place(table: str) -> None:
    assert (table[0x0A], table[0x0D], table[ESCAPE], table[0x20], table[0x21]) == ("\n", "\r", chr(ESCAPE), " ", "!")
    assert table[0x30:0x3C] == string.digits + ":;"
    assert table[0x61:0x7B] == string.ascii_lowercase
    used = [char for char in table if char != UNASSIGNED]
    assert len(set(used)) == len(used), "each character has one septet"


@pytest.mark.parametrize("table", SINGLE.values())
def test_what_every_single_table_has_in_its_place(table: dict[int, str]) -> None:
    assert ESCAPE not in table
    assert 0x0D not in table, "a control character, not to be used"
    places = {0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]", 0x40: "|"}
    assert {septet: table[septet] for septet in places} == places
    assert table[0x65] == "€"


# Rows of A.3, septet and code point, some of every column.
@pytest.mark.parametrize(
    ("language", "places"),
    [
        (1, "04:20ac 07:0131 0b:011e 0c:011f 1c:015e 1d:015f 40:0130 60:00e7 12:03a6"),
        (3, "04:00ea 12:00aa 13:00c7 15:221e 16:005e 17:005c 18:20ac 1a:007c 24:00ba 40:00cd 5b:00c3 60:007e 7d:0060"),
        (4, "00:0981 0b:098c 0f:098f 1a:099a 22:099f 2f:09a8 3d:09aa 46:09b2 4a:09b6 59:09c7 60:09ce 7b:09d7 7f:09f1"),
        (5, "00:0a81 0c:0a8d 11:0a91 1c:0a9b 22:0a9f 2d:0aa7 47:0ab3 49:0ab5 57:0ac5 5b:0ac9 60:0ad0 7b:0ae0 7f:0af1"),
        (6, "00:0901 0e:090e 12:0912 1f:091e 2a:0925 3c:0929 45:0931 4f:093d 5f:094d 60:0950 7b:0972 7e:097e 7f:097f"),
        (7, "01:0c82 0e:0c8e 12:0c92 24:0ca1 3d:0caa 47:0cb3 4e:0cbc 58:0cc6 5f:0ccd 60:0cd5 7b:0cd6 7f:0ce3"),
        (8, "01:0d02 0f:0d0f 1f:0d1e 2f:0d28 48:0d34 4f:0d3d 56:0d44 5a:0d48 5f:0d4d 60:0d57 7b:0d60 7f:0d79"),
        (9, "00:0b01 0f:0b0f 13:0b13 2f:0b28 46:0b32 4f:0b3d 56:0b44 5d:0b4b 60:0b56 7b:0b57 7c:0b60 7f:0b63"),
        (10, "00:0a01 08:0a0a 0f:0a0f 2f:0a28 4a:0a36 4c:0a38 4e:0a3c 54:0a42 5f:0a4d 60:0a51 7b:0a70 7f:0a74"),
        (11, "01:0b82 0e:0b8e 15:0b95 19:0b99 1d:0b9c 1f:0b9e 22:0b9f 2f:0ba8 3d:0baa 4d:0bb9 60:0bd0 7b:0bd7 7f:0bf9"),
        (12, "00:0c01 0e:0c0e 12:0c12 3d:0c2a 47:0c33 49:0c35 4f:0c3d 5c:0c4a 60:0c55 7b:0c56 7c:0c60 7f:0c63"),
        (13, "00:0627 01:0622 09:067f 1a:062f 24:0630 27:0693 2d:0696 3c:069a 47:06a9 53:0648 59:06cc 60:0654 7f:0670"),
    ],
)
def test_characters_of_the_locking_tables(language: int, places: str) -> None:
    for place in places.split():
        septet, code_point = place.split(":")
        assert LOCKING[language][int(septet, 16)] == chr(int(code_point, 16)), place


# Likewise of A.2.
@pytest.mark.parametrize(
    ("language", "places"),
    [
        (1, "47:011e 49:0130 53:015e 63:00e7 67:011f 69:0131 73:015f"),
        (2, "09:00e7 41:00c1 49:00cd 4f:00d3 55:00da 61:00e1 69:00ed 6f:00f3 75:00fa"),
        (3, "05:00ea 0b:00d4 12:03a6 19:0398 1f:00ca 41:00c0 5b:00c3 61:00c2 7c:00f5 7f:00e2"),
        (4, "04:00bf 13:00a1 16:005f 19:09e6 1f:09eb 24:09df 27:09e2 2a:09e3 2b:09f2 2e:09f5 30:09f6 34:09fa"),
        (5, "19:0964 1a:0965 1c:0ae6 25:0aef"),
        (6, "19:0964 1c:0966 26:0951 2a:0953 2c:0958 2e:095a 30:095b 38:0963 39:0970 3a:0971"),
        (7, "1c:0ce6 25:0cef 26:0cde 27:0cf1 2a:0cf2"),
        (8, "1c:0d66 26:0d70 2a:0d72 2d:0d75 2e:0d7a 30:0d7b 34:0d7f"),
        (9, "1c:0b66 26:0b5c 27:0b5d 2a:0b5f 2b:0b70 2c:0b71"),
        (10, "1c:0a66 26:0a59 27:0a5a 2a:0a5b 2b:0a5c 2c:0a5e 2d:0a75"),
        (11, "1c:0be6 24:0bee 26:0bf3 2a:0bf5 2d:0bf8 2e:0bfa"),
        (12, "1c:0c66 23:0c6d 26:0c58 2a:0c78 2e:0c7c 30:0c7d 32:0c7f"),
        (13, "19:0600 1c:06f0 26:060c 2a:060e 30:0613 32:061b 33:061f 34:0640 37:066b 3b:06cd 3f:06d4"),
    ],
)
def test_characters_of_the_single_tables(language: int, places: str) -> None:
    for place in places.split():
        septet, code_point = place.split(":")
        assert SINGLE[language][int(septet, 16)] == chr(int(code_point, 16)), place


@pytest.mark.parametrize("language", INDIAN_AND_URDU)
def test_capital_letters_are_in_the_single_tables_where_the_script_has_none(language: int) -> None:
    assert "".join(SINGLE[language][septet] for septet in range(0x41, 0x5B)) == string.ascii_uppercase
    assert not set(string.ascii_uppercase) & set(LOCKING[language])
