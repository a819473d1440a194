"""The child process in which smpplib talks to the operator; `harness.driver` says what it reads and writes.

The client is smpplib's own: its binds, its splitting of long texts, its decoding, its answers. This file adds the
reader (one `select` over standard input and every session), submit_multi, which smpplib lacks, and reports what the
client saw. It imports nothing of the
operator, so that it stays a foreign witness.
"""

import json
import logging
import os
import random
import re
import select
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, ClassVar

import smpplib.client
import smpplib.command
import smpplib.consts
import smpplib.exceptions
import smpplib.gsm
import smpplib.ptypes
import smpplib.smpp

BIND_PATIENCE = 5
"""Real seconds for which smpplib waits on a socket."""
_RECEIPT_MASK, _RECEIPT = 0x3C, 0x04
_RECEIPT_TEXT = {key: re.compile(rf"\b{key}:\s*(\S+)", re.IGNORECASE) for key in ("id", "stat", "err")}
_UCS2 = 0x08
_LOGGER = "smpplib"
_BROKEN = (smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError, OSError)


def report(event: str, **fields: object) -> None:
    """Writes one event line."""
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


class SubmitMulti(smpplib.command.SubmitSM):  # type: ignore[misc] # smpplib ships no types
    """A submit_sm to several: in the place of the destination their number, and each behind a flag 1 (3.4, 4.5.1)."""

    destinations = None
    params: ClassVar = {
        **smpplib.command.SubmitSM.params,
        "destinations": smpplib.command.Param(type=smpplib.ptypes.ostr),
    }
    params_order = tuple(
        "destinations" if name == "dest_addr_ton" else name
        for name in smpplib.command.SubmitSM.params_order
        if name not in ("dest_addr_npi", "destination_addr")
    )


class SubmitMultiResp(smpplib.command.SubmitSMResp):  # type: ignore[misc] # as above
    """Its answer; who of them was refused is left unread."""

    def parse_params(self, data: bytes) -> None:
        """Reads the message_id."""
        self.message_id = data.partition(b"\0")[0]


def _destinations(numbers: Sequence[str]) -> bytes:
    ends = bytes((1, smpplib.consts.SMPP_TON_INTL, smpplib.consts.SMPP_NPI_ISDN))
    return bytes((len(numbers),)) + b"".join(ends + number.encode("ascii") + b"\0" for number in numbers)


def _teach_submit_multi() -> None:
    """Has smpplib make and read PDUs that its factory does not know."""
    known = smpplib.command.factory

    def factory(command_name: str, **fields: Any) -> Any:
        kind = {"submit_multi": SubmitMulti, "submit_multi_resp": SubmitMultiResp}.get(command_name)
        return known(command_name, **fields) if kind is None else kind(command_name, **fields)

    smpplib.command.factory = factory
    states = smpplib.consts.COMMAND_STATES
    states["submit_multi"] = states["submit_sm"]


class WitnessClient(smpplib.client.Client):  # type: ignore[misc] # smpplib ships no types
    """smpplib's client, telling its session of each PDU that it reads."""

    def __init__(self, host: str, port: int, session: "Session") -> None:
        super().__init__(host, port, timeout=BIND_PATIENCE, logger_name=_LOGGER, allow_unknown_opt_params=True)
        self._witness = session
        # Error answers reach message_sent_handler too; smpplib's default here would raise before that.
        self.set_error_pdu_handler(lambda _pdu: None)
        self.set_message_sent_handler(session.on_response)
        self.set_message_received_handler(session.on_deliver)

    def read_pdu(self) -> Any:
        """Reads as smpplib does, then reports what smpplib has no handler for."""
        pdu = super().read_pdu()
        self._witness.on_pdu(pdu)
        return pdu


class Session:
    """One connection of the client, by the name that the runner gave it."""

    def __init__(self, name: str, host: str, port: int) -> None:
        self.name = name
        self.client = WitnessClient(host, port, self)
        self._submitted: dict[int, tuple[str, int]] = {}

    def bind(self, bind_type: str, system_id: str, password: str) -> bool:
        """Connects and binds, and reports the answer; False when the session is of no more use."""
        self.client.connect()
        self.report("sent", pdu=f"bind_{bind_type}", sequence_number=self.client.sequence + 1)
        command = getattr(self.client, f"bind_{bind_type}")
        try:
            answer = command(system_id=system_id, password=password)
        except smpplib.exceptions.PDUError as error:
            _, status = error.args  # smpplib's form for an answer with an error; anything else is a ValueError here
            self.report("bound", command_status=status)
            return False
        self.report("bound", command_status=0, system_id=_text(answer.system_id))
        return True

    def submit(
        self,
        tag: str,
        source: str,
        destination: str,
        text: str,
        *,
        receipt: bool,
        also_to: Sequence[str] = (),
        schedule: str = "",
        validity: str = "",
    ) -> None:
        """Sends a text as smpplib's users do: make_parts, then a submit_sm, or submit_multi, for each part."""
        parts, data_coding, esm_class = smpplib.gsm.make_parts(text)
        to = {
            "dest_addr_ton": smpplib.consts.SMPP_TON_INTL,
            "dest_addr_npi": smpplib.consts.SMPP_NPI_ISDN,
            "destination_addr": destination,
        }
        for number, part in enumerate(parts, start=1):
            pdu = self._send(
                "submit_multi" if also_to else "submit_sm",
                source_addr_ton=smpplib.consts.SMPP_TON_UNK,
                source_addr_npi=smpplib.consts.SMPP_NPI_ISDN,
                source_addr=source,
                **({"destinations": _destinations([destination, *also_to])} if also_to else to),
                schedule_delivery_time=schedule,
                validity_period=validity,
                short_message=part,
                data_coding=data_coding,
                esm_class=esm_class,
                registered_delivery=int(receipt),
            )
            self._submitted[pdu.sequence] = (tag, number)
            self.report(
                "sent",
                pdu=pdu.command,
                sequence_number=pdu.sequence,
                tag=tag,
                part=number,
                parts=len(parts),
                data_coding=data_coding,
                octets=len(part),
            )

    def _send(self, command: str, **fields: Any) -> Any:
        """What smpplib's send_message does, for any of the commands that submit."""
        pdu = smpplib.smpp.make_pdu(command, client=self.client, **fields)
        self.client.send_pdu(pdu)
        return pdu

    def unbind(self) -> None:
        """Sends the unbind; its answer comes through the reader (smpplib's own `unbind` would take any PDU for it)."""
        pdu = smpplib.smpp.make_pdu("unbind", client=self.client)
        self.client.send_pdu(pdu)
        self.report("sent", pdu="unbind", sequence_number=pdu.sequence)

    def read(self) -> bool:
        """Lets the client read and answer one PDU; False when the session is over."""
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
        if self.client._socket is not None:  # noqa: SLF001 - smpplib has no other way to ask
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
        words = {key: match[1] if (match := form.search(text)) else "" for key, form in _RECEIPT_TEXT.items()}
        message_id = _text(pdu.receipted_message_id) or words["id"]
        self.report("receipt", message_id=message_id, state=words["stat"], err=words["err"], **ends)

    def report(self, event: str, **fields: object) -> None:
        """Writes one event line of this session."""
        report(event, session=self.name, **fields)


def _text(octets: bytes | str | None) -> str:
    if isinstance(octets, bytes):
        return octets.rstrip(b"\0").decode("latin-1")
    return octets or ""


def _short_message(pdu: Any) -> str:
    octets = pdu.short_message or b""
    return octets.decode("utf-16-be" if pdu.data_coding == _UCS2 else "latin-1", errors="replace")


def _reason(error: BaseException) -> str:
    return " ".join(str(part) for part in error.args) if error.args else ""


class Child:
    """The loop of the process: commands from standard input, PDUs from every session."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    def run(self) -> None:
        """Until standard input ends."""
        report("hello", driver="smpplib", version=version("smpplib"), capabilities=_CAPABILITIES)
        commands = sys.stdin.fileno()
        rest = b""
        while True:
            sockets = {session.client._socket: session for session in self._sessions.values()}  # noqa: SLF001 - as above
            readable, _, _ = select.select([commands, *sockets], [], [])
            for ready in readable:
                if ready is not commands:
                    self._read(sockets[ready])
            if commands in readable:
                data = os.read(commands, 65536)
                if not data:
                    return
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    self._obey(json.loads(line))

    def _read(self, session: Session) -> None:
        if not session.read():
            self._sessions.pop(session.name, None)

    def _obey(self, command: dict[str, Any]) -> None:
        name, kind = command.pop("session"), command.pop("command")
        try:
            if kind == "bind":
                self._bind(name, **command)
            elif name not in self._sessions:
                report("failed", session=name, command=kind, reason="this session is not bound")
            elif kind == "close":
                self._sessions.pop(name).close("closed by the scenario")
            elif kind == "unbind":
                self._sessions[name].unbind()
            elif kind == "submit":
                self._sessions[name].submit(**command)
            else:
                report("failed", session=name, command=kind, reason="smpplib's driver has no such command")
        except (*_BROKEN, ValueError, TypeError) as error:
            report("failed", session=name, command=kind, reason=f"{type(error).__name__}: {_reason(error)}")

    def _bind(
        self,
        name: str,
        *,
        seed: int,
        host: str,
        port: int,
        operator: str,
        type: str,  # noqa: A002 - SMPP's word
        system_id: str,
        password: str,
    ) -> None:
        del operator  # smpplib sees its wire itself
        # smpplib draws the reference number of a split text from the global generator: same seed, same octets.
        random.seed(seed)
        session = Session(name, host, port)
        reason = "not bound"
        try:
            if session.bind(type, system_id, password):
                self._sessions[name] = session
                return
        except (*_BROKEN, ValueError) as error:
            reason = f"{error.__class__.__name__}: {_reason(error)}"
        session.close(reason)

    def close(self) -> None:
        """Closes what is still open."""
        for session in self._sessions.values():
            session.close("the runner ended")


_CAPABILITIES = (
    "transceiver",
    "transmitter",
    "receiver",
    "sessions",
    "several_sessions",
    "receipts",
    "each_part_receipt",
    "mo",
    "long_text",
    "several_recipients",
    "schedule",
    "validity",
)


def main() -> None:
    """Runs the child until its standard input ends."""
    logging.getLogger(_LOGGER).setLevel(logging.ERROR)  # it warns of every unbind_resp that it is given
    _teach_submit_multi()
    child = Child()
    try:
        child.run()
    finally:
        child.close()


if __name__ == "__main__":
    main()
