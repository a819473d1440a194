"""The child process that puts PDUs on a socket by our own codec; `harness.driver` says what it reads and writes.

It keeps no state of the protocol and no window: whatever it is told leaves, in order or not. It answers what comes as a
good client does, unless it is told not to. Unlike the other children it is no foreign witness: it shares the operator's
codec.
"""

import socket
import ssl
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from harness.driver import Capability
from harness.drivers import child
from harness.drivers.wire_pdus import ENDS, message_pdus, reports_of, told_pdu
from harness.pdu_fields import build_pdu
from harness.version import khatban_version
from simulator.smpp.codec import encode
from simulator.smpp.consts import MAX_SEQUENCE_NUMBER, RESPONSE_BIT, CommandId
from simulator.smpp.errors import FramingError
from simulator.smpp.framing import FrameBuffer, Piece
from simulator.smpp.limits import SessionLimits
from simulator.smpp.pdus import PDU_TYPES, Pdu, command_id

PATIENCE = 5.0
"""Real seconds for a connection to be made, or for octets to leave."""
_CHUNK = 65536
_ANSWERED: Mapping[int, int] = {
    request: request | RESPONSE_BIT
    for request in (CommandId.ENQUIRE_LINK, CommandId.DELIVER_SM, CommandId.DATA_SM, CommandId.UNBIND)
}
"""What it answers by itself."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Wire(child.Session):
    """One connection."""

    commands: ClassVar = {
        "submit": "submit",
        "query": "query",
        "cancel": "cancel",
        "replace": "replace",
        "enquire_link": "enquire_link",
        "unbind": "unbind",
        "send_pdu": "send_pdu",
        "send_octets": "send_octets",
        "behave": "behave",
    }

    def __init__(self, name: str, connection: socket.socket | None, listener: socket.socket | None = None) -> None:
        super().__init__(name)
        self._socket, self._listener = connection, listener
        self._buffer = FrameBuffer(SessionLimits().max_pdu)
        self._sequence_number = 0
        self._submitted: dict[int, tuple[str, int]] = {}
        self._binds: set[int] = set()
        self._unanswered: frozenset[int] = frozenset()
        self._answers: dict[int, int] = {}
        self._reads = True

    # --- commands ---

    def bind(self, bind: child.Bind) -> None:
        """Sends a bind; its answer comes with what is read."""
        named = {"system_id": bind.system_id, "password": bind.password, **bind.fields}
        self._binds.add(self._send(build_pdu(f"bind_{bind.type}", named)))

    def submit(self, submit: child.Submit) -> None:
        """Sends a text in as many PDUs as it needs."""
        pdus = message_pdus(submit, reference=self._sequence_number & 0xFF)
        for part, pdu in enumerate(pdus, start=1):
            told = {"tag": submit.tag, "part": part, "parts": len(pdus)}
            self._submitted[self._send(pdu, told=told)] = (submit.tag, part)

    def query(self, *, message_id: str, source: str) -> None:
        """Sends query_sm."""
        self._send(build_pdu("query_sm", {"message_id": message_id, "source_addr": source, "source_addr_npi": 1}))

    def cancel(self, *, message_id: str, source: str, destination: str) -> None:
        """Sends cancel_sm."""
        ends = {**ENDS, "source_addr": source, "destination_addr": destination}
        self._send(build_pdu("cancel_sm", {"message_id": message_id, **ends}))

    def replace(
        self, *, message_id: str, source: str, text: str, receipt: bool, schedule: str = "", validity: str = ""
    ) -> None:
        """Sends replace_sm, for a message in UCS-2: replace_sm names no alphabet, so the message's own counts."""
        fields = {
            "message_id": message_id,
            "source_addr": source,
            "source_addr_npi": 1,
            "schedule_delivery_time": schedule,
            "validity_period": validity,
            "registered_delivery": int(receipt),
            "short_message": text.encode("utf-16-be").hex(),
        }
        self._send(build_pdu("replace_sm", fields))

    def enquire_link(self) -> None:
        """Sends enquire_link."""
        self._send(build_pdu("enquire_link", {}))

    def unbind(self) -> None:
        """Sends unbind."""
        self._send(build_pdu("unbind", {}))

    def send_pdu(
        self,
        *,
        name: str,
        fields: Mapping[str, Any] | None = None,
        tlvs: Sequence[Mapping[str, Any]] = (),
        command_status: int = 0,
        sequence_number: int | None = None,
    ) -> None:
        """Sends any PDU, a response too."""
        self._send(build_pdu(name, fields or {}, tlvs), sequence_number, command_status)

    def send_octets(self, *, octets: str) -> None:
        """Sends any octets."""
        data = bytes.fromhex(octets)
        self._connected().sendall(data)
        self.report("sent", pdu="", octets=len(data))

    def behave(
        self,
        *,
        unanswered: Sequence[str] | None = None,
        answers: Mapping[str, int] | None = None,
        reads: bool | None = None,
    ) -> None:
        """Changes what it answers by itself, and whether it reads at all; what is not named stays as it is."""
        if unanswered is not None:
            self._unanswered = frozenset(_request(name) for name in unanswered)
        if answers is not None:
            self._answers = {_request(name): status for name, status in answers.items()}
        if reads is not None:
            self._reads = reads
        self.report("behaving")

    # --- the connection ---

    def readable(self) -> Sequence[Any]:
        """The socket, unless it is to be left alone."""
        if self._socket is None:
            return [self._listener]
        return [self._socket] if self._reads else []

    def look(self) -> bool:
        """Takes a call, or reads what has come and answers it."""
        if self._socket is None:
            self._accept()
            return True
        try:
            data = _read(self._socket)
        except OSError as error:
            self.close(child.reason_of(error))
            return False
        if not data:
            self.close("the operator closed the connection")
            return False
        pieces, broken = self._buffer.feed(data)
        for piece in pieces:
            self._take(piece)
        if broken is not None:
            self._lose(broken)
        return broken is None

    def close(self, reason: str) -> None:
        """Closes the sockets and reports so."""
        for each in (self._socket, self._listener):
            if each is not None:
                each.close()
        self.report("closed", reason=reason)

    def _accept(self) -> None:
        if self._listener is not None:
            self._socket, _ = self._listener.accept()
            self._socket.settimeout(PATIENCE)
            self._listener.close()
            self.report("opened")

    def _lose(self, broken: FramingError) -> None:
        self.close(f"the operator's octets make no PDU: {broken}")

    def _take(self, piece: Piece) -> None:
        code, _, number, octets = piece
        events = list(reports_of(piece, self._submitted, self._binds))
        self.report("pdu", **told_pdu(octets), told=bool(events))
        for event, fields in events:
            self.report(event, **fields)
        answer = _ANSWERED.get(code)
        if answer is not None and code not in self._unanswered:
            self._connected().sendall(encode(PDU_TYPES[answer](), number, self._answers.get(code, 0)))

    def _send(
        self, pdu: Pdu, sequence_number: int | None = None, command_status: int = 0, told: Mapping[str, Any] = _NOTHING
    ) -> int:
        if sequence_number is None:
            sequence_number = self._sequence_number = self._sequence_number % MAX_SEQUENCE_NUMBER + 1
        octets = encode(pdu, sequence_number, command_status)
        self._connected().sendall(octets)
        name = command_id(type(pdu)).name.lower()
        self.report("sent", pdu=name, sequence_number=sequence_number, octets=len(octets), **told)
        return sequence_number

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise child.ChildError("the operator has not called yet")
        return self._socket


def _read(connection: socket.socket) -> bytes:
    data = connection.recv(_CHUNK)
    while isinstance(connection, ssl.SSLSocket) and connection.pending():
        data += connection.recv(_CHUNK)
    return data


def _request(name: str) -> int:
    """The command_id of a request that it may be told not to answer, or how."""
    names = {CommandId(code).name.lower(): int(code) for code in _ANSWERED}
    if name not in names:
        raise child.ChildError(f"{name} is nothing that this client answers by itself; that is {', '.join(names)}")
    return names[name]


def _connect(host: str, port: int, tls: Mapping[str, Any] | None) -> socket.socket:
    connection = socket.create_connection((host, port), PATIENCE)
    if tls is None:
        return connection
    context = ssl.create_default_context(cafile=tls.get("ca"))
    if not tls.get("ca"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(connection, server_hostname=host)


def _open(name: str, *, host: str, port: int, tls: Mapping[str, Any] | None = None) -> Wire | None:
    try:
        session = Wire(name, _connect(host, port, tls))
    except OSError as error:
        child.report("closed", session=name, reason=child.reason_of(error))
        return None
    session.report("opened")
    return session


def _bind(name: str, bind: child.Bind) -> Wire | None:
    session = _open(name, host=bind.host, port=bind.port, tls=bind.tls)
    if session is not None:
        session.bind(bind)
    return session


def _listen(name: str, *, host: str) -> Wire:
    listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    child.report("listening", session=name, host=host, port=listener.getsockname()[1])
    return Wire(name, None, listener)


def main() -> None:
    """Runs the child until its standard input ends."""
    openers: dict[str, child.Opener] = {"bind": _bind, "open": _open, "listen": _listen}
    child.Child("wire", khatban_version(), list(Capability), openers).run()


if __name__ == "__main__":
    main()
