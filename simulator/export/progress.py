"""A progress bar on standard error, while that is a terminal and an export takes its time."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from simulator.export.files import Progress as Told


@contextmanager
def progress_bar(console: Console) -> Iterator[Told | None]:
    """What an export tells its progress to; None where nobody watches, for to count the rows costs a reading."""
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(table: str, written: int, total: int | None) -> None:
            if table not in tasks:
                tasks[table] = bar.add_task(table, total=total)
            bar.update(tasks[table], completed=written)

        yield tell
