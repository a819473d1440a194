"""`query`: the client asks what has become of a message (query_sm)."""

from collections.abc import Sequence
from typing import ClassVar

from harness.ancillary import Ancillary
from harness.driver import Capability
from harness.stage import Stage
from harness.step import Step, Unmet
from harness.values import Number, State
from simulator.smpp.consts import MessageState


class Query(Ancillary):
    """`query: {of: first, state: DELIVERED}`.

    Attributes:
        state: The message_state that the answer must name.
        error_code: Its error_code, where that matters.
        statuses: See `Ancillary`.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "query"

    state: State | None = None
    error_code: Number | None = None

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can ask."""
        del before
        return frozenset({Capability.QUERY_SM})

    def run(self, stage: Stage) -> Unmet | None:
        """Asks, and looks at the answer."""
        answer = self.ask(stage, "query")
        if isinstance(answer, Unmet):
            return answer
        wanted = {"message_state": self.state, "error_code": self.error_code}
        for name, value in wanted.items():
            if value is not None and answer.fields.get(name) != value:
                return Unmet((f"{name} {_name(name, value)}",), _name(name, answer.fields.get(name)))
        return None


def _name(field: str, value: object) -> str:
    states = {int(state): state.name for state in MessageState}
    return states.get(value, str(value)) if field == "message_state" and isinstance(value, int) else str(value)
