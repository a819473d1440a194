"""The operation matrix, typed once more from table 2-1: E for ESME, M for MC."""

import pytest

from simulator.smpp.consts import V34, V50, CommandId
from simulator.smpp.states import BOUND_BY, Role, SessionState, may_send

COLUMNS = ("OPEN", "OUTBOUND", "BOUND_TX", "BOUND_RX", "BOUND_TRX", "UNBOUND", "CLOSED")
SUBMISSION = "submit_sm submit_multi query_sm cancel_sm replace_sm broadcast_sm query_broadcast_sm cancel_broadcast_sm"
MATRIX = [
    ("bind_transmitter", "E - - - - - -"),  # not in OUTBOUND: 3.4 2.2.1 and 5.0 1.4.5 against 5.0's table
    ("bind_transmitter_resp", "M - - - - - -"),
    ("bind_receiver bind_transceiver", "E E - - - - -"),
    ("bind_receiver_resp bind_transceiver_resp", "M M - - - - -"),
    ("outbind", "M - - - - - -"),
    ("unbind unbind_resp", "- - EM EM EM - -"),
    ("enquire_link enquire_link_resp generic_nack", "EM EM EM EM EM EM -"),
    (SUBMISSION, "- - E - E - -"),
    (SUBMISSION.replace(" ", "_resp ") + "_resp", "- - M - M - -"),
    ("data_sm", "- - E M EM - -"),
    ("data_sm_resp", "- - M E EM - -"),
    ("deliver_sm alert_notification", "- - - M M - -"),
    ("deliver_sm_resp", "- - - E E - -"),
]
CELLS = [
    (CommandId[command.upper()], SessionState(column), letters)
    for commands, row in MATRIX
    for command in commands.split()
    for column, letters in zip(COLUMNS, row.split(), strict=True)
]


def test_the_table_is_the_one_of_the_specification() -> None:
    wrong = [
        (command.name, state.name, role.name)
        for command, state, letters in CELLS
        for role in Role
        if may_send(role, state, command) is not (role.name[0] in letters)
    ]
    assert wrong == []
    assert {command for command, _, _ in CELLS} == set(CommandId)


@pytest.mark.parametrize("command", [CommandId.DATA_SM, CommandId.DATA_SM_RESP])
def test_before_5_0_either_side_sends_data_sm_in_any_bound_state(command: CommandId) -> None:
    for role in Role:
        assert {state for state in SessionState if may_send(role, state, command, V34)} == set(BOUND_BY.values())


def test_the_versions_agree_in_all_but_data_sm() -> None:
    differing = {
        command
        for command in CommandId
        for role in Role
        for state in SessionState
        if may_send(role, state, command, V34) is not may_send(role, state, command, V50)
    }
    assert differing == {CommandId.DATA_SM, CommandId.DATA_SM_RESP}


@pytest.mark.parametrize("command_id", [0x0A, 0x22, 0x00010200, 0x8000000B, 0xFFFFFFFF])
def test_nobody_sends_what_is_unknown(command_id: int) -> None:
    assert not any(may_send(role, state, command_id) for role in Role for state in SessionState)


def test_every_bind_leads_to_a_bound_state() -> None:
    assert all(state.is_bound for state in BOUND_BY.values())
    assert {state for state in SessionState if state.is_bound} == set(BOUND_BY.values())


def test_each_role_is_the_others_peer() -> None:
    assert (Role.ESME.peer, Role.MC.peer) == (Role.MC, Role.ESME)
