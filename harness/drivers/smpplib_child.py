"""The child process in which smpplib talks to the operator; `harness.driver` says what it reads and writes.

The client is smpplib's own: its binds, its splitting of long texts, its decoding, its answers. This file reports what
the client saw. It imports nothing of the operator, so that it stays a foreign witness.
"""

import logging
import random
import ssl
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, ClassVar

import smpplib.client
import smpplib.command
import smpplib.consts
import smpplib.exceptions
import smpplib.gsm
import smpplib.ptypes
import smpplib.smpp

from harness.drivers import child
from harness.drivers.smpplib_multi import destinations, teach_submit_multi

BIND_PATIENCE = 5
"""Real seconds for which smpplib waits on a socket."""
_RECEIPT_MASK, _RECEIPT = 0x3C, 0x04
_UCS2 = 0x08
_LOGGER = "smpplib"
_BROKEN = (smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError, OSError)
_CAPABILITIES = (
    "transceiver", "transmitter", "receiver", "sessions", "several_sessions",  "tls",
    "receipts", "each_part_receipt", "mo", "long_text", "several_recipients", "schedule", "validity",
    "payload", "short_message", "service_type", "address_types", "esm_class", "protocol_id", "priority_flag",
    "registered_delivery", "replace_if_present_flag", "data_coding", "sm_default_msg_id", "query_sm", "enquire_link",
)  # fmt: skip


class WitnessClient(smpplib.client.Client):  # type: ignore[misc] # smpplib ships no types
    """smpplib's client, telling its session of each PDU that it reads."""

    def __init__(self, host: str, port: int, session: "Session", tls: ssl.SSLContext | None) -> None:
        super().__init__(
            host, port, timeout=BIND_PATIENCE, logger_name=_LOGGER, ssl_context=tls, allow_unknown_opt_params=True
        )
        self._witness = session
        # Error answers reach message_sent_handler too; smpplib's default here would raise before that.
        self.set_error_pdu_handler(lambda _pdu: None)
        self.set_message_sent_handler(session.on_response)
        self.set_message_received_handler(session.on_deliver)
        self.set_query_resp_handler(lambda _pdu: None)  # the witness reports it

    def read_pdu(self) -> Any:
        """Reads as smpplib does, then reports what smpplib has no handler for."""
        pdu = super().read_pdu()
        self._witness.on_pdu(pdu)
        return pdu


class Session(child.Session):
    """One connection of the client."""

    commands: ClassVar = {"submit": "submit", "query": "query", "enquire_link": "enquire_link", "unbind": "unbind"}

    def __init__(self, name: str, bind: child.Bind) -> None:
        super().__init__(name)
        self.client = WitnessClient(bind.host, bind.port, self, None if bind.tls is None else _tls_context(bind.tls))
        self._submitted: dict[int, tuple[str, int]] = {}

    def bind(self, bind: child.Bind) -> bool:
        """Connects and binds, and reports the answer; False when the session is of no more use."""
        self.client.connect()
        self.report("sent", pdu=f"bind_{bind.type}", sequence_number=self.client.sequence + 1)
        command = getattr(self.client, f"bind_{bind.type}")
        try:
            answer = command(system_id=bind.system_id, password=bind.password, **bind.fields)
        except smpplib.exceptions.PDUError as error:
            _, status = error.args  # smpplib's form for an answer with an error; anything else is a ValueError here
            self.report("bound", command_status=status)
            return False
        if answer.command != f"bind_{bind.type}_resp":  # smpplib takes whatever comes first for the answer
            raise smpplib.exceptions.PDUError(f"smpplib took {answer.command} for the answer to its bind")
        self.report("bound", command_status=0, system_id=_text(answer.system_id))
        return True

    def submit(self, submit: child.Submit) -> None:
        """Sends a text as smpplib's users do: make_parts, then a submit_sm, or submit_multi, for each part."""
        said = dict(submit.fields)
        parts = [{"short_message": bytes.fromhex(submit.octets)}] if submit.octets is not None else _parts(submit, said)
        for number, part in enumerate(parts, start=1):
            pdu = self._send(
                "submit_multi" if submit.also_to else "submit_sm",
                source_addr=submit.source,
                **_receivers(submit),
                schedule_delivery_time=submit.schedule,
                validity_period=submit.validity,
                **{"registered_delivery": int(submit.receipt), **_ADDRESS_TYPES, **part, **said},
            )
            self._submitted[pdu.sequence] = (submit.tag, number)
            self.report(
                "sent",
                pdu=pdu.command,
                sequence_number=pdu.sequence,
                tag=submit.tag,
                part=number,
                parts=len(parts),
                data_coding=pdu.data_coding or 0,
                octets=len(pdu.short_message or pdu.message_payload or b""),
            )

    def query(self, *, message_id: str, source: str) -> None:
        """Sends query_sm."""
        types = {name: value for name, value in _ADDRESS_TYPES.items() if name.startswith("source")}
        self._tell_sent(self._send("query_sm", message_id=message_id, source_addr=source, **types))

    def enquire_link(self) -> None:
        """Sends enquire_link."""
        self._tell_sent(self._send("enquire_link"))

    def unbind(self) -> None:
        """Sends the unbind; its answer comes through the reader (smpplib's own `unbind` would take any PDU for it)."""
        self._tell_sent(self._send("unbind"))

    def _send(self, command: str, **fields: Any) -> Any:
        """What smpplib's send_message does, for any command."""
        pdu = smpplib.smpp.make_pdu(command, client=self.client, **fields)
        self.client.send_pdu(pdu)
        return pdu

    def _tell_sent(self, pdu: Any) -> None:
        self.report("sent", pdu=pdu.command, sequence_number=pdu.sequence)

    def readable(self) -> Sequence[Any]:
        """The client's socket."""
        return [self.client._socket]  # noqa: SLF001 - smpplib has no other way to ask

    def look(self) -> bool:
        """Lets the client read and answer what has come; False when the session is over."""
        while self._read_once():
            if not (isinstance(self.client._socket, ssl.SSLSocket) and self.client._socket.pending()):  # noqa: SLF001 - as above
                return True
        return False

    def _read_once(self) -> bool:
        try:
            self.client.read_once(auto_send_enquire_link=False)
        except _BROKEN as error:
            self.close(_reason(error) or "the operator closed the connection")
            return False
        except Exception as error:  # smpplib fails in many ways on a PDU that it does not know; each ends its session
            self.close(f"smpplib could not read a PDU: {type(error).__name__}: {_reason(error)}")
            return False
        if self.client.state == smpplib.consts.SMPP_CLIENT_STATE_OPEN:
            self.close("unbound")
            return False
        return True

    def close(self, reason: str) -> None:
        """Closes the connection and reports so."""
        if self.client._socket is not None:  # noqa: SLF001 - as above
            self.client.state = smpplib.consts.SMPP_CLIENT_STATE_OPEN  # disconnect() warns in a bound state
            self.client.disconnect()
        self.report("closed", reason=reason)

    def on_pdu(self, pdu: Any) -> None:
        """Reports PDUs that smpplib handles without telling anybody."""
        if pdu.command == "enquire_link":
            self.report("enquire_link")
        elif pdu.command == "generic_nack":
            self.report("generic_nack", sequence_number=pdu.sequence, command_status=pdu.status)
        elif pdu.command == "submit_multi_resp":
            self.on_response(pdu)
        elif pdu.command == "unbind_resp":
            self.report("unbound", command_status=pdu.status)
        elif pdu.command in ("query_sm_resp", "enquire_link_resp"):
            fields = {name: _plain(getattr(pdu, name)) for name in pdu.params}
            self.report("pdu", name=pdu.command, command_status=pdu.status, sequence_number=pdu.sequence, fields=fields)

    def on_response(self, pdu: Any) -> None:
        """Reports a submit_sm_resp; one to nothing that was sent is a fault of the operator and ends the session."""
        if pdu.sequence not in self._submitted:
            raise smpplib.exceptions.PDUError(f"submit_sm_resp with sequence_number {pdu.sequence}, which nothing bore")
        tag, part = self._submitted.pop(pdu.sequence)
        self.report(
            "response",
            sequence_number=pdu.sequence,
            command_status=pdu.status,
            message_id=_text(pdu.message_id),
            tag=tag,
            part=part,
        )

    def on_deliver(self, pdu: Any) -> None:
        """Reports a deliver_sm; smpplib answers it when this returns."""
        text = _short_message(pdu)
        ends = {"source": _text(pdu.source_addr), "destination": _text(pdu.destination_addr), "text": text}
        if ((pdu.esm_class or 0) & _RECEIPT_MASK) != _RECEIPT:
            self.report("mo", **ends)
            return
        self.report("receipt", **child.receipt_words(text, _text(pdu.receipted_message_id)), **ends)


_ADDRESS_TYPES = {
    "source_addr_ton": smpplib.consts.SMPP_TON_UNK,
    "source_addr_npi": smpplib.consts.SMPP_NPI_ISDN,
    "dest_addr_ton": smpplib.consts.SMPP_TON_INTL,
    "dest_addr_npi": smpplib.consts.SMPP_NPI_ISDN,
}


def _receivers(submit: child.Submit) -> dict[str, Any]:
    if submit.also_to:
        return {"destinations": destinations([submit.destination, *submit.also_to])}
    return {"destination_addr": submit.destination}


def _parts(submit: child.Submit, said: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields in which the parts of a text differ; what was said of its data_coding is used up by this."""
    asked = said.pop("data_coding", smpplib.consts.SMPP_ENCODING_DEFAULT)
    if submit.payload:
        octets, data_coding = _whole(submit.text, asked)
        return [{"message_payload": octets, "data_coding": data_coding}]
    parts, data_coding, esm_class = smpplib.gsm.make_parts(submit.text, asked)
    esm_class |= said.pop("esm_class", 0)
    return [{"short_message": part, "data_coding": data_coding, "esm_class": esm_class} for part in parts]


def _whole(text: str, asked: int) -> tuple[bytes, int]:
    encode, _, _ = smpplib.gsm.ENCODINGS[asked]
    try:
        return encode(text), asked
    except UnicodeError:
        return text.encode("utf-16-be"), _UCS2


def _tls_context(tls: Mapping[str, Any]) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=tls.get("ca"))
    context.check_hostname = False  # smpplib names no host when it wraps its socket
    if not tls.get("ca"):
        context.verify_mode = ssl.CERT_NONE
    return context


def _text(octets: bytes | str | None) -> str:
    if isinstance(octets, bytes):
        return octets.rstrip(b"\0").decode("latin-1")
    return octets or ""


def _plain(value: bytes | int | None) -> str | int:
    return value if isinstance(value, int) else _text(value)


def _short_message(pdu: Any) -> str:
    octets = pdu.short_message or b""
    return octets.decode("utf-16-be" if pdu.data_coding == _UCS2 else "latin-1", errors="replace")


def _reason(error: BaseException) -> str:
    return " ".join(str(part) for part in error.args) if error.args else ""


def _bind(name: str, bind: child.Bind) -> Session | None:
    # smpplib draws the reference number of a split text from the global generator: same seed, same octets.
    random.seed(bind.seed)
    session = Session(name, bind)
    reason = "not bound"
    try:
        if session.bind(bind):
            return session
    except (*_BROKEN, ValueError) as error:
        reason = child.reason_of(error)
    session.close(reason)
    return None


def main() -> None:
    """Runs the child until its standard input ends."""
    logging.getLogger(_LOGGER).setLevel(logging.ERROR)  # it warns of every unbind_resp that it is given
    teach_submit_multi()
    broken = (smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError)
    child.Child("smpplib", version("smpplib"), _CAPABILITIES, {"bind": _bind}, broken=broken).run()


if __name__ == "__main__":
    main()
