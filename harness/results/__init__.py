"""The run directory: what a run leaves behind, how it is written while the run goes on, and how it is read back.

This package owns the layout. The runner writes it through `RunWriter`, reports read it through `read_run`; neither
knows a file name of it. It knows no SMPP, no operator and no scenario language.

```
run.json              RunMeta: written when the run starts (`finished` null) and again when it ends
catalogue.json        the operator's rules and clauses, as `GET /api/v1/rules` gave them
results.jsonl         one ScenarioResult a line, in the order in which the scenarios ran
messages.jsonl        every message that the operator held after a scenario: its API form plus the key "scenario"
transcripts/<id>.jsonl  what the driver saw on the wire in one scenario, one event a line ("/" of the id as "__")
operator.log          the operator's standard error (written by the operator itself, not read here)
```

All files are UTF-8 without escapes for Persian letters. Each line is appended and flushed at once, a scenario's
messages before its result: a killed run stays readable, and a result that can be read has all its messages.
"""

from harness.results.reader import StoredRun, read_run
from harness.results.shapes import FORMAT, OPERATOR_LOG, Failure, ResultsError, RunMeta, ScenarioResult, Verdict
from harness.results.writer import RunWriter, TranscriptWriter

__all__ = [
    "FORMAT",
    "OPERATOR_LOG",
    "Failure",
    "ResultsError",
    "RunMeta",
    "RunWriter",
    "ScenarioResult",
    "StoredRun",
    "TranscriptWriter",
    "Verdict",
    "read_run",
]
