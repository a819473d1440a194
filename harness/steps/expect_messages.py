"""`expect_messages`: so many messages are in the operator's records, asked over HTTP."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from harness.counted import Counted
from harness.operator_api import Operator
from harness.values import StateName, Text


class ExpectMessages(Counted):
    """`expect_messages: {line: "3000100010", state: DELIVERED, count: 3}`; each part of a long text is a message.

    Attributes:
        line: The line, or the originator as it was written.
        to: The recipient, in any way of writing it.
        account: Whose they are.
        verdict: accepted, refused, or waiting: a part whose others never came.
        rule: Id of the rule that refused or counted them.
        state: Their message_state by its name.
        text: A part of their text.
        count: See `Counted`.
        at_least: See `Counted`.
        within: See `Counted`.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "expect_messages"

    line: Text | None = None
    to: Text | None = None
    account: Text | None = None
    verdict: Literal["accepted", "refused", "waiting"] | None = None
    rule: Text | None = None
    state: StateName | None = None
    text: Text | None = None

    def records(self, operator: Operator, filters: dict[str, str]) -> Sequence[dict[str, Any]]:
        """The messages that fit."""
        return operator.messages(filters)

    def words(self, record: dict[str, Any]) -> str:
        """A message in words."""
        return f"{record.get('source')} to {record.get('to')} is {record.get('state')}"
