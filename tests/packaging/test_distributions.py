"""The sdist and the wheel, used as one who has nothing else uses them. `make wheel` does so in empty environments."""

import json
import subprocess
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from khatban_client.extras import MODULES
from tests.packaging.built import ROOT, Built
from tests.packaging.operator import PAGES, REFUSED, Installation, kinds_of_pages

PACKAGES = ("simulator", "harness", "reports", "scenarios", "khatban_client", "khatban_pytest")
SCENARIO = "advertisement-on-dedicated-line-is-refused"
LOCAL = ("node_modules", "__pycache__", ".venv", ".git/", "build/")


def tracked(*folders: str) -> set[str]:
    done = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this tree is not a clone, so nobody knows which files are its own")
    return {name for name in done.stdout.split("\0") if name}


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(built: Built) -> None:
    held = {name for name in zipfile.ZipFile(built.wheel).namelist() if ".dist-info/" not in name}
    assert tracked(*PACKAGES, "khatban.py") <= held
    assert not [name for name in held if any(part in name for part in LOCAL)]
    assert {name.split("/")[0] for name in held} == {*PACKAGES, "khatban.py"}


def test_the_sdist_holds_what_a_packager_needs_to_test_it(built: Built) -> None:
    with tarfile.open(built.sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "LICENSE",
        "Makefile",
        "constraints.txt",
        "tests/conftest.py",
        "docs/security.md",
        "tools/__init__.py",
    } <= held
    assert not [name for name in held if any(part in name for part in LOCAL)]


def test_the_operator_alone_needs_nothing_that_an_extra_brings(built: Built) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    with zipfile.ZipFile(built.wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    required = metadata.get_all("Requires-Dist", [])
    always = {written.split(">")[0] for written in required if "extra ==" not in written}
    brought = {written.split(">")[0] for extra in MODULES for written in extras[extra]}
    assert always
    assert brought
    assert not always & brought
    assert set(metadata.get_all("Provides-Extra", [])) == set(extras)


def test_the_command_and_its_version_come_from_the_wheel(installed: Installation, built: Built) -> None:
    said = installed.khatban("--version")
    version = built.wheel.name.split("-")[1]
    assert (said.stdout, said.stderr) == (f"khatban, version {version}\n", "")


def test_explain_finds_world_profile_clauses_and_weights(installed: Installation) -> None:
    said = installed.khatban(*REFUSED, "--json")
    assert said.stderr == ""
    verdict = json.loads(said.stdout)["verdict"]
    assert verdict["rule"] == "service-advertising-to-blacklisted"


def test_serve_answers_from_the_files_of_the_package(installed: Installation) -> None:
    with installed.serving() as url:
        assert kinds_of_pages(url) == PAGES


def test_every_shipped_scenario_is_read(installed: Installation) -> None:
    said = installed.khatban("lint", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    assert json.loads(said.stdout)["scenarios"] > 500


def test_a_run_of_a_shipped_scenario_becomes_a_report(installed: Installation) -> None:
    played = installed.khatban("run", "--filter", SCENARIO, "--jobs", "1", "--out", "run")
    assert (played.returncode, played.stderr) == (0, ""), played.stdout
    told = installed.khatban("report", "run")
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    report: Path = installed.folder / "run" / "report"
    assert {"index.html", "index.fa.html", "report.json", "report.xlsx"} <= {path.name for path in report.iterdir()}
