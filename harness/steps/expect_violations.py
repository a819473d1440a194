"""`expect_violations`: so many violations are written down against lines, asked over HTTP."""

from collections.abc import Sequence
from typing import Any, ClassVar

from harness.counted import Counted
from harness.operator_api import Operator
from harness.values import Text


class ExpectViolations(Counted):
    """`expect_violations: {line: "3000200020", rule: service-advertising, count: 1}`.

    Attributes:
        line: The line, in any form.
        account: Whose message it was.
        rule: Id of the rule.
        clause: Id of the clause.
        count: See `Counted`.
        at_least: See `Counted`.
        within: See `Counted`.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "expect_violations"

    line: Text | None = None
    account: Text | None = None
    rule: Text | None = None
    clause: Text | None = None

    def records(self, operator: Operator, filters: dict[str, str]) -> Sequence[dict[str, Any]]:
        """The violations that fit."""
        return operator.violations(filters)

    def words(self, record: dict[str, Any]) -> str:
        """A violation in words."""
        return f"{record.get('line')} under {record.get('clause')} by rule {record.get('rule')}"
