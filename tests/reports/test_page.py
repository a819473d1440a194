"""The page as a browser shows it: in both directions, both colour schemes, on a telephone and on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.load.result import Second, write_result
from reports.command import Request, run_report
from reports.sections import SECTIONS
from tests.browser import chromium
from tests.harness.load.test_result import HISTOGRAMS, RESULT
from tests.reports.builder import busy_run, failing, result, write_run

AUDIT = Path(__file__).parents[2] / "docs" / "audits" / "smpplib.json"
PAGES = (("index.html", "ltr", "en"), ("index.fa.html", "rtl", "fa"))
DESK, TELEPHONE, PAPER = (1280, 900), (390, 800), (1032, 700)
"""CSS pixels; paper is A4 across between its margins."""

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Open = Callable[[str, Scheme, tuple[int, int]], Page]

# What is wider than the box that hides what goes beyond it; what only screen readers are told is meant to be hidden.
CUT = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility() && !each.closest("svg, .word") && each.clientWidth > 0)
  .filter((each) => ["hidden", "clip"].includes(getComputedStyle(each).overflowX))
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.outerHTML.slice(0, 120))"""
# Words of a chart that stand beyond its edge.
OUTSIDE = """() => [...document.querySelectorAll("figure svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
  }).map((text) => text.textContent);
})"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
# On paper nothing scrolls: what does not fit is lost.
LOST = """() => [...document.querySelectorAll(".scroll, pre, figure")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => `${each.closest("[id]").id} ${each.scrollWidth} > ${each.clientWidth}`)"""

# Text whose colour is too near to the ground that it stands on.
FAINT = """() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => {
    const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((each) => linear(each / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = (each) => (each ? [...grounds(each.parentElement), getComputedStyle(each).backgroundColor] : []);
  const found = new Set();
  const speaks = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  for (const each of document.querySelectorAll("body *")) {
    if (each.closest("svg") || !each.checkVisibility() || !speaks(each)) continue;
    const under = grounds(each);
    const [a, b] = [paint(under), paint([...under, getComputedStyle(each).color])].map((c) => light(c.slice(0, 3)));
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.add(`${each.className || each.tagName} ${contrast.toFixed(2)}`);
  }
  return [...found];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with something in every section."""
    base = tmp_path_factory.mktemp("page")
    run_dir, load_dir = busy_run(base / "run"), base / "load"
    load_dir.mkdir()
    series = tuple(Second(second=n, answered=4_000 + n, p50_ms=2.0, p99_ms=9.0 + n) for n in range(30))
    write_result(load_dir, RESULT, series, HISTOGRAMS)
    before = write_run(base / "before", [(result(4), []), (failing(1), [])])
    request = Request((run_dir,), base / "out", ("html", "csv"), baseline=before, audits=(AUDIT,), loads=(load_dir,))
    return run_report(request).folders[0]


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Open]:
    """Opens a page; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    pages: list[Page] = []

    def open_page(name: str, scheme: Scheme, size: tuple[int, int]) -> Page:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.on("console", lambda told: complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
        page.goto((folder / name).as_uri())
        page.evaluate("() => document.fonts.ready.then(() => true)")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert complaints == []


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "direction", "language"), PAGES, ids=["en", "fa"])
def test_nothing_is_cut_and_nothing_overflows(
    opened: Open, name: str, direction: str, language: str, scheme: Scheme, size: tuple[int, int]
) -> None:
    page = opened(name, scheme, size)
    html = page.locator("html")
    expect(html).to_have_attribute("dir", direction)
    expect(html).to_have_attribute("lang", language)
    expect(page.locator("section")).to_have_count(len(SECTIONS))
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(CUT) == []
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("() => document.fonts.check('16px Vazirmatn')")


@pytest.mark.parametrize(("name", "direction", "language"), PAGES, ids=["en", "fa"])
def test_paper_is_white_and_loses_nothing(opened: Open, name: str, direction: str, language: str) -> None:
    page = opened(name, "dark", PAPER)
    page.emulate_media(media="print")
    assert page.evaluate(LOST) == []
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(".signature")).to_be_visible()
    assert direction == page.locator("html").get_attribute("dir")
    assert language == page.locator("html").get_attribute("lang")


def test_text_can_be_read_on_its_ground_in_both_schemes(opened: Open) -> None:
    """The contrast that WCAG 2.1 asks of text (1.4.3): 4.5 to 1."""
    for scheme in SCHEMES:
        page = opened("index.html", scheme, DESK)
        assert page.evaluate(FAINT) == [], scheme


def test_a_heading_sorts_its_table_and_turns_it_round(opened: Open) -> None:
    page = opened("index.fa.html", "light", DESK)
    sheet = page.locator("#summary-scenarios")
    heading = sheet.locator("thead th").nth(2)
    counts = sheet.locator("tbody tr td:nth-child(3)")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(counts).to_have_text(["۰", "۱", "۱", "۱", "۱"])
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(counts).to_have_text(["۱", "۱", "۱", "۱", "۰"])


def test_a_failing_scenario_is_told_step_by_step_and_by_its_wire_log(opened: Open) -> None:
    card = opened("index.html", "light", DESK).locator("#failures-failures .card").first
    expect(card.locator("h4")).to_have_text("Scenario 4 states a fact")
    expect(card.get_by_text("submit_sm", exact=False).first).to_be_visible()
