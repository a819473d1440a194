"""The text rules by the engine, cell by cell: every setting, both sides of each, and which rule speaks first."""

from typing import Any

import pytest

from simulator.messages import Fate, Outcome, Verdict
from simulator.policy.check import check_world
from simulator.policy.engine import PolicyEngine
from simulator.policy.rules import RULES
from simulator.profiles.profile import Profile, Style
from simulator.registry.registers import Registers
from simulator.registry.world import World, WorldError, build_world, shipped_world
from tests.policy.test_decision_table import DAY, DEDICATED, FREE, FREE_IRANCELL, LISTED, PROMOTIONAL, SAMANTEL, SHARED

NINE = "9000123456"
EVERY_TYPE = ["promotional", "dedicated_service", "shared_service", "samantel"]
ADVERT = "مبلمان نهال، مدل‌های تازه رسید. خیابان بهار"
ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"
OTP = "کد ورود شما به فروشگاه نمونه: 48213"
CARD = "شهریه را به کارت 6037991111111112 واریز کنید. شرکت نمونه"


def world(**profile: Any) -> World:
    lines = [
        {"number": DEDICATED, "type": "dedicated_service", "account": "panel", "domains": ["nemoone.ir", "x.com"]},
        {"number": NINE, "type": "dedicated_service", "account": "panel"},
    ]
    return check_world(build_world({"extends": "demo", "lines": lines, "profile": profile}))


def judge(line: str, text: str, to: str = FREE, **profile: Any) -> Verdict:
    engine = PolicyEngine(Registers(world(**profile)))
    return engine.evaluate(engine.submission("panel", line, to, text, DAY))


def said(line: str, text: str, to: str = FREE, **profile: Any) -> tuple[str | None, str | None]:
    verdict = judge(line, text, to, **profile)
    assert not verdict.violation
    return verdict.rule, verdict.clause


PASSES = (None, None)
NO_FOOTER = ("missing-footer", "footer.promotional-line")
NO_FOOTER_ON_SERVICE = ("missing-footer", "footer.service-line")
NO_LINK = ("link", "link.not-without-agreement")
ASTRAY = ("link", "link.registered-domains")
FILTERED = ("filtered-word", "text.no-filtered-word")
LONG = ("too-many-parts", "text.parts")
NAMELESS = ("unidentified-sender", "text.identified-sender")
NO_SALUTATION = ("missing-salutation", "text.salutation")


@pytest.mark.parametrize(
    ("line", "text", "settings", "says"),
    [
        (PROMOTIONAL, ADVERT, {"required_on": EVERY_TYPE}, NO_FOOTER),
        (PROMOTIONAL, ADVERT, {"required_on": ["dedicated_service"]}, PASSES),
        (PROMOTIONAL, f"{ADVERT} لغو۱۱", {"required_on": EVERY_TYPE}, PASSES),
        (PROMOTIONAL, f"{ADVERT} لغو۱", {"required_on": EVERY_TYPE}, NO_FOOTER),
        (PROMOTIONAL, f"{ADVERT} لغو۱", {"required_on": EVERY_TYPE, "codes": ["1"]}, PASSES),
        (PROMOTIONAL, f"{ADVERT} لغو۱", {"required_on": EVERY_TYPE, "codes_by_prefix": {"3000": ["1"]}}, PASSES),
        (
            PROMOTIONAL,
            f"{ADVERT} لغو۱",
            {"required_on": EVERY_TYPE, "codes_by_prefix": {"3000": ["1"], "30001": ["11"]}},
            NO_FOOTER,
        ),
        (DEDICATED, ORDER, {"required_on": EVERY_TYPE}, NO_FOOTER_ON_SERVICE),
        (DEDICATED, f"{ORDER}\nلغو ۱۱", {"required_on": EVERY_TYPE}, PASSES),
        (DEDICATED, OTP, {"required_on": EVERY_TYPE}, PASSES),
        (DEDICATED, OTP, {"required_on": EVERY_TYPE, "not_for": []}, NO_FOOTER_ON_SERVICE),
        (
            DEDICATED,
            ORDER,
            {"required_on": EVERY_TYPE, "not_for": ["otp", "order_status", "shipment_tracking"]},
            PASSES,
        ),
        (PROMOTIONAL, ADVERT, {"required_on": EVERY_TYPE, "several_recipients_only": True}, PASSES),
        (SHARED, OTP, {"required_on": EVERY_TYPE}, PASSES),
        (SAMANTEL, ORDER, {"required_on": EVERY_TYPE}, NO_FOOTER_ON_SERVICE),
        (NINE, ORDER, {"required_on": EVERY_TYPE}, PASSES),
        (NINE, ORDER, {"required_on": EVERY_TYPE, "optional_on": []}, NO_FOOTER_ON_SERVICE),
        (NINE, f"{ORDER} لغو۱", {"required_on": EVERY_TYPE, "optional_on": []}, PASSES),
    ],
)
def test_footer(line: str, text: str, settings: dict[str, Any], says: tuple[str | None, str | None]) -> None:
    assert said(line, text, footer=settings) == says


@pytest.mark.parametrize(
    ("line", "link", "settings", "says"),
    [
        (PROMOTIONAL, "nemoone.ir", {"policy": {}}, PASSES),
        (PROMOTIONAL, "nemoone.ir", {"policy": {"promotional": "allow"}}, PASSES),
        (PROMOTIONAL, "nemoone.ir", {"policy": {"promotional": "deny"}}, NO_LINK),
        (PROMOTIONAL, "nemoone.ir", {"policy": {"promotional": "deny"}, "detector": "strict_url"}, PASSES),
        (PROMOTIONAL, "www.nemoone.ir", {"policy": {"promotional": "deny"}, "detector": "strict_url"}, NO_LINK),
        (PROMOTIONAL, "رسید.", {"policy": {"promotional": "deny"}}, PASSES),
        (PROMOTIONAL, "رسید.", {"policy": {"promotional": "deny"}, "detector": "any_dot"}, NO_LINK),
        (PROMOTIONAL, "nemoone.ir", {"policy": {"promotional": "registered"}}, ASTRAY),
        (DEDICATED, "nemoone.ir", {"policy": {"promotional": "deny"}}, PASSES),
        (DEDICATED, "nemoone.ir", {"policy": {"dedicated_service": "deny"}}, NO_LINK),
        (DEDICATED, "nemoone.ir", {"policy": {"dedicated_service": "registered"}}, PASSES),
        (DEDICATED, "my.x.com/4", {"policy": {"dedicated_service": "registered"}}, PASSES),
        (DEDICATED, "nemoone.com", {"policy": {"dedicated_service": "registered"}}, ASTRAY),
        (DEDICATED, "nemoone.ir و b.com", {"policy": {"dedicated_service": "registered"}}, ASTRAY),
        (SAMANTEL, "nemoone.ir", {"policy": {"samantel": "registered"}}, ASTRAY),
    ],
)
def test_link(line: str, link: str, settings: dict[str, Any], says: tuple[str | None, str | None]) -> None:
    assert said(line, f"سفارش ۴۵۸۲۱ شما ارسال شد، پیگیری: {link}", links=settings) == says


@pytest.mark.parametrize(
    ("line", "to", "text", "settings", "says"),
    [
        (PROMOTIONAL, FREE, "برند نهال", {}, PASSES),
        (PROMOTIONAL, FREE, "برند نهال", {"match": "word"}, FILTERED),
        (PROMOTIONAL, FREE, "برندهای نهال", {"match": "word"}, PASSES),
        (PROMOTIONAL, FREE, "برندهای نهال", {"match": "substring"}, FILTERED),
        (PROMOTIONAL, FREE, "برند نهال", {"match": "word", "words": ["نهال"]}, FILTERED),
        (PROMOTIONAL, FREE, "برند مهر", {"match": "word", "words": ["نهال"]}, PASSES),
        (PROMOTIONAL, FREE, "برند نهال", {"match": "substring", "words": []}, PASSES),
        (PROMOTIONAL, FREE, "برند نهال", {"match": "word", "lines": ["samantel"]}, PASSES),
        (DEDICATED, FREE, "نوبت شما ساعت ۹ است.", {"match": "word"}, FILTERED),
        (DEDICATED, FREE_IRANCELL, "نوبت شما ساعت ۹ است.", {"match": "word", "operators": ["mci"]}, PASSES),
        (DEDICATED, FREE, "نوبت شما ساعت ۹ است.", {"match": "word", "operators": ["mci"]}, FILTERED),
    ],
)
def test_filtered_word(
    line: str, to: str, text: str, settings: dict[str, Any], says: tuple[str | None, str | None]
) -> None:
    assert said(line, text, to, filtered_words=settings) == says


@pytest.mark.parametrize(
    ("matters", "clause"),
    [([], None), (["gambling", "payment_link"], None), (["gambling", "card_number"], "text.no-card-number")],
)
@pytest.mark.parametrize("line", [PROMOTIONAL, DEDICATED, SAMANTEL])
def test_forbidden_matter(line: str, matters: list[str], clause: str | None) -> None:
    assert said(line, CARD, forbidden_matter={"matters": matters}) == ("forbidden-matter" if clause else None, clause)


@pytest.mark.parametrize(
    ("length", "settings", "says"),
    [
        (70, {"limit": 1}, PASSES),
        (71, {"limit": 1}, LONG),
        (134, {"limit": 2}, PASSES),
        (134, {"limit": 2, "reference_bits": 16}, LONG),
        (5000, {}, PASSES),
    ],
)
def test_too_many_parts(length: int, settings: dict[str, Any], says: tuple[str | None, str | None]) -> None:
    assert said(DEDICATED, ORDER.ljust(length, "و"), parts=settings) == says


@pytest.mark.parametrize(
    ("line", "text", "required_on", "says"),
    [
        (DEDICATED, "سفارش شما ارسال شد.", [], PASSES),
        (DEDICATED, "سفارش شما ارسال شد.", ["promotional"], PASSES),
        (DEDICATED, "سفارش شما ارسال شد.", ["dedicated_service"], NAMELESS),
        (SAMANTEL, "سفارش شما از كارگاه نمونه ارسال شد.", ["samantel"], PASSES),
        (DEDICATED, ORDER, ["dedicated_service"], PASSES),
    ],
)
def test_unidentified_sender(line: str, text: str, required_on: list[str], says: tuple[str | None, str | None]) -> None:
    assert said(line, text, sender_name={"required_on": required_on}) == says


@pytest.mark.parametrize(
    ("line", "text", "required_on", "says"),
    [
        (NINE, ORDER, [], PASSES),
        (NINE, ORDER, ["9000"], NO_SALUTATION),
        (NINE, f"مشتری گرامی، {ORDER}", ["9000"], PASSES),
        (DEDICATED, ORDER, ["9000"], PASSES),
        (DEDICATED, ORDER, ["9000", "3000"], NO_SALUTATION),
        (PROMOTIONAL, ADVERT, ["3000"], PASSES),
    ],
)
def test_missing_salutation(line: str, text: str, required_on: list[str], says: tuple[str | None, str | None]) -> None:
    assert said(line, text, salutation={"required_on": required_on}) == says


ALL_ON: dict[str, Any] = {
    "parts": {"limit": 2},
    "forbidden_matter": {"matters": ["card_number"]},
    "filtered_words": {"match": "word"},
    "links": {"policy": dict.fromkeys(EVERY_TYPE, "deny")},
    "sender_name": {"required_on": EVERY_TYPE},
    "salutation": {"required_on": ["9000"]},
    "footer": {"required_on": EVERY_TYPE, "optional_on": []},
}


_WORST = "در ساعت ۹ به 6037991111111112 در 12.ir واریز شود"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (_WORST.ljust(140, "و"), "too-many-parts"),
        (_WORST, "forbidden-matter"),
        ("در ساعت ۹ در 12.ir واریز شود", "filtered-word"),
        ("فردا در 12.ir واریز شود", "link"),
        ("فردا واریز شود", "unidentified-sender"),
        (ORDER, "missing-salutation"),
        (f"مشتری گرامی، {ORDER}", "missing-footer"),
        (f"مشتری گرامی، {ORDER} لغو۱۱", None),
    ],
)
def test_the_graver_fault_is_told_first(text: str, rule: str | None) -> None:
    assert judge(NINE, text, **ALL_ON).rule == rule


def test_whom_it_is_for_is_told_before_what_it_says() -> None:
    assert judge(PROMOTIONAL, ADVERT, LISTED, **ALL_ON).rule == "promotion-to-blacklisted"


def test_all_are_off_unless_a_profile_asks() -> None:
    profile = shipped_world("demo").profile
    plain = Profile(name="x", title="x")
    for setting in ("parts", "forbidden_matter", "filtered_words", "links", "sender_name", "salutation", "footer"):
        assert getattr(profile, setting) == getattr(plain, setting)
    text = "در ساعت ۲۴ به 6037991111111112 در pay.ir واریز شود. قمار"
    verdict = judge(NINE, text * 20)
    assert verdict.outcome is Fate.ACCEPTED
    assert {step.outcome for step in verdict.trace} <= {Outcome.PASSED, Outcome.EXEMPT}
    assert len(verdict.trace) == len(RULES)


def test_a_filter_may_swallow_what_it_finds_and_keep_the_charge() -> None:
    profile = world(
        filtered_words={"match": "word"}, answers={"filtered-word": {"style": "silent", "refund": False}}
    ).profile
    answer = profile.answer_to("filtered-word", PROMOTIONAL)
    assert (answer.style, answer.refund, answer.err) == (Style.SILENT, False, "117")


@pytest.mark.parametrize(
    ("profile", "path", "says"),
    [
        ({"filtered_words": {"words": ["برند", "ـ\u200c"]}}, "profile.filtered_words.words[1]", "holds no letter"),
        (
            {"forbidden_matter": {"gambling_words": [" "]}},
            "profile.forbidden_matter.gambling_words[0]",
            "holds no letter",
        ),
        ({"filtered_words": {"match": "words"}}, "profile.filtered_words.match", "'word' or 'substring'"),
        ({"links": {"policy": {"promotion": "deny"}}}, "profile.links.policy.promotion", "'promotional'"),
        ({"links": {"detectors": "strict_url"}}, "profile.links.detectors", "unknown key"),
        ({"footer": {"codes": ["۱۱"]}}, "profile.footer.codes[0]", "pattern"),
        ({"parts": {"limit": 0}}, "profile.parts.limit", "greater than or equal to 1"),
        ({"salutation": {"required_on": ["9000…"]}}, "profile.salutation.required_on[0]", "pattern"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_its_path(profile: dict[str, Any], path: str, says: str) -> None:
    with pytest.raises(WorldError) as caught:
        world(**profile)
    assert any(where.startswith(path) and says in what for where, what in caught.value.errors), caught.value.errors


def test_a_domain_is_written_as_it_is_registered() -> None:
    line = {"number": DEDICATED, "type": "dedicated_service", "account": "panel", "domains": ["nemoone.ir", "Nemoone"]}
    with pytest.raises(WorldError) as caught:
        build_world({"extends": "demo", "lines": [line]})
    [(where, what)] = caught.value.errors
    assert where.endswith("domains[1]")
    assert "pattern" in what
