"""pandas' answers against the same counts in plain Python, over generated runs."""

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.results import ScenarioResult, Verdict
from reports.language import ENGLISH
from reports.measures import ADVERTISING_RULES, SERVICE_LINES, citations, coverage, leaks, overblocked, total
from reports.run import Run
from reports.run_directory import load
from reports.sections import content, decisions, hours, operators, refusals_by_line, refusals_by_rule, states, summary
from tests.reports.builder import CLAUSES, RULES, failing, message, passed, refused, result, write_run

Pairs = list[tuple[ScenarioResult, list[dict[str, Any]]]]

LINES = (
    ("3000100010", "promotional"),
    ("3000200020", "dedicated_service"),
    ("2000300030", "shared_service"),
    ("9999123456", "samantel"),
    ("555", None),
)
CLAUSE_IDS = [each[0] for each in CLAUSES] + ["line.gone"]
RULE_IDS = [each[0] for each in RULES] + ["rule.gone"]


@st.composite
def messages(draw: st.DrawFn, number: int) -> dict[str, Any]:
    line, line_type = draw(st.sampled_from(LINES))
    label = draw(st.sampled_from([None, "service", "promotional"]))
    found = None if label is None else {"label": label, "category": "other", "evidence": []}
    fact = draw(st.sampled_from([{}, {"blacklisted": "yes"}, {"blacklisted": "no"}]))
    at = f"2026-11-{draw(st.integers(20, 22))}T{draw(st.integers(0, 23)):02}:30:00.000+03:30"
    told: dict[str, Any] = {"received_at": at, "operator": draw(st.sampled_from(["mci", "irancell", None]))}
    told |= {"line": line, "line_type": line_type, "content": found, "violation": draw(st.booleans())}
    if draw(st.booleans()):
        return message(number, trace=passed(fact), **told)
    status = draw(st.sampled_from(["ESME_ROK", "0x00000401"]))
    return refused(
        number, draw(st.sampled_from(RULE_IDS)), "blacklist.no-promotion", facts=fact, command_status=status, **told
    )


@st.composite
def pairs(draw: st.DrawFn) -> Pairs:
    made: Pairs = []
    for number in range(draw(st.integers(0, 5))):
        verdict = draw(st.sampled_from(list(Verdict)))
        cited = tuple(draw(st.lists(st.sampled_from(CLAUSE_IDS), unique=True, max_size=3)))
        kind = failing if verdict in (Verdict.FAIL, Verdict.ERROR) else result
        given_ids = {"id": f"s/{number}", "clauses": cited, "verdict": verdict}
        base = kind(number)
        fields = {name: getattr(base, name) for name in type(base).__dataclass_fields__ if not name.startswith("__")}
        sent = [draw(messages(each)) for each in range(draw(st.integers(0, 4)))]
        made.append((ScenarioResult(**fields | given_ids), sent))
    return made


def loaded(made: Pairs) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        return load(write_run(Path(folder) / "run", made))


def flat(made: Pairs) -> list[dict[str, Any]]:
    return [each for _, sent in made for each in sent]


def blacklisted(each: dict[str, Any]) -> str:
    found = [step["facts"]["blacklisted"] for step in each["verdict"]["trace"] if "blacklisted" in step["facts"]]
    return {"yes": "blacklisted", "no": "not blacklisted"}[found[0]] if found else "not looked at"


def label(each: dict[str, Any]) -> str | None:
    content = each["verdict"]["content"]
    return content["label"] if content else None


@settings(max_examples=40, deadline=None)
@given(pairs())
def test_measures_count_what_plain_python_counts(made: Pairs) -> None:
    run, sent = loaded(made), flat(made)
    assert run.messages["recipient"].tolist() == [blacklisted(each) for each in sent]
    leaked = [
        each["line"]
        for each in sent
        if each["verdict"]["outcome"] == "accepted"
        and blacklisted(each) == "blacklisted"
        and (each["line_type"] == "promotional" or label(each) == "promotional")
    ]
    assert leaks(run.messages)["line"].tolist() == leaked
    assert total(leaks(run.tallies)) == len(leaked)
    blocked = [
        each["line"]
        for each in sent
        if each["verdict"]["rule"] in ADVERTISING_RULES
        and label(each) == "service"
        and each["line_type"] in SERVICE_LINES
    ]
    assert overblocked(run.messages)["line"].tolist() == blocked
    assert total(overblocked(run.tallies)) == len(blocked)
    cited = [(clause, each.id) for each, _ in made for clause in each.clauses]
    assert list(zip(citations(run)["clause"], citations(run)["scenario"], strict=True)) == cited


@settings(max_examples=40, deadline=None)
@given(pairs())
def test_coverage_counts_what_plain_python_counts(made: Pairs) -> None:
    table = coverage(loaded(made)).set_index("id")
    cited = Counter(clause for each, _ in made for clause in each.clauses)
    shown = Counter(clause for each, _ in made if each.verdict is Verdict.PASS for clause in each.clauses)
    assert table["scenarios"].to_dict() == {each[0]: cited[each[0]] for each in CLAUSES} | {
        clause: count for clause, count in cited.items() if clause == "line.gone"
    }
    for clause, row in table.iterrows():
        assert row["passed"] == shown[str(clause)]
        assert row["status"] == expected_status(str(clause), cited, shown)


def expected_status(clause: str, cited: Counter[str], shown: Counter[str]) -> str:
    if clause == "line.gone":
        return "unknown"
    if not cited[clause]:
        return "untested"
    return "shown" if shown[clause] == cited[clause] else "not shown"


@settings(max_examples=30, deadline=None)
@given(pairs())
def test_refusals_count_what_plain_python_counts(made: Pairs) -> None:
    run, sent = loaded(made), flat(made)
    gone = [each for each in sent if each["verdict"]["outcome"] == "refused"]
    rules = refusals_by_rule.SECTION.build(run, ENGLISH).tables[0].frame.set_index("id")
    by_rule = Counter(each["verdict"]["rule"] for each in gone)
    late = Counter(each["verdict"]["rule"] for each in gone if each["command_status"] == "ESME_ROK")
    for rule in set(rules.index) | set(by_rule):
        assert (rules.loc[rule, "refusals"], rules.loc[rule, "late"]) == (by_rule[rule], late[rule])
    lines, grid = refusals_by_line.SECTION.build(run, ENGLISH).tables
    found = {row["line"]: (row["messages"], row["refused"], row["violations"]) for _, row in lines.frame.iterrows()}
    assert found == {line: line_counts(sent, line) for line in {each["line"] for each in sent}}
    cells = {
        (row["line"], column.title): row[column.key]
        for _, row in grid.frame.iterrows()
        for column in grid.columns[1:]
        if row[column.key]
    }
    assert cells == Counter((each["line"], each["verdict"]["rule"]) for each in gone)


KEYS: dict[str, Callable[[dict[str, Any]], object]] = {
    "hour": lambda each: datetime.fromisoformat(each["received_at"]).hour,
    "day": lambda each: each["received_at"][:10],
    "state": lambda each: each["state"],
    "command_status": lambda each: each["command_status"],
    "operator": lambda each: each["operator"] or "unknown",
    "account": lambda each: each["account"],
    "label": lambda each: label(each) or "not classified",
}


@settings(max_examples=30, deadline=None)
@given(pairs())
def test_every_table_of_counts_counts_what_plain_python_counts(made: Pairs) -> None:
    run, sent = loaded(made), flat(made)
    seen = set()
    for section in (hours, states, operators, content):
        for table in section.SECTION.build(run, ENGLISH).tables:
            key = table.columns[0].key
            if key in KEYS and table.id != "categories":
                seen.add(key)
                found = {row[key]: (row["messages"], row["refused"]) for _, row in table.frame.iterrows()}
                assert found == by_key(sent, KEYS[key])
    assert seen == set(KEYS)


def by_key(sent: Sequence[dict[str, Any]], key: Callable[[dict[str, Any]], object]) -> dict[object, tuple[int, int]]:
    every = Counter(key(each) for each in sent)
    gone = Counter(key(each) for each in sent if each["verdict"]["outcome"] == "refused")
    return {value: (count, gone[value]) for value, count in every.items()}


def line_counts(sent: Sequence[dict[str, Any]], line: str) -> tuple[int, int, int]:
    own = [each for each in sent if each["line"] == line]
    refusals = sum(each["verdict"]["outcome"] == "refused" for each in own)
    return len(own), refusals, sum(each["verdict"]["violation"] for each in own)


@settings(max_examples=30, deadline=None)
@given(pairs())
def test_the_decision_table_counts_what_plain_python_counts(made: Pairs) -> None:
    run, sent = loaded(made), flat(made)
    table = decisions.SECTION.build(run, ENGLISH).tables[0]
    judged = any(blacklisted(each) != "not looked at" for each in sent)
    keys = ["line_type", "label", "recipient"] if judged else ["line_type", "label"]
    assert [column.key for column in table.columns][: len(keys)] == keys
    counts: Counter[tuple[str, ...]] = Counter()
    for each in sent:
        told = (each["line_type"] or "unregistered", label(each) or "not classified", blacklisted(each))[: len(keys)]
        counts[(*told, each["verdict"]["outcome"])] += 1
    found = {
        (*(row[key] for key in keys), outcome): row[outcome]
        for _, row in table.frame.iterrows()
        for outcome in ("accepted", "refused")
        if row[outcome]
    }
    assert found == counts


@settings(max_examples=30, deadline=None)
@given(pairs())
def test_verdicts_and_headline_follow_the_results(made: Pairs) -> None:
    run = loaded(made)
    told_of = summary.SECTION.build(run, ENGLISH)
    counts = Counter(each.verdict.value for each, _ in made)
    told = told_of.tables[0].frame.set_index("verdict")["scenarios"].to_dict()
    assert told == {each.value: counts[each] for each in Verdict}
    assert told_of.headline is not None
    bad = counts["FAIL"] + counts["ERROR"] > 0 or len(leaks(run.tallies)) > 0
    assert (told_of.headline.label == "FAIL") == bad
    assert (told_of.headline.tone == "good") == (bool(made) and not bad and counts["PASS"] == len(made))


@pytest.mark.parametrize(
    ("line_type", "text_label", "fact", "leaked"),
    [
        ("promotional", "service", "yes", True),
        ("dedicated_service", "promotional", "yes", True),
        ("dedicated_service", "service", "yes", False),
        ("promotional", "promotional", "no", False),
    ],
)
def test_leakage_is_advertising_that_reaches_the_blacklist(
    tmp_path: Path, line_type: str, text_label: str, fact: str, leaked: bool
) -> None:
    told_of = {"label": text_label, "category": "other", "evidence": []}
    one = message(line_type=line_type, content=told_of, trace=passed({"blacklisted": fact}))
    run = load(write_run(tmp_path / "run", [(result(), [one])]))
    assert len(leaks(run.messages)) == leaked
    headline = summary.SECTION.build(run, ENGLISH).headline
    assert headline is not None
    assert (headline.label, headline.value) == (
        ("FAIL", "Advertising reached the blacklist") if leaked else ("PASS", "The scenario passes")
    )
