"""The inbox: what comes is there at once, in order, and can be found again."""

from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.lively import DAY, DEDICATED, LISTED, PROMOTIONAL, SHARED, Sent

ORDER = Sent(DEDICATED, "09123456701", "سفارش شما ثبت شد.")
SALE = Sent(PROMOTIONAL, LISTED, "حراج بزرگ! ۵۰٪ تخفیف\nلغو ۱۱")


def test_a_message_is_there_the_moment_it_comes(opened: Open) -> None:
    console = opened()
    expect(console(".connect")).to_be_visible()
    expect(console(".light")).to_have_text("Live")
    console.send(ORDER, SALE)
    expect(console(".connect")).to_be_hidden()
    rows = console(".row")
    expect(rows).to_have_count(2)
    expect(console(f".row:has-text('{LISTED}')")).to_have_attribute("data-verdict", "refused")
    expect(console(f".row:has-text('{LISTED}') .chip")).to_have_text("Promotion to blacklisted")
    expect(console(".row[data-verdict=accepted] .row-text")).to_have_text(ORDER.text)
    expect(console(".row[data-verdict=accepted] .state")).to_have_text("Delivered")
    expect(console(".tab .count")).to_have_text(["2", "1", "1"])
    tops = {row.inner_text(): row.bounding_box() for row in rows.all()}
    newest, oldest = (
        next(box["y"] for text, box in tops.items() if box and word in text) for word in ("حراج", "سفارش")
    )
    assert newest < oldest


def test_a_paused_list_stands_still_and_counts_what_it_missed(opened: Open) -> None:
    console = opened()
    console.send(ORDER)
    expect(console(".row")).to_have_count(1)
    console.page.keyboard.press("f")
    expect(console(".follow")).to_have_text("Follow")
    console.send(*[ORDER._replace(text=f"{ORDER.text} {number}") for number in range(60)])
    expect(console(".pill")).to_have_text("60 new")
    console(".pill").click()
    expect(console(".pill")).to_be_hidden()
    expect(console(".row", has_text=f"{ORDER.text} 59")).to_be_in_viewport()


def test_filters_stand_in_the_address(opened: Open) -> None:
    console = opened()
    console.send(*DAY)
    console(".tab", has_text="Refused").click()
    expect(console(".row[data-verdict=accepted]")).to_have_count(0)
    expect(console(".row[data-verdict=refused]").first).to_be_visible()
    console("[type=search]").fill("حراج")
    expect(console(".row")).to_have_count(1)
    assert console.place == "#/messages?verdict=refused&text=%D8%AD%D8%B1%D8%A7%D8%AC"
    console.page.reload()
    expect(console("[type=search]")).to_have_value("حراج")
    expect(console(".row")).to_have_count(1)
    console(".filter-line .ghost").click()
    console(".filter-fields select").first.select_option("duplicate")
    expect(console(".nothing")).to_contain_text("No message fits")
    console(".nothing button").click()
    expect(console(".row").first).to_be_visible()
    assert console.place == "#/messages"
    console.page.go_back()
    expect(console("[type=search]")).to_have_value("حراج")


def test_a_filter_that_the_operator_does_not_know_is_told(opened: Open) -> None:
    console = opened("#/messages?colour=red")
    expect(console(".list-empty .failure")).to_contain_text("query.colour")
    console.excuse(422)


def test_a_list_that_is_filtered_follows_too(opened: Open) -> None:
    console = opened("#/messages?verdict=refused")
    expect(console(".light")).to_have_text("Live")
    console.send(ORDER, Sent(SHARED, "09193334455", "سلام! امروز ناهار مهمان ما باشید."))
    expect(console(".row")).to_have_count(1)
    expect(console(".row .chip")).to_have_text("Unapproved pattern")


def test_a_reset_empties_the_list(opened: Open) -> None:
    console = opened()
    console.send(ORDER)
    expect(console(".row")).to_have_count(1)
    console.page.evaluate(
        "fetch('/api/v1/reset', {method: 'POST', headers: {'content-type': 'application/json'}, body: '{}'})"
    )
    expect(console(".row")).to_have_count(0)
    expect(console(".connect")).to_be_visible()


def test_no_text_becomes_markup(opened: Open) -> None:
    text = "<img src=x onerror=console.error('script')><script>console.error('script')</script>"
    console = opened()
    console.send(Sent(DEDICATED, "09123456701", text))
    expect(console(".row-text")).to_have_text(text)
    console(".row").click()
    expect(console(".text")).to_have_text(text)
    assert console(".text img, .text script, .row img, .row script").count() == 0
