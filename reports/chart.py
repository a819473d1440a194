"""Draws charts as inline SVG that takes its colours and its font from the page, and is the same bytes every time.

matplotlib lays the picture out with stand-in colours; these are then exchanged for CSS custom properties, so that one
picture serves the light page, the dark one and paper. Text in charts is short ASCII (ids, counts).
"""

import io
import re
from collections.abc import Sequence
from typing import Final

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

# What a series means -> the stand-in for its CSS colour; any six digits serve as long as no two are equal.
_STAND_INS: Final = {
    "ink": "#000001",
    "muted": "#000002",
    "rule": "#000003",
    "good": "#000004",
    "bad": "#000005",
    "warn": "#000006",
    "accent": "#000007",
    "sheet": "#000008",
}
# Upon matplotlib's own defaults, so that a matplotlibrc of the user's does not change the bytes.
_STYLE: Final = (
    "default",
    {
        "svg.hashsalt": "khatban",
        "svg.fonttype": "none",
        "text.parse_math": False,  # a "$" in an id is a dollar sign
        "font.size": 9.0,
    },
)
_NO_METADATA: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_WIDTH, _BAR, _FRAME = 8.0, 0.34, 0.55  # inches


def bars(labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], *, unit: str) -> str:
    """Horizontal bars, one a label from top to bottom, its series stacked from left to right, the total at the end.

    Args:
        labels: short names; what is not printable ASCII in them is shown as `?`.
        series: (tone, one count for each label); the tone is `good`, `bad`, `warn` or `accent`.
        unit: what is counted, written under the axis.

    Returns:
        An `<svg>` element without ids (they would clash on a page), external references or fixed colours.
    """
    with style.context(list(_STYLE)):
        figure = Figure(figsize=(_WIDTH, _FRAME + _BAR * max(len(labels), 1)), layout="constrained", facecolor="none")
        axes = figure.add_subplot()
        _draw(axes, labels, series)
        _dress(axes, unit)
        out = io.StringIO()
        FigureCanvasSVG(figure)
        figure.savefig(out, format="svg", metadata=_NO_METADATA)
    return _inline(out.getvalue())


def _draw(axes: Axes, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> None:
    places = list(range(len(labels)))
    ends = [0] * len(labels)
    for tone, counts in series:
        axes.barh(places, counts, left=ends, height=0.62, color=_STAND_INS[tone], edgecolor=_STAND_INS["sheet"])
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    for place, end in zip(places, ends, strict=True):
        axes.annotate(str(end), (end, place), (5, 0), textcoords="offset points", va="center", color=_STAND_INS["ink"])
    axes.set_yticks(places, [_ascii(label) for label in labels])
    axes.set_xlim(0, max(ends, default=0) * 1.08 or 1)
    axes.invert_yaxis()


def _dress(axes: Axes, unit: str) -> None:
    axes.set_frame_on(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.grid(axis="x", color=_STAND_INS["rule"], linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=_STAND_INS["muted"])
    axes.tick_params(axis="y", labelcolor=_STAND_INS["ink"], pad=6)
    axes.set_xlabel(unit, color=_STAND_INS["muted"])


def _ascii(label: str) -> str:
    return re.sub(r"[^ -~]", "?", label[:48])


def _inline(svg: str) -> str:
    """The `<svg>` element alone, scalable, coloured by the page."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r'<svg [^>]*?viewBox="([^"]+)"[^>]*>', r'<svg viewBox="\1" aria-hidden="true">', svg, count=1)
    svg = re.sub(
        r"<defs>.*?</defs>", "", svg, flags=re.DOTALL
    )  # a page-wide style and clip paths; nothing here overflows
    svg = re.sub(r' (?:id|clip-path)="[^"]*"', "", svg)
    svg = re.sub(r"font-family: [^;\"]*; ?", "", svg)
    for tone, stand_in in _STAND_INS.items():
        svg = svg.replace(stand_in, f"var(--{tone})")
    return svg
