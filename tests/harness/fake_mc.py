"""A message centre of a few lines, written with `struct` alone: what the client's process is tested against.

It shares no code with the operator or the harness, so that neither can hide a fault of the other.
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

BIND_TRANSCEIVER, SUBMIT_SM, DELIVER_SM, UNBIND, ENQUIRE_LINK = 0x09, 0x04, 0x05, 0x06, 0x15
SUBMIT_MULTI = 0x21
RESPONSE = 0x80000000


@dataclass(frozen=True)
class Pdu:
    command_id: int
    command_status: int
    sequence_number: int
    body: bytes

    def encode(self) -> bytes:
        return (
            struct.pack(">4L", 16 + len(self.body), self.command_id, self.command_status, self.sequence_number)
            + self.body
        )


Answer = Callable[[Pdu], list[Pdu]]


def ok(pdu: Pdu, body: bytes = b"", status: int = 0) -> Pdu:
    return Pdu(pdu.command_id | RESPONSE, status, pdu.sequence_number, body)


def deliver_sm(
    sequence_number: int, text: bytes, *, esm_class: int = 0, data_coding: int = 0, tlvs: bytes = b""
) -> Pdu:
    head = b"\0" + b"\x01\x01989123456701\0" + b"\0\x013000200020\0"
    body = head + bytes((esm_class, 0, 0)) + b"\0\0" + bytes((0, 0, data_coding, 0, len(text))) + text + tlvs
    return Pdu(DELIVER_SM, 0, sequence_number, body)


def receipt_text(message_id: str, stat: str, err: str) -> bytes:
    dates = "submit date:2611221000 done date:2611221000"
    return f"id:{message_id} sub:001 dlvrd:001 {dates} stat:{stat} err:{err} text:".encode()


@dataclass
class FakeMc:
    """Accepts connections one after another and answers each PDU by what `answer` says; `None` closes."""

    answer: Callable[[Pdu], list[Pdu] | None]
    tls: ssl.SSLContext | None = None
    received: list[Pdu] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.host, self.port = self._listener.getsockname()[:2]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with contextlib.suppress(ConnectionError, ssl.SSLError), self._secured(connection) as secured:
                self._talk(secured, secured.makefile("rb").read)

    def _secured(self, connection: socket.socket) -> socket.socket:
        return connection if self.tls is None else self.tls.wrap_socket(connection, server_side=True)

    def _talk(self, connection: socket.socket, read: Callable[[int], bytes]) -> None:
        while len(head := read(16)) == 16:
            length, command_id, status, sequence_number = struct.unpack(">4L", head)
            pdu = Pdu(command_id, status, sequence_number, read(length - 16))
            self.received.append(pdu)
            answers = self.answer(pdu)
            if answers is None:
                return
            connection.sendall(b"".join(answer.encode() for answer in answers))
