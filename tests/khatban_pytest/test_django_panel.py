"""The Django panel under examples/: its suite passes as continuous integration runs it, and finds a fault."""

import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from tests.khatban_pytest.project import OURS, Project

EXAMPLES = OURS / "examples"
PANEL = EXAMPLES / "django-panel"


def lines_of(example: str) -> list[str]:
    """The shell commands of a job, as its YAML has them."""
    table = yaml.safe_load((EXAMPLES / "ci" / example).read_text("utf-8"))
    if "jobs" in table:
        return [step["run"] for step in table["jobs"]["test"]["steps"] if "run" in step]
    script: list[str] = table["panel"]["script"]
    return script


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    left_out = shutil.ignore_patterns("__pycache__", "*.sqlite3", ".pytest_cache")
    shutil.copytree(PANEL, project.folder, dirs_exist_ok=True, ignore=left_out)
    return project


def test_both_jobs_run_the_same_and_what_they_need_is_there() -> None:
    install, test = lines_of("github-actions.yml")
    assert [install, test] == lines_of("gitlab-ci.yml")
    assert install == "pip install -r requirements.txt"
    wanted = {line.partition(">")[0] for line in (PANEL / "requirements.txt").read_text("utf-8").split()}
    assert {"django", "khatban", "pytest-django", "pytest-xdist", "smpplib"} == wanted


def test_its_suite_passes_as_the_jobs_run_it(project: Project) -> None:
    program, *options = shlex.split(lines_of("gitlab-ci.yml")[-1])
    assert program == "pytest"
    outcome = project.run(*options, plugins=("django",))
    assert outcome.status == 0, outcome.output
    assert len(outcome.passed) == 9


def test_a_footer_that_is_forgotten_is_found(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANEL_FOOTER", "")
    outcome = project.run("tests/test_offers.py", "-o", "khatban_seconds=0.2", plugins=("django",))
    assert set(outcome.failed) == {"test_an_offer_says_how_to_stop_it"}
    assert "refused by rule missing-footer under clause footer.promotional-line" in outcome.output
