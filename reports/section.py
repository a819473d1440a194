"""What a section of the report is: a pure function from a run and a language to tables, charts, figures and a note.

A section decides what is said; `reports.render` decides how it looks and `reports.formats` how it is kept as files. The
sections themselves live in `reports.sections`, one file each.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from reports.language import Language
from reports.run import Run
from reports.text import mask


class Kind(StrEnum):
    """What the cells of a column hold, which decides how they are shown, aligned and sorted."""

    TEXT = "text"
    """A sentence, Persian or Latin."""
    NOTE = "note"
    """What the operator says in English, and may quote Persian in: left to right on every page."""
    WORD = "word"
    """A word of the operator's own vocabulary, such as a kind of line: shown in the language of the page."""
    MOMENT = "moment"
    """An ISO 8601 time, shown by the calendar of the page's language."""
    DAY = "day"
    """A day, ISO 8601, likewise."""
    CODE = "code"
    """A number, a status, a time: fixed width, in one piece."""
    ID = "id"
    """A name made of words and hyphens, which may wrap between them: fixed width."""
    LINES = "lines"
    """Several short texts, one a line."""
    COUNT = "count"
    """A whole number."""
    SHARE = "share"
    """A fraction of 1, shown as per cent."""
    SECONDS = "seconds"
    """A duration in seconds."""
    DECIMAL = "decimal"
    """A number that is told to one place."""
    STATUS = "status"
    """A verdict, an outcome, tested or untested: shown as a badge with sign, word and colour."""
    EXCERPT = "excerpt"
    """A longer log, folded away."""


class Layout(StrEnum):
    """How a table is laid out."""

    ROWS = "rows"
    NARROW = "narrow"
    """Few short columns: two such tables stand side by side where there is room."""
    MATRIX = "matrix"
    """First column and upright headings stay in sight while the middle scrolls."""
    CARDS = "cards"
    """One card a row: for few rows with much in each."""


class Tone(StrEnum):
    """How a figure is meant. Colour is never its only sign."""

    GOOD = "good"
    BAD = "bad"
    WARN = "warn"
    PLAIN = "plain"
    ACCENT = "accent"
    """Neither; a series of a chart beside others."""


@dataclass(frozen=True)
class Column:
    """One column of a table: its key in the frame, its heading, and what its cells hold."""

    key: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Table:
    """A frame with headings. Its cells are text, numbers or missing values, no nested ones.

    Attributes:
        id: unique in its section; the file is `tables/<section>-<table>.csv`.
        title: heading on the page.
        frame: the rows, in the order to show; has every key of `columns`.
        columns: what is shown and exported, in order.
        layout: how it is laid out on the page.
        empty: the sentence shown instead of a table without rows.
    """

    id: str
    title: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    layout: Layout = Layout.ROWS
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Chart:
    """A picture: inline markup from `reports.chart`, and (name, tone) of each series where there are several."""

    title: str
    svg: str
    legend: tuple[tuple[str, Tone], ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number to read at a glance, such as `38 of 40` with the label `scenarios pass`."""

    label: str
    value: str
    tone: Tone = Tone.PLAIN
    detail: str = ""


@dataclass(frozen=True)
class Content:
    """What a section has to say of one run.

    Attributes:
        tables: in the order to show.
        charts: shown before the tables.
        note: one or two sentences under the section's title: how to read it, and what is left out and why.
        headline: the run's outcome in one line; only the section that opens the page has one.
        figures: shown beside the headline.
        ticks: (title, verdict) of each scenario, shown under the headline as one small mark each.
    """

    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    note: str = ""
    headline: Figure | None = None
    figures: tuple[Figure, ...] = ()
    ticks: tuple[tuple[str, str], ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether there is anything to show besides what opens the page."""
        return bool(self.tables or self.charts or self.note)


@dataclass(frozen=True)
class Section:
    """One section: its anchor, its title, the pure function that fills it, and whether a run has anything for it.

    `build` says everything through the language that it is given, which translates `title` too.
    """

    id: str
    title: str
    build: Callable[[Run, Language], Content]
    applies: Callable[[Run], bool] = lambda _run: True


def of_scenarios(run: Run) -> bool:
    """Whether scenarios ran, or were to: of a store there are none."""
    return run.about.has_scenarios


def of_messages(run: Run) -> bool:
    """Whether messages and registers are told of: of a load test there are only counts."""
    return run.about.has_messages


def played_in(run: Run, to: Language) -> tuple[Column, ...]:
    """The column that tells in which scenario something was; each began with registers of its own. A store has none."""
    return (Column("scenario", to.say("Scenario"), Kind.ID),) if run.about.has_scenarios else ()


def masked(content: Content) -> Content:
    """The content with every subscriber number hidden, headings of columns included: what may be shown.

    Both the page and the files are made from this, so no section can forget it. Charts are drawn from ids and counts.
    """
    tables = tuple(_masked_table(table) for table in content.tables)
    ticks = tuple((mask(title), verdict) for title, verdict in content.ticks)
    return replace(content, tables=tables, note=mask(content.note), ticks=ticks)


def _masked_table(table: Table) -> Table:
    columns = tuple(replace(column, title=mask(column.title)) for column in table.columns)
    frame = table.frame.map(lambda value: mask(value) if isinstance(value, str) else value)
    return replace(table, title=mask(table.title), frame=frame, columns=columns)
