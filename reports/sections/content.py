"""What the classifier made of the texts: each label and category, and what became of its messages."""

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Section, Table, of_messages, played_in
from reports.tallies import summed

_DOUBTS = 50
"""More texts than this nobody reads."""


def _build(run: Run, to: Language) -> Content:
    frame = summed(run.tallies.fillna({"label": "not classified"}), ["label"])
    columns = (
        Column("label", to.say("Content"), Kind.WORD),
        *_counts(to),
    )
    empty = to.say("No message was sent.")
    labels = Table("labels", to.say("By label"), frame, columns, empty=empty)
    classified = run.tallies.dropna(subset=["label", "category"])
    columns = (
        Column("label", to.say("Content"), Kind.WORD),
        Column("category", to.say("Category"), Kind.WORD),
        *_counts(to),
    )
    nothing = to.say("No text was classified.")
    categories = Table(
        "categories", to.say("By category"), summed(classified, ["label", "category"]), columns, empty=nothing
    )
    note = to.say(
        "A text is classified where a rule asks; one that an earlier rule refused is not. Certainty is the share of the"
        " odds that the label has; an offer must be far likelier than not, so a service text may have less than half."
    )
    return Content(tables=(labels, categories, _doubts(run, to)), note=note)


def _doubts(run: Run, to: Language) -> Table:
    """The texts of which the classifier was least certain, each once; where people should look first."""
    weighed = run.messages.dropna(subset="certainty").sort_values("certainty", kind="stable")
    frame = weighed.drop_duplicates("text").head(_DOUBTS).assign(certainty=lambda told: told["certainty"] / 100)
    columns = (
        Column("certainty", to.say("Certainty"), Kind.SHARE),
        Column("label", to.say("Content"), Kind.WORD),
        Column("category", to.say("Category"), Kind.WORD),
        Column("text", to.say("Text")),
        Column("evidence", to.say("Evidence"), Kind.LINES),
        Column("outcome", to.say("Outcome"), Kind.WORD),
        Column("line", to.say("Line"), Kind.CODE),
        *played_in(run, to),
        Column("id", to.say("Message"), Kind.CODE),
    )
    empty = to.say("No verdict tells how certain its label is.")
    return Table("doubts", to.say("The least certain texts"), frame, columns, empty=empty)


def _counts(to: Language) -> tuple[Column, ...]:
    return (
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("violations", to.say("Violations"), Kind.COUNT),
    )


SECTION = Section("content", "Content", _build, of_messages)
