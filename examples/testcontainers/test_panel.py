"""What the operator says to two texts; put your own panel in the place of `send`."""

import smpplib.client
import smpplib.gsm
from smpplib.consts import SMPP_ENCODING_ISO10646

from khatban_client import Operator

LINE = "3000200020"  # a dedicated service line of the demo world
SUBSCRIBER, BLACKLISTED = "989129990001", "989121110001"


def send(operator: Operator, to: str, text: str) -> None:
    """One text of one part, by smpplib."""
    client = smpplib.client.Client(*operator.smpp, allow_unknown_opt_params=True)
    client.set_error_pdu_handler(lambda pdu: None)  # a refusal is an answer like any other
    client.set_message_sent_handler(lambda pdu: None)
    client.connect()
    client.bind_transceiver(system_id="panel", password="panel")
    [part], data_coding, _ = smpplib.gsm.make_parts(text, SMPP_ENCODING_ISO10646)
    client.send_message(source_addr=LINE, destination_addr=to, short_message=part, data_coding=data_coding)
    client.read_once()
    client.unbind()
    client.disconnect()


def test_an_order_reaches_its_customer(operator: Operator) -> None:
    send(operator, SUBSCRIBER, "سفارش شما با شماره ۴۵۱۲ ثبت شد")
    [message] = operator.messages.wait(seconds=20, state="DELIVERED")
    assert message.text == "سفارش شما با شماره ۴۵۱۲ ثبت شد"


def test_an_offer_to_one_who_opted_out_is_refused(operator: Operator) -> None:
    send(operator, BLACKLISTED, "۵۰٪ تخفیف کفش تا جمعه")
    [message] = operator.messages.wait(seconds=20, verdict="refused")
    assert message.verdict.rule == "service-advertising-to-blacklisted"
