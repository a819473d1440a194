"""A user's project: a folder of files in which pytest runs as the user would run it, and what became of each test.

The plugin is found by its entry point, as it is where Khatban is installed: the project's Python sees a distribution
that says of itself what `pyproject.toml` says. Other plugins of this machine's Python are left out, for the time that
they take.
"""

import os
import subprocess
import sys
import textwrap
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

OURS = Path(__file__).parents[2]
_OTHERS = ("schemathesis", "hypothesispytest", "anyio", "locust", "django", "timeout")
_PATIENCE = 50.0


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Attributes:
        status: Pytest's exit status.
        output: All that it wrote.
        passed: The names of the tests that passed.
        failed: What the report says of each test that failed or had an error: the message, and the sections.
        properties: What each test has recorded.
    """

    status: int
    output: str
    passed: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)
    properties: dict[str, dict[str, str]] = field(default_factory=dict)


class Project:
    """A project in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self._installed = folder / "installed"
        _install(self._installed)
        self.folder.mkdir()

    def write(self, name: str, content: str) -> None:
        """Writes a file; what is indented alike is set back."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content), "utf-8")

    def run(self, *options: str, plugins: tuple[str, ...] = ()) -> Outcome:
        """Runs pytest in it; `plugins` are those of the others that are wanted."""
        report = self.folder / "report.xml"
        left_out = [word for name in _OTHERS if name not in plugins for word in ("-p", f"no:{name}")]
        ours = ["-p", "no:cacheprovider", f"--junitxml={report}", "-o", "junit_family=xunit1"]
        command = [sys.executable, "-m", "pytest", *ours, *left_out, *options]
        path = os.pathsep.join(map(str, (self.folder, self._installed, OURS)))
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**environment, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        outcome = Outcome(done.returncode, (done.stdout + done.stderr).decode(errors="replace"))
        if report.exists():
            _read(report, outcome)
        return outcome


def _install(folder: Path) -> None:
    """A distribution that has nothing but our entry points."""
    project = tomllib.loads((OURS / "pyproject.toml").read_text("utf-8"))["project"]
    about = folder / "khatban_as_installed-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: khatban-as-installed\nVersion: 1\n", "utf-8")
    points = "".join(f"{name} = {value}\n" for name, value in project["entry-points"]["pytest11"].items())
    (about / "entry_points.txt").write_text(f"[pytest11]\n{points}", "utf-8")


def _read(report: Path, outcome: Outcome) -> None:
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("name", "")
        faults = [element for element in case if element.tag in {"failure", "error"}]
        recorded = {each.get("name", ""): each.get("value", "") for each in case.iter("property")}
        outcome.properties[name] = recorded
        if faults:
            outcome.failed[name] = "\n".join(
                text for element in (*faults, *case.iter("system-out")) for text in (element.text or "",)
            )
        elif case.find("skipped") is None:
            outcome.passed.add(name)


def ends_below(folder: Path) -> bool:
    """Whether every process whose command line names something in a folder has ended, or does so soon."""
    end = time.monotonic() + _PATIENCE
    while running := _running_below(folder):
        if time.monotonic() > end:
            return not running
        time.sleep(0.05)
    return True


def _running_below(folder: Path) -> list[str]:
    lines = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(process.read_bytes().decode(errors="replace"))
        except OSError:  # it has ended
            continue
    return [line for line in lines if str(folder) in line]
