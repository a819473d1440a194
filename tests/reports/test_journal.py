"""What became of lines, opt-outs and patterns: runs and stores against plain Python, and against each other."""

import json
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.journal import line_key
from reports.language import ENGLISH
from reports.run import TEHRAN, Run, RunError
from reports.run_directory import load
from reports.sections import lines, opt_outs, patterns
from reports.store import load_store
from simulator.messages import (
    Category,
    Content,
    JournalEntry,
    Label,
    Message,
    Outcome,
    TraceStep,
    Violation,
    accepted,
    refused,
)
from simulator.store import Store
from tests.reports.builder import CATALOGUE, message, passed, result, write_run
from tests.store.test_store import message as stored_message

START = 1_780_000_000
NUMBERS = ("989121230001", "989121230002")
LINES = ("3000100010", "3000200020")
PROMOTIONAL = "3000100010"


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """What happens, one thing a second: a subscriber's choice, or a message."""
    made: list[dict[str, Any]] = []
    for second in range(draw(st.integers(0, 12))):
        number, line = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(LINES))
        kind = draw(st.sampled_from(["opt-out", "opt-in", "stop-header", "rejoin-header", "message", "message"]))
        happened: dict[str, Any] = {"at": START + second, "kind": kind, "number": number}
        if kind == "message":
            happened |= {"line": line, "label": draw(st.sampled_from(["service", "promotional"]))}
            happened |= {"accepted": draw(st.booleans())}
        elif "header" in kind:
            happened["line"] = draw(st.sampled_from([line, f"98{line}", f"+98{line}"]))
        made.append(happened)
    return made


def expected(history: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Number, line, moments, and what came in between, by going through all from each opt-out."""
    found = []
    for place, each in enumerate(history):
        if each["kind"] not in ("opt-out", "stop-header"):
            continue
        mine = (each["number"], bare(each))
        if open_before(history[:place], mine):
            continue
        until, between = None, []
        for later in history[place + 1 :]:
            if later["kind"] in ("opt-in", "rejoin-header") and (later["number"], bare(later)) == mine:
                until = later["at"]
                break
            if later["kind"] == "message" and later["number"] == mine[0]:
                advert = later["line"] == PROMOTIONAL or later["label"] == "promotional"
                if advert if mine[1] is None else later["line"] == mine[1]:
                    between.append(later)
        came = [later["at"] for later in between if later["accepted"]]
        last = max(came) - each["at"] if came else None
        found.append((*mine, each["at"], until, len(came), len(between) - len(came), last))
    return sorted(found, key=repr)


def bare(each: dict[str, Any]) -> str | None:
    return each["line"][-10:] if "line" in each else None


def open_before(history: list[dict[str, Any]], mine: tuple[Any, ...]) -> bool:
    kinds = [each["kind"] for each in history if each["kind"] != "message" and (each["number"], bare(each)) == mine]
    return bool(kinds) and kinds[-1] in ("opt-out", "stop-header")


def told(run: Run) -> list[tuple[Any, ...]]:
    rows = run.choices.astype("object").where(run.choices.notna(), None).to_dict("records")
    columns = ("number", "line", "at", "until", "accepted", "refused", "last")
    found = [tuple(posix(row[name]) if name in ("at", "until") else row[name] for name in columns) for row in rows]
    return sorted(found, key=repr)


def posix(iso: str | None) -> int | None:
    return None if iso is None else int(datetime.fromisoformat(iso).timestamp())


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, TEHRAN).isoformat(timespec="milliseconds")


def change_of(each: dict[str, Any]) -> dict[str, Any]:
    return {key: each[key] for key in ("kind", "number", "line") if key in each}


def run_of(history: list[dict[str, Any]]) -> Run:
    sent = [
        message(
            n,
            to=each["number"],
            line=each["line"],
            line_type="promotional" if each["line"] == PROMOTIONAL else "dedicated_service",
            received_at=iso(each["at"]),
            outcome="accepted" if each["accepted"] else "refused",
            content={"label": each["label"], "category": "other", "evidence": []},
        )
        for n, each in enumerate(history)
        if each["kind"] == "message"
    ]
    changes = [
        {"id": n, "at": iso(each["at"]), "origin": "mo", "told_by": "", "change": change_of(each)}
        for n, each in enumerate(history)
        if each["kind"] != "message"
    ]
    with tempfile.TemporaryDirectory() as folder:
        return load(write_run(Path(folder) / "run", [(result(), sent)], changes=changes))


def store_of(history: list[dict[str, Any]]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = Store(path)
        for number, each in enumerate(history, 1):
            if each["kind"] == "message":
                store.add_message(stored(number, each))
            else:
                store.add_change(JournalEntry(number, each["at"], "mo", each["kind"], json_of(change_of(each))))
        store.commit()
        store.close()
        return load_store(path, CATALOGUE, "1", lambda _step: None)


def json_of(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def stored(number: int, each: dict[str, Any]) -> Message:
    content = Content(Label(each["label"]), Category.OTHER, (), 50)
    trace = (TraceStep("a", Outcome.PASSED if each["accepted"] else Outcome.REFUSED, "a.b", ()),)
    verdict = accepted(content, trace) if each["accepted"] else refused(violation=False, content=content, trace=trace)
    line_type = "promotional" if each["line"] == PROMOTIONAL else "dedicated_service"
    values = {"line": each["line"], "line_type": line_type, "recipient": each["number"], "received_at": each["at"]}
    return stored_message(number, verdict, **values)


@settings(max_examples=25, deadline=None)
@given(histories())
def test_what_came_after_an_opt_out_is_what_plain_python_finds(history: list[dict[str, Any]]) -> None:
    found = expected(history)
    assert told(run_of(history)) == found
    assert told(store_of(history)) == found


@settings(max_examples=25, deadline=None)
@given(histories())
def test_opt_outs_are_grouped_by_the_time_to_the_last_message(history: list[dict[str, Any]]) -> None:
    spans, _each = opt_outs.SECTION.build(run_of(history), ENGLISH).tables
    counts = Counter("none" if row[-1] is None else "1 minute" for row in expected(history))
    assert dict(zip(spans.frame["span"], spans.frame["choices"], strict=True)) == counts


OFFENCES = st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["rule-a", "rule-b"]), st.booleans()), max_size=8)


@settings(max_examples=25, deadline=None)
@given(OFFENCES)
def test_violations_are_counted_by_line_and_rule_and_those_that_stand(found: list[tuple[str, str, bool]]) -> None:
    """The flag says whether the line is reinstated after the offence."""
    reinstated = {
        place: sum(line == other and flag for other, _, flag in found[:place])
        for place, (line, _, _) in enumerate(found)
    }
    last = Counter(line for line, _, flag in found if flag)
    counts = Counter((line, rule) for line, rule, _ in found)
    standing = Counter((line, rule) for place, (line, rule, _) in enumerate(found) if reinstated[place] == last[line])
    for run in (offences_of_run(found, reinstated, last), offences_of_store(found, reinstated)):
        rows = run.violations.to_dict("records")
        assert {(row["line"], row["rule"]): row["violations"] for row in rows} == counts
        assert {(row["line"], row["rule"]): row["standing"] for row in rows if row["standing"]} == standing
        table = lines.SECTION.build(run, ENGLISH).tables[0].frame
        totals = dict(zip(table["line"], table["violations"], strict=True))
        assert {line: count for line, count in totals.items() if count} == Counter(line for line, _, _ in found)


def offences_of_run(found: list[tuple[str, str, bool]], slates: dict[int, int], last: Counter[str]) -> Run:
    told_of = [
        {"at": iso(START + n), "line": line, "rule": rule, "clause": "a.b", "counts": slates[n] == last[line]}
        for n, (line, rule, _) in enumerate(found)
    ]
    with tempfile.TemporaryDirectory() as folder:
        rows = [{"told_by": "", **each} for each in told_of]
        return load(write_run(Path(folder) / "run", [(result(), [])], violations=rows))


def offences_of_store(found: list[tuple[str, str, bool]], slates: dict[int, int]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(path := Path(folder) / "store.db")
        for n, (line, rule, is_reinstated) in enumerate(found):
            store.add_violation(Violation(line, n, START + n, rule, "a.b", slates[n]))
            if is_reinstated:
                body = json_of({"kind": "reinstate-line", "line": f"+98{line}", "reason": "it promised"})
                store.add_change(JournalEntry(n + 1, START + n, "http", "reinstate-line", body))
        store.commit()
        store.close()
        return load_store(path, CATALOGUE, "1", lambda _step: None)


def test_sanctions_and_history_of_a_line_are_told(tmp_path: Path) -> None:
    kinds = ("warn-line", "suspend-line", "resume-line", "close-line")
    changes = [
        {
            "at": iso(START + n),
            "origin": "sanction",
            "told_by": "",
            "change": {"kind": kind, "line": LINES[1], "reason": "r"},
        }
        for n, kind in enumerate(kinds)
    ]
    run = load(write_run(tmp_path / "run", [(result(), [])], changes=changes))
    standing, _violations, history = lines.SECTION.build(run, ENGLISH).tables
    [row] = standing.frame.to_dict("records")
    assert [row[kind] for kind in ("warn-line", "suspend-line", "close-line")] == [1, 1, 1]
    assert (row["kind"], row["at"]) == ("close-line", iso(START + 3))
    assert history.frame["kind"].tolist() == list(kinds)
    assert history.frame["detail"].tolist() == ["r"] * 4


FITS = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from([("code", None, None), ("none", "code", "a word more")])),
    max_size=6,
)


@settings(max_examples=20, deadline=None)
@given(FITS)
def test_texts_are_counted_by_what_patterns_said(found: list[tuple[str, tuple[str, str | None, str | None]]]) -> None:
    counts = Counter((line, *fit) for line, fit in found)
    sent = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store(path := Path(folder) / "store.db")
        for n, (line, fit) in enumerate(found, 1):
            facts = {name: told for name, told in zip(("fits", "nearest", "why"), fit, strict=True) if told}
            sent.append(message(n, line=line, trace=passed(facts, "unapproved-pattern")))
            step = TraceStep("unapproved-pattern", Outcome.PASSED, None, tuple(facts.items()))
            store.add_message(stored_message(n, accepted(None, (step,)), line=line))
        store.commit()
        store.close()
        stored_run = load_store(path, CATALOGUE, "1", lambda _step: None)
        of_run = load(write_run(Path(folder) / "run", [(result(), sent)]))
    for run in (of_run, stored_run):
        frame = patterns.SECTION.build(run, ENGLISH).tables[0].frame
        rows = frame.astype("object").where(frame.notna(), None).to_dict("records")
        assert {
            tuple(row[name] for name in ("line", "fits", "nearest", "why")): row["messages"] for row in rows
        } == counts


@pytest.mark.parametrize("written", ["3000200020", "983000200020", "+983000200020", "00983000200020", "03000200020"])
def test_a_line_is_one_line_however_it_is_written(written: str) -> None:
    assert line_key(written) == "3000200020"
    assert line_key("Nemoone") == "Nemoone"


@pytest.mark.parametrize(("file", "row"), [("changes", {"at": "soon"}), ("violations", {"line": 5})])
def test_a_broken_line_of_the_journal_is_told(tmp_path: Path, file: str, row: dict[str, Any]) -> None:
    folder = write_run(tmp_path / "run", [(result(), [])])
    told = {"scenario": result().id, "driver": "smpplib", "told_by": "", **row}
    (folder / f"{file}.jsonl").write_text(json_of(told) + "\n", "utf-8")
    with pytest.raises(RunError, match=rf"{file}\.jsonl:1: "):
        load(folder)


def test_what_each_operator_of_a_scenario_heard_is_held_to_its_own_messages(tmp_path: Path) -> None:
    sent = [message(1, line_type="promotional", to=NUMBERS[0], received_at=iso(START + 5)) | {"id": "left/1"}]
    change = {"kind": "opt-out", "number": NUMBERS[0]}
    changes = [{"at": iso(START), "origin": "mo", "told_by": name, "change": change} for name in ("left", "right")]
    run = load(write_run(tmp_path / "run", [(result(), sent)], changes=changes))
    assert dict(zip(run.choices["told_by"], run.choices["accepted"], strict=True)) == {"left": 1, "right": 0}
