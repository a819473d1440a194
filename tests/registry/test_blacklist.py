"""The blacklist: shared or one at each operator, enforced or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from simulator.numbers.number_sets import assigned_numbers, numbers_in, numbers_of, parse_entry
from simulator.numbers.numbering import MobileOperator, mobile_operator
from simulator.profiles.optout_settings import BlacklistSettings
from simulator.registry.blacklist import Blacklist, Entry
from simulator.registry.portability import NumberPortability

MCI, IRANCELL = MobileOperator.MCI, MobileOperator.IRANCELL
ONE_MCI, ONE_IRANCELL, MOVED = "989121110001", "989351110001", "989121110002"

numbers = st.integers(989_120_000_000, 989_129_999_999)


def blacklist(*listed: str, served: NumberPortability | None = None, **settings: object) -> Blacklist:
    return Blacklist(BlacklistSettings.model_validate(settings), numbers_in(listed), served or NumberPortability())


@given(st.lists(numbers, max_size=20), numbers)
def test_it_holds_what_it_was_given_and_nothing_else(listed: list[int], other: int) -> None:
    held = blacklist(*(f"+{number}" for number in listed))
    assert held.count(0) == len(set(listed))
    assert all(held.is_listed(str(number), MCI, 0) for number in listed)
    assert held.is_listed(str(other), MCI, 0) == (other in listed)


@given(numbers, st.integers(0, 1000))
def test_a_range_holds_both_its_ends(first: int, length: int) -> None:
    held = blacklist(f"{first}-0{first + length - 98 * 10**10}", shared=True)
    last = first + length
    assert [held.is_listed(str(number), MCI, 0) for number in (first - 1, first, last, last + 1)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "entry",
    ["", "-", "0912", "09121110000-", "-09121110000", "02188776655", "09121110005-09121110001", "x-y", "09121110001-x"],
)
def test_what_is_no_entry(entry: str) -> None:
    with pytest.raises(ValueError, match=r"not an Iranian mobile number|ends before it begins"):
        parse_entry(entry)


def test_each_operator_keeps_its_own_list() -> None:
    held = blacklist(ONE_MCI, ONE_IRANCELL)
    assert held.is_listed(ONE_MCI, MCI, 0)
    assert not held.is_listed(ONE_MCI, IRANCELL, 0)
    assert held.counts(0) == {MCI: 1, IRANCELL: 1}
    assert list(held.entries(0)) == [Entry(ONE_MCI, MCI), Entry(ONE_IRANCELL, IRANCELL)]
    assert list(held.entries(0, operator=IRANCELL)) == [Entry(ONE_IRANCELL, IRANCELL)]


def test_a_shared_list_is_every_operators() -> None:
    held = blacklist(ONE_MCI, ONE_IRANCELL, shared=True)
    assert held.is_listed(ONE_MCI, IRANCELL, 0)
    held.choose(ONE_MCI, IRANCELL, listed=False, at=1)
    assert not held.is_listed(ONE_MCI, MCI, 1)
    assert held.counts(1) == {}
    assert list(held.entries(1)) == [Entry(ONE_IRANCELL, None)]


def test_numbers_are_listed_where_they_are_served() -> None:
    served = NumberPortability(ported=[(MOVED, IRANCELL)])
    held = blacklist(ONE_MCI, MOVED, served=served)
    assert held.is_listed(MOVED, IRANCELL, 0)
    assert not held.is_listed(MOVED, MCI, 0)
    held.put(numbers_in([MOVED]), served, listed=False, at=1)
    held.put(numbers_in([MOVED]), MCI, listed=True, at=2)
    assert [held.is_listed(MOVED, operator, 2) for operator in (MCI, IRANCELL)] == [True, False]


def test_an_operator_that_does_not_enforce_it_bars_nobody() -> None:
    held = blacklist(ONE_MCI, ONE_IRANCELL, enforced_by=["mci"])
    assert held.bars(ONE_MCI, MCI, 0)
    assert held.is_listed(ONE_IRANCELL, IRANCELL, 0)
    assert not held.bars(ONE_IRANCELL, IRANCELL, 0)


def test_a_choice_counts_after_the_delay_and_a_list_at_once() -> None:
    held = blacklist(effective_delay=60)
    held.choose(ONE_MCI, MCI, listed=True, at=100)
    assert [held.is_listed(ONE_MCI, MCI, now) for now in (100, 159.9, 160)] == [False, False, True]
    assert held.standing(ONE_MCI, MCI, 100) == (False, None, (160, True))
    held.put(numbers_in([ONE_IRANCELL]), IRANCELL, listed=True, at=100)
    assert held.is_listed(ONE_IRANCELL, IRANCELL, 100)


def test_a_range_over_prefixes_that_nobody_has_lists_the_numbers_that_there_are() -> None:
    for shared in (True, False):
        assert blacklist("989000000000-989999999999", shared=shared).count(0) == len(assigned_numbers())


def test_the_numbers_of_the_operators_are_those_that_their_prefixes_say() -> None:
    total = BitMap()
    for operator in MobileOperator:
        bits = numbers_of(operator)
        assert mobile_operator(str(989_000_000_000 + bits.min())) is operator
        assert not total & bits
        total |= bits
    assert total == assigned_numbers()
    for number in ("989990000000", "989998000000", "989999800000", "989991000000"):
        bit = int(number) - 989_000_000_000
        assert [operator for operator in MobileOperator if bit in numbers_of(operator)] == [mobile_operator(number)]
