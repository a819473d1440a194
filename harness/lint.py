"""Checks scenario files as a run would, without starting anything: the whole of `khatban lint`."""

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from harness.display import show_problems
from harness.problems import Problem, ProblemsError
from harness.references import Catalogue, unknown_references
from harness.scenario_files import load_scenarios

FINE, WRONG = 0, 2


def lint_scenarios(paths: Sequence[Path], known: Catalogue, console: Console, *, as_json: bool) -> int:
    """Checks scenario files and says what is wrong.

    Args:
        paths: Files and folders; none means the shipped scenarios.
        known: The rules, clauses and changes of the operator.
        console: Where the mistakes go, or one JSON object: `scenarios`, how many there are, and `problems`, each with
            file, line, column, path and message.
        as_json: Which of these.

    Returns:
        The exit status: 0 when nothing is wrong, otherwise 2.
    """
    count, problems = check(paths, known)
    if as_json:
        document = {"scenarios": count, "problems": [problem._asdict() for problem in problems]}
        console.out(json.dumps(document, ensure_ascii=False, indent=2), highlight=False)
    elif problems:
        show_problems(console, problems)
    else:
        console.print(Text(f"{count} scenarios, nothing is wrong", "green"))
    return WRONG if problems else FINE


def check(paths: Sequence[Path], known: Catalogue) -> tuple[int, Sequence[Problem]]:
    """How many scenarios there are, as far as they could be read, and every mistake in them."""
    try:
        scenarios = load_scenarios(paths)
    except ProblemsError as error:
        return 0, error.problems
    problems = {problem for scenario in scenarios for problem in unknown_references(scenario, known)}
    return len(scenarios), sorted(problems)
