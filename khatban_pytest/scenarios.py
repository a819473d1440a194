"""Scenario files as tests: a scenario is a `pytest.Function`, so that fixtures, xdist and JUnit take it as any other.

What a scenario is, and how it is played, a child process knows: it imports what must not come into this one.
"""

import contextlib
import fnmatch
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

OWN_SUFFIX: Final = ".khatban.yaml"
"""Files that end so are scenarios wherever they are; others are where the ini option says so."""
_SUFFIX = ".yaml"
_LOG_TAIL = 2000
_STOP_PATIENCE = 15.0
"""Seconds: the child ends an operator and a client first."""


class ScenarioFailedError(AssertionError):
    """A scenario did not go as it says; says what was otherwise."""


class ScenarioService:
    """The child process that knows scenarios, started when it is first asked.

    Args:
        driver: The client that plays the scenarios.
        options: What is said of the client.
    """

    def __init__(self, driver: str, options: dict[str, str]) -> None:
        self._driver, self._options = driver, options
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def load(self, file: Path) -> list[dict[str, Any]]:
        """The scenarios of a file: id, title and clauses of each.

        Raises:
            ValueError: The file has mistakes; says where each is.
        """
        answer = self._ask({"load": str(file)})
        if "problems" in answer:
            raise ValueError("\n".join(answer["problems"]))
        found: list[dict[str, Any]] = answer["scenarios"]
        return found

    def play(self, file: Path, scenario_id: str) -> None:
        """Plays a scenario of a file that was loaded. What the client cannot do skips it.

        Raises:
            ScenarioFailedError: It did not go as it says.
            RuntimeError: Nothing can be said, as the operator or the client did not start or went away.
        """
        asked = {"play": str(file), "id": scenario_id, "driver": self._driver, "options": self._options}
        answer = self._ask(asked)
        match answer.get("verdict"):
            case "UNSUPPORTED":
                pytest.skip(answer["told"])
            case "FAIL":
                raise ScenarioFailedError(answer["told"])
            case "ERROR":
                raise RuntimeError(answer["told"])

    def close(self) -> None:
        """Ends the child, and by that what it started: first by the end of its input, then by force."""
        process, self._process = self._process, None
        if process is not None:
            try:
                process.communicate(timeout=_STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        self._process = self._process or self._start()
        try:
            line = _exchange(self._process, json.dumps(request).encode() + b"\n")
        except BaseException:  # a test's deadline, or Ctrl-C: what is answered yet would be taken for another's answer
            self._process.kill()
            self.close()
            raise
        if not line:
            words = self._last_words()
            self.close()  # the next scenario finds another one
            raise RuntimeError(f"the process that plays scenarios ended: {words}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        from khatban_client import launch
        from khatban_client.extras import missing

        if wanted := missing("harness"):
            raise RuntimeError(f"a scenario is played by the harness: {wanted}")
        self._folder = tempfile.TemporaryDirectory(prefix="khatban-")
        command = launch.reading_command("harness.scenario_service", self._folder.name)
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )

    @property
    def _log(self) -> Path:
        return Path(self._folder.name if self._folder else "") / "scenarios.log"

    def _last_words(self) -> str:
        return self._log.read_text("utf-8", errors="replace")[-_LOG_TAIL:].strip() or "it wrote nothing"


def _exchange(process: subprocess.Popen[bytes], line: bytes) -> bytes:
    """Says a line, and gives the one that is answered; empty if the process is gone."""
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101 - as above
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(line)
        process.stdin.flush()
    return process.stdout.readline()


SERVICE: Final = pytest.StashKey[ScenarioService]()


class ScenarioItem(pytest.Function):
    """One scenario."""

    def reportinfo(self) -> tuple[Path, int, str]:
        """Its file, not our code."""
        return self.path, 0, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **kwargs: Any) -> Any:
        """What was otherwise than it says, without our code."""
        if isinstance(excinfo.value, ScenarioFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args, **kwargs)


class ScenarioFile(pytest.Module):
    """A scenario file; a module, so that whatever pytest does with modules holds for it."""

    def _getobj(self) -> ModuleType:
        return ModuleType(self.path.stem)  # there is nothing to import

    def collect(self) -> Iterable[pytest.Item]:
        """The scenarios of the file, one for each row of its examples."""
        try:
            scenarios = self.config.stash[SERVICE].load(self.path)
        except (ValueError, RuntimeError) as error:
            raise self.CollectError(str(error)) from None
        for scenario in scenarios:
            row = scenario["id"].rpartition("/")[2]
            name = row if row == self.path.stem else f"{self.path.stem}[{row}]"
            item = ScenarioItem.from_parent(self, name=name, callobj=_test_of(self.path, scenario["id"]))
            item.user_properties += [("title", scenario["title"])]
            item.user_properties += [("clause", clause) for clause in scenario["clauses"]]
            yield item


def _test_of(file: Path, scenario_id: str) -> Callable[[ScenarioService], None]:
    def test(khatban_scenarios: ScenarioService) -> None:
        khatban_scenarios.play(file, scenario_id)

    return test


def is_scenario_file(path: Path, root: Path, patterns: Iterable[str]) -> bool:
    """Whether a file is one of scenarios: by its suffix of ours, or by a pattern for its path from the rootdir."""
    if path.name.endswith(OWN_SUFFIX):
        return True
    below = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return path.suffix == _SUFFIX and any(fnmatch.fnmatch(below, pattern) for pattern in patterns)
