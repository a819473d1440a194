"""The suite under examples/testcontainers, with a process in the place of the container."""

import os
import subprocess
import sys
from pathlib import Path

from tests.packaging.built import ROOT

STAND_IN = Path(__file__).parent / "stand_in"


def test_the_suite_passes_against_the_command_of_the_image() -> None:
    plugins = ["-p", "no:cacheprovider"]
    env = {
        **os.environ,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": os.pathsep.join(map(str, (STAND_IN, ROOT))),
    }
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "-c", os.devnull, "--rootdir", ".", "."]
    folder = ROOT / "examples" / "testcontainers"
    done = subprocess.run(command, cwd=folder, env=env, text=True, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
