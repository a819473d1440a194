"""Every client in its child process, against a message centre that shares no code with anything: the same for all."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from harness.driver import Capability, DriverSpec
from harness.driver_events import Failed
from harness.driver_process import ProcessDriver
from harness.drivers.aiosmpplib_driver import AIOSMPPLIB
from harness.drivers.net_smpp_driver import NET_SMPP
from harness.drivers.node_driver import NODE
from harness.drivers.smpplib_driver import SMPPLIB
from harness.drivers.wire_driver import WIRE
from tests.e2e.installed import need_net_smpp, need_node_smpp
from tests.harness.children import Client, also, polite
from tests.harness.fake_mc import (
    DELIVER_SM,
    ENQUIRE_LINK,
    RESPONSE,
    SUBMIT_MULTI,
    SUBMIT_SM,
    FakeMc,
    Pdu,
    deliver_sm,
    ok,
    receipt_text,
)

SPECS: dict[str, DriverSpec] = {spec.name: spec for spec in (SMPPLIB, NODE, NET_SMPP, AIOSMPPLIB, WIRE)}


@pytest.fixture(scope="module", params=SPECS)
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProcessDriver]:
    spec = SPECS[request.param]
    if spec is NODE:
        spec = spec.configured({"modules": str(need_node_smpp())})
    if spec is NET_SMPP:
        need_net_smpp()
    with ProcessDriver(spec, tmp_path_factory.mktemp("driver") / "driver.log") as started:
        yield started


def test_it_declares_only_what_there_is(driver: ProcessDriver) -> None:
    assert driver.capabilities <= frozenset(map(str, Capability))
    assert {"transceiver", "sessions", "several_sessions", "receipts", "mo"} <= driver.capabilities


def test_a_conversation_from_bind_to_unbind(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "conversation")
        client.bind()
        assert client.last("bound") == {"command_status": 0, "system_id": "MC"}
        client.submit("سلام")
        events = [event for event in client.until("response") if event.event != "pdu"]
        assert [event.event for event in events] == ["sent", "response"]
        response = events[-1].model_dump()
        assert (response["tag"], response["part"]) == ("1", 1)
        assert response["message_id"] == str(response["sequence_number"])
        client.send("unbind")
        assert client.last("unbound")["command_status"] == 0
        client.close()
    submit = next(pdu for pdu in mc.received if pdu.command_id == SUBMIT_SM)
    assert submit.body.endswith("سلام".encode("utf-16-be"))
    assert submit.body.startswith(b"\0\0\x013000200020\0\x01\x01989123456701\0")


@pytest.mark.parametrize("bind_type", ["transmitter", "receiver"])
def test_binds_of_each_type(driver: ProcessDriver, bind_type: str) -> None:
    with FakeMc(lambda pdu: [ok(pdu, b"MC\0")]) as mc:
        client = Client(driver, mc, f"type {bind_type}")
        client.bind(bind_type)
        assert client.last("bound")["command_status"] == 0
        client.close()
    assert mc.received[0].command_id == {"receiver": 1, "transmitter": 2}[bind_type]


def test_two_sessions_at_once(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc, FakeMc(polite) as other_mc:
        client, other = Client(driver, mc, "one"), Client(driver, other_mc, "another")
        client.bind()
        client.until("bound")
        other.bind()
        other.until("bound")
        client.submit("سلام")
        client.until("response")
        other.close()
        client.submit("سلام")
        assert client.last("response")["command_status"] == 0
        client.close()


def test_a_refused_bind_reports_its_status(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: [ok(pdu, b"\0", status=0x0E)]) as mc:
        client = Client(driver, mc, "refused bind")
        client.bind()
        assert client.last("bound")["command_status"] == 0x0E
        client.close()


def test_nobody_listens(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "nobody")
    client.bind()
    assert client.last("closed")["reason"]


def test_a_refused_message_reports_its_status(driver: ProcessDriver) -> None:
    def refuse(pdu: Pdu) -> list[Pdu]:
        return [ok(pdu, b"\0", status=0x45)] if pdu.command_id == SUBMIT_SM else polite(pdu)

    with FakeMc(refuse) as mc:
        client = Client(driver, mc, "refused")
        client.bind()
        client.until("bound")
        client.submit("تخفیف")
        response = client.last("response")
        assert (response["command_status"], response["message_id"], response["tag"]) == (0x45, "", "1")
        client.close()


@pytest.mark.parametrize("text", ["ب" * 150, "a" * 170])
def test_a_long_text_goes_out_in_parts_and_each_is_answered(driver: ProcessDriver, text: str) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, f"long {text[0]}")
        client.bind()
        client.until("bound")
        client.submit(text)
        parts = -(-len(text) // (67 if text[0] > "\x7f" else 153))
        responses = [client.last("response") for _ in range(parts)]
        assert sorted(response["part"] for response in responses) == [*range(1, parts + 1)]
        client.close()
    submits = [pdu for pdu in mc.received if pdu.command_id == SUBMIT_SM]
    assert [_part(pdu.body) for pdu in submits] == [(parts, number) for number in range(1, parts + 1)]
    assert len({_reference(pdu.body) for pdu in submits}) == 1


def _udh(body: bytes) -> bytes:
    """The header of a part, with a reference of 8 or of 16 bits."""
    at = max(body.find(b"\x05\x00\x03"), body.find(b"\x06\x08\x04"))
    return body[at : at + 1 + body[at]]


def _part(body: bytes) -> tuple[int, int]:
    total, number = _udh(body)[-2:]
    return total, number


def _reference(body: bytes) -> bytes:
    return _udh(body)[3:-2]


def test_a_receipt_is_reported_and_answered(driver: ProcessDriver) -> None:
    text = receipt_text("0000000001", "UNDELIV", "016")
    with FakeMc(also(SUBMIT_SM, lambda _: [deliver_sm(77, text, esm_class=4)])) as mc:
        client = Client(driver, mc, "receipt")
        client.bind()
        client.until("bound")
        client.submit("سلام")
        receipt = client.last("receipt")
        assert (receipt["message_id"], receipt["state"], receipt["err"]) == ("0000000001", "UNDELIV", "016")
        assert (receipt["source"], receipt["destination"]) == ("989123456701", "3000200020")
        client.send("unbind")
        client.until("unbound")
        client.close()
    assert (DELIVER_SM | RESPONSE, 77) in {(pdu.command_id, pdu.sequence_number) for pdu in mc.received}


def test_a_subscribers_message_is_no_receipt(driver: ProcessDriver) -> None:
    text = "لغو".encode("utf-16-be")
    with FakeMc(also(SUBMIT_SM, lambda _: [deliver_sm(79, text, data_coding=8)])) as mc:
        client = Client(driver, mc, "mo")
        client.bind()
        client.until("bound")
        client.submit("سلام")
        assert client.last("mo") == {"source": "989123456701", "destination": "3000200020", "text": "لغو"}
        client.close()


def test_enquire_link_is_answered(driver: ProcessDriver) -> None:
    with FakeMc(also(SUBMIT_SM, lambda _: [Pdu(ENQUIRE_LINK, 0, 80, b"")])) as mc:
        client = Client(driver, mc, "enquire")
        client.bind()
        client.until("bound")
        client.submit("سلام")
        client.until("enquire_link")
        client.send("unbind")
        client.until("unbound")
        client.close()
    assert (ENQUIRE_LINK | RESPONSE, 80) in {(pdu.command_id, pdu.sequence_number) for pdu in mc.received}


def test_a_generic_nack_is_reported(driver: ProcessDriver) -> None:
    with FakeMc(also(SUBMIT_SM, lambda _: [Pdu(RESPONSE, 3, 555, b"")])) as mc:
        client = Client(driver, mc, "nack")
        client.bind()
        client.until("bound")
        client.submit("سلام")
        assert client.last("generic_nack") == {"sequence_number": 555, "command_status": 3}
        client.close()


def test_an_operator_that_hangs_up_later(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: None if pdu.command_id == SUBMIT_SM else polite(pdu)) as mc:
        client = Client(driver, mc, "hang up later")
        client.bind()
        client.until("bound")
        client.submit("سلام")
        client.until("closed")
    client.send("unbind")
    assert client.last("failed") == {"command": "unbind", "reason": "this session is not bound"}


def test_what_it_cannot_do_is_reported_and_the_session_lives(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "cannot")
        client.bind()
        client.until("bound")
        client.send("dance")
        failed = client.until("failed")[-1]
        assert isinstance(failed, Failed)
        assert failed.reason.endswith("'s driver has no such command")
        client.submit("سلام")
        assert client.last("response")["command_status"] == 0
        client.close()


FIELDS = {
    "service_type": "CMT", "source_addr_ton": 5, "source_addr_npi": 0, "dest_addr_ton": 2, "dest_addr_npi": 8,
    "esm_class": 3, "protocol_id": 1, "priority_flag": 2, "registered_delivery": 1, "replace_if_present_flag": 1,
    "data_coding": 8, "sm_default_msg_id": 9,
}  # fmt: skip


def test_a_submit_says_the_fields_that_it_is_told(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "fields")
        client.bind()
        client.until("bound")
        client.submit("a", fields=FIELDS, schedule="261123033000000+", validity="000001000000000R")
        client.until("response")
        client.close()
    assert mc.received[1].body == (
        b"CMT\0\x05\x003000200020\0\x02\x08989123456701\0" + bytes((3, 1, 2))
        + b"261123033000000+\0" + b"000001000000000R\0" + bytes((1, 1, 8, 9)) + b"\x02\0a"
    )  # fmt: skip


def test_octets_go_as_they_are(driver: ProcessDriver) -> None:
    if "short_message" not in driver.capabilities:
        pytest.skip("it takes texts only")
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "octets")
        client.bind()
        client.until("bound")
        client.submit("", octets="00ff1b65", fields={"data_coding": 4})
        client.until("response")
        client.close()
    assert mc.received[1].body.endswith(b"\x04\0" + b"\x04\x00\xff\x1b\x65")


def test_a_text_may_travel_in_message_payload(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "payload")
        client.bind()
        client.until("bound")
        client.submit("سلام", payload=True)
        client.until("response")
        client.close()
    octets = "سلام".encode("utf-16-be")
    assert mc.received[1].body.endswith(b"\x08\0\0" + b"\x04\x24\0\x08" + octets)


def test_any_tlv_can_be_added(driver: ProcessDriver) -> None:
    if "tlvs" not in driver.capabilities:
        with FakeMc(polite) as mc:
            client = Client(driver, mc, "no tlvs")
            client.bind()
            client.until("bound")
            client.submit("a", tlvs=[{"tag": 0x1401, "value": "01"}])
            assert client.last("failed")["reason"].endswith("cannot: tlvs")
            client.close()
        return
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "tlvs")
        client.bind()
        client.until("bound")
        client.submit("a", tlvs=[{"tag": 0x1401, "value": "0102"}, {"tag": 0x0204, "value": "0007"}])
        client.until("response")
        client.close()
    assert mc.received[1].body.endswith(b"\x01a" + b"\x14\x01\0\x02\x01\x02" + b"\x02\x04\0\x02\0\x07")


def test_a_submit_to_several_is_a_submit_multi(driver: ProcessDriver) -> None:
    if "several_recipients" not in driver.capabilities:
        pytest.skip("it names one recipient")

    def answer(pdu: Pdu) -> list[Pdu]:
        return [ok(pdu, b"77\0\0")] if pdu.command_id == SUBMIT_MULTI else polite(pdu)

    with FakeMc(answer) as mc:
        client = Client(driver, mc, "several")
        client.bind()
        client.until("bound")
        client.submit("a", also_to=["989123456702"])
        assert client.last("response")["message_id"] == "77"
        client.close()
    ends = b"\0\0\x013000200020\0" + b"\x02" + b"\x01\x01\x01989123456701\0" + b"\x01\x01\x01989123456702\0"
    assert mc.received[1].body.startswith(ends)


QUERY_SM, REPLACE_SM, CANCEL_SM, DATA_SM = 0x03, 0x07, 0x08, 0x103
ANCILLARY = [
    ("query", QUERY_SM, "query_sm", {"message_id": "5", "source": "30002"}, b"5\0\0\x0130002\0"),
    (
        "cancel", CANCEL_SM, "cancel_sm", {"message_id": "5", "source": "30002", "destination": "98912"},
        b"\0005\0\0\x0130002\0\x01\x0198912\0",
    ),
    (
        "replace", REPLACE_SM, "replace_sm", {"message_id": "5", "source": "30002", "text": "ب", "receipt": True},
        b"5\0\0\x0130002\0\0\0\x01\0\x02\x06\x28",
    ),
    ("enquire_link", ENQUIRE_LINK, "enquire_link", {}, b""),
]  # fmt: skip


@pytest.mark.parametrize(("command", "command_id", "name", "fields", "body"), ANCILLARY, ids=[a[0] for a in ANCILLARY])
def test_operations_on_what_was_sent(
    driver: ProcessDriver, command: str, command_id: int, name: str, fields: dict[str, object], body: bytes
) -> None:
    if name not in driver.capabilities:
        pytest.skip(f"it has no {name}")

    def answer(pdu: Pdu) -> list[Pdu]:
        return [ok(pdu, b"5\x00261122100000000+\0\x02\0")] if pdu.command_id == QUERY_SM else polite(pdu)

    with FakeMc(answer) as mc:
        client = Client(driver, mc, command)
        client.bind()
        client.until("bound")
        client.send(command, **fields)
        sent, *_, told = client.until("pdu")
        assert sent.model_dump()["pdu"] == name
        answered = told.model_dump()
        assert (answered["name"], answered["command_status"]) == (f"{name}_resp", 0)
        assert answered["sequence_number"] == sent.model_dump()["sequence_number"]
        if command == "query":
            assert (answered["fields"]["message_id"], answered["fields"]["message_state"]) == ("5", 2)
        client.close()
    assert [pdu.body for pdu in mc.received if pdu.command_id == command_id] == [body]


def test_data_sm_carries_a_text_too(driver: ProcessDriver) -> None:
    if "data_sm" not in driver.capabilities:
        pytest.skip("it has no data_sm")
    with FakeMc(lambda pdu: [ok(pdu, b"9\0")] if pdu.command_id == DATA_SM else polite(pdu)) as mc:
        client = Client(driver, mc, "data_sm")
        client.bind()
        client.until("bound")
        client.submit("سلام", pdu="data_sm")
        assert client.last("response")["message_id"] == "9"
        client.close()
    ends = b"\0\0\x013000200020\0\x01\x01989123456701\0"
    payload = b"\x04\x24\0\x08" + "سلام".encode("utf-16-be")
    assert mc.received[1].body == ends + b"\0\x01\x08" + payload


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.mark.parametrize("is_checked", [True, False])
def test_a_session_behind_tls(driver: ProcessDriver, authority: trustme.CA, tmp_path: Path, is_checked: bool) -> None:
    if "tls" not in driver.capabilities:
        pytest.skip("it has no TLS")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    text = receipt_text("1", "DELIVRD", "000")
    receipts = [deliver_sm(number, text, esm_class=4) for number in range(70, 90)]
    with FakeMc(also(SUBMIT_SM, lambda _: receipts), secured(authority)) as mc:
        client = Client(driver, mc, f"tls {is_checked}")
        client.bind(tls={"ca": str(tmp_path / "ca.pem") if is_checked else None})
        client.until("bound")
        client.submit("سلام")
        for _ in receipts:  # in one record: what is left in it shows on no socket
            client.until("receipt")
        client.close()


def test_a_certificate_of_somebody_else_is_refused(
    driver: ProcessDriver, authority: trustme.CA, tmp_path: Path
) -> None:
    if "tls" not in driver.capabilities:
        pytest.skip("it has no TLS")
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    with FakeMc(polite, secured(authority)) as mc:
        client = Client(driver, mc, "tls refused")
        client.bind(tls={"ca": str(tmp_path / "ca.pem")})
        assert client.last("closed")["reason"]
    assert mc.received == []


BIND_FIELDS = {"system_type": "VMS", "interface_version": 0x33, "addr_ton": 1, "addr_npi": 1, "address_range": "98"}


def test_a_bind_says_the_fields_that_it_is_told(driver: ProcessDriver) -> None:
    if "bind_fields" not in driver.capabilities:
        pytest.skip("it says interface_version by itself")
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "bind fields")
        client.bind(fields=BIND_FIELDS)
        client.until("bound")
        client.close()
    assert mc.received[0].body == b"panel\0panel\0VMS\0\x33\x01\x0198\0"


def test_it_ends_with_its_standard_input(driver: ProcessDriver, tmp_path: Path) -> None:
    spec = SPECS[driver.name]
    if spec is NODE:
        spec = spec.configured({"modules": str(need_node_smpp())})
    with FakeMc(polite) as mc:
        another = ProcessDriver(spec, tmp_path / "driver.log")
        with another:
            client = Client(another, mc, "s")
            client.bind()
            client.until("bound")
            process = another._process
        assert process is not None
        assert process.returncode == 0
