"""The audit of the dependencies, by an auditor of ours."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.built import ROOT

UNREACHABLE = "ConnectionError: Failed to resolve 'advisories.example'"


@pytest.mark.parametrize(
    ("found", "said", "status", "ends", "told"),
    [
        ("", "No known vulnerabilities found", 0, 0, "No known vulnerabilities found"),
        ("trio 0.1 CVE-0", "Found 1 known vulnerability", 1, 1, "Found 1 known vulnerability"),
        ("", UNREACHABLE, 1, 0, f"were not audited: the advisories cannot be reached from here: {UNREACHABLE}"),
        ("", "constraints.txt:1: no hash", 2, 2, "constraints.txt:1: no hash"),
    ],
)
def test_what_is_found_fails_and_an_advisory_service_that_cannot_be_reached_does_not(
    tmp_path: Path, found: str, said: str, status: int, ends: int, told: str
) -> None:
    auditor = tmp_path / "bin" / "pip-audit"
    auditor.parent.mkdir()
    (tmp_path / "answer").write_text(found)
    auditor.write_text(f'#!/bin/sh\ncat "{tmp_path}/answer"\necho "{said}" >&2\nexit {status}\n')
    auditor.chmod(0o755)
    command = ["bash", str(ROOT / "tools" / "audit_dependencies.sh"), sys.executable, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (ends, found)
    assert told in done.stderr
