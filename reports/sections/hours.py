"""When messages came, by the hour of Tehran: what was accepted and refused, advertising apart."""

import pandas as pd

from reports import chart
from reports.language import Language
from reports.run import Run
from reports.section import Chart, Column, Content, Kind, Layout, Section, Table, Tone, of_messages
from reports.tallies import summed


def _build(run: Run, to: Language) -> Content:
    if not len(run.tallies):
        return Content(tables=(_hour_table(_hours(run), to), _day_table(run, to)))
    hours = _hours(run)
    labels = [to.number(f"{hour:02}:00") for hour in hours["hour"]]
    series = ((Tone.GOOD, hours["accepted"].tolist()), (Tone.BAD, hours["refused"].tolist()))
    legend = ((to.say("accepted"), Tone.GOOD), (to.say("refused"), Tone.BAD))
    picture = Chart(to.say("Messages by hour"), chart.bars(labels, series, unit=to.say("messages"), to=to), legend)
    note = to.say("Hours are those of the operator's clock, in Tehran; hours in which nothing came are left out.")
    return Content(tables=(_hour_table(hours, to), _day_table(run, to)), charts=(picture,), note=note)


def _hours(run: Run) -> pd.DataFrame:
    """One row an hour of the day in which messages came, with how many of the accepted were advertising."""
    hours = summed(run.tallies, ["hour"])
    adverts = run.tallies[(run.tallies["label"] == "promotional") & (run.tallies["outcome"] == "accepted")]
    counts = adverts.groupby("hour")["messages"].sum()
    hours["advertising"] = hours["hour"].map(counts).fillna(0).astype("int64")
    night = run.tallies[run.tallies["rule"] == "promotion-outside-hours"].groupby("hour")["messages"].sum()
    hours["outside"] = hours["hour"].map(night).fillna(0).astype("int64")
    return hours


def _hour_table(hours: pd.DataFrame, to: Language) -> Table:
    columns = (
        Column("hour", to.say("Hour"), Kind.COUNT),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("advertising", to.say("Advertising accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("outside", to.say("Refused for the hour"), Kind.COUNT),
    )
    return Table("hours", to.say("By hour"), hours, columns, Layout.NARROW, to.say("No message was sent."))


def _day_table(run: Run, to: Language) -> Table:
    columns = (
        Column("day", to.say("Day"), Kind.DAY),
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("violations", to.say("Violations"), Kind.COUNT),
    )
    days = summed(run.tallies, ["day"])
    return Table("days", to.say("By day"), days, columns, Layout.NARROW, to.say("No message was sent."))


SECTION = Section("hours", "Hours", _build, of_messages)
