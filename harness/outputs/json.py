"""JSON: one document with what ran, and what became of each scenario; the fields are those of `harness.results`."""

import json
from dataclasses import asdict
from pathlib import Path

from harness.output import Output
from harness.results import StoredRun


def _write(run: StoredRun, path: Path) -> None:
    document = {"run": asdict(run.meta), "results": [asdict(result) for result in run.results]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


JSON = Output("json", "one JSON document", _write)
