"""What ran and how it ended: headline, figures, verdicts, and every scenario in one table."""

from collections import Counter

import pandas as pd

from harness.results import Verdict
from reports.language import Language
from reports.measures import coverage, judged, leaks, overblocked, total
from reports.run import Run
from reports.section import Column, Content, Figure, Kind, Layout, Section, Table, Tone


def _build(run: Run, to: Language) -> Content:
    of_run = () if run.about.is_store else (_scenarios(run, to),)
    covered = () if run.about.is_store else (_coverage(run, to),)
    return Content(
        headline=_headline(run, to),
        figures=(*of_run, _leakage(run, to), _overblocking(run, to), *covered, _messages(run, to)),
        ticks=tuple(zip(run.results["title"], run.results["verdict"], strict=True)),
        tables=() if run.about.is_store else (_verdicts(run, to), _scenario_table(run, to)),
        note=_note(run, to),
    )


def _headline(run: Run, to: Language) -> Figure:
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
    if run.about.is_store:
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
    if run.about.finished is not None or run.about.is_store:
        return ""
    note = to.say("This run was not finished: what follows is all that it left behind.")
    if not run.cut:
        return note
    lost = to.say("The last line of {files} was cut off and is left out.", files=", ".join(run.cut))
    return f"{note} {lost}"


SECTION = Section("summary", "Summary", _build)
