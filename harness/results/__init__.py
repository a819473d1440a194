"""The run directory: what a run leaves behind, how it is written while the run goes on, and how it is read back.

This package owns the layout. The runner writes it through `RunWriter`, reports read it through `read_run`; neither
knows a file name of it. It knows no SMPP, no operator and no scenario language.

```
run.json              RunMeta: written when the run starts (`finished` null) and again when it ends
catalogue.json        the operator's rules and clauses, as `GET /api/v1/rules` gave them, and its profile likewise
results.jsonl         one ScenarioResult a line, in the order of the scenarios, driver by driver
messages.jsonl        every message that the operators held after a scenario: its API form plus "scenario" and "driver"
changes.jsonl         likewise what was changed in their registers, and in "told_by" the name of the operator
violations.jsonl      likewise the offences of the lines
transcripts/<driver>/<id>.txt  one scenario told step by step; the same seed and client give the same file
events/<driver>/<id>.jsonl     what the driver reported in it, with times, one event a line ("/" of the id as "__")
workers/<n>/          the logs of the operators and clients that ran side by side (not read here)
```

All files are UTF-8 without escapes for Persian letters. Each line is appended and flushed at once, a scenario's
messages before its result: a killed run stays readable, and a result that can be read has all its messages.
"""

from harness.results.reader import StoredRun, read_run
from harness.results.shapes import (
    DRIVER_LOG,
    FORMAT,
    OPERATOR_LOG,
    WORKERS_FOLDER,
    Failure,
    ResultsError,
    RunMeta,
    ScenarioResult,
    Verdict,
)
from harness.results.writer import EventsWriter, RunWriter

__all__ = [
    "DRIVER_LOG",
    "FORMAT",
    "OPERATOR_LOG",
    "WORKERS_FOLDER",
    "EventsWriter",
    "Failure",
    "ResultsError",
    "RunMeta",
    "RunWriter",
    "ScenarioResult",
    "StoredRun",
    "Verdict",
    "read_run",
]
