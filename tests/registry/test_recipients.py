import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulator.numbers.number_lists import NumberListError
from simulator.registry.recipients import PACKED, Recipients

ADAPTER = TypeAdapter(Recipients)
BITS = st.sets(st.integers(0, 999_999_999), max_size=300)


def test_from_numbers_and_ranges_in_any_form() -> None:
    recipients = Recipients.of(["0912 111 0000 - 0912 111 0009", "+989350000001", "۰۹۱۲۱۱۱۰۰۱۰"])
    assert len(recipients) == 12
    assert "989121110010" in recipients
    assert "989121110011" not in recipients
    assert recipients.dumped() == ["989121110000-989121110010", "989350000001"]


def test_from_a_file() -> None:
    with pytest.raises(NumberListError, match="line 3: 'nobody' is not an Iranian mobile number"):
        Recipients.read(b"phone,name\n09121110000,Sara\nnobody,Ali\n")
    assert len(Recipients.read(b'"09121110000",Sara\n09121110001-09121110003\n')) == 4


def test_sets_are_joined_and_parted() -> None:
    left, right = Recipients.of(["09121110000-09121110003"]), Recipients.of(["09121110003-09121110005"])
    assert len(left | right) == 6
    assert (left - right).dumped() == ["989121110000-989121110002"]
    assert {left | right, right | left} == {left | right}


@given(BITS)
def test_json_and_back(bits: set[int]) -> None:
    recipients = Recipients.of(str(989_000_000_000 + bit) for bit in bits if 100_000_000 <= bit < 200_000_000)
    assert ADAPTER.validate_json(ADAPTER.dump_json(recipients)) == recipients


def test_a_long_set_is_packed() -> None:
    recipients = Recipients.of(f"98912{number:07d}" for number in range(0, 10_000, 2))
    dumped = recipients.dumped()
    assert isinstance(dumped, str)
    assert dumped.startswith(PACKED)
    assert len(dumped) < 15_000
    assert Recipients.validated(dumped) == recipients
    wide = Recipients.of(["09120000000-09199999999"])
    assert wide.dumped() == ["989120000000-989199999999"]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("09121110000", "recipients are a list"),
        (["x"], "'x' is not an Iranian mobile number"),
        ([1], "recipients are a list"),
        ("packed:!!", "no packed set"),
        (None, "recipients are a list"),
    ],
)
def test_what_is_no_set(value: object, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        ADAPTER.validate_python(value)
