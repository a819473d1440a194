"""The first screen: did the run pass, what ran, and how much of the operator's rules it touched."""

from collections import Counter
from datetime import datetime

import pandas as pd

from harness.results import Verdict
from reports.measures import UNKNOWN, coverage, leaks, recipients
from reports.run import Run
from reports.section import Column, Content, Figure, Kind, Layout, Section, Table, Tone
from reports.text import moment


def _build(run: Run) -> Content:
    return Content(
        headline=_headline(run),
        figures=(_scenarios(run), _leakage(run), _coverage(run), _messages(run)),
        ticks=tuple(zip(run.results["title"], run.results["verdict"], strict=True)),
        tables=(_verdicts(run), _facts(run), _scenario_table(run)),
        note=_note(run),
    )


def _headline(run: Run) -> Figure:
    ran, planned = len(run.results), run.meta.scenarios
    broken = int(run.results["verdict"].isin([Verdict.FAIL, Verdict.ERROR]).sum())
    passed = int((run.results["verdict"] == Verdict.PASS).sum())
    if broken:
        return Figure("FAIL", f"{_of(broken, ran)} {'does' if broken == 1 else 'do'} not hold", Tone.BAD)
    if len(leaks(run)):
        return Figure("FAIL", "Advertising reached the blacklist", Tone.BAD)
    if run.meta.finished is None or ran < planned:
        return Figure("UNFINISHED", f"{ran} of {planned} scenarios ran", Tone.WARN)
    if not ran:
        return Figure("EMPTY", "No scenario ran", Tone.WARN)
    if passed < ran:
        return Figure(
            "PASS", f"{_of(passed, ran)} {'passes' if passed == 1 else 'pass'} strictly, none fails", Tone.WARN
        )
    return Figure("PASS", "The scenario passes" if ran == 1 else f"All {ran} scenarios pass", Tone.GOOD)


def _of(count: int, total: int) -> str:
    return f"{count} of {total} scenario{'' if total == 1 else 's'}"


def _scenarios(run: Run) -> Figure:
    counts = Counter(run.results["verdict"])
    others = [f"{counts[each]} {each}" for each in Verdict if counts[each] and each is not Verdict.PASS]
    if left := run.meta.scenarios - len(run.results):
        others.append(f"{left} did not run")
    return Figure("scenarios pass", f"{counts[Verdict.PASS]} / {len(run.results)}", _tone(run), ", ".join(others))


def _tone(run: Run) -> Tone:
    verdicts = set(run.results["verdict"])
    if verdicts & {Verdict.FAIL, Verdict.ERROR}:
        return Tone.BAD
    return Tone.GOOD if verdicts == {Verdict.PASS} else Tone.WARN


def _leakage(run: Run) -> Figure:
    count = len(leaks(run))
    known = int((recipients(run) != UNKNOWN).sum())
    detail = f"advertising accepted for a blacklisted number; judged on {known} of {len(run.messages)} messages"
    if not known:
        return Figure("leakage", "not judged", Tone.WARN, detail)
    return Figure("leakage", str(count), Tone.BAD if count else Tone.GOOD, detail)


def _coverage(run: Run) -> Figure:
    table = coverage(run)
    table = table[table["status"] != "unknown"]
    untested = int((table["status"] == "untested").sum())
    tone = Tone.GOOD if len(table) and not untested else Tone.WARN
    return Figure(
        "clauses tested", f"{len(table) - untested} / {len(table)}", tone, f"{untested} that no scenario cites"
    )


def _messages(run: Run) -> Figure:
    refused = int((run.messages["outcome"] == "refused").sum())
    violations = int(run.messages["violation"].sum())
    return Figure(
        "messages refused",
        f"{refused} / {len(run.messages)}",
        Tone.PLAIN,
        f"{violations} counted as violations of their line",
    )


def _verdicts(run: Run) -> Table:
    counts = run.results["verdict"].value_counts().reindex([each.value for each in Verdict], fill_value=0)
    frame = pd.DataFrame({"verdict": counts.index, "scenarios": counts.to_numpy()})
    frame["share"] = frame["scenarios"] / len(run.results) if len(run.results) else float("nan")
    columns = (
        Column("verdict", "Verdict", Kind.STATUS),
        Column("scenarios", "Scenarios", Kind.COUNT),
        Column("share", "Share", Kind.SHARE),
    )
    return Table("verdicts", "Verdicts", frame, columns, Layout.NARROW)


def _facts(run: Run) -> Table:
    meta = run.meta
    facts = {
        "Khatban": meta.version,
        "Profile": meta.profile,
        "Seed": str(meta.seed),
        "Driver": ", ".join(meta.drivers),
        "Started": moment(meta.started),
        "Finished": moment(meta.finished) if meta.finished else "not finished",
        "Duration": _duration(meta.started, meta.finished),
        "Scenarios": f"{len(run.results)} of {meta.scenarios} ran",
        "Python": meta.python,
        "Platform": meta.platform,
    }
    frame = pd.DataFrame({"fact": list(facts), "value": list(facts.values())})
    columns = (Column("fact", "Fact"), Column("value", "Value", Kind.CODE))
    return Table("facts", "What ran", frame, columns, Layout.NARROW)


def _duration(started: str, finished: str | None) -> str:
    """Real seconds between two ISO times; `unknown` where one is not a time or the two cannot be compared."""
    try:
        seconds = (datetime.fromisoformat(finished or "") - datetime.fromisoformat(started)).total_seconds()
    except (ValueError, TypeError):
        return "unknown"
    return f"{seconds:.1f} s"


def _scenario_table(run: Run) -> Table:
    columns = (
        Column("verdict", "Verdict", Kind.STATUS),
        Column("title", "Scenario"),
        Column("messages", "Messages", Kind.COUNT),
        Column("seconds", "Seconds", Kind.SECONDS),
        Column("id", "Id", Kind.ID),
    )
    return Table("scenarios", "Scenarios", run.results, columns, empty="No scenario ran.")


def _note(run: Run) -> str:
    if run.meta.finished is not None:
        return ""
    lost = f" The last line of {' and '.join(run.cut)} was cut off and is left out." if run.cut else ""
    return f"This run was not finished: what follows is all that it left behind.{lost}"


SECTION = Section("summary", "Summary", "چکیدهٔ اجرا", _build)
