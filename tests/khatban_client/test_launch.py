"""Our programs run as they are, whatever the user's folder, environment and end are like."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from khatban_client import launch

OURS = Path(launch.__file__).parents[1]


def shadowed(folder: Path) -> dict[str, str]:
    """An environment and a folder full of packages with the names of ours; each fails when it is imported."""
    for name in ("simulator", "harness", "reports", "scenarios", "khatban", "trio", "click", "json"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f"raise RuntimeError('the {name} of the user')\n", "utf-8")
    return {**os.environ, "PYTHONPATH": str(folder), "PYTHONWARNINGS": "error", "PYTHONSTARTUP": "nowhere.py"}


def test_a_program_of_ours_finds_our_packages_and_what_is_installed(tmp_path: Path) -> None:
    environment = shadowed(tmp_path)
    command = launch.command("khatban", "profile", "standard", "--json")
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert b'"name": "standard"' in process.stdout.read()
    assert process.returncode == 0


def test_a_program_of_ours_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """The parent starts the program and tells its id; then it is killed, and can do nothing about its child."""
    child = launch.command("http.server", "--bind", "127.0.0.1", "0")
    parent = f"""
import subprocess, sys, time
child = subprocess.Popen({child!r}, stdin=subprocess.PIPE, stdout=sys.stdout)
print(child.pid, flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        ended = os.pidfd_open(pid)
        process.kill()
        gone, _, _ = select.select([ended], [], [], 20)
        os.close(ended)
        if not gone:
            os.kill(pid, signal.SIGKILL)
    assert gone


def test_the_client_brings_neither_an_event_loop_nor_our_other_packages_into_a_process() -> None:
    imports = "import khatban_client, khatban_client.process, khatban_client.inbox, khatban_client.handset, sys\n"
    program = f"{imports}khatban_client.Operator('http://127.0.0.1:1')\nprint(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(OURS)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    packages = {module.partition(".")[0] for module in done.stdout.decode().split()}
    assert "khatban_client" in packages
    strangers = {
        "trio",
        "gevent",
        "anyio",
        "asyncio",
        "httpx",
        "simulator",
        "harness",
        "reports",
        "scenarios",
        "khatban",
    }
    assert packages & strangers == set()
