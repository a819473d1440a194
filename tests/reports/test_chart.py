"""Charts are the same bytes each time and take everything but their shape from the page."""

import re
import xml.etree.ElementTree as ET

from reports.chart import bars
from reports.language import ENGLISH

SERIES = [("good", [3, 0]), ("bad", [1, 5])]


def test_the_same_counts_are_the_same_bytes() -> None:
    assert bars(["a", "b"], SERIES, unit="messages", to=ENGLISH) == bars(
        ["a", "b"], SERIES, unit="messages", to=ENGLISH
    )


def test_a_chart_brings_no_ids_no_addresses_and_no_colours_of_its_own() -> None:
    svg = bars(["a", "b"], SERIES, unit="messages", to=ENGLISH)
    assert svg.startswith("<svg viewBox=")
    assert not re.search(r"#[0-9a-fA-F]{3,6}|\bid=|url\(|http|<style|<script", svg)
    assert {"var(--good)", "var(--bad)", "var(--ink)"} <= set(re.findall(r"var\(--\w+\)", svg))
    ET.fromstring(svg)


def test_labels_and_totals_are_text() -> None:
    texts = [
        each.text
        for each in ET.fromstring(bars(["rule-a", "x<&$y$"], SERIES, unit="messages", to=ENGLISH)).iter("text")
    ]
    assert {"rule-a", "x<&$y$", "4", "5", "messages"} <= set(texts)


def test_other_scripts_in_a_label_do_not_break_the_chart() -> None:
    texts = [
        each.text for each in ET.fromstring(bars(["線-1"], [("bad", [1])], unit="messages", to=ENGLISH)).iter("text")
    ]
    assert "?-1" in texts


def spans(svg: str, tone: str) -> list[tuple[float, float]]:
    """Where each bar of a series begins and ends, from top to bottom."""
    paths = re.findall(rf'<path d="([^"]+)"[^>]*fill: var\(--{tone}\)', svg)
    places = [[float(x) for x in re.findall(r"[ML] ([\d.]+)", path)] for path in paths]
    return [(min(each), max(each)) for each in places]


def test_longer_bars_stand_for_more_and_series_are_stacked() -> None:
    svg = bars(["a", "b"], [("good", [2, 4]), ("bad", [3, 1])], unit="messages", to=ENGLISH)
    (start, good_a), (_, good_b) = spans(svg, "good")
    (bad_a, end_a), (bad_b, end_b) = spans(svg, "bad")
    one = (good_a - start) / 2
    for place, count in ((good_b, 4), (bad_a, 2), (end_a, 5), (bad_b, 4), (end_b, 5)):
        assert abs(place - start - count * one) < 0.01


def test_no_bars_is_still_a_picture() -> None:
    ET.fromstring(bars([], [("bad", [])], unit="messages", to=ENGLISH))
