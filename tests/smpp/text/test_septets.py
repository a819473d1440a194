import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.text.septets import fill_bits, pack, unpack
from tests.smpp.helpers import octets


# 23.038 6.1.2.1.1: the first septet in the low bits of the first octet, its successor's low bit above it, and so on.
@pytest.mark.parametrize(
    ("septets", "packed"),
    [
        (b"", ""),
        (b"1", "31"),
        (b"12", "31 19"),
        (b"1234567", "31 d9 8c 56 b3 dd 00"),
        (b"12345678", "31 d9 8c 56 b3 dd 70"),
        (b"hellohello", "e8 32 9b fd 46 97 d9 ec 37"),
        (b"\x7f" * 8, "ff ff ff ff ff ff ff"),
    ],
)
def test_eight_septets_are_seven_octets(septets: bytes, packed: str) -> None:
    assert pack(septets) == octets(packed)
    assert unpack(octets(packed)) == septets


# 23.040 9.2.3.24, figure of the septet boundary: a header of 6 octets is 48 bits, the next septet begins at 49.
@pytest.mark.parametrize(("header_size", "fill"), [(0, 0), (4, 3), (6, 1), (7, 0), (9, 5), (12, 2)])
def test_text_behind_a_header_begins_on_a_septet(header_size: int, fill: int) -> None:
    assert fill_bits(header_size) == fill


@pytest.mark.parametrize(
    ("fill", "packed"), [(0, "41 21"), (1, "82 42"), (3, "08 0a 01"), (5, "20 28 04"), (6, "40 50 08")]
)
def test_fill_bits_are_empty_and_in_front(fill: int, packed: str) -> None:
    assert pack(b"AB", fill) == octets(packed)
    assert unpack(octets(packed), fill) == b"AB"


def test_seven_spare_bits_are_no_at_sign() -> None:
    assert unpack(pack(b"1234567")) == b"1234567"
    assert unpack(pack(b"1234567\0")) == b"1234567"
    assert unpack(pack(b"123456\0")) == b"123456\0", "an at sign elsewhere is one"


@given(st.lists(st.integers(0, 0x7F)).map(bytes), st.integers(0, 6))
def test_what_is_packed_is_unpacked_again(septets: bytes, fill: int) -> None:
    packed = pack(septets, fill)
    ends_on_an_octet = (fill + 7 * len(septets)) % 8 == 0
    expected = septets[:-1] if ends_on_an_octet and septets.endswith(b"\0") else septets
    assert unpack(packed, fill) == expected
    assert len(packed) == (-(-(fill + 7 * len(septets)) // 8) if septets else 0)


@given(st.binary(), st.integers(0, 6))
def test_any_octets_are_septets(packed: bytes, fill: int) -> None:
    septets = unpack(packed, fill)
    assert all(septet < 0x80 for septet in septets)
    assert len(septets) in {max(0, 8 * len(packed) - fill) // 7, max(0, 8 * len(packed) - fill) // 7 - 1}
