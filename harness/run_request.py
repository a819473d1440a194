"""What a run is asked to do."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.outputs import Outputs
from harness.references import Catalogue

DEFAULT_JOBS = max(2, os.cpu_count() or 1)
"""Scenarios mostly wait, so that even one core does well with two."""


class UsageError(Exception):
    """A run is asked for in a way that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What to run, and how.

    Attributes:
        paths: Scenario files and folders; none means the shipped ones, or those of `rerun`.
        out: The run directory: new or empty.
        known: The rules, clauses and changes of the operator that will be started.
        drivers: Names of clients (`harness.drivers.DRIVERS`), each of which plays every scenario; none means that each
            scenario is played by the client that it names.
        options: What the user says of a driver, by its name.
        seed: The operators', and the clients'.
        jobs: How many scenarios run at the same time.
        filters: Which scenarios (`harness.selection`); those that any of them takes, or all if there are none.
        rerun: A run directory: only what failed or broke there runs again, with the same clients.
        fail_fast: Nothing new begins after the first that failed or broke.
        outputs: Other files in which the results are written.
    """

    paths: tuple[Path, ...]
    out: Path
    known: Catalogue
    drivers: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seed: int = 1
    jobs: int = DEFAULT_JOBS
    filters: tuple[str, ...] = ()
    rerun: Path | None = None
    fail_fast: bool = False
    outputs: Outputs = field(default_factory=dict)
