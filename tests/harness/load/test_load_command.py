"""`khatban load` with real processes: an operator, Locust alone, Locust with workers, and a plain locustfile.

The plans are short and thresholds allow any time: what is tested is that everything is counted and everybody leaves.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hdrh.histogram import HdrHistogram

from harness.load.order import VARIABLES
from harness.load.result import LoadResult, StoredLoad, read_result
from khatban import main
from khatban_client.process import OperatorProcess

ROOT = Path(__file__).parents[3]
LOCUSTFILE = ROOT / "harness" / "load" / "locustfile.py"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
TRAFFIC = """
[traffic]
blacklisted = 0.2
parts = { 1 = 0.8, 2 = 0.2 }
lines = [{ number = "3000100010", texts = "promotional" }, { number = "3000200020" }]
[thresholds]
loss_share = 0.0
duplicates = 0
"""


def written(folder: Path, text: str) -> Path:
    plan = folder / "plan.toml"
    plan.write_text(text + TRAFFIC, "utf-8")
    return plan


def khatban_load(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "khatban", "load", *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def accounts_agree(result: LoadResult) -> None:
    """Whatever was submitted was answered, once, and whatever was promised came, once."""
    counts = result.counts
    assert counts.submitted == counts.answered == counts.accepted + counts.refused > 0
    assert counts.receipts == counts.receipts_due > 0
    assert (counts.lost_receipts, counts.duplicate_receipts, counts.unknown_receipts) == (0, 0, 0)
    assert result.response_time.count == counts.answered
    assert result.receipt_time.count == counts.receipts


def series_agree(stored: StoredLoad) -> None:
    for name in ("submitted", "answered", "refused", "receipts"):
        assert sum(getattr(second, name) for second in stored.series) == getattr(stored.result.counts, name)
    histogram = HdrHistogram.decode(stored.histograms.response_time)
    assert histogram is not None


def test_master_and_two_workers_make_one_run(tmp_path: Path) -> None:
    plan = written(
        tmp_path, 'rate = 100\n[shape]\nkind = "steady"\nseconds = 2\n[binds]\ncount = 4\nuser = "smpplib"\n'
    )
    load = khatban_load(plan, "--out", tmp_path / "run", "--workers", 2)
    said, _ = load.communicate(timeout=50)
    assert load.returncode == 0, said.decode()
    stored = read_result(tmp_path / "run")
    accounts_agree(stored.result)
    series_agree(stored)
    assert sorted(generator.name for generator in stored.result.generators) == ["1", "2"]
    assert sum(generator.submitted for generator in stored.result.generators) == stored.result.counts.submitted
    assert all(generator.submitted for generator in stored.result.generators)
    assert stored.result.counts.binds == 4
    assert stored.result.rules is not None
    by_rule = sum(rule.count for rule in stored.result.rules if rule.verdict == "refused")
    assert by_rule == stored.result.counts.refused
    [submits] = [entry for entry in stored.result.locust if entry.name == "submit_sm"]
    assert submits.requests == stored.result.counts.answered


def test_connections_that_break_come_back_and_ctrl_c_ends_it_with_a_result(tmp_path: Path) -> None:
    shape = '[shape]\nkind = "reconnect_storm"\nseconds = 20\nevery = 0.5\nhow = "unbind"\n'
    plan = written(tmp_path, f"rate = 200\n{shape}[binds]\ncount = 3\n")
    load = khatban_load(plan, "--out", tmp_path / "run")
    assert load.stdout is not None
    assert any(b"reconnects" in line for line in load.stdout)
    load.send_signal(signal.SIGINT)
    said, _ = load.communicate(timeout=50)
    assert load.returncode == 130, said.decode()
    result = read_result(tmp_path / "run").result
    assert result.interrupted
    assert result.counts.reconnects > 0
    assert result.counts.answered > 0
    assert result.load_s < 20
    assert "generator" not in _running_for(tmp_path / "run")


def _running_for(folder: Path) -> str:
    """The commands of processes that were told of a run directory."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command:
            found.append(command)
    return "\n".join(found)


def test_a_plain_locustfile_runs_headless(tmp_path: Path) -> None:
    plan = written(tmp_path, '[shape]\nkind = "bind_storm"\nwaves = 1\nbound_seconds = 1\n[binds]\ncount = 3\n')
    with OperatorProcess(tmp_path) as process:
        told = {
            VARIABLES["plan"]: str(plan),
            VARIABLES["out"]: str(tmp_path / "run"),
            VARIABLES["smpp"]: str(process.operator.smpp),
            VARIABLES["http"]: process.operator.url,
        }
        command = [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), "--headless", "--only-summary"]
        done = subprocess.run(command, env={**ENVIRONMENT, **told}, capture_output=True, timeout=50, check=False)
    stored = read_result(tmp_path / "run")
    accounts_agree(stored.result)
    series_agree(stored)
    assert b"submit_sm" in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ('[shape]\nkind = "stedy"\n', (), "plan.toml:2:1: shape.kind: there is no shape 'stedy'"),
        ('[shape]\nkind = "steady"\nseconds = 1\n', ("--target", "10.0.0.5:2775"), "10.0.0.5:2775 is another machine"),
        ('[shape]\nkind = "steady"\nseconds = 1\n', ("--listen", "here"), "--listen: 'here' is no host:port"),
        ('[shape]\nkind = "steady"\nseconds = 1\n', ("--join", "127.0.0.1:1"), "other machines must know whom to load"),
    ],
)
def test_what_cannot_be_is_told_before_anything_starts(
    tmp_path: Path, text: str, options: tuple[str, ...], told: str
) -> None:
    plan = written(tmp_path, text)
    done = CliRunner().invoke(main, ["load", str(plan), "--out", str(tmp_path / "run"), *options])
    assert done.exit_code == 2
    assert told in done.output.replace("\n", " ")
    assert not (tmp_path / "run").exists()
