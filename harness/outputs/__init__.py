"""The forms in which a run's results are written for other tools, in the order in which help shows them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from harness.output import Output
from harness.outputs.allure import ALLURE
from harness.outputs.json import JSON
from harness.outputs.junit import JUNIT
from harness.results import ResultsError, StoredRun

OUTPUTS: tuple[Output, ...] = (JUNIT, JSON, ALLURE)

Outputs: TypeAlias = Mapping[str, Path]
"""Where each form that is asked for is to be written, by its name."""


def write_outputs(run: StoredRun, wanted: Outputs) -> None:
    """Writes a run in every form that is asked for.

    Raises:
        ResultsError: A file cannot be written.
    """
    for output in OUTPUTS:
        if (path := wanted.get(output.name)) is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                output.write(run, path)
            except OSError as error:
                raise ResultsError(path, error.strerror or str(error)) from error
