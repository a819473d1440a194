"""What ran and how it ended: headline, figures, verdicts, and every scenario in one table."""

from collections import Counter

import pandas as pd

from harness.results import Verdict
from reports.comparison import measured
from reports.language import Language
from reports.measures import coverage, judged, leaks, overblocked, total
from reports.run import Run
from reports.section import Column, Content, Figure, Kind, Layout, Section, Table, Tone


def _build(run: Run, to: Language) -> Content:
    of_run = (_scenarios(run, to),) if run.about.has_scenarios else ()
    return Content(
        headline=_headline(run, to),
        figures=(*of_run, *_judgement(run, to), *_load(run, to)),
        ticks=tuple(zip(run.results["title"], run.results["verdict"], strict=True)),
        tables=(_verdicts(run, to), _scenario_table(run, to)) if run.about.has_scenarios else (),
        note=_note(run, to),
    )


def _judgement(run: Run, to: Language) -> tuple[Figure, ...]:
    if not run.about.has_messages:
        return ()
    covered = (_coverage(run, to),) if run.about.has_scenarios else ()
    return _leakage(run, to), _overblocking(run, to), *covered, _messages(run, to)


def _load(run: Run, to: Language) -> tuple[Figure, ...]:
    """Of load tests the slowest and the slackest, so that nothing is told better than it was."""
    told = measured(run)
    p99, throughput, lost = told["p99"], told["throughput"], told["lost"]
    if throughput is None:
        return ()
    tone = Tone.PLAIN
    if any(each.result.thresholds for each in run.loads):
        tone = Tone.GOOD if all(each.result.passed for each in run.loads) else Tone.BAD
    latency = to.say("unknown") if p99 is None else to.say("{time} ms", time=to.number(f"{p99:,.1f}"))
    rate = to.say("{rate} a second", rate=to.number(f"{throughput:,.0f}"))
    within = to.say("99 of 100 responses within; thresholds are in the section about load")
    missing = to.say("{count} responses and receipts lost", count=int(lost or 0))
    return Figure(to.say("latency"), latency, tone, within), Figure(to.say("throughput"), rate, Tone.PLAIN, missing)


def _load_headline(run: Run, to: Language) -> Figure:
    results = [each.result for each in run.loads]
    if any(each.interrupted for each in results):
        return Figure("UNFINISHED", to.say("The load test was ended before its time"), Tone.WARN)
    if not all(each.passed for each in results):
        return Figure("FAIL", to.say("A threshold of the load test was missed"), Tone.BAD)
    if not any(each.counts.submitted for each in results):
        return Figure("EMPTY", to.say("No message was sent."), Tone.WARN)
    if not any(each.thresholds for each in results):
        return Figure("UNKNOWN", to.say("The load test set no thresholds"), Tone.WARN)
    return Figure("PASS", to.say("Every threshold of the load test was kept"), Tone.GOOD)


def _headline(run: Run, to: Language) -> Figure:
    if not run.about.has_messages:
        return _load_headline(run, to)
    ran, planned = len(run.results), run.about.planned
    broken = int(run.results["verdict"].isin([Verdict.FAIL, Verdict.ERROR]).sum())
    passed = int((run.results["verdict"] == Verdict.PASS).sum())
    if broken:
        phrase = "{count} of {ran} scenarios does not hold" if broken == 1 else "{count} of {ran} scenarios do not hold"
        if ran == 1:
            phrase = "The scenario does not hold"
        return Figure("FAIL", to.say(phrase, count=broken, ran=ran), Tone.BAD)
    if len(leaks(run.tallies)):
        return Figure("FAIL", to.say("Advertising reached the blacklist"), Tone.BAD)
    if not run.about.has_scenarios:
        return _store_headline(run, to)
    if run.about.finished is None or ran < planned:
        return Figure("UNFINISHED", to.say("{ran} of {planned} scenarios ran", ran=ran, planned=planned), Tone.WARN)
    if not ran:
        return Figure("EMPTY", to.say("No scenario ran"), Tone.WARN)
    if passed < ran:
        phrase = "{count} of {ran} scenarios pass strictly, none fails"
        return Figure("PASS", to.say(phrase, count=passed, ran=ran), Tone.WARN)
    phrase = "The scenario passes" if ran == 1 else "All {ran} scenarios pass"
    return Figure("PASS", to.say(phrase, ran=ran), Tone.GOOD)


def _store_headline(run: Run, to: Language) -> Figure:
    if not len(run.tallies):
        return Figure("EMPTY", to.say("No message was sent."), Tone.WARN)
    if not judged(run):
        return Figure("UNKNOWN", to.say("Nothing tells of the blacklist"), Tone.WARN)
    return Figure("PASS", to.say("No advertising reached the blacklist"), Tone.GOOD)


def _scenarios(run: Run, to: Language) -> Figure:
    counts = Counter(run.results["verdict"])
    others = [f"{to.number(str(counts[each]))} {to.word(each)}" for each in Verdict if counts[each] and each != "PASS"]
    if left := run.about.planned - len(run.results):
        others.append(to.say("{left} did not run", left=left))
    value = to.say("{part} / {whole}", part=counts[Verdict.PASS], whole=len(run.results))
    return Figure(to.say("scenarios pass"), value, _tone(run), to.say(", ").join(others))


def _tone(run: Run) -> Tone:
    verdicts = set(run.results["verdict"])
    if verdicts & {Verdict.FAIL, Verdict.ERROR}:
        return Tone.BAD
    return Tone.GOOD if verdicts == {Verdict.PASS} else Tone.WARN


def _leakage(run: Run, to: Language) -> Figure:
    count, known = total(leaks(run.tallies)), judged(run)
    detail = to.say(
        "advertising accepted for a blacklisted number; judged on {known} of {messages} messages",
        known=known,
        messages=total(run.tallies),
    )
    if not known:
        return Figure(to.say("leakage"), to.say("not judged"), Tone.WARN, detail)
    return Figure(to.say("leakage"), to.say("{count}", count=count), Tone.BAD if count else Tone.GOOD, detail)


def _overblocking(run: Run, to: Language) -> Figure:
    count = total(overblocked(run.tallies))
    detail = to.say("service texts that a rule about advertising refused on a service line")
    tone = (Tone.BAD if count else Tone.GOOD) if len(run.tallies) else Tone.PLAIN
    return Figure(to.say("over-blocking"), to.say("{count}", count=count), tone, detail)


def _coverage(run: Run, to: Language) -> Figure:
    table = coverage(run)
    table = table[table["status"] != "unknown"]
    untested = int((table["status"] == "untested").sum())
    tone = Tone.GOOD if len(table) and not untested else Tone.WARN
    value = to.say("{part} / {whole}", part=len(table) - untested, whole=len(table))
    return Figure(to.say("clauses tested"), value, tone, to.say("{count} that no scenario cites", count=untested))


def _messages(run: Run, to: Language) -> Figure:
    refused = total(run.tallies[run.tallies["outcome"] == "refused"])
    violations = total(run.tallies[run.tallies["violation"]])
    value = to.say("{part} / {whole}", part=refused, whole=total(run.tallies))
    detail = to.say("{count} counted as violations of their line", count=violations)
    return Figure(to.say("messages refused"), value, Tone.PLAIN, detail)


def _verdicts(run: Run, to: Language) -> Table:
    counts = run.results["verdict"].value_counts().reindex([each.value for each in Verdict], fill_value=0)
    frame = pd.DataFrame({"verdict": counts.index, "scenarios": counts.to_numpy()})
    frame["share"] = frame["scenarios"] / len(run.results) if len(run.results) else float("nan")
    columns = (
        Column("verdict", to.say("Verdict"), Kind.STATUS),
        Column("scenarios", to.say("Scenarios"), Kind.COUNT),
        Column("share", to.say("Share"), Kind.SHARE),
    )
    return Table("verdicts", to.say("Verdicts"), frame, columns, Layout.NARROW)


def _scenario_table(run: Run, to: Language) -> Table:
    columns = (
        Column("verdict", to.say("Verdict"), Kind.STATUS),
        Column("title", to.say("Scenario")),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("seconds", to.say("Seconds"), Kind.SECONDS),
        Column("id", to.say("Id"), Kind.ID),
    )
    return Table("scenarios", to.say("Scenarios"), run.results, columns, empty=to.say("No scenario ran."))


def _note(run: Run, to: Language) -> str:
    if run.about.finished is not None or not run.about.has_scenarios:
        return ""
    note = to.say("This run was not finished: what follows is all that it left behind.")
    if not run.cut:
        return note
    lost = to.say("The last line of {files} was cut off and is left out.", files=", ".join(run.cut))
    return f"{note} {lost}"


SECTION = Section("summary", "Summary", _build)
