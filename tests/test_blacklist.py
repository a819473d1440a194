import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.blacklist import Blacklist

numbers = st.integers(989_120_000_000, 989_129_999_999)


@given(st.lists(numbers, max_size=20), numbers)
def test_it_holds_what_it_was_given_and_nothing_else(listed: list[int], other: int) -> None:
    blacklist = Blacklist(f"+{number}" for number in listed)
    assert len(blacklist) == len(set(listed))
    assert all(str(number) in blacklist for number in listed)
    assert (str(other) in blacklist) == (other in listed)


@given(numbers, st.integers(0, 1000))
def test_a_range_holds_both_its_ends(first: int, length: int) -> None:
    blacklist = Blacklist([f"{first}-0{first + length - 98 * 10**10}"])
    assert len(blacklist) == length + 1
    assert str(first) in blacklist
    assert str(first + length) in blacklist
    assert str(first + length + 1) not in blacklist


@pytest.mark.parametrize("entry", ["", "-", "0912", "09121110000-", "02188776655", "09121110005-09121110001", "x-y"])
def test_what_is_no_entry(entry: str) -> None:
    with pytest.raises(ValueError, match=r"not an Iranian mobile number|ends before it begins"):
        Blacklist([entry])
