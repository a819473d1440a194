"""What the operations on a message share, once it was submitted: query_sm, cancel_sm, replace_sm."""

from typing import Any

from pydantic import Field

from harness.about_submit import AboutSubmit
from harness.driver_events import Nack, Pdu
from harness.sessions import Submitted
from harness.stage import Stage, StepError
from harness.step import Unmet
from harness.values import Statuses
from simulator.smpp.consts import status_name


class Ancillary(AboutSubmit):
    """An operation on a message of the scenario, on the session that submitted it.

    Attributes:
        statuses: Key `status`: how it must be answered, ESME_ROK unless told otherwise; one or a list of which any will
            do.
        of: See `AboutSubmit`.
    """

    statuses: Statuses = Field(default=(0,), alias="status")

    def ask(self, stage: Stage, operation: str, **fields: Any) -> Pdu | Unmet:
        """Has the client send the operation for the last part; its answer, or what is wrong with that."""
        entry = stage.find(self.of)
        answer = stage.ask(entry.session, operation, message_id=_message_id(entry), source=entry.call.source, **fields)
        expected = tuple(f"{operation}_sm_resp with {status_name(status)}" for status in self.statuses)
        if answer is None:
            gone = f"the connection ended: {entry.session.closed.reason}" if entry.session.closed else "no answer"
            return Unmet(expected, gone)
        if isinstance(answer, Nack) or answer.command_status not in self.statuses:
            return Unmet(expected, status_name(answer.command_status))
        return answer


def _message_id(entry: Submitted) -> str:
    response = entry.responses.get(entry.parts)
    if response is None or not response.message_id:
        raise StepError("the submit has no message_id to ask about; expect its response before")
    return response.message_id
