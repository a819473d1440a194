"""What made the report's facts: versions, seed, profile, machine; and how sure the rules themselves are."""

from datetime import datetime

import pandas as pd

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table


def _build(run: Run, to: Language) -> Content:
    return Content(tables=(_facts(run, to), _assumptions(run, to)))


def _facts(run: Run, to: Language) -> Table:
    about = run.about
    facts = {
        to.say("Khatban"): about.version,
        to.say("Source"): about.name,
        to.say("Started"): to.moment(about.started) or to.say("unknown"),
        to.say("Finished"): to.moment(about.finished) if about.finished else to.say("not finished"),
        to.say("Duration"): _duration(about.started, about.finished, to),
        **{to.say(name): value for name, value in about.facts},
    }
    frame = pd.DataFrame({"fact": list(facts), "value": list(facts.values())})
    columns = (Column("fact", to.say("Fact")), Column("value", to.say("Value"), Kind.CODE))
    return Table("facts", to.say("What ran"), frame, columns, Layout.NARROW)


def _duration(started: str, finished: str | None, to: Language) -> str:
    """Seconds between two ISO times; `unknown` where one is not a time or the two cannot be compared."""
    try:
        seconds = (datetime.fromisoformat(finished or "") - datetime.fromisoformat(started)).total_seconds()
    except (ValueError, TypeError):
        return to.say("unknown")
    return to.say("{seconds} s", seconds=to.number(f"{seconds:,.1f}"))


def _assumptions(run: Run, to: Language) -> Table:
    """How many clauses stand on what; `inferred` ones are our own conclusion and should be confirmed."""
    counts = run.clauses["confidence"].fillna("unknown").value_counts(sort=False)
    frame = counts.rename_axis("confidence").rename("clauses").reset_index()
    columns = (Column("confidence", to.say("Confidence"), Kind.WORD), Column("clauses", to.say("Clauses"), Kind.COUNT))
    empty = to.say("The run left no catalogue of clauses.")
    return Table("confidence", to.say("What the clauses stand on"), frame, columns, Layout.NARROW, empty)


SECTION = Section("environment", "Environment", _build)
