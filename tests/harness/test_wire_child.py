"""What only the wire driver can: PDUs by name, octets, silence, calls from the operator."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from harness.driver import Capability
from harness.driver_process import ProcessDriver
from harness.drivers.wire_driver import WIRE
from simulator.smpp.codec import encode
from simulator.smpp.pdus import DeliverSm, Outbind
from tests.harness.children import Client, also, polite
from tests.harness.fake_mc import (
    DELIVER_SM,
    ENQUIRE_LINK,
    RESPONSE,
    SUBMIT_SM,
    UNBIND,
    FakeMc,
    Pdu,
    deliver_sm,
    ok,
)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProcessDriver]:
    with ProcessDriver(WIRE, tmp_path_factory.mktemp("driver") / "driver.log") as started:
        yield started


@contextlib.contextmanager
def bound(driver: ProcessDriver, mc: FakeMc, name: str) -> Iterator[Client]:
    client = Client(driver, mc, name)
    client.bind()
    client.until("bound")
    yield client
    client.close()


def test_it_can_do_all_that_there_is(driver: ProcessDriver) -> None:
    assert driver.capabilities == frozenset(map(str, Capability))


def test_a_pdu_leaves_as_it_is_told(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc, bound(driver, mc, "pdu") as client:
        client.send(
            "send_pdu",
            name="submit_multi",
            fields={
                "source_addr": "30002",
                "dest_address": [{"dest_addr_ton": 1, "destination_addr": "98912"}, {"dl_name": "all"}],
                "short_message": "0041",
            },
            tlvs=[{"tag": 0x1401, "value": "ff"}],
            sequence_number=0x7FFFFFFF,
            command_status=5,
        )
        sent = client.last("sent")
        assert (sent["pdu"], sent["sequence_number"]) == ("submit_multi", 0x7FFFFFFF)
        told = client.last("pdu")
        assert (told["name"], told["sequence_number"], told["told"]) == ("submit_multi_resp", 0x7FFFFFFF, False)
    pdu = mc.received[1]
    assert (pdu.command_status, pdu.sequence_number) == (5, 0x7FFFFFFF)
    assert pdu.body == (
        b"\0\0\x0030002\0" + b"\x02" + b"\x01\x01\x0098912\0" + b"\x02all\0" + bytes(3) + b"\0\0" + bytes(4)
        + b"\x02\0A" + b"\x14\x01\0\x01\xff"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"name": "submit_sn"}, "there is no PDU 'submit_sn'; did you mean 'submit_sm'?"),
        ({"name": "submit_sm", "fields": {"source": "1"}}, "submit_sm has no field 'source'"),
        ({"name": "submit_sm", "fields": {"esm_class": 256}}, "submit_sm.esm_class: 256 is not within 0 to 255"),
        ({"name": "submit_sm", "fields": {"short_message": "0x"}}, "submit_sm.short_message: '0x' are no hexadecimal"),
        ({"name": "unbind", "tlvs": [{"tag": 70000, "value": ""}]}, "unbind.tlvs[0].tag: 70000 is not within"),
        (
            {"name": "submit_multi", "fields": {"dest_address": [{"destination": "1"}]}},
            "submit_multi.dest_address[0] has no field 'destination'",
        ),
    ],
)
def test_what_makes_no_pdu_is_refused_with_its_place(
    driver: ProcessDriver, asked: dict[str, object], complaint: str
) -> None:
    with FakeMc(polite) as mc, bound(driver, mc, f"wrong {complaint}") as client:
        client.send("send_pdu", **asked)
        assert complaint in client.last("failed")["reason"]
    assert len(mc.received) == 1


def test_octets_leave_whatever_they_are(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc, bound(driver, mc, "octets") as client:
        client.send("send_octets", octets="00000010" + "000000ff" + "00000000")
        assert client.last("sent") == {"pdu": "", "octets": 12}
        client.send("send_octets", octets="00000009")
        client.last("sent")
        assert client.last("pdu")["name"] == "0x800000FF"
    assert (mc.received[1].command_id, mc.received[1].sequence_number) == (0xFF, 9)


def test_every_pdu_is_shown_and_marked_where_it_is_told_otherwise(driver: ProcessDriver) -> None:
    text = "لغو".encode("utf-16-be")
    answer = also(SUBMIT_SM, lambda _: [deliver_sm(79, text, data_coding=8)])
    with FakeMc(answer) as mc, bound(driver, mc, "shown") as client:
        client.submit("a")
        events = client.until("mo")
    shown = [event.model_dump() for event in events if event.event == "pdu"]
    assert [(pdu["name"], pdu["told"]) for pdu in shown] == [("submit_sm_resp", True), ("deliver_sm", True)]
    assert shown[1]["fields"]["short_message"] == text.hex()
    assert shown[1]["octets"].endswith(text.hex())


def test_a_pdu_that_cannot_be_read_is_shown_with_the_reason(driver: ProcessDriver) -> None:
    answer = also(SUBMIT_SM, lambda _: [Pdu(DELIVER_SM, 0, 5, b"\0\1\1" + b"9" * 40)])
    with FakeMc(answer) as mc, bound(driver, mc, "unreadable") as client:
        client.submit("a")
        client.until("response")
        told = client.last("pdu")
    assert (told["name"], told["told"]) == ("deliver_sm", False)
    assert told["error"].startswith("deliver_sm.source_addr: no NUL within 21 octets")
    assert told["fields"] == {"service_type": "", "source_addr_ton": 1, "source_addr_npi": 1}


def test_answers_can_be_left_out_and_changed(driver: ProcessDriver) -> None:
    asked = [Pdu(ENQUIRE_LINK, 0, 80, b""), deliver_sm(81, b"a"), Pdu(UNBIND, 0, 82, b"")]
    with FakeMc(also(SUBMIT_SM, lambda _: asked)) as mc, bound(driver, mc, "behaviour") as client:
        client.send("behave", unanswered=["enquire_link"], answers={"deliver_sm": 0x64})
        client.until("behaving")
        client.submit("a")
        while client.last("pdu")["name"] != "unbind":
            pass
    answered = {(pdu.command_id, pdu.sequence_number, pdu.command_status) for pdu in mc.received[2:]}
    assert answered == {(DELIVER_SM | RESPONSE, 81, 0x64), (UNBIND | RESPONSE, 82, 0)}


def test_only_what_it_answers_by_itself_can_be_left_out(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc, bound(driver, mc, "not answered") as client:
        client.send("behave", unanswered=["submit_sm"])
        assert "submit_sm is nothing that this client answers by itself" in client.last("failed")["reason"]


def test_a_client_that_does_not_read_hears_nothing_until_it_does(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc, bound(driver, mc, "deaf") as client:
        client.send("behave", reads=False)
        client.until("behaving")
        client.submit("a")
        client.until("sent")
        client.send("behave", reads=True)
        events = client.until("response")
        assert [event.event for event in events] == ["behaving", "pdu", "response"]


def test_nothing_waits_for_an_answer(driver: ProcessDriver) -> None:
    """Ten requests leave although none is answered: there is no window."""
    silent = lambda pdu: [] if pdu.command_id == ENQUIRE_LINK else polite(pdu)  # noqa: E731 - one line says it all
    with FakeMc(silent) as mc, bound(driver, mc, "window") as client:
        for _ in range(10):
            client.send("enquire_link")
        for _ in range(10):
            client.until("sent")
    assert [pdu.command_id for pdu in mc.received].count(ENQUIRE_LINK) == 10


def test_a_connection_without_a_bind(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "open")
        client.send("open", host=mc.host, port=mc.port)
        client.until("opened")
        client.send("send_pdu", name="enquire_link")
        assert client.last("pdu")["name"] == "enquire_link_resp"
        client.close()
    client.send("open", host=mc.host, port=mc.port)
    assert client.last("closed")["reason"].startswith("ConnectionRefusedError")


def test_it_can_be_called(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "called")
        client.send("listen", host="127.0.0.1")
        where = client.last("listening")
        client.send("unbind")
        assert client.last("failed")["reason"] == "the operator has not called yet"
        with socket.create_connection((where["host"], where["port"])) as operator:
            client.until("opened")
            operator.sendall(encode(Outbind("khatban", "secret"), 1))
            told = client.last("pdu")
            assert (told["name"], told["fields"]) == ("outbind", {"system_id": "khatban", "password": "secret"})
            client.close()


def test_octets_that_make_no_pdu_end_the_session(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: [ok(pdu, b"MC\0")]) as mc:
        client = Client(driver, mc, "garbage")
        client.send("listen", host="127.0.0.1")
        where = client.last("listening")
        with socket.create_connection((where["host"], where["port"])) as operator:
            operator.sendall(encode(DeliverSm(short_message=b"a"), 1) + b"HTTP/1.1 200 OK\r\n\r\n")
            assert "make no PDU" in client.last("closed")["reason"]
