"""The real smpplib in its child process, against a message centre that shares no code with anything."""

import json
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.driver import Capability, DriverError
from harness.driver_events import Failed
from harness.driver_process import ProcessDriver
from harness.drivers.smpplib_driver import SMPPLIB
from tests.harness.children import Client, also, polite
from tests.harness.fake_mc import (
    DELIVER_SM,
    ENQUIRE_LINK,
    RESPONSE,
    SUBMIT_MULTI,
    SUBMIT_SM,
    UNBIND,
    FakeMc,
    Pdu,
    deliver_sm,
    ok,
    receipt_text,
)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProcessDriver]:
    with ProcessDriver(SMPPLIB, tmp_path_factory.mktemp("driver") / "driver.log") as started:
        yield started


def test_it_declares_what_smpplib_can_do(driver: ProcessDriver) -> None:
    assert driver.capabilities <= frozenset(map(str, Capability))


def test_a_conversation_from_bind_to_unbind(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "conversation")
        client.bind()
        assert client.last("bound") == {"command_status": 0, "system_id": "MC"}
        client.submit("سلام")
        sent, response = client.until("response")
        assert (sent.event, response.event) == ("sent", "response")
        assert response.model_dump()["message_id"] == str(response.model_dump()["sequence_number"])
        client.send("unbind")
        assert [event.event for event in client.until("closed")] == ["sent", "unbound", "closed"]
    submit = mc.received[1]
    assert submit.command_id == SUBMIT_SM
    assert submit.body.endswith("سلام".encode("utf-16-be"))
    assert b"\0\x013000200020\0" in submit.body[:20]


def test_a_request_before_the_answer_to_a_bind_ends_the_session_and_not_the_process(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: [Pdu(ENQUIRE_LINK, 0, 1, b""), ok(pdu, b"MC\0")]) as mc:
        client = Client(driver, mc, "asked too early")
        client.bind()
        assert client.last("closed") == {"reason": "PDUError: smpplib took enquire_link for the answer to its bind"}
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "the next one")
        client.bind()
        assert client.last("bound")["command_status"] == 0
        client.close()


@pytest.mark.parametrize("bind_type", ["transceiver", "transmitter", "receiver"])
def test_binds_of_each_type(driver: ProcessDriver, bind_type: str) -> None:
    with FakeMc(lambda pdu: [ok(pdu, b"MC\0")]) as mc:
        client = Client(driver, mc, f"type {bind_type}")
        client.bind(bind_type)
        assert client.last("bound")["command_status"] == 0
        client.send("close")
        assert client.last("closed") == {"reason": "closed by the scenario"}
    assert mc.received[0].command_id == {"receiver": 1, "transmitter": 2, "transceiver": 9}[bind_type]


def test_a_refused_bind_reports_its_status_and_ends(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: [ok(pdu, status=0x0E)]) as mc:
        client = Client(driver, mc, "refused bind")
        client.bind()
        assert [event.event for event in client.until("closed")] == ["sent", "bound", "closed"]


def test_an_operator_that_hangs_up_at_the_bind(driver: ProcessDriver) -> None:
    with FakeMc(lambda _: None) as mc:
        client = Client(driver, mc, "hang up")
        client.bind()
        assert client.last("closed")["reason"].startswith("ConnectionError")


def test_nobody_listens(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "nobody")
    client.bind()
    assert client.last("closed")["reason"] == "ConnectionError: Connection refused"


def test_a_refused_message_reports_its_status(driver: ProcessDriver) -> None:
    def refuse(pdu: Pdu) -> list[Pdu]:
        return [ok(pdu, status=0x404)] if pdu.command_id == SUBMIT_SM else polite(pdu)

    with FakeMc(refuse) as mc:
        client = Client(driver, mc, "refused")
        client.bind()
        client.submit("تخفیف")
        response = client.last("response")
        assert (response["command_status"], response["message_id"], response["tag"]) == (0x404, "", "1")
        client.send("close")
        client.until("closed")


def test_a_long_text_goes_out_in_parts_and_each_is_answered(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "long")
        client.bind()
        client.submit("ب" * 150)
        sent = [event.model_dump() for event in (*client.until("response"), *client.until("response"))]
        assert [(event["part"], event["parts"]) for event in sent if event["event"] == "sent" and event["tag"]] == [
            (1, 3), (2, 3), (3, 3),
        ]  # fmt: skip
        assert client.last("response")["part"] == 3
        client.send("close")
        client.until("closed")
    headers = [_udh(pdu.body) for pdu in mc.received if pdu.command_id == SUBMIT_SM]
    references = {header[3] for header in headers}
    assert len(references) == 1
    assert [header[4:] for header in headers] == [b"\3\1", b"\3\2", b"\3\3"]


def _udh(body: bytes) -> bytes:
    at = body.index(b"\x05\x00\x03")
    return body[at : at + 6]


@pytest.mark.parametrize("seeds", [(7, 7), (8, 8)])
def test_the_same_seed_gives_the_same_octets(driver: ProcessDriver, seeds: tuple[int, int]) -> None:
    wires = []
    for turn, seed in enumerate(seeds):
        with FakeMc(polite) as mc:
            client = Client(driver, mc, f"seed {seed} {turn}")
            client.bind(seed=seed)
            client.submit("ب" * 150)
            for _ in range(3):
                client.until("response")
            client.send("close")
            client.until("closed")
        wires.append([pdu.encode() for pdu in mc.received])
    assert wires[0] == wires[1]


def test_a_receipt_is_reported_and_answered(driver: ProcessDriver) -> None:
    text = receipt_text("0000000001", "UNDELIV", "016")
    with FakeMc(also(SUBMIT_SM, lambda _: [deliver_sm(77, text, esm_class=4)])) as mc:
        client = Client(driver, mc, "receipt")
        client.bind()
        client.submit("سلام")
        receipt = client.last("receipt")
        assert (receipt["message_id"], receipt["state"], receipt["err"]) == ("0000000001", "UNDELIV", "016")
        assert (receipt["source"], receipt["destination"]) == ("989123456701", "3000200020")
        client.send("unbind")
        client.until("closed")
    assert (DELIVER_SM | RESPONSE, 77) in {(pdu.command_id, pdu.sequence_number) for pdu in mc.received}


def test_a_submit_to_several_is_a_submit_multi(driver: ProcessDriver) -> None:
    def answer(pdu: Pdu) -> list[Pdu]:
        return [ok(pdu, b"77\0\0")] if pdu.command_id == SUBMIT_MULTI else polite(pdu)

    with FakeMc(answer) as mc:
        client = Client(driver, mc, "several")
        client.bind()
        ends = {"source": "3000200020", "destination": "989123456701", "also_to": ["989123456702"]}
        client.send("submit", tag="1", **ends, text="abc", receipt=True, validity="000000020000000R")
        [*_, sent, response] = client.until("response")
        assert sent.model_dump()["pdu"] == "submit_multi"
        assert (response.model_dump()["message_id"], response.model_dump()["command_status"]) == ("77", 0)
        client.send("close")
        client.until("closed")
    body = mc.received[1].body
    assert body == (
        b"\0" + b"\0\x013000200020\0" + b"\x02" + b"\x01\x01\x01989123456701\0" + b"\x01\x01\x01989123456702\0"
        b"\0\0\0" + b"\0" + b"000000020000000R\0" + b"\x01\0\0\0" + b"\x03abc"
    )


def test_a_refused_submit_multi_has_no_message_id(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: [ok(pdu, status=0x45)] if pdu.command_id == SUBMIT_MULTI else polite(pdu)) as mc:
        client = Client(driver, mc, "several refused")
        client.bind()
        ends = {"source": "3000200020", "destination": "989123456701", "also_to": ["989123456702"]}
        client.send("submit", tag="1", **ends, text="abc", receipt=True)
        response = client.last("response")
        assert (response["message_id"], response["command_status"]) == ("", 0x45)
        client.send("close")
        client.until("closed")


def test_a_submit_says_when_it_may_be_delivered(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "times")
        client.bind()
        ends = {"source": "3000200020", "destination": "989123456701"}
        times = {"schedule": "261123033000000+", "validity": "000001000000000R"}
        client.send("submit", tag="1", **ends, text="abc", receipt=True, **times)
        client.until("response")
        client.send("close")
        client.until("closed")
    assert b"261123033000000+\0" + b"000001000000000R\0" in mc.received[1].body


def test_the_message_id_of_the_tlv_comes_before_that_of_the_text(driver: ProcessDriver) -> None:
    tlvs = struct.pack(">HH", 0x001E, 5) + b"0042\0"
    text = receipt_text("42", "DELIVRD", "000")
    with FakeMc(also(SUBMIT_SM, lambda _: [deliver_sm(78, text, esm_class=4, tlvs=tlvs)])) as mc:
        client = Client(driver, mc, "tlv")
        client.bind()
        client.submit("سلام")
        assert client.last("receipt")["message_id"] == "0042"
        client.send("close")
        client.until("closed")


def test_a_subscribers_message_is_no_receipt(driver: ProcessDriver) -> None:
    text = "لغو".encode("utf-16-be")
    with FakeMc(also(SUBMIT_SM, lambda _: [deliver_sm(79, text, data_coding=8)])) as mc:
        client = Client(driver, mc, "mo")
        client.bind()
        client.submit("سلام")
        assert client.last("mo") == {"source": "989123456701", "destination": "3000200020", "text": "لغو"}
        client.send("close")
        client.until("closed")


def test_enquire_link_is_answered(driver: ProcessDriver) -> None:
    with FakeMc(also(SUBMIT_SM, lambda _: [Pdu(ENQUIRE_LINK, 0, 80, b"")])) as mc:
        client = Client(driver, mc, "enquire")
        client.bind()
        client.submit("سلام")
        client.until("enquire_link")
        client.send("unbind")
        client.until("closed")
    assert (ENQUIRE_LINK | RESPONSE, 80) in {(pdu.command_id, pdu.sequence_number) for pdu in mc.received}


@pytest.mark.parametrize(
    ("command_id", "reason"), [(SUBMIT_SM | RESPONSE, "which nothing bore"), (0x00FF, "smpplib could not read a PDU")]
)
def test_what_smpplib_cannot_live_with_ends_the_session(driver: ProcessDriver, command_id: int, reason: str) -> None:
    with FakeMc(also(SUBMIT_SM, lambda _: [Pdu(command_id, 0, 999, b"x\0")])) as mc:
        client = Client(driver, mc, f"strange {command_id}")
        client.bind()
        client.submit("سلام")
        assert reason in client.last("closed")["reason"]


def test_a_generic_nack_is_reported(driver: ProcessDriver) -> None:
    with FakeMc(also(SUBMIT_SM, lambda _: [Pdu(RESPONSE, 3, 5, b"")])) as mc:
        client = Client(driver, mc, "nack")
        client.bind()
        client.submit("سلام")
        assert client.last("generic_nack") == {"sequence_number": 5, "command_status": 3}
        client.send("close")
        client.until("closed")


def test_an_operator_that_hangs_up_later(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: None if pdu.command_id == SUBMIT_SM else polite(pdu)) as mc:
        client = Client(driver, mc, "hang up later")
        client.bind()
        client.submit("سلام")
        assert client.last("closed")["reason"] == "the operator closed the connection"
    client.send("unbind")
    assert client.last("failed") == {"command": "unbind", "reason": "this session is not bound"}


def test_what_the_client_cannot_send_is_reported_and_the_session_lives(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "cannot")
        client.bind()
        client.submit("سلام", source="۳۰۰۰")
        failed = client.until("failed")[-1]
        assert isinstance(failed, Failed)
        assert failed.reason.startswith("UnicodeEncodeError")
        client.submit("سلام")
        assert client.last("response")["command_status"] == 0
        client.send("dance")
        assert client.last("failed")["reason"] == "smpplib's driver has no such command"
        client.send("close")
        client.until("closed")
    assert UNBIND not in {pdu.command_id for pdu in mc.received}


def test_the_child_ends_with_its_standard_input(tmp_path: Path) -> None:
    command = list(SMPPLIB.command)
    with FakeMc(polite) as mc:
        bind = {"command": "bind", "session": "s", "seed": 1, "host": mc.host, "port": mc.port, "operator": ""}
        bind |= {"type": "transceiver", "system_id": "panel", "password": "panel"}
        done = subprocess.run(
            command, input=json.dumps(bind).encode() + b"\n", capture_output=True, timeout=20, check=True
        )
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] == ["hello", "sent", "bound", "closed"]


def test_a_child_that_was_stopped_takes_no_commands(tmp_path: Path) -> None:
    with ProcessDriver(SMPPLIB, tmp_path / "driver.log") as driver:
        pass
    with pytest.raises(DriverError, match="not started"):
        driver.send("unbind", session="1")
