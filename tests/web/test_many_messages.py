"""Ten thousand messages in the inbox: only those in sight are elements, wherever one is."""

import trio
from playwright.sync_api import expect

from harness.operator_process import OperatorProcess
from tests.web.conftest import Open
from tests.web.lively import DEDICATED, Sent, flood, send

MANY = 10_000
FIRST = "989120000000"
"""The recipient of the first of them."""
IN_SIGHT = 60
"""Rows of 46 pixels in a window of 850, and some on both sides."""

_COUNT_WHILE_SCROLLING = """async (list) => {
  const counts = [];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let top = 0; top < list.scrollHeight; top += 30_000) {
    list.scrollTop = top;
    await frame();
    await frame();
    counts.push(list.querySelectorAll(".row").length);
  }
  list.scrollTop = list.scrollHeight;
  return counts;
}"""


def test_ten_thousand_messages_are_scrolled_with_few_elements(operator: OperatorProcess, opened: Open) -> None:
    trio.run(send, operator.api.smpp, flood(MANY))
    console = opened()
    expect(console(".tab .count").first).to_have_text(f"{MANY:,}")
    expect(console(".row").first).to_have_attribute("aria-setsize", str(MANY))
    rows = console(".list")
    counts = rows.evaluate(_COUNT_WHILE_SCROLLING)
    assert len(counts) > 10
    assert max(counts) <= IN_SIGHT
    expect(console(".row").last).to_have_attribute("aria-setsize", str(MANY))
    expect(console(".row", has_text=FIRST)).to_be_in_viewport()

    console.send(Sent(DEDICATED, "09123456701", "تازه‌ترین"))
    expect(console(".pill")).to_have_text("1 new")
    expect(console(".row", has_text=FIRST)).to_be_in_viewport()
    console(".pill").click()
    expect(console(".row", has_text="تازه‌ترین")).to_be_in_viewport()

    console.go("#/messages/0000000001")
    expect(console(".row[aria-selected=true]")).to_be_in_viewport()
    assert console(".row").count() <= IN_SIGHT


def test_a_flood_leaves_no_message_out_of_an_open_page(opened: Open) -> None:
    console = opened()
    expect(console(".light")).to_have_text("Live")
    console.send(*flood(1_000))
    expect(console(".row").first).to_have_attribute("aria-setsize", "1000")
    console.page.keyboard.press("f")
    console.send(*flood(300))
    expect(console(".row").first).to_have_attribute("aria-setsize", "1300")
    expect(console(".pill")).to_have_text("300 new")
