"""A store's counts against the same counts of its exported rows, in plain Python."""

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reports.command import Request, UsageError, run_report
from reports.language import languages
from reports.measures import leaks, overblocked, total
from reports.report import make_report
from reports.run import Run, RunError
from reports.store import load_store
from simulator.export import Wanted, export_files
from simulator.messages import Category, Content, Label, Outcome, TraceStep, accepted, refused
from simulator.store import Store
from tests.export.stores import receipt
from tests.reports.builder import CATALOGUE
from tests.store.test_store import message

ADVERT = Content(Label.PROMOTIONAL, Category.DISCOUNT, ())
SERVICE = Content(Label.SERVICE, Category.OTP, ())


def trace(blacklisted: str) -> tuple[TraceStep, ...]:
    return (TraceStep("promotion-to-blacklisted", Outcome.PASSED, None, (("blacklisted", blacklisted),)),)


def refusal(rule: str, clause: str) -> tuple[TraceStep, ...]:
    return (*trace("no"), TraceStep(rule, Outcome.REFUSED, clause, ()))


VERDICTS = (
    accepted(ADVERT, trace("yes")),
    accepted(ADVERT, trace("no")),
    accepted(SERVICE, trace("yes")),
    refused(violation=True, content=SERVICE, trace=refusal("service-advertising", "service.no-discount")),
    refused(violation=False, content=ADVERT, trace=refusal("promotion-outside-hours", "hours.promotional-window")),
    None,
)
LINES = (("3000100010", "promotional"), ("3000200020", "dedicated_service"), (None, None))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with each verdict on each line, some of them twice, over two days."""
    path = tmp_path / "store.db"
    store = Store(path)
    number = 0
    for verdict in VERDICTS:
        for line, line_type in (*LINES, LINES[0]):
            number += 1
            at = 1_780_000_000.0 + number * 5_000
            store.add_message(message(number, verdict, line=line, line_type=line_type, received_at=at))
            store.add_receipt(receipt(number, number))
    store.commit()
    store.close()
    return path


def loaded(path: Path) -> Run:
    return load_store(path, CATALOGUE, "1", lambda _step: None)


def exported(path: Path) -> list[dict[str, Any]]:
    export_files(path, path.with_name("export"), Wanted("jsonl"))
    return [json.loads(line) for line in (path.with_name("export") / "messages.jsonl").read_text("utf-8").splitlines()]


def test_every_message_is_counted_once_by_all_that_the_sections_ask(path: Path) -> None:
    run, rows = loaded(path), exported(path)
    names = ("account", "line_type", "operator", "command_status", "state", "rule", "clause", "label", "category")
    expected = Counter(
        (
            *(row[name] for name in names),
            row["line"] or row["source"],
            row["outcome"] or "waiting",
            bool(row["violation"]),
            row["received_at"][:10],
            int(row["received_at"][11:13]),
        )
        for row in rows
    )
    found: Counter[tuple[Any, ...]] = Counter()
    for row in run.tallies.astype("object").where(run.tallies.notna(), None).to_dict("records"):
        key = (*(row[name] for name in (*names, "line", "outcome", "violation", "day", "hour")),)
        found[key] += row["messages"]
    assert found == expected
    assert total(run.tallies) == len(rows) == 24


def test_what_is_wrong_is_counted_and_listed(path: Path) -> None:
    run = loaded(path)
    assert total(leaks(run.tallies)) == len(leaks(run.messages)) == 6
    assert total(overblocked(run.tallies)) == len(overblocked(run.messages)) == 1
    assert (run.messages["outcome"] == "refused").sum() == 8
    assert run.receipts["receipts"].tolist() == [24]


def test_the_report_of_a_store_leaves_out_what_is_about_scenarios(path: Path) -> None:
    report = make_report(loaded(path))
    for language in languages():
        sections = {section.id: content for section, content in report.filled[language]}
        assert not {"failures", "clauses", "comparison"} & set(sections)
        headline = sections["summary"].headline
        assert headline is not None
        assert headline.value == language.say("Advertising reached the blacklist")


def test_an_empty_store_gives_an_honest_report(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path).close()
    [(_, summary), *_] = make_report(loaded(path)).data
    assert summary.headline is not None
    assert (summary.headline.label, summary.headline.value) == ("EMPTY", "No message was sent.")


def test_a_foreign_file_is_told(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(RunError, match=r"other\.db: no store of Khatban's"):
        loaded(tmp_path / "other.db")


def test_the_command_takes_a_store_and_says_where_to(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a store needs --out"):
        run_report(Request((path,)))
    told: list[str] = []
    run_report(Request((path,), tmp_path / "out"), told.append)
    assert told[0] == "store.db: verdicts"
    assert {each.name for each in (tmp_path / "out").iterdir()} >= {"index.html", "index.fa.html", "report.xlsx"}
