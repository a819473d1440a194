"""A closed-loop generator on blocking sockets: keeps a window of submit_sm outstanding, and counts what comes back.

One submit_sm is built by our codec and its sequence number patched; responses are read by their headers only. That
makes it several times quicker than any server here, so that the server is what is measured.
"""

import socket
import struct
import time
from dataclasses import dataclass

from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandId
from simulator.smpp.pdus import BindTransceiver, DeliverSmResp, SubmitSm

HEADER = struct.Struct(">IIII")
TEXT = "سفارش شما ثبت شد، کد پیگیری ۱۲".encode("utf-16-be")


@dataclass
class Blast:
    """What one blast measured."""

    messages: int
    seconds: float
    refused: int
    receipts: int

    @property
    def rate(self) -> float:
        """submit_sm a second."""
        return self.messages / self.seconds


def blast(address: tuple[str, int], *, messages: int, window: int, source: str, receipts: bool = False) -> Blast:
    """Binds once and sends `messages` with `window` outstanding; with `receipts`, waits for every receipt too."""
    sock = socket.create_connection(address)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(encode(BindTransceiver(system_id="panel", password="panel"), 1))
    sock.recv(4096)
    pdu = SubmitSm(
        source_addr=source,
        destination_addr="989129990001",
        data_coding=8,
        short_message=TEXT,
        registered_delivery=int(receipts),
    )
    template = encode(pdu, 0)
    head, tail = template[:12], template[16:]
    number = struct.Struct(">I").pack
    sent = answered = refused = delivered = 0
    left = b""
    began = time.perf_counter()
    while answered < messages or (receipts and delivered < messages - refused):
        room = min(window - (sent - answered), messages - sent)
        if room > 0:
            sock.sendall(b"".join([head + number(sent + n + 2) + tail for n in range(room)]))
            sent += room
        left += sock.recv(1 << 18)
        at, answers = 0, []
        while len(left) - at >= 16:
            length, command, status, sequence = HEADER.unpack_from(left, at)
            if len(left) - at < length:
                break
            at += length
            if command == CommandId.SUBMIT_SM_RESP:
                answered += 1
                refused += status != 0
            elif command == CommandId.DELIVER_SM:
                delivered += 1
                answers.append(encode(DeliverSmResp(), sequence))
        left = left[at:]
        if answers:
            sock.sendall(b"".join(answers))
    seconds = time.perf_counter() - began
    sock.close()
    return Blast(messages, seconds, refused, delivered)
