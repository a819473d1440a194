"""What a session refuses without asking anybody, although the PDU is whole, and the PDU that answers any refusal."""

from simulator.smpp.consts import RESPONSE_BIT, CommandStatus, command_name
from simulator.smpp.errors import PduError
from simulator.smpp.pdus import PDU_TYPES, GenericNack, Pdu
from simulator.smpp.states import BOUND_BY, Role, SessionState, may_send


def unknown_command(code: int, sequence_number: int) -> PduError:
    """The refusal of a request that this side does not know; its path is `command_id`."""
    reason = f"{command_name(code)} is not known here"
    return PduError(code, sequence_number, CommandStatus.ESME_RINVCMDID, "command_id", reason)


def out_of_place(code: int, sequence_number: int, sender: Role, state: SessionState) -> PduError:
    """The refusal of a request that its sender may not send in this state; a second bind has a status of its own.

    A bind that an ESME may send in this state and is refused all the same came while another was under way.
    """
    reason = f"no {sender.value} sends it in state {state.value}"
    status = CommandStatus.ESME_RINVBNDSTS
    if code in BOUND_BY and sender is Role.ESME:
        is_under_way = may_send(sender, state, code)
        reason = "a bind is under way" if is_under_way else reason
        status = CommandStatus.ESME_RALYBND if is_under_way or state.is_bound else status
    return PduError(code, sequence_number, status, command_name(code), reason)


def answer_to(refused: PduError) -> Pdu:
    """What tells a sender of a refusal: the request's own response if it has one, or generic_nack."""
    return PDU_TYPES.get(refused.command_id | RESPONSE_BIT, GenericNack)()
