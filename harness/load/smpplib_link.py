"""A connection by smpplib, as programs in Python use it: the task that submits, and a greenlet that reads.

gevent is imported here, so that this is for the processes of Locust only.
"""

import logging
import socket
from contextlib import suppress
from typing import Any, Final

import gevent
import smpplib.client
import smpplib.consts
import smpplib.exceptions
import smpplib.smpp
from gevent.event import Event

from harness.load.conversation import Conversation
from harness.load.link import UNBIND_PATIENCE, Address, Clock, Link, LinkError, receipted_id
from harness.load.plan import Binds
from harness.load.traffic import Submit
from simulator.smpp.consts import ESM_MC_DELIVERY_RECEIPT, status_name

_LOGGER: Final = "khatban.smpplib"
_ESM_TYPE: Final = 0x3C
_BROKEN: Final = (smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError, OSError)


class _Client(smpplib.client.Client):  # type: ignore[misc] # smpplib ships no types
    """smpplib's client; what it has no handler for, it shows here."""

    def read_pdu(self) -> Any:
        pdu = super().read_pdu()
        if pdu.command == "unbind_resp":
            self.is_unbound = True
        return pdu

    is_unbound = False


class SmpplibLink(Link):
    """See its base."""

    def __init__(self, address: Address, binds: Binds, conversation: Conversation, clock: Clock) -> None:
        super().__init__(address, binds, conversation, clock)
        logging.getLogger(_LOGGER).setLevel(logging.CRITICAL)  # whatever it warns of is counted, or told by LinkError
        self._client = _Client(*address, timeout=binds.enquire_link, logger_name=_LOGGER, allow_unknown_opt_params=True)
        self._client.set_error_pdu_handler(lambda _pdu: None)  # an error answer comes to the next one all the same
        self._client.set_message_sent_handler(self._on_response)
        self._client.set_message_received_handler(self._on_deliver)
        self._news = Event()
        self._reader: gevent.Greenlet[..., None] | None = None
        self._ended = ""

    def open(self) -> None:
        """As its base."""
        try:
            self._client.connect()
            self._client._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # noqa: SLF001 - it has no option for it
            self._client.bind_transceiver(system_id=self._binds.system_id, password=self._binds.password)
        except _BROKEN as error:
            self._disconnect()
            raise LinkError(_reason(error)) from error
        self._reader = gevent.spawn(self._read)

    def _read(self) -> None:
        try:
            while not self._client.is_unbound:
                self._client.read_once()
            self._ended = "unbound"
        except _BROKEN as error:
            self._ended = _reason(error)
        except Exception as error:  # smpplib fails in many ways on a PDU that it does not know; each ends its session
            self._ended = f"smpplib could not read a PDU: {type(error).__name__}: {error}"
        self._news.set()

    def submit(self, submit: Submit, due: float) -> None:
        """As its base."""
        pdu = smpplib.smpp.make_pdu(
            "submit_sm",
            client=self._client,
            source_addr=submit.source,
            dest_addr_ton=smpplib.consts.SMPP_TON_INTL,
            dest_addr_npi=smpplib.consts.SMPP_NPI_ISDN,
            destination_addr=submit.destination,
            esm_class=submit.esm_class,
            registered_delivery=int(submit.receipt),
            data_coding=submit.data_coding,
            short_message=submit.octets,
        )
        self._conversation.submitted(pdu.sequence, due, self._clock(), receipt=submit.receipt)
        try:
            self._client.send_pdu(pdu)
        except _BROKEN as error:
            raise LinkError(_reason(error)) from error

    def wait(self, seconds: float) -> None:
        """As its base."""
        self._news.wait(seconds)
        self._news.clear()
        if self._ended:
            raise LinkError(self._ended)

    def _on_response(self, pdu: Any) -> None:
        self._conversation.answered(pdu.sequence, pdu.status, _text(pdu.message_id), self._clock())
        self._news.set()

    def _on_deliver(self, pdu: Any) -> None:
        now = self._clock()
        if ((pdu.esm_class or 0) & _ESM_TYPE) != ESM_MC_DELIVERY_RECEIPT:
            self._conversation.message(now)
        else:
            self._conversation.receipt(receipted_id(_text(pdu.receipted_message_id), pdu.short_message or b""), now)

    def close(self, *, unbind: bool) -> None:
        """As its base."""
        if unbind and not self._ended and self._reader is not None:
            with suppress(*_BROKEN):
                self._client.send_pdu(smpplib.smpp.make_pdu("unbind", client=self._client))
                self._reader.join(UNBIND_PATIENCE)
        if self._reader is not None:
            self._reader.kill()
            self._reader = None
        self._disconnect()

    def _disconnect(self) -> None:
        if self._client._socket is not None:  # noqa: SLF001 - smpplib has no other way to ask
            self._client.state = smpplib.consts.SMPP_CLIENT_STATE_OPEN  # it warns of a disconnect in a bound state
            self._client.disconnect()


def _text(octets: bytes | str | None) -> str:
    return octets.rstrip(b"\0").decode("latin-1") if isinstance(octets, bytes) else octets or ""


def _reason(error: BaseException) -> str:
    if isinstance(error, smpplib.exceptions.PDUError) and len(error.args) == 2:
        return f"bind refused: {status_name(int(error.args[1]))}"
    return " ".join(map(str, error.args)) or "the operator closed the connection"
