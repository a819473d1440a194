"""What stands on less than a clause: answers that were tolerated, scenarios that could not run, values assumed."""

from harness.results import Verdict
from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table, of_messages, played_in
from simulator.changing.change import change_kind
from simulator.changing.changes import profile

_DEVIATING = (Verdict.NON_STRICT, Verdict.UNSUPPORTED)
_PROFILE_KINDS = frozenset(change_kind(change) for change in profile.CHANGES)


def _build(run: Run, to: Language) -> Content:
    scenarios = (_scenarios(run, to),) if run.about.has_scenarios else ()
    tables = (*scenarios, _assumed(run, to), _changed(run, to), _inferred(run, to), _confidence(run, to))
    note = to.say(
        "There is no public specification of the operators' answers, so that much of a profile is assumed and should be"
        " confirmed by the operator. A scenario may set values of its own, which are its own only."
    )
    if not len(run.settings):
        note = to.say("Which profile was in force is not told, so its assumed values cannot be listed.")
    return Content(tables=tables, note=note)


def _scenarios(run: Run, to: Language) -> Table:
    found = run.results[run.results["verdict"].isin(_DEVIATING)]
    frame = found.merge(run.failures, left_on="id", right_on="scenario", how="left")
    columns = (
        Column("verdict", to.say("Verdict"), Kind.STATUS),
        Column("title", to.say("Scenario")),
        Column("expected", to.say("Expected any of"), Kind.LINES),
        Column("got", to.say("Got"), Kind.LINES),
        Column("id", to.say("Id"), Kind.ID),
    )
    empty = to.say("No scenario held by a tolerated answer only, and none could not be played.")
    return Table("scenarios", to.say("Scenarios that deviate"), frame, columns, empty=empty)


def _assumed(run: Run, to: Language) -> Table:
    columns = (
        Column("path", to.say("Value of the profile"), Kind.ID),
        Column("value", to.say("Value"), Kind.LINES),
        Column("basis", to.say("What it stands on")),
    )
    frame = run.settings[run.settings["basis"].str.contains("assumed", case=False, na=False)]
    return Table("assumed", to.say("Assumed values"), frame, columns, empty=to.say("None is known of."))


def _changed(run: Run, to: Language) -> Table:
    columns = (
        Column("at", to.say("When"), Kind.MOMENT),
        Column("kind", to.say("Change"), Kind.WORD),
        Column("detail", to.say("Reason and particulars"), Kind.NOTE),
        *played_in(run, to),
    )
    frame = run.changes[run.changes["kind"].isin(_PROFILE_KINDS)]
    empty = to.say("No value of the profile was changed on the way.")
    return Table("changed", to.say("Values changed on the way"), frame, columns, empty=empty)


def _inferred(run: Run, to: Language) -> Table:
    columns = (
        Column("id", to.say("Clause"), Kind.ID),
        Column("statement_en", to.say("Statement")),
        Column("statement_fa", to.say("Statement in Persian")),
        Column("document", to.say("Document")),
    )
    frame = run.clauses[run.clauses["confidence"] == "inferred"]
    return Table("inferred", to.say("Clauses that are our own conclusion"), frame, columns, empty=to.say("None."))


def _confidence(run: Run, to: Language) -> Table:
    """How many clauses stand on what."""
    counts = run.clauses["confidence"].fillna("unknown").value_counts(sort=False)
    frame = counts.rename_axis("confidence").rename("clauses").reset_index()
    columns = (Column("confidence", to.say("Confidence"), Kind.WORD), Column("clauses", to.say("Clauses"), Kind.COUNT))
    empty = to.say("The run left no catalogue of clauses.")
    return Table("confidence", to.say("What the clauses stand on"), frame, columns, Layout.NARROW, empty)


SECTION = Section("deviations", "Deviations and assumptions", _build, of_messages)
