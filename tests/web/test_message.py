"""One message: why, what, how it went, and what came over the wire."""

import json

import trio
from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.console import Console
from tests.web.lively import DEDICATED, LISTED, LONG, OFFENCES, Sent, take_receipts


def first_message(console: Console, sent: Sent) -> None:
    console.send(sent)
    console(".row").first.click()
    expect(console(".message")).to_be_visible()


def test_a_refusal_says_why_and_shows_what_speaks_for_it(opened: Open) -> None:
    console = opened()
    first_message(console, OFFENCES[0])
    expect(console(".message .badge")).to_have_text("Refused")
    box = console(".reason-box")
    expect(box).to_contain_text("Service advertising to blacklisted")
    expect(box).to_contain_text("service.no-advertising-to-blacklisted")
    expect(box).to_contain_text("is an offence of the line and is refused")
    expect(box).to_contain_text("counts against the line")
    assert "".join(console(".text").all_inner_texts()) == OFFENCES[0].text
    assert "تخفیف" in " ".join(console(".text mark").all_inner_texts())
    steps = console(".trace > .steps .step")
    expect(steps).to_have_count(1)
    expect(steps).to_have_attribute("data-outcome", "refused")
    expect(steps.locator(".facts")).to_contain_text("Promotional")
    console(".trace summary").click()
    expect(console(".trace .fold .step").first).to_contain_text("Unregistered line")
    expect(console(".timeline .event")).to_contain_text(["Refused"])


def test_a_delivered_message_has_its_history_and_its_receipt(opened: Open) -> None:
    console = opened()
    first_message(console, Sent(DEDICATED, "09123456701", "سفارش شما ثبت شد."))
    expect(console(".message .state").first).to_have_text("Delivered")
    expect(console(".event b")).to_have_text(["Submitted", "Ended"])
    trio.run(take_receipts, console.operator.api.smpp, 1)
    expect(console(".event b")).to_have_text(["Submitted", "Ended", "Receipt sent: Delivered", "Receipt acknowledged"])
    expect(console(".reason-rule")).to_have_text("No rule has anything against it.")


def test_a_part_shows_the_whole_text_and_leads_to_the_others(opened: Open) -> None:
    console = opened()
    first_message(console, Sent(DEDICATED, "09215551122", LONG))
    expect(console(".text")).to_have_text(LONG)
    parts = console(".part-list a")
    expect(parts).to_have_count(4)
    parts.first.click()
    expect(console(".part-list a[aria-current]")).to_contain_text("Part 1 of 4")
    assert console.place == "#/messages/0000000001"


def test_the_pdu_is_shown_octet_by_octet(opened: Open) -> None:
    console = opened()
    first_message(console, Sent(DEDICATED, "09123456701", "Your code is 1234."))
    expect(console(".message-bar .state")).to_have_text("Delivered")  # what comes after this draws nothing anew
    assert console(".pdu").count() == 0, "it is read when it is asked for"
    console("summary", has_text="PDU").click()
    row = console(".pdu tr", has_text="source_addr").filter(has_text=DEDICATED)
    row.hover()
    assert "".join(console(".octet.is-lit").all_inner_texts()) == (DEDICATED.encode() + b"\0").hex()
    console(".octet", has_text="04").nth(0).hover()
    expect(console(".pdu tr.is-lit")).to_contain_text("command_id")


def test_what_nobody_sees_can_be_shown(opened: Open) -> None:
    console = opened()
    text = "نوبت شما\u200cها ثبت شد.\nممنون"
    first_message(console, Sent(DEDICATED, "09123456701", text))
    console(".text-foot button").click()
    marks = console(".invisible")
    assert marks.evaluate_all("(found) => found.map((each) => each.dataset.mark)") == ["ZWNJ", "LF"]
    assert console(".text").text_content() == text, "the text itself stays as it is"


def test_what_is_switched_stays_when_the_message_changes(opened: Open) -> None:
    console = opened()
    off = {"kind": "set-handsets", "handsets": {"numbers": "09123456701", "state": "off"}}
    assert console.operator.api.change(off) is None
    first_message(console, Sent(DEDICATED, "09123456701", "نوبت شما\u200cها ثبت شد."))
    console(".text-foot button").click()
    expect(console(".invisible")).to_have_count(1)
    console(".mover button").click()
    expect(console(".event b", has_text="Moved")).to_be_visible()
    expect(console(".invisible")).to_have_count(1)


def test_a_message_is_explained_anew_as_things_are_now(opened: Open) -> None:
    console = opened()
    first_message(console, Sent(DEDICATED, LISTED, "سفارش شما ثبت شد."))
    expect(console(".message .badge").first).to_have_text("Accepted")
    console.operator.api.change({"kind": "suspend-line", "line": DEDICATED, "reason": "complaints"})
    console.page.keyboard.press("e")
    expect(console(".now .badge")).to_have_text("Refused")
    expect(console(".now")).to_contain_text("another")
    expect(console(".now")).to_contain_text("Closed line")


def test_a_message_is_copied_as_the_api_tells_it(opened: Open) -> None:
    console = opened()
    first_message(console, Sent(DEDICATED, "09123456701", "سلام"))
    console(".message-bar button", has_text="Copy").click()
    expect(console(".told")).to_have_text("Copied as JSON")
    copied = json.loads(console.page.evaluate("navigator.clipboard.readText()"))
    assert (copied["id"], copied["text"]) == ("0000000001", "سلام")


def test_a_message_under_way_is_moved_by_hand_and_then_deleted(opened: Open) -> None:
    console = opened()
    off = {"kind": "set-handsets", "handsets": {"numbers": "09123456701", "state": "off"}}
    assert console.operator.api.change(off) is None
    first_message(console, Sent(DEDICATED, "09123456701", "سلام"))
    console(".message-bar button", has_text="Delete").click()
    expect(console(".told")).to_contain_text("is not finished")
    console(".mover select").select_option("EXPIRED")
    console(".mover button").click()
    expect(console(".message-bar .state")).to_have_text("Expired")
    expect(console(".event b", has_text="Moved")).to_be_visible()
    trio.run(take_receipts, console.operator.api.smpp, 1)
    console(".message-bar button", has_text="Delete").click()
    expect(console(".row")).to_have_count(0)
    assert console.place == "#/messages"
    console.excuse(409)


def test_a_message_that_is_not_there_is_told(opened: Open) -> None:
    console = opened("#/messages/0000000999")
    expect(console(".pane .failure")).to_contain_text("there is no message")
    console.excuse(404)
