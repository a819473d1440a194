"""The run directory of a load test is read as it was written, and a broken one is told by file, line and path."""

import json
from pathlib import Path

import pytest

from harness.load.result import (
    Counts,
    LoadHistograms,
    LoadResult,
    LoadResultError,
    Second,
    ThresholdOutcome,
    Times,
    read_result,
    write_result,
)

RESULT = LoadResult(
    version="0.1",
    python="3.11",
    platform="here",
    title="a campaign",
    user="SmppUser",
    target="127.0.0.1:2775",
    own_operator=True,
    shape="steady",
    window=10,
    plan={"title": "a campaign"},
    started="2026-11-22T10:00:00+00:00",
    finished="2026-11-22T10:00:12+00:00",
    load_s=10.0,
    total_s=12.0,
    interrupted=False,
    max_binds=3,
    submitted_per_s=100.0,
    answered_per_s=99.0,
    receipts_per_s=98.0,
    peak_answered_per_s=120,
    counts=Counts(submitted=1000, answered=990, lost_responses=10),
    response_time=Times(count=990, p95_ms=2.5, distribution=((50.0, 1.0), (100.0, 9.0))),
    receipt_time=Times(),
    bind_time=Times(),
    thresholds=(ThresholdOutcome(name="p95_ms", limit=5.0, value=2.5, held=True),),
)
SERIES = (Second(second=0, answered=120, p95_ms=2.5), Second(second=1))
HISTOGRAMS = LoadHistograms(response_time="x", receipt_time="y", bind_time="z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_result(tmp_path, RESULT, SERIES, HISTOGRAMS)
    return tmp_path


def test_what_was_written_is_read(folder: Path) -> None:
    for path in (folder, folder / "load.json"):
        stored = read_result(path)
        assert (stored.result, stored.series, stored.histograms) == (RESULT, SERIES, HISTOGRAMS)


def test_a_run_passes_when_every_threshold_is_kept() -> None:
    missed = ThresholdOutcome(name="loss", limit=0.0, value=None, held=False)
    assert RESULT.passed
    assert not RESULT.model_copy(update={"thresholds": (*RESULT.thresholds, missed)}).passed


def test_another_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(LoadResultError, match=r"no run directory of a load test: no load\.json in it"):
        read_result(tmp_path)


def test_a_broken_line_is_told_by_file_line_and_path(folder: Path) -> None:
    lines = (folder / "series.jsonl").read_text().splitlines()
    (folder / "series.jsonl").write_text(f'{lines[0]}\n{{"second": "one"}}\n')
    with pytest.raises(LoadResultError, match=r"series\.jsonl:2: second: "):
        read_result(folder)


def test_another_format_is_refused(folder: Path) -> None:
    table = json.loads((folder / "load.json").read_text())
    (folder / "load.json").write_text(json.dumps({**table, "format": 2}))
    with pytest.raises(LoadResultError, match=r"load\.json: format: "):
        read_result(folder)


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "histograms.json").unlink()
    with pytest.raises(LoadResultError, match=r"histograms\.json: No such file"):
        read_result(folder)
