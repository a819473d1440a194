"""Plays scenarios for another process that must not import us: a request a line of JSON in, an answer a line out.

| request | answer |
|---|---|
| `{"load": FILE}` | `{"scenarios": [{"id", "title", "clauses"}]}`, or `{"problems": [...]}`, each with its place |
| `{"play": FILE, "id", "driver", "options"}` | `{"verdict", "told"}`: `told` says what was wrong, and is empty else |

Where a request cannot be carried out, the answer is `{"error": WHY}`. Operator and client are started when they are
first needed, and end with the input.
"""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from harness.cast import Cast
from harness.driver import DriverError
from harness.failure_text import failure_text
from harness.operator_process import StartError
from harness.play import play
from harness.problems import ProblemsError
from harness.results import Verdict
from harness.run_request import UsageError
from harness.scenario import Scenario
from harness.scenario_files import load_scenarios
from harness.selection import driver_spec
from harness.stage import Scene

SEED = 1
Answer = dict[str, Any]


class Service:
    """Answers requests, one after another. `end` ends the processes.

    Args:
        folder: Takes their logs.
    """

    def __init__(self, folder: Path) -> None:
        self._cast = Cast(folder, SEED)
        self._loaded: dict[str, Mapping[str, Scenario]] = {}
        self._played = 0

    def answer(self, request: Mapping[str, Any]) -> Answer:
        """What is answered to a request."""
        try:
            if "load" in request:
                return self._load(str(request["load"]))
            return self._play(str(request["play"]), str(request["id"]), str(request["driver"]), request["options"])
        except (UsageError, StartError, DriverError) as error:
            self._cast.stop()  # what did not start is not taken for started the next time
            return {"error": str(error)}

    def end(self) -> None:
        """Ends the operator and the client."""
        self._cast.end()

    def _load(self, file: str) -> Answer:
        try:
            self._loaded[file] = {scenario.id: scenario for scenario in load_scenarios([Path(file)])}
        except ProblemsError as error:
            return {"problems": [str(problem) for problem in error.problems]}
        told = [
            {"id": scenario.id, "title": scenario.header.title, "clauses": scenario.header.clauses}
            for scenario in self._loaded[file].values()
        ]
        return {"scenarios": told}

    def _play(self, file: str, scenario_id: str, driver: str, options: Mapping[str, Any]) -> Answer:
        if file not in self._loaded:
            self._load(file)
        scenario, spec = self._loaded[file][scenario_id], driver_spec(driver, options)
        self._played += 1
        client, operators = self._cast.driver(spec), self._cast.operators(spec, scenario)
        scene = Scene(str(self._played), SEED, lambda _: None, scenario.header.given.clock.start)
        result = play(scenario, client, operators, scene, lambda: datetime.now(UTC)).result
        if result.verdict is Verdict.ERROR:
            self._cast.stop()
        return {"verdict": result.verdict, "told": "\n".join(failure_text(failure) for failure in result.failures)}


def serve(requests: IO[str], answers: IO[str], folder: Path) -> None:
    """Answers every request until there are no more."""
    service = Service(folder)
    try:
        for line in requests:
            answers.write(json.dumps(service.answer(json.loads(line))) + "\n")
            answers.flush()
    finally:
        service.end()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout, Path(sys.argv[1]))
