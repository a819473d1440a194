"""Kannel against the operator: one life of it for most tests, looked at from both ends."""

import queue
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.operator_api import Message
from simulator.smpp.consts import ESM_STORE_AND_FORWARD, ESM_UDHI, CommandStatus
from tests.e2e.installed import need_kannel
from tests.e2e.kannel import Callbacks, Dump, Kannel, Report
from tests.e2e.operator import BLACKLISTED, PASSWORD, PATIENCE, SUBSCRIBER, Operator, assert_whole
from tests.e2e.texts import ADVERTISEMENT, LONG, SHORT

DELIVERED, ACCEPTED, REFUSED = 1, 8, 16
"""Bits of dlr-mask."""


@dataclass
class Life:
    """What one Kannel did between its start and its end, and what the operator had by then."""

    answers: dict[str, str] = field(default_factory=dict)
    reports: dict[str, list[Report]] = field(default_factory=dict)
    pdus: list[Dump] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def named(self, type_name: str) -> list[Dump]:
        return [pdu for pdu in self.pdus if pdu["type_name"] == type_name]

    def received(self, text: str) -> list[Message]:
        """The operator's messages that are this text or a part of it."""
        return [message for message in self.messages if message["text"] in text]


TEXTS = {
    "advertisement": (ADVERTISEMENT, BLACKLISTED, [REFUSED]),
    "short": (SHORT, BLACKLISTED, [ACCEPTED, DELIVERED]),
    "long": (LONG, SUBSCRIBER, [ACCEPTED, DELIVERED]),
}
"""By name: a text, its recipient, and the reports that it will have."""


@pytest.fixture(scope="module")
def installed() -> None:
    need_kannel()


@pytest.fixture(scope="module")
def life(installed: None, running_operator: Operator, tmp_path_factory: pytest.TempPathFactory) -> Life:
    running_operator.reset()
    life = Life()
    with Callbacks() as callbacks:
        with Kannel(running_operator, tmp_path_factory.mktemp("kannel"), PASSWORD) as kannel:
            kannel.start_smsbox()
            for name, (text, destination, _) in TEXTS.items():
                life.answers[name] = kannel.send(text, destination, callbacks.url(name))
            for _ in range(sum(len(reports) for _, _, reports in TEXTS.values())):
                report = callbacks.reports.get(timeout=PATIENCE)
                life.reports.setdefault(report.message, []).append(report)
            running_operator.messages(5, state="DELIVERED")
        with pytest.raises(queue.Empty):
            callbacks.reports.get_nowait()
    life.pdus = kannel.pdus()
    life.messages = running_operator.messages(6)
    return life


def test_it_binds_and_unbinds(life: Life) -> None:
    [bound] = life.named("bind_transceiver_resp")
    assert (bound["command_status"], bound["system_id"]) == (CommandStatus.ESME_ROK, "khatban")
    assert bound["sc_interface_version"] == 0x50
    assert life.pdus[-1]["type_name"] == "unbind_resp"
    assert life.pdus[-1]["command_status"] == CommandStatus.ESME_ROK


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_has_its_reports(life: Life, name: str) -> None:
    _, _, expected = TEXTS[name]
    assert sorted(report.type for report in life.reports[name]) == sorted(expected)


def test_it_sends_what_the_page_about_clients_says(life: Life) -> None:
    [bind] = life.named("bind_transceiver")
    assert bind["interface_version"] == 0x34
    submits = life.named("submit_sm")
    parts = [submit for submit in submits if submit["esm_class"] == ESM_STORE_AND_FORWARD | ESM_UDHI]
    whole = [submit for submit in submits if submit["esm_class"] == ESM_STORE_AND_FORWARD]
    assert (len(whole), len(parts)) == (2, 4)
    assert [submit["registered_delivery"] for submit in (*whole, *parts)] == [0x11, 0x11, 0x11, 0, 0, 0]
    assert [part.get("more_messages_to_send") for part in parts] == [1, 1, 1, None]


def test_short_persian_text_is_accepted_and_reported(life: Life) -> None:
    assert life.answers["short"] == "0: Accepted for delivery"
    [message] = life.received(SHORT)
    assert (message["text"], message["state"]) == (SHORT, "DELIVERED")
    accepted, delivered = sorted(life.reports["short"], key=lambda report: -report.type)
    assert (accepted.type, accepted.message_id, accepted.text) == (ACCEPTED, message["id"], "ACK/")
    assert (delivered.type, delivered.message_id) == (DELIVERED, message["id"])
    assert delivered.text.startswith(f"id:{message['id']} sub:001 dlvrd:001")
    assert "stat:DELIVRD err:000" in delivered.text
    [receipt] = message["receipts"]
    assert receipt["acknowledged_at"] is not None


def test_long_persian_text_is_put_together_again(life: Life) -> None:
    parts = life.received(LONG)
    assert_whole(parts, LONG)
    assert {(message["state"], message["verdict"]["outcome"]) for message in parts} == {("DELIVERED", "accepted")}


def test_it_asks_for_the_receipt_of_a_long_text_with_its_first_part_only(life: Life) -> None:
    first, *others = sorted(life.received(LONG), key=lambda message: message["part"]["number"])
    assert [len(message["receipts"]) for message in (first, *others)] == [1] + [0] * len(others)
    assert {report.message_id for report in life.reports["long"]} == {first["id"]}


def test_advertising_to_the_blacklist_is_refused_without_a_receipt(life: Life) -> None:
    [message] = life.received(ADVERTISEMENT)
    assert message["verdict"]["rule"] == "service-advertising-to-blacklisted"
    assert (message["command_status"], message["receipts"]) == ("0x00000404", [])
    [report] = life.reports["advertisement"]
    assert (report.type, report.message_id) == (REFUSED, "")
    assert report.text.startswith("NACK/0x00000404/")
    refused = [response for response in life.named("submit_sm_resp") if response["command_status"]]
    assert [(response["command_status"], response["message_id"]) for response in refused] == [(0x404, "")]


def test_a_wrong_password_is_refused(installed: None, operator: Operator, tmp_path: Path) -> None:
    with Kannel(operator, tmp_path, "wrong") as kannel:
        # Nothing is asked of bearerbox behind this: a refusal that comes so early makes it panic now and then.
        kannel.wait_until(lambda: "SMSC rejected login to transmit, code 0x0000000e" in kannel.log())
    [bound] = [pdu for pdu in kannel.pdus() if pdu["type_name"] == "bind_transceiver_resp"]
    assert (bound["command_status"], bound["system_id"]) == (CommandStatus.ESME_RINVPASWD, "")
