"""Draws charts as inline SVG that takes its colours and its font from the page, and is the same bytes every time.

matplotlib lays the picture out with stand-in colours; these are then exchanged for CSS custom properties, so that one
picture serves the light page, the dark one and paper. Words and digits are those of the page's language, and stay text,
which the browser shapes; on a page from right to left bars grow from the right.
"""

import io
import re
import warnings
from collections.abc import Sequence
from typing import Final

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reports.language import Language

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
_WIDTH, _BAR, _FRAME, _CURVE = 8.0, 0.34, 0.55, 2.4  # inches
_LONGEST: Final = 48  # characters of a label
_UNKNOWN: Final = re.compile("[^ -~\u200c\u0600-\u06ff]")


def bars(labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], *, unit: str, to: Language) -> str:
    """Horizontal bars, one a label from top to bottom, its series stacked, the total at the end.

    Args:
        labels: short names, in Latin or Persian letters; any other character in them is shown as `?`.
        series: (tone, one count for each label); the tone is `good`, `bad`, `warn` or `accent`.
        unit: what is counted, in words of the language; written under the axis.
        to: the language of the page.

    Returns:
        An `<svg>` element without ids (they would clash on a page), external references or fixed colours.
    """
    with style.context(list(_STYLE)):
        figure, axes = _sheet(_FRAME + _BAR * max(len(labels), 1))
        _draw_bars(axes, labels, series, to)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: to.number(f"{value:,.0f}")))
        _dress(axes, unit)
        axes.tick_params(axis="y", labelcolor=_STAND_INS["ink"], pad=6)
        return _told(figure)


def curves(
    xs: Sequence[int], series: Sequence[tuple[str, Sequence[float | None]]], *, x: str, y: str, to: Language
) -> str:
    """Curves over a common axis that begins at 0; time runs from left to right on every page.

    Args:
        xs: the places on the axis, ascending.
        series: (tone, a value for each place); None leaves a gap.
        x: what the axis is, in words of the language.
        y: what the values are, likewise.
        to: the language of the page.

    Returns:
        As `bars`.
    """
    with style.context(list(_STYLE)):
        figure, axes = _sheet(_CURVE)
        for tone, values in series:
            known = [float("nan") if value is None else value for value in values]
            axes.plot(xs, known, color=_STAND_INS[tone], linewidth=1.6, marker="." if len(xs) == 1 else "")
        axes.set_ylim(bottom=0)
        axes.margins(x=0.01)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _place: to.number(f"{value:,.10g}")))
        _dress(axes, x)
        axes.grid(axis="y", color=_STAND_INS["rule"], linewidth=0.6)
        axes.set_ylabel(y, color=_STAND_INS["muted"])
        return _told(figure)


def _sheet(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDTH, height), layout="constrained", facecolor="none")
    return figure, figure.add_subplot()


def _told(figure: Figure) -> str:
    out = io.StringIO()
    FigureCanvasSVG(figure)
    with warnings.catch_warnings():
        # matplotlib's own font only measures; the page's font, which has every letter, is what is shown.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure.savefig(out, format="svg", metadata=_NO_METADATA)
    return _inline(out.getvalue())


def _draw_bars(axes: Axes, labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], to: Language) -> None:
    places, from_right = list(range(len(labels))), to.direction == "rtl"
    ends = [0] * len(labels)
    for tone, counts in series:
        axes.barh(places, counts, left=ends, height=0.62, color=_STAND_INS[tone], edgecolor=_STAND_INS["sheet"])
        ends = [end + count for end, count in zip(ends, counts, strict=True)]
    offset, side = (-5, "right") if from_right else (5, "left")
    for place, end in zip(places, ends, strict=True):
        axes.annotate(
            to.number(f"{end:,}"),
            (end, place),
            (offset, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            color=_STAND_INS["ink"],
        )
    axes.set_yticks(places, [_UNKNOWN.sub("?", label[:_LONGEST]) for label in labels])
    axes.set_xlim(0, max(ends, default=0) * 1.08 or 1)
    axes.invert_yaxis()
    if from_right:
        axes.invert_xaxis()
        axes.yaxis.tick_right()


def _dress(axes: Axes, unit: str) -> None:
    axes.set_frame_on(False)
    axes.grid(axis="x", color=_STAND_INS["rule"], linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=_STAND_INS["muted"])
    axes.set_xlabel(unit, color=_STAND_INS["muted"])


def _inline(svg: str) -> str:
    """The `<svg>` element alone, scalable, coloured by the page."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r'<svg [^>]*?viewBox="([^"]+)"[^>]*>', r'<svg viewBox="\1" aria-hidden="true">', svg, count=1)
    svg = re.sub(r"<defs>.*?</defs>", "", svg, flags=re.DOTALL)  # a page-wide style and clip paths; nothing overflows
    svg = re.sub(r' (?:id|clip-path)="[^"]*"', "", svg)
    svg = re.sub(r"font-family: [^;\"]*; ?", "", svg)
    for tone, stand_in in _STAND_INS.items():
        svg = svg.replace(stand_in, f"var(--{tone})")
    return svg
