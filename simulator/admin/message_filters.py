"""By what messages are chosen: the same words wherever they are listed, deleted or verified."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from simulator.admin.pages import Period
from simulator.messages import number_of
from simulator.numbers.numbering import normal_mobile
from simulator.smpp.consts import MessageState
from simulator.store import MessageQuery


def _read_state(value: Any) -> MessageState:
    if not isinstance(value, str) or value not in MessageState.__members__:
        msg = f"{value!r} is no message_state; there are: {', '.join(MessageState.__members__)}"
        raise ValueError(msg)
    return MessageState[value]


StateName = Annotated[
    MessageState,
    BeforeValidator(_read_state),
    WithJsonSchema({"type": "string", "enum": list(MessageState.__members__)}),
]
"""A message_state by its name."""

GivenId = Annotated[str, Field(pattern=r"^[0-9]{1,18}$", examples=["0000000001"])]
"""The id of a message, which may be there or not."""


class MessageFilters(Period):
    """Which messages; all that are given must fit. `since` and `until` are when they were received."""

    line: str | None = Field(default=None, max_length=40, description="The line, or the originator as it was written.")
    to: str | None = Field(default=None, max_length=40, description="The recipient, in any way of writing it.")
    account: str | None = Field(default=None, max_length=40)
    verdict: Literal["accepted", "refused", "waiting"] | None = Field(
        default=None, description="What was decided; `waiting` is a part that has no verdict before its text is whole."
    )
    rule: str | None = Field(default=None, max_length=100, description="The rule that refused or counted.")
    state: StateName | None = None
    text: str | None = Field(default=None, min_length=1, max_length=1000, description="A part of the text.")
    after: GivenId | None = Field(
        default=None, description="The id of a message: only those that came after it. Ids do not move as offsets do."
    )
    before: GivenId | None = Field(default=None, description="Likewise: only those that came before it.")

    def query(self, **page: Any) -> MessageQuery:
        """The store's form of the filters, for a page of what fits."""
        return MessageQuery(
            line=self.line,
            to=self.to and (normal_mobile(self.to) or self.to),
            account=self.account,
            outcome=self.verdict,
            rule=self.rule,
            state=self.state,
            text=self.text,
            after=None if self.after is None else number_of(self.after),
            before=None if self.before is None else number_of(self.before),
            **self.period(),
            **page,
        )
