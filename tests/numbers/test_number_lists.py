"""Lists of numbers as files, in every form in which people keep them."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from simulator.numbers import number_lists
from simulator.numbers.number_lists import NumberListError, NumberListReader, read_number_list
from simulator.numbers.number_sets import number_of_bit, pack, parse_entry, unpack

NUMBER = "989121110001"
FORMS = [
    "989121110001",
    "09121110001",
    "9121110001",
    "+989121110001",
    "00989121110001",
    "0912 111 0001",
    "0912-111-0001",
    "+98 (912) 111-0001",
    "۰۹۱۲۱۱۱۰۰۰۱",
    "٠٩١٢١١١٠٠٠١",
    '"09121110001"',
    "  09121110001  # asked by phone",
    "09121110001;mci;2026-01-01",
    "09121110001\tmci",
    "09121110001,«فروشگاه»",
    "09121110001\r",
]


def read(octets: bytes, step: int = 1 << 20) -> BitMap:
    reader = NumberListReader()
    for at in range(0, len(octets), step):
        reader.feed(octets[at : at + step])
    return reader.finish()


def shown(numbers: BitMap) -> list[str]:
    return [number_of_bit(bit) for bit in numbers]


@pytest.mark.parametrize("form", FORMS)
def test_a_number_in_any_form(form: str) -> None:
    assert shown(read(form.encode())) == [NUMBER]
    assert shown(read(f"\ufeff# all\n\n{form}\n09121110002".encode())) == [NUMBER, "989121110002"]


@pytest.mark.parametrize(
    "form",
    [
        "989121110001-989121110003",
        "09121110001 - 09121110003",
        "0912-111-0001–0912-111-0003",
        "۰۹۱۲۱۱۱۰۰۰۱-۰۹۱۲۱۱۱۰۰۰۳",
    ],
)
def test_a_range_holds_both_its_ends(form: str) -> None:
    assert shown(read(form.encode())) == [NUMBER, "989121110002", "989121110003"]


def test_a_heading_is_passed_over_once() -> None:
    assert shown(read(f"# list\nnumber,operator\n{NUMBER},mci\n".encode())) == [NUMBER]
    for text in (f"{NUMBER}\nnumber\n", f"number\nname\n{NUMBER}\n"):
        with pytest.raises(NumberListError) as caught:
            read(text.encode())
        assert caught.value.line == 2


def test_an_empty_list_is_a_list() -> None:
    assert not read(b"")
    assert not read(b"\n\n# nothing\n")


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (f"{NUMBER}\n02188776655\n", 2, "'02188776655' is not an Iranian mobile number"),
        (f"{NUMBER}\n\n# x\n989701110001\n", 4, "'989701110001' is not"),
        ("09121110005-09121110001", 1, "ends before it begins"),
        (f"{NUMBER}\n09121110005-", 2, "nor a range FIRST-LAST"),
        (f"{NUMBER} {NUMBER}", 1, "is not an Iranian mobile number"),
        ("9" * 5000, 1, "more than 4096 octets"),
    ],
)
def test_a_bad_line_is_named(text: str, line: int, why: str) -> None:
    with pytest.raises(NumberListError) as caught:
        read(text.encode())
    assert caught.value.line == line
    assert why in caught.value.why


def test_what_is_no_text_is_named() -> None:
    with pytest.raises(NumberListError, match="line 2: this is not UTF-8"):
        read(NUMBER.encode() + b"\n\xff\xfe\n")


LINES = st.lists(
    st.one_of(
        st.integers(0, 9_999_999).map(lambda number: f"0912{number:07}"),
        st.integers(0, 9_999_999).map(lambda number: f"98935{number:07},irancell"),
        st.integers(0, 9_999_000).map(lambda number: f"0912{number:07}-0912{number + 7:07}"),
        st.sampled_from(["", "# a comment", "0921 111 0001", "۰۹۱۲۱۱۱۰۰۰۱"]),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.integers(1, 40), st.booleans())
def test_pieces_and_blocks_of_any_size_make_the_same_list(lines: list[str], step: int, windows: bool) -> None:
    expected = BitMap()
    for line in lines:
        entry = line.partition("#")[0].partition(",")[0].strip()
        if entry:
            first, last = parse_entry(entry)
            expected.add_range(first, last + 1)
    octets = ("\r\n" if windows else "\n").join(lines).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(number_lists, "_BLOCK", 64)
        assert read(octets, step) == expected


@settings(max_examples=60, deadline=None)
@given(LINES, st.integers(0, 29))
def test_the_line_of_an_error_is_right_wherever_the_blocks_end(lines: list[str], at: int) -> None:
    lines.insert(at, "0912")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(number_lists, "_BLOCK", 64)
        with pytest.raises(NumberListError) as caught:
            read("\n".join(lines).encode(), 16)
    assert caught.value.line == lines.index("0912") + 1


def test_a_file_plain_or_gzipped(tmp_path: Path) -> None:
    plain, packed = tmp_path / "list.txt", tmp_path / "list.csv"
    plain.write_text(f"{NUMBER}\n", "utf-8")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert shown(read_number_list(plain)) == shown(read_number_list(packed)) == [NUMBER]


def test_what_is_wrong_with_a_file_is_told_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# list\nx1\n", "utf-8")
    with pytest.raises(ValueError, match=r"list\.txt:2: 'x1' is not an Iranian mobile number"):
        read_number_list(file)
    file.write_bytes(gzip.compress(b"09121110001\n" * 10_000)[:-20])
    with pytest.raises(ValueError, match=r"list\.txt: this is no whole gzip file"):
        read_number_list(file)
    with pytest.raises(OSError, match="No such file"):
        read_number_list(tmp_path / "none.txt")


@given(st.lists(st.integers(0, 999_999_999), max_size=50))
def test_a_packed_set_is_the_same_set(bits: list[int]) -> None:
    assert unpack(pack(BitMap(bits))) == BitMap(bits)


@pytest.mark.parametrize("text", ["", "!", "AAAA", pack(BitMap([1, 2]))[:-8], pack(BitMap([1_000_000_000]))])
def test_what_is_no_packed_set(text: str) -> None:
    with pytest.raises(ValueError, match="packed set"):
        unpack(text)
