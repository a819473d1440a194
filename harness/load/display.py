"""What the console shows of a load: a line that moves while it runs, and the tables of its result."""

from collections.abc import Iterator
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from harness.load.plan import Plan
from harness.load.result import LoadResult, Second, Times

_LINES_WITHOUT_TERMINAL = 20


class LoadDisplay:
    """The line while it runs; where nobody watches a terminal, one now and then. A context manager."""

    def __init__(self, console: Console, plan: Plan) -> None:
        self._console, self._plan = console, plan
        self._live = Live(Text("binding ..."), console=console, transient=True) if console.is_terminal else None
        self._every = max(1, int(plan.shape.length / _LINES_WITHOUT_TERMINAL))

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._live:
            self._live.stop()

    def show(self, second: Second) -> None:
        """Shows what happened in a second."""
        line = Text.from_markup(told_second(second, self._plan.shape.length))
        if self._live:
            self._live.update(line)
        elif second.second % self._every == 0:
            self._console.print(line, soft_wrap=True)


def told_second(second: Second, length: float) -> str:
    """A second in one line."""
    target = "" if second.target_rate is None else f" of {second.target_rate:,.0f}"
    amiss = "".join(
        f"  [red]{count:,} {name}[/]"
        for name, count in (
            ("refused", second.refused),
            ("lost", second.lost_responses),
            ("failed binds", second.bind_failures),
            ("disconnects", second.disconnects),
            ("reconnects", second.reconnects),
        )
        if count
    )
    times = "" if second.p95_ms is None else f"  p95 {_ms(second.p95_ms)}  p99 {_ms(second.p99_ms or 0.0)}"
    return (
        f"[bold]{second.second + 1} s[/] of {length:g}  {second.binds:,} binds of {second.target_binds:,}"
        f"  {second.submitted:,}{target} sent/s  {second.answered:,} answered/s  {second.receipts:,} receipts/s"
        f"{times}{amiss}"
    )


def show_result(console: Console, result: LoadResult, folder: str) -> None:
    """Shows what became of a load."""
    console.print(_times_table(result))
    counts = result.counts
    console.print(
        f"{result.user} on {result.target}: {counts.submitted:,} submitted in {result.load_s:g} s"
        f" ([bold]{result.answered_per_s:,.0f}[/] answered/s), {counts.accepted:,} accepted,"
        f" {counts.refused:,} refused, {counts.receipts:,} receipts, {counts.binds:,} binds"
    )
    if amiss := ", ".join(_amiss(result)):
        console.print(Text(amiss, "red"), soft_wrap=True)
    for status in result.statuses:
        console.print(f"  {status.count:>10,}  {status.name}")
    for rule in result.rules or ():
        if rule.rule:
            console.print(f"  {rule.count:>10,}  {rule.verdict}: {rule.rule}")
    for threshold in result.thresholds:
        mark = "[green]✓[/]" if threshold.held else "[red]✗[/]"
        value = "nothing measured" if threshold.value is None else f"{threshold.value:,.6g}"
        console.print(f"{mark} {threshold.name}: {value}, limit {threshold.limit:,.6g}")
    for note in result.notes:
        console.print(Text(f"note: {note}", "yellow"), soft_wrap=True)
    console.print(f"load run: [bold]{folder}[/]", soft_wrap=True)


def _times_table(result: LoadResult) -> Table:
    table = Table("", *(f"{name} ms" for name in ("p50", "p90", "p95", "p99", "p99.9", "max")), title=result.title)
    rows = (("submit_sm", result.response_time), ("receipt", result.receipt_time), ("bind", result.bind_time))
    for name, times in rows:
        table.add_row(name, *_row(times))
    for entry in result.locust:
        if entry.name == "submit_sm":
            table.add_row(
                "by Locust", f"{entry.median_ms:g}", "", f"{entry.p95_ms:g}", f"{entry.p99_ms:g}", "", style="dim"
            )
    return table


def _row(times: Times) -> Iterator[str]:
    values = (times.p50_ms, times.p90_ms, times.p95_ms, times.p99_ms, times.p999_ms, times.max_ms)
    return (_ms(value) if times.count else "" for value in values)


def _amiss(result: LoadResult) -> Iterator[str]:
    counts = result.counts
    names = (
        "unsent", "lost_responses", "late_responses", "duplicate_responses", "unasked_responses", "cut_off",
        "lost_receipts", "duplicate_receipts", "unknown_receipts", "bind_failures", "reconnects", "disconnects",
    )  # fmt: skip
    for name in names:
        if count := getattr(counts, name):
            yield f"{count:,} {name.replace('_', ' ')}"


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:,.1f}" if milliseconds < 1000 else f"{milliseconds:,.0f}"
