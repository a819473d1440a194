"""The Python package smpplib as an ESME; what it is asked and what it tells is in `tests.e2e.conversation`."""

import json
import sys
from typing import Any

import smpplib.client
import smpplib.consts
import smpplib.exceptions
import smpplib.gsm


def tell(event: str, **fields: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


class Esme:
    """One session, until every message is answered and every accepted one has its receipt."""

    def __init__(self, host: str, port: int) -> None:
        self.client = smpplib.client.Client(host, port, allow_unknown_opt_params=True)
        self.client.set_message_sent_handler(self.on_response)
        self.client.set_message_received_handler(self.on_receipt)
        self.client.set_error_pdu_handler(lambda pdu: None)  # or a refused message raises in read_once
        self.unanswered: dict[int, dict[str, int]] = {}
        self.accepted: set[str] = set()
        self.reported: set[str] = set()

    def bind(self, system_id: str, password: str) -> bool:
        self.client.connect()
        try:
            answer = self.client.bind_transceiver(system_id=system_id, password=password)
        except smpplib.exceptions.PDUError as error:
            tell("bound", command_status=error.args[1], system_id="")
            self.client.disconnect()
            return False
        tell("bound", command_status=answer.status, system_id=answer.system_id.decode())
        return True

    def submit(self, message: int, source: str, destination: str, text: str) -> None:
        parts, data_coding, esm_class = smpplib.gsm.make_parts(text)
        for part, octets in enumerate(parts, start=1):
            pdu = self.client.send_message(
                source_addr_ton=smpplib.consts.SMPP_TON_UNK,
                source_addr_npi=smpplib.consts.SMPP_NPI_ISDN,
                source_addr=source,
                dest_addr_ton=smpplib.consts.SMPP_TON_INTL,
                dest_addr_npi=smpplib.consts.SMPP_NPI_ISDN,
                destination_addr=destination,
                data_coding=data_coding,
                esm_class=esm_class,
                short_message=octets,
                registered_delivery=1,
            )
            self.unanswered[pdu.sequence] = {"message": message, "part": part}

    def on_response(self, pdu: Any) -> None:
        message_id = (pdu.message_id or b"").decode()
        tell("response", command_status=pdu.status, message_id=message_id, **self.unanswered.pop(pdu.sequence))
        if pdu.status == smpplib.consts.SMPP_ESME_ROK:
            self.accepted.add(message_id)

    def on_receipt(self, pdu: Any) -> None:
        message_id = pdu.receipted_message_id.decode()
        tell("receipt", message_id=message_id, state=pdu.message_state, text=pdu.short_message.decode())
        self.reported.add(message_id)

    def wait(self) -> None:
        while self.unanswered or self.accepted - self.reported:
            self.client.read_once()

    def unbind(self) -> None:
        answer = self.client.unbind()
        tell("unbound", command=answer.command, command_status=answer.status)
        try:
            self.client.read_once(auto_send_enquire_link=False)
        except smpplib.exceptions.ConnectionError:
            tell("closed")
        self.client.disconnect()


def main() -> None:
    job = json.load(sys.stdin)
    esme = Esme(job["host"], job["port"])
    if not esme.bind(job["system_id"], job["password"]):
        return
    for number, message in enumerate(job["messages"]):
        esme.submit(number, message["source"], message["destination"], message["text"])
    esme.wait()
    esme.unbind()


main()
