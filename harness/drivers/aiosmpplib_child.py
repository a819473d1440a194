"""The child process in which aiosmpplib talks to the operator; `harness.driver` says what it reads and writes.

The client is aiosmpplib's own: its queue, its splitting, its correlation, its decoding. What it saw is told by its
hook; of the parts of a text, which it tells of only together, the PDUs that it hands to the hook are looked at. It
imports nothing of the operator, so that it stays a foreign witness.
"""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Coroutine
from importlib.metadata import version
from struct import unpack_from
from typing import Any, ClassVar

import aiosmpplib
from aiosmpplib import NPI, TON, BindMode, DeliverSm, PhoneNumber, SmppCommand, SmppDataCoding, SmppMessage, SubmitSm

from harness.drivers import child

_CAPABILITIES = (
    "transceiver", "transmitter", "receiver", "sessions", "several_sessions", "bind_fields", "receipts",
    "each_part_receipt", "mo", "long_text", "schedule", "validity", "payload", "service_type", "address_types",
    "esm_class", "protocol_id", "priority_flag", "registered_delivery", "replace_if_present_flag", "data_coding",
    "sm_default_msg_id", "enquire_link",
)  # fmt: skip
_UDHI = 0x40
_HEADER = 16


class _LastError(logging.Handler):
    """Keeps what the client complained of last."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Takes a record of the client's log."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self.reason = f"aiosmpplib could not go on: {child.reason_of(error)}"


class _NoRetry(aiosmpplib.AbstractRetryTimer):  # type: ignore[misc] # aiosmpplib ships no py.typed
    """Tells that the connection is lost, in the place of making it again: a session is a connection."""

    def __init__(self) -> None:
        self.is_lost = asyncio.Event()

    async def wait(self) -> None:
        """Is called once the connection is lost."""
        self.is_lost.set()
        await asyncio.Event().wait()

    def reset(self) -> None:
        """Is called once the connection is there."""

    def next_delay(self) -> float:
        """Seconds until the next attempt."""
        return 0.0


class Session(child.Session, aiosmpplib.AbstractHook):  # type: ignore[misc] # as above
    """One ESME of aiosmpplib, and the hook that hears it."""

    commands: ClassVar = {"submit": "submit", "enquire_link": "enquire_link", "unbind": "unbind"}

    def __init__(self, name: str, bind: child.Bind, owner: child.Child) -> None:
        super().__init__(name)
        self._bind, self._owner = bind, owner
        self._retry, self._errors = _NoRetry(), _LastError()
        self._submitted: dict[int, tuple[str, int]] = {}
        self._reason = ""
        self._tasks: set[asyncio.Task[None]] = set()
        fields = dict(bind.fields)
        interface_version = fields.pop("interface_version", None)
        kinds = {"addr_ton": TON(fields.pop("addr_ton", 0)), "addr_npi": NPI(fields.pop("addr_npi", 0))}
        self._esme = aiosmpplib.ESME(
            bind.host,
            bind.port,
            bind.system_id,
            bind.password,
            bind_mode=BindMode[bind.type.upper()],
            client_id=name.replace(".", "-"),
            hook=self,
            retry_timer=self._retry,
            log_level=logging.ERROR,
            log_handler=self._errors,
            **kinds,
            **fields,
        )
        if interface_version is not None:
            self._esme.interface_version = interface_version
        self._is_over = False
        self._life = asyncio.create_task(self._live())

    async def _live(self) -> None:
        client = asyncio.create_task(self._esme.start())
        lost = asyncio.create_task(self._retry.is_lost.wait())
        try:
            await asyncio.wait({client, lost}, return_when=asyncio.FIRST_COMPLETED)
            self._end(self._reason or self._errors.reason or "the operator closed the connection")
        finally:
            for task in (client, lost):
                task.cancel()
            await asyncio.gather(client, lost, return_exceptions=True)

    def _end(self, reason: str) -> None:
        if not self._is_over:
            self._is_over = True
            self.report("closed", reason=reason)
            self._owner.forget(self.name)

    def submit(self, submit: child.Submit) -> None:
        """Puts a text into the client's queue, to be split by a header where it is long."""
        said = dict(submit.fields)
        kinds = {
            end: (TON(said.pop(f"{end}_addr_ton", ton)), NPI(said.pop(f"{end}_addr_npi", 1))) for end, ton in _TONS
        }
        data_coding = said.pop("data_coding", None)
        esm_class = said.pop("esm_class", 0)
        message = SubmitSm(
            log_id=submit.tag,
            source=PhoneNumber(submit.source, *kinds["source"]),
            destination=PhoneNumber(submit.destination, *kinds["dest"]),
            encoding=None if data_coding is None else SmppDataCoding(data_coding).name,
            schedule_delivery_time=_moment(submit.schedule),
            validity_period=_moment(submit.validity),
            esm_class=esm_class if submit.payload else esm_class | _UDHI,
            auto_message_payload=submit.payload,
            **{"message_payload" if submit.payload else "short_message": submit.text},
            **{"registered_delivery": int(submit.receipt), **said},
        )
        self._do(self._esme.broker.enqueue(message))

    def enquire_link(self) -> None:
        """Puts an enquire_link into the client's queue."""
        self._do(self._esme.broker.enqueue(aiosmpplib.EnquireLink()))

    def unbind(self) -> None:
        """Stops the client, which unbinds."""
        self._do(self._stop())

    async def _stop(self) -> None:
        # The client lets go of its writer, whereupon Python closes the connection before the answer can be read; so we
        # hold on to it. Its tasks then take a second to end, which nobody needs to wait for.
        writer = self._esme._writer  # noqa: SLF001 - it has no other way to ask
        self._reason = "unbound"
        self._do(self._esme.stop())
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self._end("unbound")

    def close(self, reason: str) -> None:
        """Closes the connection; the client notices, and ends."""
        writer = self._esme._writer  # noqa: SLF001 - as above
        self._end(reason)
        if writer is None:
            self._life.cancel()  # it is not even connected
        else:
            writer.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def sending(self, smpp_message: SmppMessage, pdu: bytes, client_id: str) -> None:
        """The client is about to write a PDU."""
        del client_id
        name = smpp_message.smpp_command.name.lower()
        number = smpp_message.sequence_num
        if not isinstance(smpp_message, SubmitSm):
            if not name.endswith("_resp"):
                self.report("sent", pdu=name, sequence_number=number)
            return
        part, parts = _place(smpp_message)
        self._submitted[number] = (smpp_message.log_id, part)
        self.report(
            "sent", pdu=name, sequence_number=number, tag=smpp_message.log_id, part=part, parts=parts, octets=len(pdu)
        )

    async def received(self, smpp_message: SmppMessage | None, pdu: bytes, client_id: str) -> None:
        """The client has read a PDU; of a part of a longer text there is the PDU alone."""
        del client_id
        command, status, number = unpack_from(">LLL", pdu, 4)
        if command == SmppCommand.SUBMIT_SM_RESP:
            self._on_response(status, number, pdu)
        elif command == SmppCommand.DELIVER_SM:
            self._on_deliver(pdu)
        elif command == SmppCommand.ENQUIRE_LINK:
            self.report("enquire_link")
        elif command == SmppCommand.GENERIC_NACK:
            self.report("generic_nack", sequence_number=number, command_status=status)
        elif command == SmppCommand.UNBIND_RESP:
            self.report("unbound", command_status=status)
        elif command == SmppCommand.ENQUIRE_LINK_RESP:
            self.report("pdu", name="enquire_link_resp", command_status=status, sequence_number=number)
        elif isinstance(smpp_message, aiosmpplib.BindTransceiverResp):
            self._reason = "not bound" if status else ""
            self.report("bound", command_status=status, system_id=smpp_message.system_id)

    def _on_response(self, status: int, number: int, pdu: bytes) -> None:
        if number in self._submitted:
            tag, part = self._submitted.pop(number)
            message_id = pdu[_HEADER:].partition(b"\0")[0].decode("latin-1")
            told = {"sequence_number": number, "command_status": status, "message_id": message_id}
            self.report("response", **told, tag=tag, part=part)

    def _on_deliver(self, pdu: bytes) -> None:
        # Of the receipts of a text's parts the client hands on one for all: each is decoded here, by its own decoder.
        message = DeliverSm.from_pdu(pdu, SmppMessage.parse_header(pdu), self._esme.default_encoding)
        text = message.short_message or message.message_payload
        ends = {"source": message.source.number, "destination": message.destination.number, "text": text}
        if not message.is_receipt():
            self.report("mo", **ends)
            return
        self.report("receipt", **child.receipt_words(text), **ends)

    async def send_error(self, smpp_message: SmppMessage, error: Exception, client_id: str) -> None:
        """The client could not send a text."""
        del smpp_message, client_id
        self.report("failed", command="submit", reason=child.reason_of(error))


_TONS = (("source", TON.UNKNOWN), ("dest", TON.INTERNATIONAL))


def _place(message: SubmitSm) -> tuple[int, int]:
    """Which part of how many a message is."""
    _, part, parts = message.get_segmentation_data()
    return (part, parts) if parts else (1, 1)


def _moment(smpp_time: str) -> Any:
    return SubmitSm.smpp_time_to_datetime(smpp_time) if smpp_time else None


async def _serve() -> None:
    def bind(name: str, asked: child.Bind) -> Session:
        return Session(name, asked, owner)

    owner = child.Child("aiosmpplib", version("aiosmpplib"), _CAPABILITIES, {"bind": bind})
    is_over = asyncio.Event()

    def read() -> None:
        if not owner.read():
            is_over.set()

    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), read)
    owner.greet()
    await is_over.wait()
    owner.close()
    os._exit(0)  # the client's tasks take seconds to end, and hold nothing any more


def main() -> None:
    """Runs the child until its standard input ends."""
    asyncio.run(_serve())


if __name__ == "__main__":
    main()
