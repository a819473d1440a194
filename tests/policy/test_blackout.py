"""Blackouts: their edges, their ends, and what a profile may say of them."""

import datetime
from typing import Any

import pytest

from simulator.messages import Verdict
from simulator.numbers.numbering import TEHRAN
from simulator.policy.engine import PolicyEngine
from simulator.registry.registers import Registers
from simulator.registry.world import WorldError, build_world

PROMOTIONAL, DEDICATED, SHARED = "3000100010", "3000200020", "2000300030"
MCI, IRANCELL = "09129990001", "09359990001"
ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱"
ORDER, CODE = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه", "کد ورود شما به فروشگاه نمونه: 48213"


def at(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"2026-11-{moment}").replace(tzinfo=TEHRAN)


def period(since: str, until: str, scope: str = "bulk", **more: Any) -> dict[str, Any]:
    return {"since": f"2026-11-{since}", "until": f"2026-11-{until}", "scope": scope, **more}


def judge(blackouts: list[dict[str, Any]], moment: str, *, line: str = DEDICATED, to: str = MCI) -> Verdict:
    world = build_world({"extends": "demo", "profile": {"blackouts": blackouts}})
    engine = PolicyEngine(Registers(world, seed=0))
    text = {PROMOTIONAL: ADVERT, DEDICATED: ORDER, SHARED: CODE}[line]
    return engine.evaluate(engine.submission("panel", line, to, text, at(moment).timestamp()))


@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        ("19T23:59:59", None),
        ("20T00:00:00", "blackout"),
        ("20T23:59:59", "blackout"),
        ("21T00:00:00", None),
    ],
)
def test_a_period_is_half_open(moment: str, rule: str | None) -> None:
    assert judge([period("20T00:00", "21T00:00")], moment).rule == rule


@pytest.mark.parametrize(
    ("scope", "stopped"),
    [
        ("promotional", {PROMOTIONAL}),
        ("bulk", {PROMOTIONAL, DEDICATED}),
        ("all_but_codes", {PROMOTIONAL, DEDICATED}),
        ("all", {PROMOTIONAL, DEDICATED, SHARED}),
    ],
)
def test_scopes(scope: str, stopped: set[str]) -> None:
    blackouts = [period("20T00:00", "21T00:00", scope)]
    lines = (PROMOTIONAL, DEDICATED, SHARED)
    assert {line for line in lines if not judge(blackouts, "20T12:00", line=line).is_accepted} == stopped


@pytest.mark.parametrize(
    ("cause", "clause"),
    [("election", "blackout.election"), ("crisis", "blackout.crisis"), ("order", "blackout.order")],
)
def test_the_cause_says_the_clause(cause: str, clause: str) -> None:
    assert judge([period("20T00:00", "21T00:00", cause=cause)], "20T12:00").clause == clause


def test_it_concerns_the_subscribers_of_its_operators() -> None:
    blackouts = [period("20T00:00", "21T00:00", operators=["irancell"])]
    assert judge(blackouts, "20T12:00").is_accepted
    assert not judge(blackouts, "20T12:00", to=IRANCELL).is_accepted


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        ([], "21T00:00"),
        ([("21T00:00", "21T06:00", "bulk")], "21T06:00"),
        ([("20T12:00", "21T06:00", "all"), ("21T05:00", "22T00:00", "bulk")], "22T00:00"),
        ([("21T05:00", "22T00:00", "bulk"), ("20T12:00", "21T06:00", "all")], "22T00:00"),
        ([("21T00:01", "21T06:00", "bulk")], "21T00:00"),
        ([("20T12:00", "21T06:00", "promotional")], "21T00:00"),
        ([("20T01:00", "20T02:00", "bulk")], "21T00:00"),
    ],
)
def test_it_ends_when_no_other_goes_on(others: list[tuple[str, str, str]], ends: str) -> None:
    verdict = judge([period("20T00:00", "21T00:00"), *(period(*one) for one in others)], "20T13:00")
    assert verdict.until == at(ends).timestamp()
    assert judge([period("20T00:00", "21T00:00"), *(period(*one) for one in others)], ends).is_accepted


def test_moments_may_name_another_offset() -> None:
    utc = {"since": "2026-11-19T20:30+00:00", "until": "2026-11-20T20:30+00:00", "scope": "bulk"}
    assert judge([utc], "20T00:00").until == at("21T00:00").timestamp()
    assert judge([utc], "19T23:59").is_accepted


@pytest.mark.parametrize(
    ("settings", "path", "says"),
    [
        ({"blackouts": [period("21T00:00", "20T00:00")]}, "profile.blackouts[0]", "it must begin first"),
        ({"blackouts": [period("20T00:00", "21T00:00", "some")]}, "profile.blackouts[0].scope", "Input should be"),
        ({"blackouts": [{"since": "2026-11-20"}]}, "profile.blackouts[0].until", "Field required"),
        ({"daily_cap": {"by_prefix": {"9a": 1}}}, "profile.daily_cap.by_prefix", "should match pattern"),
        ({"daily_cap": {"every_line": 0}}, "profile.daily_cap.every_line", "greater than or equal to 1"),
        ({"duplicates": {"window": -1}}, "profile.duplicates.window", "greater than or equal to 0"),
        ({"duplicates": {"windows": 1}}, "profile.duplicates.windows", "unknown key"),
        ({"blocked_routes": {"magfa": ["3000"]}}, "profile.blocked_routes.magfa", "Input should be"),
        ({"verified_owners": {"prefixes": [""]}}, "profile.verified_owners.prefixes[0]", "should match pattern"),
        ({"declared_recipients": {"action": "deny"}}, "profile.declared_recipients.action", "Input should be"),
    ],
)
def test_what_a_profile_cannot_mean_is_told_with_its_place(settings: dict[str, Any], path: str, says: str) -> None:
    with pytest.raises(WorldError) as caught:
        build_world({"extends": "demo", "profile": settings})
    where, what = caught.value.errors[0]
    assert where.startswith(path)
    assert says in what
