"""The blacklist: numbers are found, put on and taken off, one by one or by a file; stopped lines are opened."""

from playwright.sync_api import FilePayload, expect

from tests.web.conftest import Open
from tests.web.console import Console
from tests.web.lively import PROMOTIONAL


def upload(console: Console, text: str, button: str) -> None:
    payload: FilePayload = {"name": "list.txt", "mimeType": "text/plain", "buffer": text.encode()}
    console(".list-upload [type=file]").set_input_files(payload)
    console(".list-upload button", has_text=button).click()


def test_a_number_is_found_put_on_and_taken_off(opened: Open) -> None:
    console = opened("#/blacklist")
    expect(console(".blacklist-count")).to_have_text("20 numbers")
    search = console.page.get_by_label("Number, or how numbers begin")
    search.fill("0935")
    expect(console(".number-grid li")).to_have_count(10)
    assert console.place == "#/blacklist?begins=0935"
    search.fill("۰۹۱۲۱۲۳۴۵۶۷")
    card = console(".number-card")
    expect(card).to_have_attribute("data-listed", "false")
    card.get_by_role("button", name="Put on the list").click()
    expect(card).to_have_attribute("data-listed", "true")
    expect(console(".blacklist-count")).to_have_text("21 numbers")
    card.get_by_label("On whose list").select_option("irancell")
    card.get_by_role("button", name="Put on the list").click()
    expect(card.locator(".chip")).to_have_text(["MCI", "Irancell"])
    console(".number-grid li", has_text="MCI").get_by_role("button").click()
    expect(card.locator(".chip")).to_have_text(["Irancell"])
    expect(card).to_have_attribute("data-listed", "false")
    search.fill("0821")
    expect(console(".number-grid-place .failure")).to_contain_text("no Iranian mobile number begins with")
    console.excuse(422)


def test_a_whole_list_is_sent_or_nothing_of_it(opened: Open) -> None:
    console = opened("#/blacklist")
    upload(console, "09121230000-09121239999\n0912x\n", "Put on")
    expect(console(".list-upload .failure")).to_contain_text("body.line[2]")
    expect(console(".blacklist-count")).to_have_text("20 numbers")
    upload(console, "09121230000-09121239999\n", "Put on")
    expect(console(".told")).to_have_text("10,000 numbers put on the list")
    expect(console(".blacklist-count")).to_have_text("10,020 numbers")
    expect(console(".list-upload progress")).to_be_hidden()
    upload(console, "09121230000-09121239998\n", "Take off")
    expect(console(".blacklist-count")).to_have_text("21 numbers")
    console.excuse(422)


def test_stopped_lines_are_shown_and_opened(opened: Open) -> None:
    console = opened("#/blacklist", language="fa")
    expect(console(".light")).to_have_text("زنده")
    for number in ("09123456701", "09123456702"):
        console.operator.api.receive_mo(number, PROMOTIONAL, "لغو ۱۱")
    expect(console(".stop-line", has_text=PROMOTIONAL).locator(".count")).to_have_text("۲")
    console(".table tr", has_text="09123456702").get_by_role("button").click()
    expect(console(".table tbody tr")).to_have_count(1)
    console(".table a", has_text="09123456701").click()
    expect(console(".handset-stops")).to_contain_text(PROMOTIONAL)
    assert console.place == f"#/phone/989123456701/{PROMOTIONAL}"
