"""A command says what to install for it; the rest goes without."""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from khatban_client.extras import MODULES, missing
from tests.packaging.built import ROOT

WITHOUT = "import sys; sys.modules.update(dict.fromkeys({modules!r})); from khatban import main; main()"
"""A Python in which these modules cannot be found."""


def khatban(modules: tuple[str, ...], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT.format(modules=modules), *arguments]
    return subprocess.run(command, text=True, capture_output=True, check=False, timeout=60)


def test_the_modules_are_those_of_the_packages_that_pyproject_names() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    packages = importlib.metadata.packages_distributions()
    for extra, modules in MODULES.items():
        named = {re.split(r"[<>=\[]", written)[0] for written in extras[extra]}
        assert {packages[module][0].lower() for module in modules} == named


@pytest.mark.parametrize(
    ("arguments", "extras"),
    [
        (("run", "--out", "x"), "harness"),
        (("lint",), "harness"),
        (("audit",), "harness"),
        (("report", "."), "reports"),
        (("demo",), "harness,reports"),
    ],
)
def test_a_command_whose_extra_is_missing_says_what_to_install(arguments: tuple[str, ...], extras: str) -> None:
    every = tuple(sorted({module for modules in MODULES.values() for module in modules}))
    done = khatban(every, *arguments)
    assert (done.returncode, done.stdout) == (3, "")
    said, _, why = done.stderr.partition(" (")
    assert said == f"khatban: this needs an extra: pip install 'khatban[{extras}]'"
    assert why.startswith("there is no ")


def test_the_help_of_a_command_is_shown_without_its_extra() -> None:
    done = khatban(MODULES["harness"], "audit", "--help")
    assert done.returncode == 0
    assert "khatban audit capture.pcapng" in done.stdout


def test_the_operator_goes_without_extras() -> None:
    every = tuple(module for modules in MODULES.values() for module in modules)
    done = khatban(every, "explain", "--from", "3000200020", "--to", "09129990000", "--text", "سفارش شما ثبت شد")
    assert done.returncode == 0
    assert done.stdout.startswith("ACCEPTED")


def test_what_is_installed_is_not_missing() -> None:
    assert not missing(*MODULES)


def test_a_scenario_in_pytest_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "one.khatban.yaml").write_text("title: one\n", "utf-8")
    (tmp_path / "conftest.py").write_text("import sys\nsys.modules['yaml'] = None\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "khatban_pytest.plugin"]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=env, text=True, capture_output=True, check=False, timeout=60)
    assert "pip install 'khatban[harness]' (there is no yaml)" in done.stdout
