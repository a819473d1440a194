"""Many binds in one thread, on sockets without any library: each with its window, each response and receipt counted.

Receipts go to the binds of an account in turn, so they are known by their message_id among all binds.
"""

import selectors
import socket
import struct
import time
from collections import Counter
from dataclasses import dataclass, field

from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandId
from simulator.smpp.pdus import BindTransceiver, DeliverSmResp, SubmitSm

HEADER = struct.Struct(">IIII")
NUMBER = struct.Struct(">I").pack
TEXT = "سفارش شما ثبت شد، کد پیگیری ۱۲".encode("utf-16-be")
TEMPLATE = encode(
    SubmitSm(
        source_addr="3000200020",
        destination_addr="989129990001",
        data_coding=8,
        short_message=TEXT,
        registered_delivery=1,
    ),
    0,
)
HEAD, TAIL = TEMPLATE[:12], TEMPLATE[16:]
ACKNOWLEDGEMENT = encode(DeliverSmResp(), 0)
WINDOW = 100
READ_SIZE = 1 << 16
PATIENCE = 30.0
"""Seconds without any octet after which what has not come counts as lost."""
_SUBMIT_SM_RESP, _DELIVER_SM = int(CommandId.SUBMIT_SM_RESP), int(CommandId.DELIVER_SM)


@dataclass
class Outcome:
    """What came of a load."""

    seconds: float
    answered: int = 0
    each: list[int] = field(default_factory=list)
    """The responses of each bind within the time."""
    times: list[float] = field(default_factory=list)
    """Seconds from each submit_sm to its response."""
    responses_amiss: int = 0
    """Lost, repeated or never asked for."""
    receipts_amiss: int = 0
    """Lost, repeated, or with an id that no response had."""

    @property
    def rate(self) -> float:
        """Responses a second."""
        return sum(self.each) / self.seconds

    @property
    def slowest(self) -> float:
        """The rate of the slowest bind, in those of the quickest."""
        return min(self.each) / max(1, *self.each)

    def percentile(self, percent: int) -> float:
        """The time within which so many of a hundred responses came."""
        return sorted(self.times)[len(self.times) * percent // 100]


class _Member:
    """One bind."""

    def __init__(self, address: tuple[str, int], account: str = "panel") -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(encode(BindTransceiver(system_id=account, password=account), 1))
        assert self.socket.recv(1024)[8:12] == b"\0\0\0\0"
        self.sent: dict[int, float] = {}
        self.next = 2
        self.answered = 0
        self.left = b""

    def send(self, count: int, now: float) -> None:
        """Sends so many submit_sm."""
        numbers = range(self.next, self.next + count)
        self.next += count
        self.sent.update(dict.fromkeys(numbers, now))
        self.socket.sendall(b"".join([HEAD + NUMBER(number) + TAIL for number in numbers]))


class Crowd:
    """Binds of one account; only one load at a time."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._selector = selectors.DefaultSelector()
        self._members: list[_Member] = []
        self._ignored: list[socket.socket] = []
        self._receipts: Counter[bytes] = Counter()
        self._told: Counter[bytes] = Counter()
        self._awaited = 0
        """Receipts that are still to come, as far as responses say."""

    def bind(self, count: int) -> None:
        """Binds so many more."""
        for _ in range(count):
            member = _Member(self._address)
            self._members.append(member)
            self._selector.register(member.socket, selectors.EVENT_READ, member)

    def ignore(self) -> None:
        """Binds one of another account, which submits as much as it can and reads nothing."""
        member = _Member(self._address, "deaf")
        self._ignored.append(member.socket)
        member.socket.setblocking(False)
        try:
            while True:
                member.send(WINDOW, 0.0)
        except BlockingIOError:
            return

    def load(self, seconds: float, rate: float | None = None) -> Outcome:
        """Submits for so many seconds, as fast as the windows let it or at a rate; then waits for what is to come."""
        self._receipts.clear()
        self._told.clear()
        self._awaited = 0
        outcome = Outcome(seconds)
        for member in self._members:
            member.answered = 0
        began = now = heard = time.perf_counter()
        due = 0
        while now - heard < PATIENCE:
            loads = now - began < seconds
            if not outcome.each and not loads:
                outcome.each, outcome.seconds = [member.answered for member in self._members], now - began
            if not loads and self._awaited <= 0 and not any(member.sent for member in self._members):
                break
            for member in self._members if rate is None and loads else ():
                if len(member.sent) <= WINDOW // 2:
                    member.send(WINDOW - len(member.sent), now)
            if rate is not None and loads and (late := int((now - began) * rate) - due) > 0:
                due += late
                self._members[0].send(late, now)
            for key, _ in self._selector.select(0.001 if rate is not None else 1.0):
                self._read(key.data, outcome)
                heard = time.perf_counter()
            now = time.perf_counter()
        if not outcome.each:  # it fell silent before the time was over
            outcome.each, outcome.seconds = [member.answered for member in self._members], now - began
        outcome.responses_amiss += sum(len(member.sent) for member in self._members)
        strangers = self._receipts.keys() - self._told.keys()
        wrong = sum(abs(self._receipts[told] - 1) for told in self._told)
        outcome.receipts_amiss = wrong + sum(self._receipts[stranger] for stranger in strangers)
        return outcome

    def _read(self, member: _Member, outcome: Outcome) -> None:
        left = member.left + member.socket.recv(READ_SIZE)
        now, at, size = time.perf_counter(), 0, len(left)
        acknowledgements: list[bytes] = []
        while size - at >= 16:
            length, command, status, number = HEADER.unpack_from(left, at)
            if size - at < length:
                break
            if command == _SUBMIT_SM_RESP:
                sent = member.sent.pop(number, None)
                if sent is None or status:
                    outcome.responses_amiss += 1
                else:
                    outcome.times.append(now - sent)
                    outcome.answered += 1
                    member.answered += 1
                    self._awaited += 1
                    self._told[left[at + 16 : at + length - 1]] += 1
            elif command == _DELIVER_SM:
                text = left.index(b"id:", at) + 3
                self._awaited -= 1
                self._receipts[left[text : text + 10]] += 1
                acknowledgements.append(ACKNOWLEDGEMENT[:12] + NUMBER(number) + ACKNOWLEDGEMENT[16:])
            at += length
        member.left = left[at:]
        if acknowledgements:
            member.socket.sendall(b"".join(acknowledgements))

    def close(self) -> None:
        """Closes every connection."""
        for member in self._members:
            member.socket.close()
        for ignored in self._ignored:
            ignored.close()
        self._selector.close()
