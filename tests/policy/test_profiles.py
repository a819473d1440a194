"""What the shipped profiles make of messages: each of its operator's ways, over the demo world."""

import datetime

import pytest

from simulator.messages import Verdict
from simulator.numbers.numbering import TEHRAN
from simulator.policy.engine import PolicyEngine
from simulator.policy.rules import RULES
from simulator.profiles.profile import Answer, Profile, Style
from simulator.profiles.profile_file import profile_table, shipped_profiles
from simulator.registry.registers import Registers
from simulator.registry.world import build_world
from simulator.smpp.consts import CommandStatus, MessageState
from tools.parameters import fields_read

PROMOTIONAL, DEDICATED = "3000100010", "3000200020"
MCI, IRANCELL, RIGHTEL, LISTED = "09129990001", "09359990001", "09219990001", "09121110001"
DAY = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=TEHRAN).timestamp()
NIGHT = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=TEHRAN).timestamp()
EARLY = datetime.datetime(2026, 11, 22, 7, 30, tzinfo=TEHRAN).timestamp()

ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. فروشگاه نمونه، خیابان بهار، پلاک ۱۲ لغو۱۱"
ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه لغو۱۱"
BRAND = "پوشاک برندهای نهال، مجموعهٔ پاییز رسید. فروشگاه نمونه لغو۱۱"

OFF_EVERYWHERE = {"blackouts", "blocked_routes"}
"""Nothing is known that would be always so."""


def profile(name: str) -> Profile:
    return Profile(name=name, **profile_table(name))


def judge(name: str, line: str, to: str, text: str, at: float = DAY) -> tuple[Verdict, Answer | None]:
    world = build_world(
        {"extends": "demo", "profile": {"name": name}, "lines": [{"number": "20004001", "account": "panel"}]}
    )
    engine = PolicyEngine(Registers(world))
    verdict = engine.evaluate(engine.submission("panel", line, to, text, at))
    return verdict, None if verdict.rule is None else world.profile.answer_to(verdict.rule, line)


@pytest.mark.parametrize("name", shipped_profiles())
@pytest.mark.parametrize(("line", "text"), [(PROMOTIONAL, ADVERT), (DEDICATED, ORDER)])
@pytest.mark.parametrize("to", [MCI, IRANCELL, RIGHTEL])
def test_a_message_that_keeps_all_rules_passes_everywhere(name: str, line: str, text: str, to: str) -> None:
    verdict, _ = judge(name, line, to, text)
    assert verdict.is_accepted, verdict.trace[-1]


@pytest.mark.parametrize(
    ("name", "to", "is_accepted"),
    [
        ("standard", MCI, False),
        ("standard", IRANCELL, True),
        ("mci", MCI, False),
        ("irancell", IRANCELL, True),
        ("rightel", RIGHTEL, False),
        ("strict", IRANCELL, False),
    ],
)
def test_promotions_at_night(name: str, to: str, is_accepted: bool) -> None:
    assert judge(name, PROMOTIONAL, to, ADVERT, NIGHT)[0].is_accepted is is_accepted


def test_only_strict_opens_at_eight() -> None:
    assert [name for name in shipped_profiles() if not judge(name, PROMOTIONAL, MCI, ADVERT, EARLY)[0].is_accepted] == [
        "strict"
    ]


@pytest.mark.parametrize(
    ("line", "style", "refund"),
    [("3000100010", Style.SUBMIT, True), ("20004001", Style.HOLD, True), ("5000123", Style.SILENT, False)],
)
def test_mci_takes_promotions_at_night_in_the_way_of_the_lines_aggregator(
    line: str, style: Style, refund: bool
) -> None:
    answer = profile("mci").answer_to("promotion-outside-hours", line)
    assert (answer.style, answer.refund) == (style, refund)


@pytest.mark.parametrize("name", ["standard", "mci", "irancell", "rightel"])
@pytest.mark.parametrize(
    ("line", "style"),
    [("3000", Style.SUBMIT), ("5000", Style.SUBMIT), *((prefix, Style.RECEIPT) for prefix in ("1000", "2000", "9000"))],
)
def test_the_blacklist_is_told_at_submit_or_afterwards_by_prefix(name: str, line: str, style: Style) -> None:
    answer = profile(name).answer_to("promotion-to-blacklisted", f"{line}123456")
    assert (answer.style, answer.refund) == (style, True)
    told = (MessageState.REJECTED, "027") if style is Style.SUBMIT else (MessageState.UNDELIVERABLE, "016")
    assert (answer.state, answer.err) == told
    assert style is Style.RECEIPT or answer.command_status == 0x401


def test_mci_says_nothing_of_filtered_words_and_keeps_the_charge() -> None:
    verdict, answer = judge("mci", PROMOTIONAL, MCI, BRAND)
    assert (verdict.rule, answer and answer.style, answer and answer.refund) == ("filtered-word", Style.SILENT, False)
    assert judge("irancell", PROMOTIONAL, IRANCELL, BRAND)[0].is_accepted


def test_strict_has_every_rule_on() -> None:
    strict, default = profile("strict"), Profile(name="", title="")
    read = {field for rule in RULES for field in fields_read(rule)} - {"service_advertising"}
    off = {field for field in read if getattr(strict, field) == getattr(default, field)}
    assert off == OFF_EVERYWHERE


def test_strict_refuses_everything_at_submit() -> None:
    strict = profile("strict")
    for rule in RULES:
        for prefix in ("1000", "2000", "2000400", "3000", "5000", "9000", "9999"):
            assert strict.answer_to(rule.id, f"{prefix}123456").style is Style.SUBMIT, rule.id


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_rule_has_an_answer_of_its_own(name: str) -> None:
    answers = profile(name).answers
    assert set(answers) == {rule.id for rule in RULES}
    for rule, answer in answers.items():
        assert answer.command_status != CommandStatus.ESME_RSUBMITFAIL or answer.style is not Style.SUBMIT, rule
