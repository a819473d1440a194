"""The yardstick: a trio server that decodes every PDU with our codec, answers it, and does nothing else.

Where a receipt is asked for it is sent at once, the same for all.

python -m tests.benchmarks.bare READY_FILE
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import trio

from simulator.smpp.consts import V34, MessageState
from simulator.smpp.events import Request
from simulator.smpp.pdus import BindTransceiver, BindTransceiverResp, SubmitSm, SubmitSmResp
from simulator.smpp.receipts import Receipt, receipt_pdu
from simulator.smpp.session import Role, Session, SessionLimits

LIMITS = SessionLimits(session_init=None, enquire_link=None, window_out=1_000_000)
RECEIPT = receipt_pdu(
    Receipt("0000000001", MessageState.DELIVERED, datetime.now(UTC), datetime.now(UTC)),
    SubmitSm(source_addr="3000200020", destination_addr="989129990001"),
    V34,
)


async def serve_connection(stream: trio.SocketStream) -> None:
    session = Session(Role.MC, LIMITS, trio.current_time())
    while data := await stream.receive_some(65536):
        for event in session.receive_data(bytes(data), trio.current_time()):
            if isinstance(event, Request) and isinstance(event.pdu, SubmitSm):
                session.send_response(event.sequence_number, SubmitSmResp("0000000001"))
                if event.pdu.registered_delivery:
                    session.send_request(RECEIPT, trio.current_time())
            elif isinstance(event, Request) and isinstance(event.pdu, BindTransceiver):
                session.send_response(event.sequence_number, BindTransceiverResp("bare"))
        await stream.send_all(session.data_to_send())


async def main(ready_file: Path) -> None:
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    ready_file.write_text(json.dumps({"smpp": listeners[0].socket.getsockname()[:2]}))  # noqa: ASYNC240 - nobody waits yet
    await trio.serve_listeners(serve_connection, listeners)


if __name__ == "__main__":
    trio.run(main, Path(sys.argv[1]))
