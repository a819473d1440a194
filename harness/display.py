"""What a person sees of a run: progress while it goes, each scenario that did not pass, and a summary."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from harness.failure_text import failure_text
from harness.problems import Problem
from harness.results import ScenarioResult, Verdict

_COLOURS = MappingProxyType(
    {
        Verdict.PASS: "green",
        Verdict.FAIL: "bold red",
        Verdict.NON_STRICT: "yellow",
        Verdict.UNSUPPORTED: "cyan",
        Verdict.ERROR: "bold magenta",
    }
)


class Display:
    """Shows one run on a console. A context manager around the run.

    Args:
        console: Where to.
        total: How many scenarios will run.
    """

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._progress.stop()

    def begin(self, scenario_id: str) -> None:
        """Names the scenario that began last; any thread may say so."""
        self._progress.update(self._task, description=Text(scenario_id).markup)

    def end(self, result: ScenarioResult) -> None:
        """Counts a scenario, and says what was wrong unless it passed."""
        self._progress.advance(self._task)
        if result.verdict is Verdict.PASS:
            return
        heading = Text.assemble(
            (f"{result.verdict:<11} ", _COLOURS[result.verdict]),
            (result.id, "bold"),
            f"  {result.title}",
            (f"  {result.driver}", "dim"),
        )
        self._console.print(heading, soft_wrap=True)
        for failure in result.failures:
            self._console.print(Text(failure_text(failure, indent="  ")), soft_wrap=True)


def show_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Lists mistakes in scenario files, one a line in the form that editors jump to."""
    for problem in problems:
        console.print(Text(str(problem)), soft_wrap=True)
    console.print(Text(f"{len(problems)} mistake{'s' * (len(problems) != 1)}", "bold red"))


def show_summary(console: Console, results: Sequence[ScenarioResult], seconds: float, folder: str) -> None:
    """One line of counts, and where the run lies."""
    line = Text(f"{len(results)} scenarios in {seconds:.1f} s: ")
    counts = [(verdict, sum(result.verdict is verdict for result in results)) for verdict in Verdict]
    said = [Text(f"{count} {verdict}", _COLOURS[verdict]) for verdict, count in counts if count]
    console.print(line + Text(", ").join(said), soft_wrap=True)
    console.print(Text(f"run directory: {folder}"), soft_wrap=True)
