"""The phone: what came and what was withheld, what its owner writes, and how it is found."""

import re

from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.lively import CAMPAIGN, DEDICATED, LONG, PROMOTIONAL, SHARED, Sent

HANDSET = "989123456701"
ORDER = Sent(DEDICATED, HANDSET, "سفارش شما ثبت شد.")
SALE = Sent(PROMOTIONAL, HANDSET, CAMPAIGN)
OTHERS = Sent(SHARED, HANDSET, "سلام! امروز ناهار مهمان ما باشید.")


def test_messages_are_grouped_by_sender_and_come_live(opened: Open) -> None:
    console = opened("#/phone")
    expect(console(".light")).to_have_text("Live")
    console.send(ORDER, Sent(DEDICATED, HANDSET, LONG), OTHERS)
    console(".handset", has_text="09123456701").click()
    expect(console(".talk")).to_have_count(2)
    expect(console(".talk", has_text="ناهار")).to_have_attribute("data-fate", "refused")
    console(".talk", has_text="شرکت نمونه").click()
    assert console.place == f"#/phone/{HANDSET}/{DEDICATED}"
    bubbles = console(".bubble[data-fate=delivered] .bubble-text")
    expect(bubbles).to_have_count(2)
    expect(console(".bubble-text", has_text="صورت‌حساب")).to_have_text(LONG)
    assert console.style(".bubble-text", "direction") == "rtl"
    console.send(ORDER._replace(text="سفارش شما فرستاده شد."))
    expect(bubbles).to_have_count(3)
    expect(console(".bubble-text").last).to_be_in_viewport()
    console(".bubble-foot a").last.click()
    expect(console(".text")).to_have_text("سفارش شما فرستاده شد.")
    console(".route a").click()
    assert console.place == f"#/phone/{HANDSET}/{DEDICATED}"


def test_a_line_is_stopped_by_one_touch_and_rejoined(opened: Open) -> None:
    console = opened(f"#/phone/{HANDSET}/{PROMOTIONAL}")
    expect(console(".light")).to_have_text("Live")
    console(".phone-offer", has_text="لغو ۱۱").click()
    expect(console(".talk-note")).to_contain_text("Stopped this line")
    expect(console(".bubble[data-side=own] .bubble-text")).to_have_text("لغو ۱۱")
    expect(console(".bubble", has_text="Reply of the operator")).to_contain_text("دریافت نمی‌کنید")
    expect(console(".handset-stops")).to_contain_text(PROMOTIONAL)
    console.send(SALE)
    refused = console(".bubble[data-fate=refused]")
    expect(refused.locator(".chip")).to_have_text("Stopped header")
    console(".phone-offer", has_text="Rejoin").click()
    expect(console(".talk-note").last).to_contain_text("Came back to this line")
    expect(console(".handset-stops")).to_have_count(0)
    console.send(SALE._replace(text="کتاب تازه: ۲۰٪ تخفیف\nلغو ۱۱"))
    expect(console(".bubble[data-fate=delivered]", has_text="کتاب")).to_be_visible()


def test_all_advertising_is_refused_at_the_short_code_of_the_operator(opened: Open) -> None:
    console = opened("#/phone/989351234502")
    expect(console(".handset-standing")).to_have_text("Not on the blacklist")
    console(".handset-panel button", has_text="Opt out of all (2)").click()
    expect(console(".handset-standing")).to_have_text("On the blacklist")
    expect(console(".phone-head")).to_contain_text("5005")
    expect(console(".bubble[data-side=own] .bubble-text")).to_have_text("2")
    console(".phone-offer", has_text="Back in").click()
    expect(console(".handset-standing")).to_have_text("Not on the blacklist")


def test_a_handset_that_is_off_gets_its_messages_later(opened: Open) -> None:
    console = opened(f"#/phone/{HANDSET}/{DEDICATED}")
    power = console.page.get_by_role("switch", name="Switched on")
    power.click()
    expect(power).to_have_attribute("aria-checked", "false")
    console.send(ORDER)
    expect(console(".bubble[data-fate=waiting]")).to_have_text(re.compile("Enroute"))
    expect(console(".phone-banner")).to_have_text("Off · 1 message waits")
    power.click()
    expect(power).to_have_attribute("aria-checked", "true")
    console.operator.api.jump(by=7200, to=None)
    expect(console(".bubble[data-fate=delivered]")).to_contain_text(ORDER.text)
    expect(console(".phone-banner")).to_be_hidden()
    console.page.get_by_label("How it is found").select_option("memory-full")
    expect(console.page.get_by_role("switch", name="Memory free")).to_have_attribute("aria-checked", "false")


def test_any_number_is_opened_and_writes_to_whom_it_wants(opened: Open) -> None:
    console = opened("#/phone")
    console(".handsets [type=search]").fill("12345")
    console(".handsets [type=search]").press("Enter")
    expect(console(".handsets .field-fault[role=alert]").last).to_contain_text("not an Iranian mobile number")
    console(".handsets [type=search]").fill("۰۹۱۲ ۳۴۵ ۶۷۰۱")
    console(".handsets [type=search]").press("Enter")
    expect(console(".handset-number")).to_have_text("09123456701")
    console.page.get_by_label("To a line or short code").fill(f"+98{DEDICATED}")
    console.page.get_by_label("To a line or short code").press("Enter")
    expect(console(".phone-head")).to_contain_text(DEDICATED)
    console(".phone-compose textarea").fill("کی می‌رسد؟")
    console(".phone-compose textarea").press("Enter")
    expect(console(".bubble[data-side=own]")).to_have_count(1)
    console.page.reload()
    expect(console(".bubble[data-side=own] .bubble-text")).to_have_text("کی می‌رسد؟")
    console.page.get_by_label("All conversations").click()
    console.page.get_by_label("To a line or short code").fill("123456")
    console.page.get_by_label("To a line or short code").press("Enter")
    console(".phone-compose textarea").fill("۱")
    console.page.get_by_label("Send", exact=True).click()
    expect(console(".bubble-why")).to_have_text("Unknown destination")
    console.excuse(404)
