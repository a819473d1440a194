"""Latency and throughput, from load tests: how many messages a second, how soon they were answered, what was lost."""

import pandas as pd

from harness.load.result import StoredLoad
from reports import chart
from reports.language import Language
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Layout, Section, Table, Tone

_DRAWN = 3
"""More load tests than this are not drawn."""


def _build(run: Run, to: Language) -> Content:
    note = to.say(
        "Times are those that the client saw, from each submit_sm to its response; rates are means over the time in"
        " which messages were submitted."
    )
    charts = [each for stored in run.loads[:_DRAWN] for each in _pictures(stored, to)]
    tables = (_rates(run, to), _times(run, to), _losses(run, to), _thresholds(run, to), _statuses(run, to))
    return Content(tables=tables, charts=tuple(charts), note=note)


def _pictures(stored: StoredLoad, to: Language) -> tuple[Chart, ...]:
    """Answers a second, and the time within which 99 of 100 were answered, second by second."""
    if not stored.series:
        return ()
    title = stored.result.title
    seconds = [each.second for each in stored.series]
    rates = (
        (Tone.ACCENT, [float(each.answered) for each in stored.series]),
        (Tone.BAD, [float(each.refused) for each in stored.series]),
    )
    times = (
        (Tone.ACCENT, [each.p50_ms for each in stored.series]),
        (Tone.WARN, [each.p99_ms for each in stored.series]),
    )
    x = to.say("seconds since the load began")
    return (
        Chart(
            to.say("Responses a second: {title}", title=title),
            chart.curves(seconds, rates, x=x, y=to.say("responses"), to=to),
            ((to.say("answered"), Tone.ACCENT), (to.say("with an error"), Tone.BAD)),
        ),
        Chart(
            to.say("Response times: {title}", title=title),
            chart.curves(seconds, times, x=x, y=to.say("milliseconds"), to=to),
            ((to.say("half of them within"), Tone.ACCENT), (to.say("99 of 100 within"), Tone.WARN)),
        ),
    )


def _rates(run: Run, to: Language) -> Table:
    columns = (
        Column("title", to.say("Load test")),
        Column("user", to.say("Client"), Kind.CODE),
        Column("shape", to.say("Shape"), Kind.CODE),
        Column("max_binds", to.say("Sessions"), Kind.COUNT),
        Column("window", to.say("Window"), Kind.COUNT),
        Column("load_s", to.say("Seconds"), Kind.DECIMAL),
        Column("submitted_per_s", to.say("Submitted a second"), Kind.DECIMAL),
        Column("answered_per_s", to.say("Answered a second"), Kind.DECIMAL),
        Column("peak_answered_per_s", to.say("Peak"), Kind.COUNT),
        Column("receipts_per_s", to.say("Receipts a second"), Kind.DECIMAL),
        Column("notes", to.say("To be known"), Kind.LINES),
    )
    keys = [column.key for column in columns]
    rows = [
        {key: getattr(each.result, key) for key in keys} | {"notes": "\n".join(each.result.notes) or None}
        for each in run.loads
    ]
    return _table("rates", to.say("Throughput"), rows, columns, to)


def _times(run: Run, to: Language) -> Table:
    columns = (
        Column("title", to.say("Load test")),
        Column("what", to.say("Time")),
        Column("count", to.say("Measured"), Kind.COUNT),
        Column("p50_ms", to.say("half, ms"), Kind.DECIMAL),
        Column("p95_ms", to.say("95%, ms"), Kind.DECIMAL),
        Column("p99_ms", to.say("99%, ms"), Kind.DECIMAL),
        Column("p999_ms", to.say("99.9%, ms"), Kind.DECIMAL),
        Column("max_ms", to.say("longest, ms"), Kind.DECIMAL),
    )
    rows = [
        {"title": each.result.title, "what": name} | times.model_dump(include={column.key for column in columns})
        for each in run.loads
        for name, times in (
            (to.say("to the response"), each.result.response_time),
            (to.say("to the receipt"), each.result.receipt_time),
            (to.say("to bind"), each.result.bind_time),
        )
        if times.count
    ]
    return _table("times", to.say("Latency"), rows, columns, to)


def _losses(run: Run, to: Language) -> Table:
    columns = (
        Column("title", to.say("Load test")),
        Column("submitted", to.say("Submitted"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("lost_responses", to.say("Without response"), Kind.COUNT),
        Column("cut_off", to.say("Cut off"), Kind.COUNT),
        Column("receipts", to.say("Receipts"), Kind.COUNT),
        Column("lost_receipts", to.say("Receipts lost"), Kind.COUNT),
        Column("duplicate_receipts", to.say("Receipts twice"), Kind.COUNT),
        Column("disconnects", to.say("Connections lost"), Kind.COUNT),
    )
    rows = [{"title": each.result.title} | each.result.counts.model_dump() for each in run.loads]
    return _table("losses", to.say("What became of them"), rows, columns, to)


def _thresholds(run: Run, to: Language) -> Table:
    columns = (
        Column("held", to.say("Outcome"), Kind.STATUS),
        Column("title", to.say("Load test")),
        Column("name", to.say("Threshold"), Kind.ID),
        Column("limit", to.say("Limit"), Kind.DECIMAL),
        Column("value", to.say("Measured"), Kind.DECIMAL),
    )
    rows = [
        {"title": each.result.title}
        | threshold.model_dump(include={"name", "limit", "value"})
        | {"held": "kept" if threshold.held else "missed"}
        for each in run.loads
        for threshold in each.result.thresholds
    ]
    return _table("thresholds", to.say("Thresholds"), rows, columns, to, to.say("The load tests set none."))


def _statuses(run: Run, to: Language) -> Table:
    columns = (
        Column("title", to.say("Load test")),
        Column("name", "command_status", Kind.CODE),
        Column("count", to.say("Responses"), Kind.COUNT),
    )
    rows = [
        {"title": each.result.title, "name": status.name, "count": status.count}
        for each in run.loads
        for status in each.result.statuses
    ]
    nothing = to.say("Every response was ESME_ROK.")
    return _table("statuses", to.say("Errors"), rows, columns, to, nothing, Layout.NARROW)


def _table(
    table_id: str,
    title: str,
    rows: list[dict[str, object]],
    columns: tuple[Column, ...],
    to: Language,
    empty: str = "",
    layout: Layout = Layout.ROWS,
) -> Table:
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    return Table(table_id, title, frame, columns, layout, empty or to.say("Nothing was measured."))


SECTION = Section("load", "Latency and throughput", _build, lambda run: bool(run.loads))
