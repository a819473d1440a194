"""`expect_request`: how a request for a service line stands, and what stands against it, asked over HTTP."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from harness.stage import Stage
from harness.step import AtOperator, Unmet
from harness.values import Text


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) else value


Number = Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[1-9][0-9]{0,8}$")]


class ExpectRequest(AtOperator):
    """`expect_request: {number: 1, state: refused, clause: dedicated.pledge, document: pledge}`; at least one field.

    Attributes:
        number: The request's: the first of a scenario is 1.
        state: Where it stands.
        clause: One of those for which it is, or as a draft would be, refused.
        document: A paper that is missing or not in order, under that clause where one is named.
        why: What one reason holds, under that clause and of that paper where they are named.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "expect_request"

    number: Number
    state: Text | None = None
    clause: Text | None = None
    document: Text | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self._expected():
            raise ValueError("expects nothing; give at least one of state, clause, document, why")
        return self

    def _expected(self) -> dict[str, str]:
        return self.model_dump(exclude_none=True, exclude={"number", "at_operator"})

    def run(self, stage: Stage) -> Unmet | None:
        """Asks for the request and compares what the step names."""
        request = stage.operator(self.at_operator).request(int(self.number))
        reasons = request.get("reasons") or []
        asks_for_reason = bool(self._expected().keys() - {"state"})
        if self.state in (None, request.get("state")) and (not asks_for_reason or any(map(self._fits, reasons))):
            return None
        said = "; ".join(f"{reason.get('why')} (clause {reason.get('clause')})" for reason in reasons)
        expected = ", ".join(f"{name} {value}" for name, value in self._expected().items())
        return Unmet((expected,), f"state {request.get('state')}, {said or 'no reasons'}")

    def _fits(self, reason: dict[str, Any]) -> bool:
        return (
            self.clause in (None, reason.get("clause"))
            and self.document in (None, *str(reason.get("document")).split(" or "))
            and (self.why is None or self.why in str(reason.get("why")))
        )
