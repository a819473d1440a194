"""A panel of a few lines: an HTTP API in front, one SMPP session behind, told of the operator by its environment."""

import http.server
import json
import os
import socket
import sys
import threading
import time

import smpplib.client
import smpplib.exceptions
import smpplib.gsm

lock = threading.Lock()
current: list[smpplib.client.Client] = []


def keep_bound() -> None:
    """Binds, reads, and binds again whenever the operator hangs up."""
    told = os.environ
    while True:
        client = smpplib.client.Client(told["KHATBAN_HOST"], int(told["KHATBAN_PORT"]), allow_unknown_opt_params=True)
        client.set_error_pdu_handler(lambda pdu: None)
        client.set_message_sent_handler(lambda pdu: None)
        client.set_message_received_handler(lambda pdu: None)
        try:
            client.connect()
            client.bind_transceiver(system_id=told["KHATBAN_SYSTEM_ID"], password=told["KHATBAN_PASSWORD"])
            current[:] = [client]
            client.listen()
        except (smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError, OSError):
            time.sleep(0.05)


class Api(http.server.BaseHTTPRequestHandler):
    """POST /api/messages with from, to, text and report."""

    def do_POST(self) -> None:
        """Takes a text, or refuses it without sending."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != "Bearer secret" or asked["to"] == ["989120000000"]:
            self.answer(403, {"error": "not allowed"})
            return
        with lock:
            parts, data_coding, esm_class = smpplib.gsm.make_parts(asked["text"])
            for part in parts:
                current[0].send_message(
                    source_addr=asked["from"],
                    dest_addr_ton=1,
                    dest_addr_npi=1,
                    destination_addr=asked["to"][0],
                    data_coding=data_coding,
                    esm_class=esm_class,
                    short_message=part,
                    registered_delivery=int(asked["report"] == "true"),
                )
        self.answer(202, {"messages": [{"id": 77}]})

    def answer(self, status: int, body: object) -> None:
        """Answers in JSON."""
        octets = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""


class Server(http.server.ThreadingHTTPServer):
    """Takes over the port that the test has chosen, however lately it was used."""

    allow_reuse_address = True
    address_family = socket.AF_INET


threading.Thread(target=keep_bound, daemon=True).start()
Server(("127.0.0.1", int(sys.argv[1])), Api).serve_forever()
