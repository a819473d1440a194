"""What stands around the views: both languages, both themes, the keyboard, the narrow page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Open
from tests.web.console import Console
from tests.web.lively import DAY, HARMLESS


def views(console: Console) -> Iterator[str]:
    """Opens each view by its link; gives its name."""
    for link in console(".navigation a").all():
        name = link.get_attribute("data-view")
        assert name
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        assert console.place == f"#/{name}"
        expect(console(".stage > *").first).to_be_visible()
        yield name


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_every_view_opens_in_both_languages(opened: Open, language: str, direction: str) -> None:
    console = opened(language=language)
    console.send(*DAY[:4])
    for name in views(console):
        assert console.style("body", "direction") == direction, name
        heading = console("h1, .filter-bar").first
        expect(heading).to_be_visible()


def test_persian_turns_the_whole_page_around(opened: Open) -> None:
    console = opened(language="fa")
    console.send(*HARMLESS[:11])
    console(".row", has_text="verification").click()
    expect(console(".message")).to_be_visible()
    assert console.box(".navigation")[0] > console.box(".list-pane")[0] > console.box(".pane")[0], "from right to left"
    assert console.box(".brand")[0] > console.box(".language")[0]
    assert console.style(".text", "direction") == "ltr", "an English text stays what it is"
    assert console.style(".message h3", "direction") == "rtl"
    assert console.style(".row-to .latin", "direction") == "ltr", "a number is read from left to right"
    assert console.style(".row-to .latin", "unicodeBidi") == "isolate"
    line, recipient = (console.box(f".route {each}")[0] for each in ("> .latin", "> a"))
    assert line > recipient, "the way goes from the line at the right to the recipient at the left"
    expect(console(".tab .count").first).to_have_text("۱۴")
    expect(console(".route .latin").first).to_have_text("3000200020")
    assert "Vazirmatn" in console.style("body", "fontFamily")
    assert console.page.evaluate("document.fonts.load('16px Vazirmatn', 'سلام').then((found) => found.length)")
    console(".row", has_text="رمز").click()
    expect(console(".text")).to_contain_text("رمز")
    assert console.style(".text", "direction") == "rtl"


def test_the_language_is_switched_where_one_is_and_remembered(opened: Open) -> None:
    console = opened("#/clock")
    console(".language").click()
    expect(console("h1")).to_have_text("ساعت")
    expect(console(".language")).to_have_text("English")
    console.page.reload()
    expect(console("h1")).to_have_text("ساعت")
    assert console.page.title() == "ساعت · خط‌بان"


def test_the_theme_is_switched_and_remembered(opened: Open) -> None:
    console = opened("#/clock")
    light = console.style("body", "backgroundColor")
    console(".theme").click()
    dark = console.style("body", "backgroundColor")
    assert dark != light
    console.page.reload()
    expect(console("h1")).to_be_visible()
    assert console.style("body", "backgroundColor") == dark


def test_the_keyboard_is_enough(opened: Open) -> None:
    console = opened()
    keyboard = console.page.keyboard
    console.send(*DAY)
    expect(console(".row").nth(5)).to_be_visible()
    keyboard.press("j")
    first = console(".row[aria-selected=true]").get_attribute("data-id")
    keyboard.press("j")
    second = console(".row[aria-selected=true]").get_attribute("data-id")
    assert first is not None
    assert second is not None
    assert int(second) == int(first) - 1, "down is older"
    assert console(".list").get_attribute("aria-activedescendant") == f"message-{second}"
    keyboard.press("k")
    assert console.place == f"#/messages/{first}"
    expect(console(".message")).to_have_attribute("aria-label", f"Message {first}")
    keyboard.press("Enter")
    expect(console(".pane")).to_be_focused()
    keyboard.press("Escape")
    expect(console(".list")).to_be_focused()
    keyboard.press("Escape")
    assert console.place == "#/messages"
    keyboard.press("/")
    expect(console("[type=search]")).to_be_focused()
    keyboard.type("jk?")
    expect(console("[type=search]")).to_have_value("jk?")
    keyboard.press("Escape")
    expect(console("[type=search]")).not_to_be_focused()
    keyboard.press("?")
    expect(console("dialog")).to_contain_text("Next message")
    keyboard.press("Escape")
    expect(console("dialog")).to_be_hidden()
    keyboard.press("g")
    keyboard.press("c")
    expect(console("h1")).to_have_text("Clock")


def test_a_closed_dialog_that_holds_the_focus_for_a_moment_keeps_no_keys(opened: Open) -> None:
    console = opened()
    console.page.evaluate("""() => {
      for (const code of ["KeyG", "KeyC"]) {
        const press = new KeyboardEvent("keydown", {code, key: code[3].toLowerCase(), bubbles: true});
        document.querySelector("dialog .keys").dispatchEvent(press);
      }
    }""")
    expect(console("h1")).to_have_text("Clock")


def test_keys_are_known_by_their_place_on_a_persian_keyboard(opened: Open) -> None:
    console = opened(language="fa")
    console.send(*DAY[:3])
    expect(console(".row").nth(2)).to_be_visible()
    console.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', key: 'ت', bubbles: true}))"
    )
    expect(console(".row[aria-selected=true]")).to_have_count(1)


def test_a_narrow_page_shows_one_thing_at_a_time(opened: Open) -> None:
    console = opened(size=(390, 780))
    console.send(*DAY[:3])
    expect(console(".navigation")).to_be_hidden()
    console(".menu-button").click()
    expect(console(".navigation")).to_be_visible()
    console(".navigation a", has_text="Inbox").click()
    console(".row").first.click()
    expect(console(".message")).to_be_visible()
    expect(console(".list")).to_be_hidden()
    assert console.page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing sticks out"
    console(".message-bar .icon-only").click()
    expect(console(".list")).to_be_visible()
    for name in views(open_menu(console)):
        assert console.page.evaluate("document.documentElement.scrollWidth") <= 390, f"{name} sticks out"
        open_menu(console)


def open_menu(console: Console) -> Console:
    if not console(".navigation").is_visible():
        console(".menu-button").click()
    return console
