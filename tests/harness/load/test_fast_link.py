"""The fast link, and at the other end a message centre's session that answers what the test says."""

import socket
from collections.abc import Iterator

import pytest

from harness.load.conversation import Books, Conversation
from harness.load.fast_link import FastLink
from harness.load.link import Address, LinkError
from harness.load.measurement import Measurement
from harness.load.plan import Binds
from harness.load.receipt_ledger import ReceiptLedger
from harness.load.traffic import Submit
from simulator.smpp.consts import ESM_MC_DELIVERY_RECEIPT, CommandStatus, MessageState
from simulator.smpp.events import Event, Request, Response
from simulator.smpp.pdus import (
    BindTransceiver,
    BindTransceiverResp,
    DeliverSm,
    SubmitSm,
    SubmitSmResp,
    Unbind,
)
from simulator.smpp.receipts import Receipt, as_data_sm, receipt_pdu
from simulator.smpp.session import Role, Session, SessionLimits

SUBMIT = Submit("3000200020", "989122000001", 0, 0, b"Hello", receipt=True)


class Pair:
    """A link, and the operator's end of its connection; time stands still."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.theirs: socket.socket | None = None
        self.session = Session(Role.MC, SessionLimits(), 0.0)
        self.measurement, self.ledger = Measurement(), ReceiptLedger()
        self.talk = Conversation(Books(self.measurement, self.ledger, lambda *_: None, 0.0), 10.0)
        self.link = FastLink(Address(*listener.getsockname()), Binds(window=3), self.talk, lambda: 0.0)

    def hear(self) -> list[Event]:
        if self.theirs is None:
            self.theirs, _ = self._listener.accept()
        return self.session.receive_data(self.theirs.recv(65536), 0.0)

    def say(self) -> None:
        assert self.theirs is not None
        self.theirs.sendall(self.session.data_to_send())

    def close(self) -> None:
        self.link.close(unbind=False)
        if self.theirs is not None:
            self.theirs.close()

    def counts(self) -> dict[str, int]:
        self.measurement.close(100)
        return dict(self.measurement.counts)


@pytest.fixture
def pair() -> Iterator[Pair]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        pair = Pair(listener)
        yield pair
        pair.close()


def bound(pair: Pair, monkeypatch: pytest.MonkeyPatch, status: int = 0, behind: DeliverSm | None = None) -> None:
    """Opens the link while the other end answers its bind, with a deliver_sm in the same octets if there is one."""
    flush = FastLink._flush

    def answered(link: FastLink) -> None:
        flush(link)
        monkeypatch.setattr(FastLink, "_flush", flush)
        [asked] = pair.hear()
        assert isinstance(asked, Request)
        assert isinstance(asked.pdu, BindTransceiver)
        pair.session.send_response(asked.sequence_number, BindTransceiverResp(system_id="mc"), status)
        if behind is not None:
            pair.session.send_request(behind, 0.0)
        pair.say()

    monkeypatch.setattr(FastLink, "_flush", answered)
    pair.link.open()


def receipt(message_id: str) -> DeliverSm:
    told = Receipt(message_id, MessageState.DELIVERED, None, None)
    return receipt_pdu(told, SubmitSm(source_addr="3000200020", destination_addr="989122000001"), 0x34)


def test_a_message_its_response_and_its_receipt(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    bound(pair, monkeypatch)
    pair.link.submit(SUBMIT, 0.0)
    assert pair.link.room == 2
    pair.link._flush()
    [asked] = pair.hear()
    assert isinstance(asked, Request)
    assert isinstance(asked.pdu, SubmitSm)
    assert (asked.pdu.source_addr, asked.pdu.short_message) == ("3000200020", b"Hello")
    assert asked.pdu.registered_delivery == 1
    pair.session.send_response(asked.sequence_number, SubmitSmResp("id1"))
    pair.session.send_request(receipt("id1"), 0.0)
    pair.say()
    pair.link.wait(5.0)
    [acknowledged] = pair.hear()
    assert isinstance(acknowledged, Response)
    found = pair.counts()
    assert (found["answered"], found["receipts"], pair.link.room) == (1, 1, 3)


def test_what_comes_in_the_same_octets_as_the_answer_to_the_bind_is_taken(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(pair, monkeypatch, behind=receipt("of before"))
    assert pair.ledger.unknown == 1


def test_a_bind_that_is_refused_is_told_and_leaves_nothing_open(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LinkError, match="bind refused: ESME_RINVPASWD"):
        bound(pair, monkeypatch, status=CommandStatus.ESME_RINVPASWD)
    with pytest.raises(LinkError, match="closed"):
        pair.link.wait(5.0)


def test_a_connection_that_the_operator_closes_is_told(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    bound(pair, monkeypatch)
    assert pair.theirs is not None
    pair.theirs.close()
    with pytest.raises(LinkError, match="the peer closed the connection"):
        pair.link.wait(5.0)


def test_an_unbind_of_the_operator_is_answered(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    bound(pair, monkeypatch)
    pair.session.send_request(Unbind(), 0.0)
    pair.say()
    with pytest.raises(LinkError, match="unbound"):
        pair.link.wait(5.0)
    events = pair.hear()
    assert isinstance(events[0], Response)


def test_a_repeated_response_is_counted(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    bound(pair, monkeypatch)
    pair.link.submit(SUBMIT, 0.0)
    pair.link._flush()
    [asked] = pair.hear()
    assert isinstance(asked, Request)
    for _ in range(2):
        pair.session.send_response(asked.sequence_number, SubmitSmResp("id1"))
    pair.say()
    pair.link.wait(5.0)
    assert pair.counts()["duplicate_responses"] == 1


def test_a_receipt_as_data_sm_is_one_and_what_cannot_be_read_is_counted(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(pair, monkeypatch)
    pair.ledger.promise("id1", 0.0)
    pair.session.send_request(as_data_sm(receipt("id1")), 0.0)
    pair.session.send_request(DeliverSm(esm_class=ESM_MC_DELIVERY_RECEIPT, short_message=b"no receipt"), 0.0)
    pair.session.send_request(DeliverSm(short_message=b"a subscriber's"), 0.0)
    pair.say()
    pair.link.wait(5.0)
    assert [type(event) for event in pair.hear()] == [Response] * 3
    found = pair.counts()
    assert (found["receipts"], found["unknown_receipts"], found["mo_messages"]) == (1, 1, 1)
