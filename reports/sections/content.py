"""What the classifier made of the texts: each label and category, and what became of its messages."""

from reports.language import Language
from reports.run import Run
from reports.section import Column, Content, Kind, Section, Table
from reports.tallies import summed


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
    note = to.say("A text is classified where a rule asks; one that an earlier rule refused is not.")
    return Content(tables=(labels, categories), note=note)


def _counts(to: Language) -> tuple[Column, ...]:
    return (
        Column("messages", to.say("Messages"), Kind.COUNT),
        Column("accepted", to.say("Accepted"), Kind.COUNT),
        Column("refused", to.say("Refused"), Kind.COUNT),
        Column("violations", to.say("Violations"), Kind.COUNT),
    )


SECTION = Section("content", "Content", _build)
