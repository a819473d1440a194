"""smpplib, the npm package smpp and Perl's Net::SMPP, each in a program of its own language, against the operator."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from simulator.smpp.consts import CommandStatus, MessageState
from simulator.smpp.text import UCS2
from tests.e2e.conversation import Bound, Closed, Conversation, Unbound, Wanted, converse
from tests.e2e.installed import need_net_smpp, need_node_smpp
from tests.e2e.operator import BLACKLISTED, Operator, assert_whole
from tests.e2e.texts import ADVERTISEMENT, LONG, LONG_ADVERTISEMENT, SHORT

CLIENTS = Path(__file__).parent / "clients"
BOUND = Bound(CommandStatus.ESME_ROK, "khatban")
GOODBYE = (Unbound("unbind_resp", CommandStatus.ESME_ROK), Closed())
REFUSED = 0x404
"""How the demo world's profile tells advertising on a service line."""


def smpplib_command() -> list[str]:
    return [sys.executable, str(CLIENTS / "smpplib_client.py")]


def node_command() -> list[str]:
    return ["node", str(need_node_smpp() / "client.js")]


def net_smpp_command() -> list[str]:
    need_net_smpp()
    return ["perl", str(CLIENTS / "net_smpp.pl")]


COMMANDS: Mapping[str, Callable[[], list[str]]] = {
    "smpplib": smpplib_command,
    "node": node_command,
    "net_smpp": net_smpp_command,
}


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest) -> list[str]:
    return COMMANDS[request.param]()


def assert_delivered(conversation: Conversation, message_ids: list[str]) -> None:
    """Each of these ids, and no other, has one receipt, which says DELIVRD in both of its forms."""
    receipts = conversation.receipts
    assert sorted(receipt.message_id for receipt in receipts) == sorted(message_ids)
    for receipt in receipts:
        assert receipt.state == MessageState.DELIVERED
        assert (receipt.said.message_id, receipt.said.state) == (receipt.message_id, MessageState.DELIVERED)
        assert "stat:DELIVRD err:000" in receipt.text


def test_short_persian_text_is_accepted_and_reported(command: list[str], operator: Operator) -> None:
    conversation = converse(command, operator, Wanted(SHORT))
    assert conversation.events[0] == BOUND
    assert conversation.events[-2:] == GOODBYE
    [response] = conversation.responses()
    assert response.command_status == CommandStatus.ESME_ROK
    assert_delivered(conversation, [response.message_id])
    [message] = operator.messages(1)
    assert (message["id"], message["text"], message["data_coding"]) == (response.message_id, SHORT, UCS2)
    assert (message["part"], message["state"]) == (None, "DELIVERED")
    [receipt] = message["receipts"]
    assert receipt["acknowledged_at"] is not None


def test_long_persian_text_is_put_together_again(command: list[str], operator: Operator) -> None:
    conversation = converse(command, operator, Wanted(LONG))
    responses = conversation.responses()
    assert len(responses) == 4
    assert {response.command_status for response in responses} == {CommandStatus.ESME_ROK}
    assert_delivered(conversation, [response.message_id for response in responses])
    assert conversation.events[-2:] == GOODBYE
    parts = operator.messages(4, verdict="accepted")
    assert_whole(parts, LONG)
    assert {message["data_coding"] for message in parts} == {UCS2}


def test_a_long_advertisement_is_judged_as_a_whole(command: list[str], operator: Operator) -> None:
    conversation = converse(command, operator, Wanted(LONG_ADVERTISEMENT))
    *first, last = conversation.responses()
    assert {response.command_status for response in first} == {CommandStatus.ESME_ROK}
    assert (last.command_status, last.message_id) == (REFUSED, "")
    assert {receipt.said.state for receipt in conversation.receipts} == {MessageState.REJECTED}
    told = sorted(receipt.message_id for receipt in conversation.receipts)
    assert told == sorted(response.message_id for response in first)
    assert_whole(operator.messages(len(first) + 1, verdict="refused"), LONG_ADVERTISEMENT)


def test_advertising_to_the_blacklist_is_refused_without_a_receipt(command: list[str], operator: Operator) -> None:
    # The refused message comes first: when the other's receipt is there, one of its own would be too.
    conversation = converse(command, operator, Wanted(ADVERTISEMENT, BLACKLISTED), Wanted(SHORT, BLACKLISTED))
    [refused], [accepted] = conversation.responses(0), conversation.responses(1)
    assert (refused.command_status, refused.message_id) == (REFUSED, "")
    assert_delivered(conversation, [accepted.message_id])
    assert conversation.events[-2:] == GOODBYE
    [message] = operator.messages(1, rule="service-advertising-to-blacklisted")
    assert (message["text"], message["command_status"]) == (ADVERTISEMENT, "0x00000404")
    assert (message["state"], message["receipts"]) == ("REJECTED", [])


def test_a_wrong_password_is_refused(command: list[str], operator: Operator) -> None:
    conversation = converse(command, operator, Wanted(SHORT), password="wrong")
    told = [event for event in conversation.events if not isinstance(event, Closed)]
    assert told == [Bound(CommandStatus.ESME_RINVPASWD, "")]
