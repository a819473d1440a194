"""A panel's side: texts sent by smpplib, a long one in parts."""

from collections.abc import Iterator
from contextlib import contextmanager

import smpplib.client
import smpplib.gsm
from smpplib.consts import SMPP_GSMFEAT_UDHI, SMPP_MSGMODE_DEFAULT

from khatban_client import Operator

LINE = "3000200020"
UCS2 = 8
_ASKS_FOR_RECEIPTS = 1


class Panel:
    """A bound panel."""

    def __init__(self, client: smpplib.client.Client) -> None:
        self._client = client

    def send(self, to: str, text: str, line: str = LINE) -> None:
        """Sends a text and does not wait for what is answered."""
        parts, data_coding, _ = smpplib.gsm.make_parts(text, UCS2)
        for part in parts:
            self._client.send_message(
                source_addr=line,
                destination_addr=to,
                short_message=part,
                data_coding=data_coding,
                esm_class=SMPP_GSMFEAT_UDHI if len(parts) > 1 else SMPP_MSGMODE_DEFAULT,
                registered_delivery=_ASKS_FOR_RECEIPTS,
            )


@contextmanager
def bound(operator: Operator) -> Iterator[Panel]:
    """A panel that is bound while the block runs."""
    client = smpplib.client.Client(*operator.smpp, allow_unknown_opt_params=True)
    client.connect()
    try:
        client.bind_transceiver(system_id="panel", password="panel")
        yield Panel(client)
    finally:
        client.disconnect()
