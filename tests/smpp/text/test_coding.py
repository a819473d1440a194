import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.text import (
    Alphabet,
    EncodedText,
    Languages,
    decode_parts,
    decode_text,
    encode_as,
    encode_text,
)
from tests.smpp.helpers import octets

ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("default", "text"),
    [
        (Alphabet.GSM, "@é"),
        (Alphabet.GSM_PACKED, "@J"),
        (Alphabet.ASCII, "\x00\x25"),
        (Alphabet.LATIN1, "\x00\x25"),
        (Alphabet.UCS2, "\x25"),
    ],
)
def test_what_data_coding_0_means_is_the_operators_choice(default: Alphabet, text: str) -> None:
    wire = b"\x00\x05" if default is Alphabet.GSM else b"\x00\x25"
    assert decode_text(0, wire, default) == text


@pytest.mark.parametrize(
    ("data_coding", "wire", "text"),
    [
        (0x01, "61 00 e9", "a\x00\ufffd"),
        (0x03, "61 e9", "aé"),
        (0x02, "00 ff", "\x00ÿ"),
        (0x04, "00 ff", "\x00ÿ"),
        (0x05, "93fa 967b 41", "日本A"),
        (0x06, "bf e0 d8 d2 d5 e2", "Привет"),
        (0x07, "f9 ec e5 ed", "שלום"),
        (0x07, "ff", "\ufffd"),
        (0x08, "0633 200c 06cc", f"س{ZWNJ}ی"),
        (0x08, "d83d de00", "😀"),
        (0x08, "0633 06", "س\ufffd"),
        (0x08, "d83d", "\ufffd"),
        (0x08, "de00 0633", "\ufffdس"),
        (0x0A, "1b2442 467c 4b5c 1b2842 41", "日本A"),
        (0x0D, "1b242844 3021 1b2842", "丂"),
        (0x0E, "c7d1 b1db", "한글"),
        (0x10, "00", "@"),
        (0x18, "0633", "س"),
        (0xC0, "00", "@"),
        (0xE0, "0633", "س"),
        (0xF0, "00", "@"),
        (0xF5, "e9", "é"),
    ],
)
def test_data_codings(data_coding: int, wire: str, text: str) -> None:
    assert decode_text(data_coding, octets(wire), Alphabet.ASCII) == text


def test_persian_goes_as_ucs2() -> None:
    assert encode_text("سلام") == (8, octets("0633 0644 0627 0645"))


@pytest.mark.parametrize(
    ("default", "text", "written"),
    [
        (Alphabet.GSM, "@€", (0, "00 1b65")),
        (Alphabet.GSM, "ê", (8, "00ea")),
        (Alphabet.GSM_PACKED, "hello", (0, "e8 32 9b fd 06")),
        (Alphabet.LATIN1, "@ê", (0, "40 ea")),
        (Alphabet.ASCII, "ê", (8, "00ea")),
        (Alphabet.UCS2, "ê", (0, "00ea")),
        (Alphabet.UCS2, "😀", (0, "d83d de00")),
    ],
)
def test_the_operators_alphabet_is_written_where_it_holds_the_text(
    default: Alphabet, text: str, written: tuple[int, str]
) -> None:
    assert encode_text(text, default) == (written[0], octets(written[1]))


def test_packed_text_behind_a_header_begins_on_the_next_septet() -> None:
    assert encode_as("AB", Alphabet.GSM_PACKED, header_size=6) == octets("82 42")
    assert decode_text(0, octets("82 42"), Alphabet.GSM_PACKED, header_size=6) == "AB"
    assert decode_text(0xF0, octets("20 28 04"), Alphabet.GSM_PACKED, header_size=9) == "AB"


def test_national_tables_apply_to_gsm_text_and_to_nothing_else() -> None:
    urdu = Languages(13, 13)
    assert decode_text(0, octets("00 1b1d"), Alphabet.GSM, urdu) == "ا۱"
    assert encode_as("ا۱", Alphabet.GSM, urdu) == octets("00 1b1d")
    assert decode_text(3, b"a", Alphabet.GSM, urdu) == "a"


TEXTS = {
    Alphabet.GSM: "@Δ€{ñ\n",
    Alphabet.GSM_PACKED: "aΔ€{ñ\n",
    Alphabet.ASCII: "a@\x00~",
    Alphabet.LATIN1: "a@é\xff",
    Alphabet.OCTETS: "a\x00\xff",
    Alphabet.JIS: "a日本ア",
    Alphabet.CYRILLIC: "aПривет№",
    Alphabet.HEBREW: "aשלום",
    Alphabet.UCS2: f"aس{ZWNJ}ی😀\x00",
    Alphabet.ISO_2022_JP: "a日本あ",
    Alphabet.EXTENDED_KANJI: "a日丂",
    Alphabet.KOREAN: "a한글",
}
NAMED_BY = {
    Alphabet.ASCII: 1,
    Alphabet.LATIN1: 3,
    Alphabet.OCTETS: 4,
    Alphabet.JIS: 5,
    Alphabet.CYRILLIC: 6,
    Alphabet.HEBREW: 7,
    Alphabet.UCS2: 8,
    Alphabet.ISO_2022_JP: 10,
    Alphabet.EXTENDED_KANJI: 13,
    Alphabet.KOREAN: 14,
}


@pytest.mark.parametrize("alphabet", Alphabet)
@given(data=st.data())
def test_what_is_encoded_is_decoded_again(alphabet: Alphabet, data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from(TEXTS[alphabet])))
    wire = encode_as(text, alphabet)
    assert wire is not None
    default = alphabet if alphabet not in NAMED_BY else Alphabet.GSM
    assert decode_text(NAMED_BY.get(alphabet, 0), wire, default) == text


@given(st.text(), st.sampled_from([Alphabet.GSM, Alphabet.LATIN1, Alphabet.ASCII, Alphabet.UCS2]))
def test_any_text_can_be_sent(text: str, default: Alphabet) -> None:
    assert decode_text(*encode_text(text, default), default) == text


encoded = st.builds(
    EncodedText,
    st.integers(0, 255),
    st.binary(max_size=40),
    st.builds(Languages, st.integers(0, 15), st.integers(0, 15)),
    st.integers(0, 140),
)


@given(st.lists(encoded, max_size=4), st.sampled_from(Alphabet))
def test_no_octets_and_no_coding_fail_or_give_lone_surrogates(parts: list[EncodedText], default: Alphabet) -> None:
    decode_parts(parts, default).encode("utf-8", "strict")


# What a client cut, and what the reader of each part alone cannot know.
@pytest.mark.parametrize(
    ("default", "parts", "text"),
    [
        (Alphabet.GSM, [(8, "0633 d83d"), (8, "de00 0644")], "س😀ل"),
        (Alphabet.GSM, [(8, "0633 06"), (8, "44")], "سل"),
        (Alphabet.GSM, [(8, "d83d"), (0x18, "de00")], "😀"),  # the message class is no other alphabet
        (Alphabet.GSM, [(0, "41 1b"), (0, "65 42")], "A€B"),
        (Alphabet.GSM, [(0, "41 1b"), (8, "0041")], "A\ufffdA"),  # nothing to join
        (Alphabet.GSM, [(8, "d83d"), (0, "41"), (8, "de00")], "\ufffdA\ufffd"),
        (Alphabet.GSM_PACKED, [(0, "c1 0d"), (0, "65 21")], "A€B"),  # 41 1b | 65 42, each from its own octet
        (Alphabet.GSM, [(5, "93"), (5, "fa")], "日"),
        (Alphabet.GSM, [(10, "1b2442 467c"), (10, "4b5c 1b2842")], "日本"),
    ],
)
def test_parts_are_joined_before_they_are_read(default: Alphabet, parts: list[tuple[int, str]], text: str) -> None:
    assert decode_parts([EncodedText(coding, octets(wire)) for coding, wire in parts], default) == text


def test_each_part_is_read_by_its_own_header() -> None:
    parts = [EncodedText(0, b"\x00", Languages(13, 0), 9), EncodedText(0, b"\x00", Languages(), 6)]
    assert decode_parts(parts, Alphabet.GSM) == "ا@"
    packed = [EncodedText(0, octets("82 1b"), header_size=6), EncodedText(0, octets("ca 42"), header_size=6)]
    assert decode_parts(packed, Alphabet.GSM_PACKED) == "A€B"
