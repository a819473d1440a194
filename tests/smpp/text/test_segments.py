import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.text import (
    Alphabet,
    EncodedText,
    ReferenceBits,
    encode_as,
    encode_text,
    encoded_segment_count,
    is_gsm,
    segment_count,
    split_text,
    units,
)


def test_gsm_or_not() -> None:
    assert is_gsm("hello€[")
    assert not is_gsm("hello، سلام")


# 23.040 9.2.3.24.1: 160 septets or 70 units alone; 153/67 behind 6 octets of header, 152/66 behind 7.
@pytest.mark.parametrize(
    ("text", "size", "count", "count_16"),
    [
        ("", 0, 1, 1),
        ("a" * 160, 160, 1, 1),
        ("a" * 161, 161, 2, 2),
        ("a" * 304, 304, 2, 2),
        ("a" * 305, 305, 2, 3),
        ("a" * 306, 306, 2, 3),
        ("a" * 307, 307, 3, 3),
        ("a" * 456, 456, 3, 3),
        ("a" * 457, 457, 3, 4),
        ("a" * 459, 459, 3, 4),
        ("a" * 460, 460, 4, 4),
        ("€" * 80, 160, 1, 1),
        ("€" * 81, 162, 2, 2),
        ("€" * 152, 304, 2, 2),
        ("€" * 153, 306, 3, 3),  # 76 in each segment: the 77th would be cut in two
        ("a" * 152 + "€" + "a" * 8, 162, 2, 2),
        ("س" * 70, 70, 1, 1),
        ("س" * 71, 71, 2, 2),
        ("س" * 132, 132, 2, 2),
        ("س" * 133, 133, 2, 3),
        ("س" * 134, 134, 2, 3),
        ("س" * 135, 135, 3, 3),
        ("س" * 201, 201, 3, 4),
        ("س" * 202, 202, 4, 4),
        ("😀" * 35, 70, 1, 1),
        ("😀" * 66, 132, 2, 2),
        ("😀" * 67, 134, 3, 3),  # 33 in each segment
    ],
)
def test_segments(text: str, size: int, count: int, count_16: int) -> None:
    assert (units(text), segment_count(text), segment_count(text, 16)) == (size, count, count_16)
    assert encoded_segment_count(EncodedText(*encode_text(text)), Alphabet.GSM) == count
    assert encoded_segment_count(EncodedText(*encode_text(text)), Alphabet.GSM, 16) == count_16


bits = st.sampled_from([8, 16])
cuttable = st.text(st.sampled_from("aسی€[😀\n"), max_size=400)


@given(cuttable, bits)
def test_parts_are_the_text_and_each_fits(text: str, reference_bits: ReferenceBits) -> None:
    parts = split_text(text, reference_bits)
    assert "".join(parts) == text
    assert len(parts) == segment_count(text, reference_bits)
    gsm = is_gsm(text)
    segment = {8: (153, 67), 16: (152, 66)}[reference_bits][not gsm]
    limit = segment if len(parts) > 1 else (160 if gsm else 70)
    sizes = [_size(part, gsm=gsm) for part in parts]
    assert all(size <= limit for size in sizes)
    assert all(size >= limit - 1 for size in sizes[:-1]), "no part is left emptier than a pair requires"


def _size(part: str, *, gsm: bool) -> int:
    return len(encode_text(part)[1]) if gsm else len(part.encode("utf-16-be")) // 2


@given(st.integers(0, 2000), bits, st.sampled_from("aس"))
def test_without_pairs_the_count_is_a_division(length: int, reference_bits: ReferenceBits, char: str) -> None:
    single, segment = {("a", 8): (160, 153), ("a", 16): (160, 152), ("س", 8): (70, 67), ("س", 16): (70, 66)}[
        char, reference_bits
    ]
    assert segment_count(char * length, reference_bits) == (1 if length <= single else -(-length // segment))


@given(cuttable, bits)
def test_a_text_and_its_octets_are_billed_alike(text: str, reference_bits: ReferenceBits) -> None:
    count = segment_count(text, reference_bits)
    assert encoded_segment_count(EncodedText(*encode_text(text)), Alphabet.GSM, reference_bits) == count


@pytest.mark.parametrize(
    ("message", "default", "count"),
    [
        (EncodedText(4, bytes(140)), Alphabet.GSM, 1),
        (EncodedText(4, bytes(141)), Alphabet.GSM, 2),
        (EncodedText(4, bytes(268)), Alphabet.GSM, 2),
        (EncodedText(4, bytes(269)), Alphabet.GSM, 3),
        (EncodedText(0, b"a" * 160), Alphabet.LATIN1, 1),  # becomes GSM on the radio path
        (EncodedText(3, b"\xea" * 71), Alphabet.GSM, 2),  # ê becomes UCS2
        (EncodedText(6, b"\xe0" * 70), Alphabet.GSM, 1),
        (EncodedText(8, bytes(141)), Alphabet.GSM, 2),  # half a unit too many
        (EncodedText(0, bytes(140)), Alphabet.UCS2, 1),
        (EncodedText(0, b"\x1b" * 160), Alphabet.GSM, 1),
    ],
)
def test_messages_as_they_are_submitted(message: EncodedText, default: Alphabet, count: int) -> None:
    assert encoded_segment_count(message, default) == count


@pytest.mark.parametrize(("length", "count"), [(160, 1), (161, 2), (306, 2), (307, 3)])
def test_packed_text_counts_septets(length: int, count: int) -> None:
    wire = encode_as("a" * length, Alphabet.GSM_PACKED)
    assert wire is not None
    assert encoded_segment_count(EncodedText(0, wire), Alphabet.GSM_PACKED) == count


# Headers take their room: 23.038 names 155 septets behind one national table, 152 behind two.
@pytest.mark.parametrize(
    ("header_size", "octets", "count"),
    [(4, 155, 1), (4, 156, 2), (7, 152, 1), (7, 153, 2), (4, 298, 2), (4, 299, 3)],
)
def test_a_header_takes_its_room_in_each_message(header_size: int, octets: int, count: int) -> None:
    message = EncodedText(0, b"a" * octets, header_size=header_size)
    assert encoded_segment_count(message, Alphabet.GSM) == count


@pytest.mark.parametrize(("octets", "count"), [(0, 1), (153, 1), (154, 2), (306, 2), (307, 3)])
def test_a_part_has_its_reference_already(octets: int, count: int) -> None:
    message = EncodedText(0, b"a" * octets, header_size=6)
    assert encoded_segment_count(message, Alphabet.GSM, is_part=True) == count


@given(st.integers(0, 255), st.binary(max_size=300), st.integers(0, 256), st.sampled_from(Alphabet), bits)
def test_any_message_has_a_count(
    data_coding: int, octets: bytes, header_size: int, default: Alphabet, reference_bits: ReferenceBits
) -> None:
    message = EncodedText(data_coding, octets, header_size=header_size)
    assert encoded_segment_count(message, default, reference_bits) >= 1
