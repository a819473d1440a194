import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simulator.numbers.numbering import MobileOperator
from simulator.profiles.tariff import Price, RefundedState, Tariff
from simulator.registry.purses import Purses
from simulator.smpp.consts import MessageState

TARIFF = Tariff(
    persian=1000,
    latin=2200,
    by_prefix={
        "1000": Price(persian=900, latin=1800),
        "10005": Price(persian=700, latin=1400, refunded=frozenset({RefundedState.DELETED})),
    },
    by_operator={MobileOperator.IRANCELL: 1.1, MobileOperator.RIGHTEL: 0.0},
)


@pytest.mark.parametrize(
    ("line", "operator", "parts", "is_persian", "rials"),
    [
        ("3000100010", MobileOperator.MCI, 1, True, 1000),
        ("3000100010", None, 3, False, 6600),
        ("1000100010", MobileOperator.MCI, 2, True, 1800),
        ("1000510005", MobileOperator.MCI, 2, True, 1400),
        ("3000100010", MobileOperator.IRANCELL, 1, True, 1100),
        ("1000510005", MobileOperator.IRANCELL, 1, True, 770),
        ("3000100010", MobileOperator.RIGHTEL, 9, True, 0),
    ],
)
def test_what_a_message_costs(
    line: str, operator: MobileOperator | None, parts: int, is_persian: bool, rials: int
) -> None:
    assert TARIFF.cost(line, operator, parts, is_persian=is_persian) == rials


def test_without_a_tariff_everything_is_free() -> None:
    assert Tariff().cost("3000100010", MobileOperator.MCI, 255, is_persian=False) == 0


def test_what_is_given_back() -> None:
    assert TARIFF.price_of("3000").is_refunded(MessageState.EXPIRED)
    assert not TARIFF.price_of("3000").is_refunded(MessageState.DELIVERED)
    assert not TARIFF.price_of("10005").is_refunded(MessageState.EXPIRED)
    assert TARIFF.price_of("10005").is_refunded(MessageState.DELETED)


@pytest.mark.parametrize(
    "values",
    [{"persian": -1}, {"by_prefix": {"x": {}}}, {"by_operator": {"mci": -1}}, {"refunded": ["DELIVERED"]}],
)
def test_a_tariff_that_cannot_be(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Tariff.model_validate(values)


@given(st.lists(st.integers(-1000, 1000)))
def test_a_purse_holds_what_came_and_went(changes: list[int]) -> None:
    purses = Purses({"panel": 500, "later": None})
    for change in changes:
        purses.add("panel", change)
        purses.add("later", change)
    assert purses.balance("panel") == 500 + sum(changes)
    assert purses.can_pay("panel", 500 + sum(changes))
    assert not purses.can_pay("panel", 501 + sum(changes))
    assert purses.balance("later") is None
    assert purses.can_pay("later", 10**12)
