"""Sends one text by smpplib, a long one in parts, and waits for the receipt of each part.

usage: python send.py TO TEXT [LINE]
"""

import os
import sys
from typing import Any

import smpplib.client
import smpplib.gsm
from smpplib.consts import SMPP_ENCODING_ISO10646, SMPP_ESME_ROK, SMPP_TON_INTL

HOST, PORT = os.environ.get("SMSC_HOST", "127.0.0.1"), int(os.environ.get("SMSC_PORT", "2775"))
STATES = {2: "DELIVERED", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIVERABLE", 6: "ACCEPTED", 7: "UNKNOWN", 8: "REJECTED"}


class Sender:
    """One session that sends one text."""

    def __init__(self) -> None:
        # khatban sends TLVs that smpplib has no name for; they are passed over.
        self.client = smpplib.client.Client(HOST, PORT, allow_unknown_opt_params=True)
        self.client.set_message_sent_handler(self.on_response)
        self.client.set_message_received_handler(self.on_receipt)
        self.client.set_error_pdu_handler(lambda pdu: None)  # or read_once raises what on_response is to see
        self.waiting = 0
        self.good = True

    def send(self, line: str, to: str, text: str) -> bool:
        """Sends a text; whether all of it was delivered."""
        self.client.connect()
        self.client.bind_transceiver(system_id="panel", password="panel")
        parts, data_coding, esm_class = smpplib.gsm.make_parts(text, SMPP_ENCODING_ISO10646)
        self.waiting = len(parts)
        for part in parts:
            self.client.send_message(
                source_addr=line,
                dest_addr_ton=SMPP_TON_INTL,
                destination_addr=to,
                short_message=part,
                data_coding=data_coding,
                esm_class=esm_class,
                registered_delivery=1,
            )
        while self.waiting:
            self.client.read_once()
        self.client.unbind()
        self.client.disconnect()
        return self.good

    def on_response(self, pdu: Any) -> None:
        """The operator takes a part on, or refuses it; then there is no receipt."""
        if pdu.status == SMPP_ESME_ROK:
            print("accepted", pdu.message_id.decode())
            return
        print(f"refused {pdu.status:#010x}")
        self.waiting, self.good = self.waiting - 1, False

    def on_receipt(self, pdu: Any) -> None:
        """What became of a part."""
        state = STATES[pdu.message_state]
        print("receipt", pdu.receipted_message_id.decode(), state)
        self.waiting, self.good = self.waiting - 1, self.good and state == "DELIVERED"


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    to, text, line = (*sys.argv[1:], "3000200020")[:3]
    sys.exit(0 if Sender().send(line, to, text) else 1)
