"""A connection by Khatban's own session on a blocking socket: one task submits, and reads what comes."""

import socket
from contextlib import suppress
from typing import Final

from harness.load.conversation import Conversation
from harness.load.link import CONNECT_PATIENCE, UNBIND_PATIENCE, Address, Clock, Link, LinkError, receipted_id
from harness.load.plan import Binds
from harness.load.traffic import Submit
from simulator.smpp import events
from simulator.smpp.consts import ESM_MC_DELIVERY_RECEIPT, Npi, TlvTag, Ton, status_name
from simulator.smpp.pdus import (
    BindTransceiver,
    DataSm,
    DataSmResp,
    DeliverSm,
    DeliverSmResp,
    Pdu,
    SubmitSm,
    SubmitSmResp,
    Unbind,
)
from simulator.smpp.session import Role, Session, SessionLimits
from simulator.smpp.tlvs import get

_READ: Final = 1 << 16
_SHORTEST: Final = 0.001
_ESM_TYPE: Final = 0x3C
_UNSEEN: Final = 1_000_000
"""The session's own window, beside which the link's counts: what is lost keeps no place in it."""


class FastLink(Link):
    """See its base."""

    def __init__(self, address: Address, binds: Binds, conversation: Conversation, clock: Clock) -> None:
        super().__init__(address, binds, conversation, clock)
        limits = SessionLimits(
            session_init=None,
            enquire_link=binds.enquire_link,
            response_timeout=binds.response_timeout,
            window_out=_UNSEEN,
            strict=False,
        )
        self._session = Session(Role.ESME, limits, clock())
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """As its base."""
        try:
            self._socket = socket.create_connection(self._address, CONNECT_PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._bind()
        except (OSError, LinkError) as error:
            self.close(unbind=False)
            raise LinkError(str(error) or type(error).__name__) from error

    def _bind(self) -> None:
        bind = BindTransceiver(system_id=self._binds.system_id, password=self._binds.password)
        self._session.send_request(bind, self._clock())
        self._flush()
        end = self._clock() + CONNECT_PATIENCE
        while not self._session.state.is_bound:
            if (left := end - self._clock()) <= 0:
                raise LinkError("no answer to the bind")
            for event in self._receive(left):
                if isinstance(event, events.Response) and event.command_status:
                    raise LinkError(f"bind refused: {status_name(event.command_status)}")
                self._take(event)

    def submit(self, submit: Submit, due: float) -> None:
        """As its base."""
        now = self._clock()
        pdu = SubmitSm(
            source_addr=submit.source,
            dest_addr_ton=Ton.INTERNATIONAL,
            dest_addr_npi=Npi.ISDN,
            destination_addr=submit.destination,
            esm_class=submit.esm_class,
            registered_delivery=submit.receipt,
            data_coding=submit.data_coding,
            short_message=submit.octets,
        )
        number = self._session.send_request(pdu, now)
        self._conversation.submitted(number, due, now, receipt=submit.receipt)

    def wait(self, seconds: float) -> None:
        """As its base."""
        self._flush()
        for event in self._receive(seconds):
            self._take(event)
        self._flush()

    def _receive(self, seconds: float) -> list[events.Event]:
        if self._socket is None:
            raise LinkError("closed")
        told = self._session.handle_deadline(self._clock())
        self._socket.settimeout(max(seconds, _SHORTEST))
        try:
            data = self._socket.recv(_READ)
        except TimeoutError:
            return told
        except OSError as error:
            raise LinkError(error.strerror or str(error)) from error
        now = self._clock()
        return [*told, *(self._session.receive_data(data, now) if data else self._session.receive_eof(now))]

    def _take(self, event: events.Event) -> None:
        now = self._clock()
        if isinstance(event, events.Response):
            if isinstance(event.request, SubmitSm):
                self._conversation.answered(event.sequence_number, event.command_status, _id_of(event.pdu), now)
        elif isinstance(event, events.Request):
            if isinstance(event.pdu, DeliverSm | DataSm):
                self._take_delivery(event.pdu, now)
            answer = DataSmResp() if isinstance(event.pdu, DataSm) else DeliverSmResp()
            self._session.send_response(event.sequence_number, answer)
        elif isinstance(event, events.UnexpectedResponse):
            self._conversation.answered(event.sequence_number, event.command_status, _id_of(event.pdu), now)
        elif isinstance(event, events.Closed):
            with suppress(LinkError):
                self._flush()
            raise LinkError(event.reason)

    def _take_delivery(self, pdu: DeliverSm | DataSm, now: float) -> None:
        if pdu.esm_class & _ESM_TYPE != ESM_MC_DELIVERY_RECEIPT:
            self._conversation.message(now)
            return
        tlv = get(pdu.tlvs, TlvTag.RECEIPTED_MESSAGE_ID) or b""
        payload = get(pdu.tlvs, TlvTag.MESSAGE_PAYLOAD) or b""
        text = pdu.short_message if isinstance(pdu, DeliverSm) else payload
        self._conversation.receipt(receipted_id(tlv.rstrip(b"\0").decode("latin-1"), text), now)

    def _flush(self) -> None:
        if octets := self._session.data_to_send():
            if self._socket is None:
                raise LinkError("closed")
            try:
                self._socket.settimeout(self._binds.response_timeout)
                self._socket.sendall(octets)
            except OSError as error:
                raise LinkError(error.strerror or str(error)) from error

    def close(self, *, unbind: bool) -> None:
        """As its base."""
        if self._socket is None:
            return
        with suppress(LinkError):
            if unbind and self._session.state.is_bound:
                self._session.send_request(Unbind(), self._clock())
                end = self._clock() + UNBIND_PATIENCE
                while self._clock() < end:
                    self.wait(UNBIND_PATIENCE)
        self._socket.close()
        self._socket = None


def _id_of(pdu: Pdu | None) -> str:
    return pdu.message_id if isinstance(pdu, SubmitSmResp) else ""
