import pytest

from simulator.smpp.text import DATA_CODINGS, Alphabet, DataCoding, Waiting, WaitingKind, alphabet_of


# SMPP 5.0 4.7.7.
@pytest.mark.parametrize(
    ("value", "alphabet"),
    [
        (0x00, None),
        (0x01, Alphabet.ASCII),
        (0x02, Alphabet.OCTETS),
        (0x03, Alphabet.LATIN1),
        (0x04, Alphabet.OCTETS),
        (0x05, Alphabet.JIS),
        (0x06, Alphabet.CYRILLIC),
        (0x07, Alphabet.HEBREW),
        (0x08, Alphabet.UCS2),
        (0x09, Alphabet.OCTETS),
        (0x0A, Alphabet.ISO_2022_JP),
        (0x0B, Alphabet.OCTETS),
        (0x0C, Alphabet.OCTETS),
        (0x0D, Alphabet.EXTENDED_KANJI),
        (0x0E, Alphabet.KOREAN),
        (0x0F, Alphabet.OCTETS),
    ],
)
def test_smpps_own_values(value: int, alphabet: Alphabet | None) -> None:
    assert DATA_CODINGS[value] == DataCoding(alphabet)


# 3GPP TS 23.038 section 4.
@pytest.mark.parametrize(
    ("value", "alphabet", "message_class"),
    [
        (0x10, Alphabet.GSM, 0),
        (0x13, Alphabet.GSM, 3),
        (0x15, Alphabet.OCTETS, 1),
        (0x18, Alphabet.UCS2, 0),
        (0x1C, Alphabet.GSM, 0),  # reserved alphabet
        (0x20, Alphabet.OCTETS, None),  # compressed
        (0x38, Alphabet.OCTETS, 0),  # compressed
        (0x40, Alphabet.GSM, None),  # automatic deletion
        (0x48, Alphabet.UCS2, None),
        (0x5A, Alphabet.UCS2, 2),
        (0x60, Alphabet.OCTETS, None),
        (0x80, Alphabet.GSM, None),  # reserved
        (0xBF, Alphabet.GSM, None),
        (0xF0, Alphabet.GSM, 0),
        (0xF3, Alphabet.GSM, 3),
        (0xF5, Alphabet.OCTETS, 1),
        (0xFA, Alphabet.GSM, 2),
    ],
)
def test_gsms_groups(value: int, alphabet: Alphabet, message_class: int | None) -> None:
    assert DATA_CODINGS[value] == DataCoding(alphabet, message_class)


@pytest.mark.parametrize(
    ("value", "alphabet", "kind", "is_active", "is_stored"),
    [
        (0xC0, Alphabet.GSM, WaitingKind.VOICEMAIL, False, False),
        (0xC9, Alphabet.GSM, WaitingKind.FAX, True, False),
        (0xD0, Alphabet.GSM, WaitingKind.VOICEMAIL, False, True),
        (0xDA, Alphabet.GSM, WaitingKind.EMAIL, True, True),
        (0xE3, Alphabet.UCS2, WaitingKind.OTHER, False, True),
        (0xE8, Alphabet.UCS2, WaitingKind.VOICEMAIL, True, True),
    ],
)
def test_message_waiting(value: int, alphabet: Alphabet, kind: WaitingKind, is_active: bool, is_stored: bool) -> None:
    assert DATA_CODINGS[value] == DataCoding(alphabet, None, Waiting(kind, is_active, is_stored))


def test_every_octet_has_its_meaning() -> None:
    assert len(DATA_CODINGS) == 256
    assert [value for value, each in enumerate(DATA_CODINGS) if each.alphabet is None] == [0]


@pytest.mark.parametrize(
    ("value", "default", "alphabet"),
    [
        (0x00, Alphabet.GSM, Alphabet.GSM),
        (0x00, Alphabet.LATIN1, Alphabet.LATIN1),
        (0x00, Alphabet.GSM_PACKED, Alphabet.GSM_PACKED),
        (0xF1, Alphabet.LATIN1, Alphabet.GSM),
        (0xF1, Alphabet.GSM_PACKED, Alphabet.GSM_PACKED),
        (0x08, Alphabet.GSM_PACKED, Alphabet.UCS2),
    ],
)
def test_the_operators_alphabet_and_its_carrier(value: int, default: Alphabet, alphabet: Alphabet) -> None:
    assert alphabet_of(value, default) is alphabet
