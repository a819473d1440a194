"""The registers: lines with their requests for service, patterns with their review, and the journal of changes."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Locator, expect

from tests.web.conftest import Open
from tests.web.console import Console
from tests.web.lively import DEDICATED, MORNING, OFFENCES, PROMOTIONAL, SAMANTEL, SHARED, WORLD, Sent


def card(console: Console, number: int) -> Locator:
    return console(f"[data-request='{number}']")


def supply(request: Locator, paper: str, **fields: str) -> None:
    """Adds a paper to a draft, and waits until it lies there."""
    request.get_by_label("Paper").select_option(paper)
    for label, value in fields.items():
        request.locator(".paper").get_by_label(label).fill(value)
    request.get_by_role("button", name="Supply document").click()


def test_the_lines_are_listed_with_what_stands_against_them(opened: Open) -> None:
    console = opened("#/lines")
    rows = console(".line-table tbody tr")
    expect(rows).to_have_count(4)
    console.send(OFFENCES[0])
    dedicated = console(f"[data-line='{DEDICATED}']")
    expect(dedicated.locator("td").last).to_have_text("1")
    expect(dedicated).to_contain_text("Dedicated service")
    expect(dedicated).to_contain_text("Active")
    console("[type=search]").fill("کارگاه")
    expect(rows).to_have_count(1)
    console("[type=search]").fill("")
    console(".register-bar").get_by_label("Type").select_option("promotional")
    expect(rows).to_have_count(1)
    assert console.place == "#/lines?type=promotional"
    rows.locator("a").click()
    expect(console("h1")).to_have_text(PROMOTIONAL)


def test_a_message_leads_to_its_line_which_is_suspended_and_reinstated(opened: Open) -> None:
    console = opened()
    console.send(OFFENCES[0])
    console(".row").click()
    console(".fact-grid a", has_text=DEDICATED).click()
    expect(console("h1")).to_have_text(DEDICATED)
    expect(console("[role=meter]")).to_have_attribute("aria-valuenow", "1")
    violation = console(".table-card tbody tr")
    expect(violation).to_contain_text("Service advertising to blacklisted")
    actions = console(".line-actions")
    expect(actions.locator(".tab")).to_have_text(["Warn line", "Suspend line", "Close line"])
    actions.locator(".tab", has_text="Suspend").click()
    actions.get_by_label("Until").fill("2026-11-01T10:00")
    actions.get_by_label("Reason").fill("complaints")
    actions.locator("form button").click()
    expect(actions.locator(".field", has_text="Until").locator("em")).to_contain_text("is past")
    actions.get_by_label("Until").fill("")
    actions.locator("form button").click()
    state = console(".line-head .state")
    expect(state).to_have_text("Suspended")
    expect(console(".change-list li").first).to_contain_text("complaints")
    actions.locator(".tab", has_text="Reinstate").click()
    actions.get_by_label("Reason").fill("it promised")
    actions.locator("form button").click()
    expect(state).to_have_text("Active")
    expect(console("[role=meter]")).to_have_attribute("aria-valuenow", "0")
    expect(violation.locator("td").last).to_have_text("no")
    violation.locator("a").click()
    expect(console(".row")).to_have_count(1)
    console.excuse(409)


def test_a_line_becomes_a_shared_service_line_with_its_papers(opened: Open) -> None:
    console = opened(f"#/lines/{PROMOTIONAL}")
    console(".ask summary").click()
    console(".ask").get_by_label("Route").select_option("shared")
    console(".ask").get_by_role("button").click()
    request = card(console, 1)
    expect(request.locator(".state")).to_have_text("Draft")
    expect(request.locator(".objections")).to_contain_text("the document pattern is missing")
    expect(request.locator(".objections .clause")).to_be_visible()
    supply(request, "pattern", Name="order", Text="%a%%b%")
    expect(request.locator(".objections")).to_contain_text("the pattern cannot be approved")
    supply(request, "pattern", Name="order", Text="سفارش %code% از فروشگاه نمونه ثبت شد.")
    expect(request.locator(".calm")).to_be_visible()
    request.get_by_role("button", name="Hand in request").click()
    expect(request.locator("summary .state")).to_have_text("In review")
    request.get_by_role("button", name="Jump there").click()
    expect(request.locator("summary .state")).to_have_text("Granted")
    expect(console(".line-head .chip")).to_have_text("Shared service")
    console(".line-head a", has_text="Patterns").click()
    expect(console(".pattern-list li")).to_have_count(1)
    expect(console(".pattern-list li")).to_contain_text("Approved")


def test_a_samantel_line_is_asked_for_and_refused(opened: Open) -> None:
    console = opened("#/lines")
    form = console(".change-form", has_text="Owner's name")
    form.get_by_label("Owner's name").fill("کارگاه تازه")
    form.get_by_role("button").click()
    request = card(console, 1)
    expect(request.locator(".objections .chip")).to_have_text(["Business licence", "E-namad", "Guild permit"])
    expect(request.get_by_label("Paper")).to_have_value("business-licence")
    supply(request, "e-namad", Number="0453", Expires="2026-01-01")
    expect(request.locator(".objections")).to_contain_text("ran out on 2026-01-01")
    request.get_by_role("button", name="Hand in request").click()
    expect(request.locator("summary .state")).to_have_text("Refused")


def test_a_pattern_is_handed_in_reviewed_tried_and_decided(opened: Open) -> None:
    console = opened("#/patterns")
    console(".heading a").click()
    form = console(".pattern-place form")
    form.get_by_role("button").click()
    expect(form.locator("[data-path='body.pattern.name'] em")).to_be_visible()
    form.get_by_label(re.compile("^Name")).fill("club")
    form.get_by_label(re.compile("^Text")).fill("%a%%b% تخفیف")
    form.get_by_role("button").click()
    pane = console(".pattern-pane")
    expect(pane.locator("h2")).to_have_text("club")
    expect(pane.locator(".objections")).to_contain_text("Adjacent variables")
    expect(pane.locator(".text mark")).to_have_text(["%a%", "%b%"])
    pane.get_by_label("Reason").fill("two variables")
    pane.get_by_role("button", name="Reject").click()
    expect(pane.locator(".state")).to_have_text("Rejected")
    expect(pane.locator(".field-fault").first).to_have_text("two variables")
    pane.get_by_role("link", name="Hand in anew").click()
    expect(form.get_by_label(re.compile("^Name"))).to_have_value("club")
    form.get_by_label(re.compile("^Text")).fill("باشگاه نمونه: امتیاز شما %points% است.")
    form.get_by_role("button").click()
    expect(pane.locator(".state")).to_have_text("Pending")
    trial = pane.get_by_label("Try a text")
    trial.fill("باشگاه نمونه: امتیاز شما ۱۲ است.")
    pane.get_by_role("button", name="Does it fit?").click()
    expect(pane.locator(".trial-answer")).to_contain_text("It fits no approved pattern.")
    pane.get_by_role("button", name="Approve").click()
    expect(pane.locator(".state")).to_have_text("Approved")
    expect(trial).to_have_value("باشگاه نمونه: امتیاز شما ۱۲ است.")
    pane.get_by_role("button", name="Does it fit?").click()
    expect(pane.locator(".trial-answer")).to_contain_text("It fits club.")
    console(".tab", has_text="Approved").click()
    expect(console(".pattern-list li")).to_have_count(2)
    pane.get_by_role("button", name="Withdraw").click()
    expect(console(".pattern-list li")).to_have_count(1)
    expect(console(".pattern-pane")).to_have_count(0)
    console.excuse(422)


def test_what_is_being_written_stays_when_the_line_changes(opened: Open) -> None:
    console = opened(f"#/lines/{SHARED}")
    console(".line-actions .tab", has_text="Warn").click()
    reason = console(".line-actions").get_by_label("Reason")
    reason.fill("not yet")
    console.send(Sent(SHARED, "09193334455", "سلام! امروز ناهار مهمان ما باشید."))
    console.operator.api.change({"kind": "warn-line", "line": SHARED, "reason": "another"})
    expect(console(".change-list li")).to_have_count(1)
    expect(reason).to_have_value("not yet")


def test_a_line_goes_to_another_account(opened: Open) -> None:
    console = opened()
    second = {"system_id": "panel2", "password": "panel2"}
    console.operator.api.reset({**WORLD, "accounts": [second]}, datetime.fromisoformat(MORNING), speed=1.0)
    console.go(f"#/lines/{SAMANTEL}")
    actions = console(".line-actions")
    actions.locator(".tab", has_text="Transfer").click()
    expect(actions.get_by_label("Account")).to_have_value("panel2")
    actions.get_by_role("button", name="Transfer line").last.click()
    expect(console(".change-list li")).to_contain_text("panel2")
    expect(console(".line-page .fact-grid dd").first).to_have_text("panel2")


def test_the_journal_tells_what_was_done_and_by_whom(opened: Open) -> None:
    console = opened("#/journal")
    console.operator.api.reset(WORLD, datetime.fromisoformat(MORNING), speed=0.0)
    console.send(OFFENCES[0])
    console.operator.api.change({"kind": "warn-line", "line": SHARED, "reason": "complaints"})
    console.operator.api.change({"kind": "resume-line", "line": SHARED})
    rows = console(".change-list li")
    expect(rows.nth(0)).to_contain_text("POST /changes")
    expect(rows.nth(0).locator(".field-fault")).to_contain_text("is active, not suspended")
    expect(rows.nth(1).locator(".step-head")).to_contain_text(["Warn line"])
    expect(rows.nth(1).locator(".chip")).to_have_text("HTTP")
    console(".tab", has_text="Sanction").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(DEDICATED)


@pytest.mark.parametrize("place", [f"#/lines/{DEDICATED}", f"#/patterns/{SHARED}:otp"])
def test_a_register_fits_a_narrow_page_in_persian(opened: Open, place: str) -> None:
    console = opened(place, language="fa", size=(390, 780))
    expect(console(".line-head, .pattern-pane").first).to_be_visible()
    assert console.page.evaluate("document.documentElement.scrollWidth") <= 390
