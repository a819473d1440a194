"""The connection to the operator: sends what is queued, and books what comes back. One thread, one bind."""

from typing import Any

import smpplib.client
import smpplib.gsm
from smpplib.consts import SMPP_ENCODING_ISO10646, SMPP_ESME_ROK

from sms.models import Message, OptOut, Part

OPT_OUT_WORD = "انصراف"
DELIVERED = 2
"""message_state, SMPP 3.4, 5.2.28."""
_RECEIPT = 0x04
"""esm_class of a delivery receipt, SMPP 3.4, 5.2.12."""


class Gateway:
    """A bound session. A context manager, which unbinds."""

    def __init__(self, address: tuple[str, int], system_id: str, password: str) -> None:
        self._client = smpplib.client.Client(*address, allow_unknown_opt_params=True)
        self._client.set_message_sent_handler(self._book_response)
        self._client.set_message_received_handler(self._book_delivery)
        self._client.set_error_pdu_handler(lambda pdu: None)  # a refusal is booked as any other response
        self._account = {"system_id": system_id, "password": password}

    def __enter__(self) -> "Gateway":
        self._client.connect()
        self._client.bind_transceiver(**self._account)
        return self

    def __exit__(self, *_exception: object) -> None:
        self._client.unbind()
        self._client.disconnect()

    def work(self) -> None:
        """Sends everything that is queued, and books everything that has come."""
        for message in Message.objects.filter(state=Message.State.QUEUED):
            self._send(message)
        self._client.poll()

    def _send(self, message: Message) -> None:
        message.state = Message.State.SENT
        message.save()
        parts, data_coding, esm_class = smpplib.gsm.make_parts(message.text, SMPP_ENCODING_ISO10646)
        for octets in parts:
            pdu = self._client.send_message(
                source_addr=message.line,
                destination_addr=message.to,
                short_message=octets,
                data_coding=data_coding,
                esm_class=esm_class,
                registered_delivery=1,
            )
            Part.objects.create(message=message, sequence=pdu.sequence)

    def _book_response(self, pdu: Any) -> None:
        part = Part.objects.filter(sequence=pdu.sequence).latest("pk")
        if pdu.status == SMPP_ESME_ROK:
            part.operators_id = pdu.message_id.decode()
            part.save()
        else:
            part.message.fail(f"refused: {pdu.status:#x}")

    def _book_delivery(self, pdu: Any) -> None:
        if pdu.esm_class & _RECEIPT:
            self._book_receipt(pdu)
        elif pdu.short_message.decode("utf-16-be").strip() == OPT_OUT_WORD:
            OptOut.objects.get_or_create(number=pdu.source_addr.decode())

    def _book_receipt(self, pdu: Any) -> None:
        part = Part.objects.get(operators_id=pdu.receipted_message_id.decode())
        if pdu.message_state != DELIVERED:
            part.message.fail(f"not delivered: {pdu.message_state}")
            return
        part.delivered = True
        part.save()
        if not part.message.parts.filter(delivered=False).exists():
            part.message.state = Message.State.DELIVERED
            part.message.save()
