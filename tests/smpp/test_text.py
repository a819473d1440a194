import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.text import Alphabet, decode_text, encode_text, is_gsm, segment_count, split_text, units

ZWNJ = "\u200c"


# GSM 03.38 6.2.1 and 6.2.1.1: septet and character, some of every row.
@pytest.mark.parametrize(
    ("octets", "text"),
    [
        ("00 01 02 09", "@£$Ç"),
        ("10 11 12 1a 1c 1f", "Δ_ΦΞÆÉ"),
        ("20 24 30 3f", " ¤0?"),
        ("40 41 5a 5b 5c 5d 5e 5f", "¡AZÄÖÑÜ§"),
        ("60 61 7a 7b 7c 7d 7e 7f", "¿azäöñüà"),
        ("1b0a 1b14 1b28 1b29 1b2f", "\f^{}\\"),
        ("1b3c 1b3d 1b3e 1b40 1b65", "[~]|€"),
        ("0a 0d", "\n\r"),
    ],
)
def test_the_gsm_alphabet_both_ways(octets: str, text: str) -> None:
    wire = bytes.fromhex(octets)
    assert decode_text(0, wire, Alphabet.GSM) == text
    assert encode_text(text) == (0, wire)


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        ("41 1b", "A\ufffd"),  # an escape with nothing behind it
        ("1b1b 41", " A"),  # an escape into a further table
        ("1b41", "A"),  # no entry in the extension table
        ("41 80 ff", "A\ufffd\ufffd"),  # no septets
        ("1b80", "\ufffd"),
    ],
)
def test_gsm_octets_that_nobody_should_send(octets: str, text: str) -> None:
    assert decode_text(0, bytes.fromhex(octets), Alphabet.GSM) == text


@pytest.mark.parametrize(
    ("default", "text"),
    [(Alphabet.GSM, "@é"), (Alphabet.ASCII, "\x00\x05"), (Alphabet.LATIN1, "\x00\x05"), (Alphabet.UCS2, "\x05")],
)
def test_what_data_coding_0_means_is_the_operators_choice(default: Alphabet, text: str) -> None:
    assert decode_text(0, b"\x00\x05", default) == text


@pytest.mark.parametrize(
    ("data_coding", "octets", "text"),
    [
        (0x01, b"a\x00\xe9", "a\x00\ufffd"),
        (0x03, b"a\xe9", "aé"),
        (0x02, b"\x00\xff", "\x00ÿ"),
        (0x04, b"\x00\xff", "\x00ÿ"),
        (0x08, bytes.fromhex("0633 200c 06cc"), f"س{ZWNJ}ی"),
        (0x08, bytes.fromhex("d83d de00"), "😀"),
        (0x08, bytes.fromhex("0633 06"), "س\ufffd"),
        (0x08, bytes.fromhex("d83d"), "\ufffd"),
        (0x10, b"\x00", "@"),
        (0x14, b"\xe9", "é"),
        (0x18, bytes.fromhex("0633"), "س"),
        (0xC0, b"\x00", "@"),
        (0xD8, b"\x00", "@"),
        (0xE0, bytes.fromhex("0633"), "س"),
        (0xF0, b"\x00", "@"),
        (0xF3, b"\x00", "@"),
        (0xF5, b"\xe9", "é"),
    ],
)
def test_data_codings(data_coding: int, octets: bytes, text: str) -> None:
    assert decode_text(data_coding, octets, Alphabet.ASCII) == text


def test_persian_goes_as_ucs2() -> None:
    assert encode_text("سلام") == (8, bytes.fromhex("0633 0644 0627 0645"))
    assert not is_gsm("hello، سلام")


@given(st.text())
def test_what_is_encoded_is_decoded_again(text: str) -> None:
    data_coding, octets = encode_text(text)
    assert decode_text(data_coding, octets, Alphabet.GSM) == text


@given(st.integers(0, 255), st.binary(), st.sampled_from(Alphabet))
def test_no_octets_and_no_coding_fail(data_coding: int, octets: bytes, default: Alphabet) -> None:
    assert (decode_text(data_coding, octets, default) == "") is (octets == b"")


@pytest.mark.parametrize(
    ("text", "size", "count"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("€" * 153, 306, 3),  # 76 in each segment: the 77th would be cut in two
        ("س" * 70, 70, 1),
        ("س" * 71, 71, 2),
        ("س" * 134, 134, 2),
        ("س" * 135, 135, 3),
        ("😀" * 35, 70, 1),
        ("😀" * 67, 134, 3),  # 33 in each segment
    ],
)
def test_segments(text: str, size: int, count: int) -> None:
    assert (units(text), segment_count(text)) == (size, count)


@given(st.text(st.sampled_from("aسی€[😀\n"), max_size=400))
def test_parts_are_the_text_and_each_fits(text: str) -> None:
    parts = split_text(text)
    assert "".join(parts) == text
    limit = (160, 153) if is_gsm(text) else (70, 67)
    sizes = [_size(part, gsm=is_gsm(text)) for part in parts]
    assert all(size <= limit[len(parts) > 1] for size in sizes)


def _size(part: str, *, gsm: bool) -> int:
    return len(encode_text(part)[1]) if gsm else len(part.encode("utf-16-be")) // 2
