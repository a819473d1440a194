from typing import Any

from simulator.messages import Fate, Outcome
from simulator.policy.engine import PolicyEngine
from simulator.policy.patterns import PatternBook
from simulator.registry.lines import Line, LineType
from simulator.registry.pattern import Pattern
from simulator.registry.pattern_shelf import PatternShelf
from simulator.registry.registers import Registers
from simulator.registry.world import build_world

LINE = Line(number="2000300030", type=LineType.SHARED_SERVICE, account="panel")
OTP = "کد ورود شما به فروشگاه نمونه: 48213"


def book(*patterns: dict[str, Any]) -> PatternBook:
    base = {"line": LINE.number, "text": "کد ورود شما به فروشگاه نمونه: %code%"}
    return PatternBook(PatternShelf(Pattern.model_validate({**base, **pattern}) for pattern in patterns))


def test_the_first_that_fits_is_named() -> None:
    fit = book({"name": "visit", "text": "نوبت %x% در سامانه نمونه"}, {"name": "otp"}, {"name": "same"}).fit(
        "panel", LINE, OTP
    )
    assert (fit.pattern, fit.facts) == ("otp", (("fits", "otp"),))


def test_a_pattern_belongs_to_its_line() -> None:
    assert book({"name": "otp", "line": "2000999999"}).fit("panel", LINE, OTP).pattern is None


def test_a_pattern_belongs_to_its_account() -> None:
    patterns = book({"name": "otp", "account": "shop"})
    assert patterns.fit("shop", LINE, OTP).pattern == "otp"
    refused = patterns.fit("panel", LINE, OTP)
    assert dict(refused.facts)["why"] == "the account has no approved pattern on this line"


def test_a_pattern_without_an_account_is_the_holders() -> None:
    patterns = book({"name": "otp"}, {"name": "own", "account": "shop", "text": "رسید %x% از شرکت نمونه"})
    assert patterns.fit("panel", LINE, OTP).pattern == "otp"
    assert patterns.fit("shop", LINE, OTP).pattern is None


def test_only_an_approved_pattern_lets_through() -> None:
    pending = book({"name": "otp", "state": "pending"}).fit("panel", LINE, OTP)
    assert pending.pattern is None
    assert pending.facts[1:] == (("nearest", "otp"), ("why", "the pattern is pending"))
    rejected = book({"name": "otp", "state": "rejected", "reason": "no sender name"}).fit("panel", LINE, OTP)
    assert rejected.facts[1:] == (("nearest", "otp"), ("why", "the pattern is rejected: no sender name"))


def test_the_nearest_pattern_says_why_it_does_not_fit() -> None:
    patterns = book({"name": "visit", "text": "نوبت %x% در سامانه نمونه"}, {"name": "otp"})
    facts = patterns.fit("panel", LINE, f"{OTP}\nتخفیف").facts
    assert facts[:2] == (("fits", "no approved pattern"), ("nearest", "otp"))
    assert facts[2][1].startswith("variable 'code' holds a line break")


def test_who_shares_a_line() -> None:
    patterns = book({"name": "a", "account": "shop"}, {"name": "b", "account": "later", "state": "pending"})
    assert [patterns.shares(account, LINE) for account in ("shop", "later", "nobody")] == [True, False, False]
    dedicated = LINE.model_copy(update={"type": LineType.DEDICATED_SERVICE})
    assert not patterns.shares("shop", dedicated)


def test_the_engine_lets_an_account_send_by_its_pattern_on_anothers_line() -> None:
    world = build_world(
        {
            "extends": "demo",
            "accounts": [{"system_id": "shop", "password": "shop"}, {"system_id": "none", "password": "none"}],
            "patterns": [{"name": "r", "line": LINE.number, "account": "shop", "text": "رسید %x% از شرکت نمونه"}],
        }
    )
    engine = PolicyEngine(Registers(world))

    def verdict(account: str, text: str) -> tuple[Fate, str | None]:
        found = engine.evaluate(engine.submission(account, LINE.number, "989129990001", text, 0.0))
        return found.outcome, found.rule

    assert verdict("shop", "رسید ۱۲ از شرکت نمونه") == (Fate.ACCEPTED, None)
    assert verdict("shop", OTP) == (Fate.REFUSED, "unapproved-pattern")
    assert verdict("panel", OTP) == (Fate.ACCEPTED, None)
    assert verdict("none", OTP) == (Fate.REFUSED, "unregistered-line")


def test_the_trace_bears_the_reason() -> None:
    world = build_world({"extends": "demo"})
    engine = PolicyEngine(Registers(world))
    verdict = engine.evaluate(engine.submission("panel", LINE.number, "989129990001", f"سلام {OTP}", 0.0))
    step = verdict.trace[-1]
    assert (step.rule, step.outcome) == ("unapproved-pattern", Outcome.REFUSED)
    assert dict(step.facts) == {
        "line": LINE.number,
        "fits": "no approved pattern",
        "nearest": "otp",
        "why": "there is extra text at the beginning: «سلام»",
    }
