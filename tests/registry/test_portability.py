"""Number portability against a plain dict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from simulator.numbers.number_sets import bit_of
from simulator.numbers.numbering import MobileOperator, mobile_operator
from simulator.profiles.optout_settings import Follow
from simulator.registry.portability import NumberPortability

NUMBERS = [f"98{prefix}{tail:07}" for prefix in (912, 935, 920) for tail in (1, 2)]
PORTS = st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(list(MobileOperator)[:4])))


@given(PORTS)
def test_the_last_move_counts(ports: list[tuple[str, MobileOperator]]) -> None:
    numbers = NumberPortability()
    for number, operator in ports:
        numbers.port(number, operator)
    served = {number: dict(ports).get(number, mobile_operator(number)) for number in NUMBERS}
    assert {number: numbers.serving(number) for number in NUMBERS} == served
    away = sorted((number, operator) for number, operator in served.items() if operator is not mobile_operator(number))
    assert list(numbers) == away
    assert len(numbers) == len(away)
    parts = dict(numbers.split(BitMap(map(bit_of, NUMBERS))))
    assert parts == {
        operator: BitMap(bit_of(number) for number in NUMBERS if served[number] is operator)
        for operator in set(served.values())
    }


@pytest.mark.parametrize("follow", Follow)
def test_whose_rules_hold(follow: Follow) -> None:
    numbers = NumberPortability(follow, [(NUMBERS[0], MobileOperator.IRANCELL)])
    assert numbers.serving(NUMBERS[0]) is MobileOperator.IRANCELL
    rules = {Follow.SERVING: MobileOperator.IRANCELL, Follow.PREFIX: MobileOperator.MCI}
    assert numbers.ruling(NUMBERS[0]) is rules[follow]


def test_a_number_that_nobody_has() -> None:
    with pytest.raises(ValueError, match="no operator has the prefix of 989701110001"):
        NumberPortability().serving("989701110001")
