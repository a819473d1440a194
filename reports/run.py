"""What a report is made of, as checked data frames: the only input of every section, wherever it came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from harness.audit.result import AuditResult
from harness.load.result import StoredLoad

RESULTS: Final = {
    "id": "str",
    "file": "str",
    "title": "str",
    "clauses": "object",
    "driver": "str",
    "verdict": "str",
} | {
    "seconds": "float64",
    "started": "str",
    "messages": "int64",
    "account": "str",
}
FAILURES: Final = dict.fromkeys(("scenario", "where", "step", "expected", "got", "reason"), "str")
MESSAGES: Final = (
    dict.fromkeys(("scenario", "id"), "str")
    | {"received_at": "object"}
    | dict.fromkeys(("account", "line", "line_type", "to", "operator", "text"), "str")
    | {"data_coding": "int64", "part": "str", "registered_delivery": "int64"}
    | dict.fromkeys(("command_status", "state", "outcome", "rule", "clause"), "str")
    | {"violation": "bool"}
    | dict.fromkeys(("label", "category", "evidence", "recipient", "day"), "str")
    | {"certainty": "float64", "hour": "int64"}
)
RECEIPTS: Final = dict.fromkeys(("kind", "state", "err"), "str") | {"acknowledged": "bool", "receipts": "int64"}
EVENTS: Final = {"scenario": "str", "at": "float64", "direction": "str", "event": "str"}
CLAUSES: Final = dict.fromkeys(
    ("id", "document", "section", "statement_en", "statement_fa", "since", "confidence"), "str"
)
RULES: Final = {"id": "str", "title": "str", "rationale": "str", "clauses": "object"}
CHANGES: Final = dict.fromkeys(("scenario", "told_by", "at", "origin", "kind", "line", "pattern", "detail"), "str")
VIOLATIONS: Final = (
    dict.fromkeys(("scenario", "told_by", "line", "rule", "clause"), "str")
    | {"violations": "int64", "standing": "int64"}
    | dict.fromkeys(("first", "last"), "str")
)
CHOICES: Final = dict.fromkeys(("scenario", "told_by", "number", "operator", "line", "at", "until"), "str") | {
    "accepted": "int64",
    "refused": "int64",
    "last": "float64",
}
FITS: Final = dict.fromkeys(("line", "fits", "nearest", "why"), "str") | {"messages": "int64"}
SETTINGS: Final = dict.fromkeys(("path", "value", "basis"), "str")


BLACKLISTED, NOT_BLACKLISTED, UNKNOWN = "blacklisted", "not blacklisted", "not looked at"
_TOLD: Final[Mapping[object, str]] = {"yes": BLACKLISTED, "no": NOT_BLACKLISTED}
TEHRAN: Final = ZoneInfo("Asia/Tehran")


class RunError(Exception):
    """A run directory that cannot be reported on; the message names the file, the line and why."""


class SourceKind(StrEnum):
    """What a report may be of."""

    SCENARIOS = "scenarios"
    """A run directory: scenarios were played."""
    STORE = "store"
    """An operator's store: there are messages, and no scenarios."""
    LOAD = "load"
    """A load test: it was counted and timed, and no message was kept."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What is reported on, and what made it.

    Attributes:
        name: Of the run directory, or of the store's file.
        kind: What it is.
        version: Of Khatban.
        started: ISO 8601 with offset: when the run began, or the first message of a store came; empty without one.
        finished: Likewise of its end; None for a run that was killed.
        planned: How many scenarios were to run; 0 for a store.
        facts: What else is known of it: (English phrase, value), such as ("Seed", "7").
    """

    name: str
    kind: SourceKind
    version: str
    started: str
    finished: str | None
    planned: int
    facts: tuple[tuple[str, str], ...]

    @property
    def has_scenarios(self) -> bool:
        """Whether scenarios ran, or were to."""
        return self.kind is SourceKind.SCENARIOS

    @property
    def has_messages(self) -> bool:
        """Whether messages and registers are told of."""
        return self.kind is not SourceKind.LOAD


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is reported on, checked. A message id is unique within its scenario only: its key is both together.

    Attributes:
        about: What it is, and what made it.
        cut: Names of files whose last line a killed run left half-written; that line is missing here.
        results: One row a scenario, in the order in which they ran: id, file, title, clauses (a tuple of ids), driver,
            verdict, seconds (real), started (ISO 8601), messages (how many the operator held), account (of one
            that did not pass: the scenario told step by step).
        failures: One row an expectation that did not hold: scenario, where (`file:line`), step, expected (one a line),
            got, reason.
        tallies: Every message, counted (`reports.tallies`): what a section counts, it counts here.
        messages: The messages to be told one by one, in the order received: of a run directory all, of a store the
            first of those that a section lists. scenario, id, received_at (aware datetime), account, line, line_type,
            to, operator, text, data_coding, part (`2/3`), registered_delivery, command_status, state, outcome
            (`accepted`, `refused`, or `waiting`: a part whose others never came), rule, clause, violation, label,
            category, evidence (quotes, one a line), certainty (of the label, per cent), recipient (`blacklisted`, `not
            blacklisted`, `not looked at`: as the trace tells), day and hour (Tehran's).
        receipts: One row a combination: kind, state, err, acknowledged, and `receipts`, how many there are.
        events: One row a wire event of a scenario with failures: scenario, at (real seconds), direction, event (text).
        clauses: The operator's clauses: id, document, section, statement_en, statement_fa, since, confidence.
        rules: The operator's rules in their order: id, title, rationale, clauses (a tuple of ids).
        changes: What became of lines, patterns and the profile: scenario, told_by (which of several operators), at (ISO
            8601), origin, kind, line, pattern, detail.
        violations: One row a (scenario, operator, line, rule, clause): `violations`, of these `standing` (no
            reinstatement came after), first and last (ISO 8601).
        choices: One row an opt-out (from advertising, or from one `line`): scenario, told_by, number, operator, line,
            at, until (when it was taken back), how many messages of those that it is about were accepted and refused
            after it, and `last`, the seconds to the last that was accepted.
        fits: What patterns said of texts on shared lines: line, fits, nearest, why, messages.
        settings: The values of the operator's profile: path, value, basis; none where the source does not tell.
        audits: Of clients, that were given or found beside the run.
        loads: Load tests likewise.
        baseline: The run that it is compared with, if any.
    """

    about: About
    cut: tuple[str, ...]
    results: pd.DataFrame
    failures: pd.DataFrame
    tallies: pd.DataFrame
    messages: pd.DataFrame
    receipts: pd.DataFrame
    events: pd.DataFrame
    clauses: pd.DataFrame
    rules: pd.DataFrame
    changes: pd.DataFrame
    violations: pd.DataFrame
    choices: pd.DataFrame
    fits: pd.DataFrame
    settings: pd.DataFrame
    audits: tuple[AuditResult, ...] = ()
    loads: tuple[StoredLoad, ...] = ()
    baseline: "Run | None" = None


def frame_of(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame with every column there and typed, also when there are no rows; null is a missing value."""
    return pd.DataFrame.from_records([_clean(row) for row in rows], columns=list(columns)).astype(dict(columns))


def _clean(value: Any) -> Any:
    """A JSON value that can be written as UTF-8: half a surrogate pair (broken UCS-2 from the wire) becomes U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, Mapping):
        return {_clean(key): _clean(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_clean(each) for each in value)
    return value


def told_recipient(facts: Iterable[Mapping[str, object]]) -> str:
    """Whether the recipient was on the blacklist, as the facts of a trace tell: by the first rule that looked."""
    for each in facts:
        if (fact := each.get("blacklisted")) in _TOLD:
            return _TOLD[fact]
    return UNKNOWN


def counted_receipts(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Receipts as `Run.receipts` has them; rows with the same keys are added up."""
    frame = frame_of(rows, RECEIPTS)
    keys = [name for name in RECEIPTS if name != "receipts"]
    return frame.groupby(keys, dropna=False)["receipts"].sum().reset_index().astype(RECEIPTS)
