import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.policy.content.folding import fold
from simulator.policy.links import Folded
from simulator.policy.matter import MatterSearch, is_card_number
from simulator.profiles.rule_settings import ForbiddenMatter, Matter

CARD = "6037991111111112"


def first(text: str, *matters: Matter) -> tuple[Matter, str] | None:
    found = MatterSearch(ForbiddenMatter(matters=matters or tuple(Matter))).first(Folded(text, *fold(text)))
    return (found.matter, found.shows) if found else None


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "۶۰۳۷۹۹۱۱۱۱۱۱۱۱۱۲",
        "6037 9911 1111 1112",
        "۶۰۳۷-۹۹۱۱-۱۱۱۱-۱۱۱۲",
        f"کارت{CARD}بنام",
        f"1- {CARD}",
        f"{CARD}.",
    ],
)
def test_a_card_number(text: str) -> None:
    assert first(text) == (Matter.CARD_NUMBER, "…1112")


@pytest.mark.parametrize(
    "text",
    [
        "6037991111111111",
        f"{CARD}0",
        f"0{CARD}",
        "6037-99111111-1112",
        "6037 9911-1111 1112",
        "IR06 6037 9911 1111 1112 0000 00",
        "6037 9911 1111",
        "",
    ],
)
def test_other_numbers(text: str) -> None:
    assert first(text) is None


@given(st.text(alphabet="0123456789", min_size=15, max_size=15), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_no_card(digits: str, at: int, by: int) -> None:
    [card] = [whole for last in "0123456789" if is_card_number(whole := digits + last)]
    assert first(f"کارت {card}") == (Matter.CARD_NUMBER, f"…{card[-4:]}")
    wrong = card[:at] + str((int(card[at]) + by) % 10) + card[at + 1 :]
    assert first(f"کارت {wrong}") is None


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("پرداخت: https://sep.shaparak.ir/x", "sep.shaparak.ir"),
        ("zarinp.al/48", "zarinp.al"),
        ("pay.nemoone.ir", "pay.nemoone.ir"),
        ("https://ipg.nemoone.com/1", "ipg.nemoone.com"),
    ],
)
def test_a_payment_link(text: str, host: str) -> None:
    assert first(text) == (Matter.PAYMENT_LINK, host)


@pytest.mark.parametrize("text", ["paykala.ir", "nemoone.ir/pay", "not-zarinpal.com", "برای پرداخت به شعبه بیایید"])
def test_other_links(text: str) -> None:
    assert first(text) is None


@pytest.mark.parametrize("text", ["شرط‌بندی آنلاین", "بازي انفجار با سود", "Online CASINO", "پوکر"])
def test_gambling(text: str) -> None:
    found = first(text)
    assert found is not None
    assert found[0] is Matter.GAMBLING


@pytest.mark.parametrize("text", ["انفجار در معدن", "قمارباز نام رمانی است", "شرط ثبت نام: بندی از آیین‌نامه"])
def test_no_gambling(text: str) -> None:
    assert first(text) is None


def test_only_what_the_profile_names_is_looked_for_in_its_order() -> None:
    text = f"کازینو، کارت {CARD}"
    assert first(text, Matter.PAYMENT_LINK) is None
    assert first(text, Matter.GAMBLING, Matter.CARD_NUMBER) == (Matter.GAMBLING, "کازینو")
