"""An ESME on a blocking socket that keeps a window of submit_sm unanswered and writes down all that it was told."""

import http.client
import json
import select
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from random import Random

from simulator.smpp.events import Closed, Event, Request, Response
from simulator.smpp.pdus import BindTransceiver, DeliverSm, DeliverSmResp, SubmitSm, SubmitSmResp
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.session import Role, Session, SessionLimits

LINE, SUBSCRIBER = "3000200020", "989129990001"
WINDOW = 40
_LIMITS = SessionLimits(session_init=None, enquire_link=None, response_timeout=None, window_out=1000)


@dataclass
class Told:
    """What an ESME was told, over all its sessions.

    Attributes:
        accepted: Texts by the message_id of their submit_sm_resp.
        asked: Those of them whose receipts were asked for.
        refused: command_status by text.
        receipts: message_ids in the order of the receipts' coming, those that came again too.
        acknowledged: Those whose receipts were acknowledged on the wire.
        changes: What was changed, by the number of the change in the journal: a line or subscriber's number.
        lines: The lines that were registered.
        blacklist: Whether a number is on it; None while nobody has confirmed what was asked for last.
    """

    accepted: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    refused: dict[str, int] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    changes: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    blacklist: dict[str, bool | None] = field(default_factory=dict)


class Client:
    """One session; `told` outlives it."""

    def __init__(self, address: tuple[str, int], told: Told, chance: Random) -> None:
        self._told = told
        self._chance = chance
        self._socket = socket.create_connection(address)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._session = Session(Role.ESME, _LIMITS, time.monotonic())
        self._sent: dict[int, tuple[str, bool]] = {}
        self.is_over = False
        self._session.send_request(BindTransceiver(system_id="panel", password="panel"), time.monotonic())
        self._flush()
        while not self._session.state.is_bound:
            self._take(self._receive(1.0))

    def run(self, messages: Iterator[SubmitSm], seconds: float) -> None:
        """Sends and receives for so long, or until the operator is gone."""
        end = time.monotonic() + seconds
        while not self.is_over and time.monotonic() < end:
            for pdu in messages if len(self._sent) < WINDOW else ():
                number = self._session.send_request(pdu, time.monotonic())
                self._sent[number] = text_of(pdu), bool(pdu.registered_delivery)
                if len(self._sent) >= WINDOW:
                    break
            self._flush()
            self._take(self._receive(0.02))

    def close(self) -> None:
        """Leaves without a word."""
        self._socket.close()

    def _flush(self) -> None:
        try:
            self._socket.sendall(self._session.data_to_send())
        except OSError:
            self.is_over = True

    def _receive(self, seconds: float) -> list[Event]:
        if not select.select([self._socket], [], [], seconds)[0]:
            return []
        try:
            data = self._socket.recv(1 << 16)
        except OSError:
            data = b""
        now = time.monotonic()
        return self._session.receive_data(data, now) if data else self._session.receive_eof(now)

    def _take(self, events: list[Event]) -> None:
        for event in events:
            match event:
                case Response(SubmitSm(), number, status, answer):
                    self._note_answer(number, status, answer)
                case Request(number, DeliverSm() as pdu):
                    self._note_receipt(number, parse_receipt(pdu.short_message).message_id)
                case Closed():
                    self.is_over = True
        if not self.is_over:
            self._flush()

    def _note_answer(self, number: int, status: int, answer: object) -> None:
        text, is_asked = self._sent.pop(number)
        if status:
            self._told.refused[text] = status
            return
        assert isinstance(answer, SubmitSmResp)
        assert answer.message_id not in self._told.accepted, "a message_id was given twice"
        self._told.accepted[answer.message_id] = text
        if is_asked:
            self._told.asked.add(answer.message_id)

    def _note_receipt(self, number: int, message_id: str) -> None:
        self._told.receipts.append(message_id)
        if self._chance.random() < 0.9:  # some are left unacknowledged until the session ends
            self._session.send_response(number, DeliverSmResp())
            self._told.acknowledged.add(message_id)


def text_of(pdu: SubmitSm) -> str:
    """What a message says, its part of it if it is one."""
    return pdu.short_message[7 if pdu.esm_class else 0 :].decode("utf-16-be")


def campaign(chance: Random) -> Iterator[SubmitSm]:
    """Messages without end, no two alike: most pass, some offend, some come in two parts, some ask for no receipt."""
    for number in count(1):
        kind = chance.random()
        asked = int(chance.random() < 0.9)
        if kind < 0.8:
            yield message(f"سفارش شما با شماره {number} ثبت شد", asked)
        elif kind < 0.9:
            yield message(f"حراج بزرگ! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، خرید {number}", asked)
        else:
            for part in (1, 2):
                header = bytes([6, 8, 4, *divmod(number % 65_536, 256), 2, part])
                yield message(f"سفارش {number} بخش {part} ثبت شد", asked, header)


def message(text: str, asked: int, header: bytes = b"", line: str = LINE) -> SubmitSm:
    return SubmitSm(
        source_addr=line,
        destination_addr=SUBSCRIBER,
        esm_class=0x40 if header else 0,
        data_coding=8,
        registered_delivery=asked,
        short_message=header + text.encode("utf-16-be"),
    )


def change_registers(address: tuple[str, int], told: Told, numbers: Iterator[int]) -> None:
    """Registers lines and changes the blacklist over HTTP until the operator is gone; notes what was confirmed."""
    connection = http.client.HTTPConnection(*address, timeout=5)
    try:
        for number in numbers:
            _change_one(connection, told, number)
            time.sleep(0.01)
    except (OSError, http.client.HTTPException, ValueError):
        return
    finally:
        connection.close()


def _change_one(connection: http.client.HTTPConnection, told: Told, number: int) -> None:
    line, subscriber = str(3000_500_000 + number), str(989_123_000_000 + number // 3)
    match number % 3:
        case 0:
            told.blacklist[subscriber] = None
            if _is_made(connection, told, subscriber, {"kind": "list-numbers", "numbers": [subscriber]}):
                told.blacklist[subscriber] = True
        case 1 if number % 2:
            told.blacklist[subscriber] = None
            if _is_made(connection, told, subscriber, {"kind": "unlist-numbers", "numbers": [subscriber]}):
                told.blacklist[subscriber] = False
        case _:
            registered = {"kind": "register-line", "line": {"number": line, "account": "panel"}}
            if _is_made(connection, told, line, registered):
                told.lines.append(line)


def _is_made(connection: http.client.HTTPConnection, told: Told, what: str, change: Mapping[str, object]) -> bool:
    connection.request("POST", "/api/v1/changes", json.dumps(change), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    entry = json.loads(answer.read())
    assert answer.status in (201, 503), entry
    if answer.status == 201:
        told.changes[entry["id"]] = what
    return answer.status == 201


def blacklist(address: tuple[str, int]) -> set[str]:
    """All who are on the blacklist now."""
    connection = http.client.HTTPConnection(*address, timeout=10)
    connection.request("GET", "/api/v1/blacklist/export")
    numbers = connection.getresponse().read().decode().split()
    connection.close()
    return set(numbers)
