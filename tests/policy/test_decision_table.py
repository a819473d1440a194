"""The decision table of the regulations, cell by cell, against the engine over the demo world."""

import datetime
from typing import Any

import pytest

from simulator.changing.changes.lines import CloseLine
from simulator.messages import Fate, Outcome, Verdict
from simulator.numbers.numbering import TEHRAN
from simulator.policy.engine import PolicyEngine
from simulator.registry.registers import Registers
from simulator.registry.world import World, build_world, shipped_world

PROMOTIONAL, DEDICATED, SHARED, SAMANTEL = "3000100010", "3000200020", "2000300030", "9999123456"
LISTED, LISTED_IRANCELL, FREE, FREE_IRANCELL = "989121110001", "989351110001", "989129990001", "989359990001"
DAY = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=TEHRAN).timestamp()
NIGHT = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=TEHRAN).timestamp()

ADVERT = "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir"
ORDER = "سفارش شما با شماره ۴۵۸۲۱ ثبت شد و تا ساعت ۱۸ امروز ارسال می‌شود."
OTP = "کد ورود شما به فروشگاه نمونه: 48213"


def judge(line: str, to: str, text: str, at: float = DAY, world: World | None = None) -> Verdict:
    world = world or shipped_world("demo")
    engine = PolicyEngine(Registers(world))
    return engine.evaluate(engine.submission("panel", line, to, text, at))


@pytest.mark.parametrize(
    ("line", "to", "text", "at"),
    [
        (PROMOTIONAL, FREE, ADVERT, DAY),
        (PROMOTIONAL, FREE_IRANCELL, ADVERT, NIGHT),
        (DEDICATED, FREE, ORDER, DAY),
        (DEDICATED, LISTED, ORDER, NIGHT),
        (DEDICATED, LISTED_IRANCELL, ORDER, DAY),
        (SHARED, FREE, OTP, NIGHT),
        (SHARED, LISTED, OTP, DAY),
        (SAMANTEL, LISTED, ORDER, NIGHT),
    ],
)
def test_allowed(line: str, to: str, text: str, at: float) -> None:
    verdict = judge(line, to, text, at)
    assert (verdict.outcome, verdict.rule, verdict.violation) == (Fate.ACCEPTED, None, False)


@pytest.mark.parametrize(
    ("line", "to", "text", "at", "rule", "clause", "violation"),
    [
        (PROMOTIONAL, LISTED, ADVERT, DAY, "promotion-to-blacklisted", "blacklist.no-promotion", False),
        (PROMOTIONAL, LISTED, ORDER, DAY, "promotion-to-blacklisted", "blacklist.no-promotion", False),
        (PROMOTIONAL, FREE, ADVERT, NIGHT, "promotion-outside-hours", "hours.promotional-window", False),
        (
            DEDICATED,
            LISTED,
            ADVERT,
            DAY,
            "service-advertising-to-blacklisted",
            "service.no-advertising-to-blacklisted",
            True,
        ),
        (DEDICATED, FREE, ADVERT, DAY, "service-advertising", "service.no-discount", True),
        (
            SAMANTEL,
            LISTED,
            ADVERT,
            NIGHT,
            "service-advertising-to-blacklisted",
            "service.no-advertising-to-blacklisted",
            True,
        ),
        (SAMANTEL, FREE, ADVERT, DAY, "service-advertising", "service.no-discount", True),
        (SHARED, FREE, ORDER, DAY, "unapproved-pattern", "shared.approved-pattern", False),
        (SHARED, LISTED, ADVERT, DAY, "unapproved-pattern", "shared.approved-pattern", False),
        ("3000999999", FREE, ORDER, DAY, "unregistered-line", "line.registered", False),
        (DEDICATED, "982188776655", ORDER, DAY, "invalid-recipient", "number.valid-mobile", False),
    ],
)
def test_refused(line: str, to: str, text: str, at: float, rule: str, clause: str, violation: bool) -> None:
    verdict = judge(line, to, text, at)
    assert (verdict.outcome, verdict.rule, verdict.clause, verdict.violation) == (Fate.REFUSED, rule, clause, violation)


def test_hours_are_half_open() -> None:
    opens = datetime.datetime(2026, 11, 22, 7, 0, tzinfo=TEHRAN).timestamp()
    closes = datetime.datetime(2026, 11, 22, 22, 0, tzinfo=TEHRAN).timestamp()
    assert judge(PROMOTIONAL, FREE, ADVERT, opens - 1).rule == "promotion-outside-hours"
    assert judge(PROMOTIONAL, FREE, ADVERT, opens).is_accepted
    assert judge(PROMOTIONAL, FREE, ADVERT, closes - 1).is_accepted
    assert judge(PROMOTIONAL, FREE, ADVERT, closes).rule == "promotion-outside-hours"


def test_a_profile_may_count_instead_of_refusing_but_never_for_the_blacklist() -> None:
    world = build_world({"extends": "demo", "profile": {"service_advertising": {"action": "count"}}})
    counted = judge(DEDICATED, FREE, ADVERT, world=world)
    assert (counted.outcome, counted.rule, counted.violation) == (Fate.ACCEPTED, "service-advertising", True)
    assert not judge(DEDICATED, LISTED, ADVERT, world=world).is_accepted


def test_a_line_of_another_account_is_not_the_senders() -> None:
    world = build_world({"extends": "demo", "accounts": [{"system_id": "other", "password": "x"}]})
    engine = PolicyEngine(Registers(world))
    assert engine.evaluate(engine.submission("other", DEDICATED, FREE, ORDER, DAY)).rule == "unregistered-line"


def test_a_closed_line_sends_nothing() -> None:
    world = shipped_world("demo")
    registers = Registers(world)
    CloseLine(line=DEDICATED, reason="advertising").apply(registers, DAY)
    engine = PolicyEngine(registers)
    verdict = engine.evaluate(engine.submission("panel", DEDICATED, FREE, ORDER, DAY))
    assert (verdict.rule, verdict.clause) == ("closed-line", "service.violation-closes-line")


def test_the_trace_holds_every_rule_up_to_the_refusal_with_exemptions_cited() -> None:
    trace = judge(DEDICATED, LISTED, ORDER, NIGHT).trace
    assert [(step.rule, step.outcome, step.clause) for step in trace if step.outcome is Outcome.EXEMPT] == [
        ("promotion-to-blacklisted", Outcome.EXEMPT, "service.reaches-blacklist"),
        ("promotion-outside-hours", Outcome.EXEMPT, "service.any-hour"),
    ]
    refused = judge(PROMOTIONAL, LISTED, ADVERT).trace
    assert refused[-1].outcome is Outcome.REFUSED
    assert all(step.outcome is not Outcome.REFUSED for step in refused[:-1])


@pytest.mark.parametrize("written", ["3000200020", "983000200020", "+983000200020", "00983000200020", "۳۰۰۰۲۰۰۰۲۰"])
def test_a_line_is_known_in_every_written_form(written: str) -> None:
    assert judge(written, FREE, ORDER).is_accepted


@pytest.mark.parametrize(
    "written",
    ["09121110001", "9121110001", "989121110001", "00989121110001", "+989121110001", "۰۹۱۲۱۱۱۰۰۰۱", "0912 111-0001"],
)
def test_the_blacklist_knows_a_number_in_every_written_form(written: str) -> None:
    assert judge(PROMOTIONAL, written, ADVERT).rule == "promotion-to-blacklisted"


STOPPED = {"stopped_headers": [{"line": DEDICATED, "number": FREE}, {"line": SHARED, "number": FREE}]}


@pytest.mark.parametrize(
    ("line", "to", "text", "over", "rule"),
    [
        (DEDICATED, FREE, ORDER, STOPPED, "stopped-header"),
        (DEDICATED, f"+{FREE}", ORDER, STOPPED, "stopped-header"),
        (DEDICATED, FREE_IRANCELL, ORDER, STOPPED, None),
        (PROMOTIONAL, FREE, ADVERT, STOPPED, None),
        (DEDICATED, FREE, ADVERT, STOPPED, "service-advertising"),
        (SHARED, FREE, OTP, STOPPED, None),
        (
            SHARED,
            FREE,
            OTP,
            {**STOPPED, "profile": {"header_stops": {"applies_to": ["shared_service"]}}},
            "stopped-header",
        ),
        (PROMOTIONAL, LISTED, ADVERT, {"profile": {"blacklist": {"enforced_by": ["irancell"]}}}, None),
        (PROMOTIONAL, LISTED_IRANCELL, ADVERT, {"profile": {"blacklist": {"enforced_by": ["mci"]}}}, None),
        (DEDICATED, LISTED, ADVERT, {"profile": {"blacklist": {"enforced_by": []}}}, "service-advertising"),
        (PROMOTIONAL, LISTED, ADVERT, {"profile": {"blacklist": {"shared": True}}}, "promotion-to-blacklisted"),
    ],
)
def test_what_subscribers_wish(line: str, to: str, text: str, over: dict[str, Any], rule: str | None) -> None:
    assert judge(line, to, text, world=build_world({"extends": "demo", **over})).rule == rule


@pytest.mark.parametrize(
    ("follow", "at", "rule"),
    [
        ("serving", NIGHT, None),
        ("prefix", NIGHT, "promotion-outside-hours"),
        ("serving", DAY, None),
        ("prefix", DAY, None),
    ],
)
def test_hours_follow_a_ported_number(follow: str, at: float, rule: str | None) -> None:
    table = {"ported": [{"number": FREE, "operator": "irancell"}], "profile": {"portability": {"follow": follow}}}
    world = build_world({"extends": "demo", **table})
    assert judge(PROMOTIONAL, FREE, ADVERT, at, world).rule == rule
