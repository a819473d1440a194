"""What made the report's facts: versions, seed, profile, machine."""

from datetime import datetime

import pandas as pd

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Layout, Section, Table


def _build(run: Run, to: Language) -> Content:
    return Content(tables=(_facts(run, to),))


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


SECTION = Section("environment", "Environment", _build)
