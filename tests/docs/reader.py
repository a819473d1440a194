"""What the reader of a page has before he begins: files that the page speaks of, and messages that were sent."""

import datetime
import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

import smpplib.client
import smpplib.gsm

from harness.operator_api import OperatorApi
from tests.admin.api import DEDICATED, FREE, LISTED, NOON, PROMOTIONAL
from tests.registry.provisioning.papers import COMPANY, MAGFA_PAPERS, PATTERN, Paper

ORDER: Final = "سفارش شما با شماره ۴۵۸۲۱ ثبت شد."
ADVERT: Final = "۵۰٪ تخفیف همهٔ کفش‌ها، فقط تا جمعه"


class Reader(NamedTuple):
    """Who reads a page.

    Attributes:
        files: What lies in his folder, by name.
        has_sent: Whether two panels are bound, and three messages came: an accepted order, a refused advertisement, and
            one that is still on its way, because the operator's clock stands still.
        world: The operator's.
    """

    files: Mapping[str, str | bytes] = {}
    has_sent: bool = False
    world: Mapping[str, object] = {"extends": "demo"}


def _papers(*papers: Paper) -> str:
    """A file of papers; what JSON writes of a text, a number or a list is TOML as well."""
    rows = ("\n".join(f"{name} = {json.dumps(value)}" for name, value in paper.items()) for paper in papers)
    return "".join(f"[[documents]]\n{row}\n" for row in rows)


_NUMBERS: Final = "09129990001\n09129990002\n"
_PANEL: Final = """
import smpplib.client
import smpplib.gsm


def send(address, line, to, text):
    client = smpplib.client.Client(*address, allow_unknown_opt_params=True)
    client.connect()
    client.bind_transceiver(system_id="panel", password="panel")
    parts, data_coding, esm_class = smpplib.gsm.make_parts(text, 8)
    for part in parts:
        client.send_message(
            source_addr=line, destination_addr=to, short_message=part, data_coding=data_coding, esm_class=esm_class
        )
    client.unbind()
    client.disconnect()
"""
READERS: Final[Mapping[str, Reader]] = {
    "README.md": Reader(files={"panel.py": _PANEL}),
    "docs/api.md": Reader(has_sent=True),
    "docs/blacklist.md": Reader(files={"optouts.csv.gz": gzip.compress(_NUMBERS.encode()), "list.txt": _NUMBERS}),
    "docs/delivery.md": Reader(has_sent=True),
    "docs/lines.md": Reader(
        files={"papers.toml": _papers(*MAGFA_PAPERS), "pattern.toml": _papers(PATTERN), "customers.csv": _NUMBERS},
        world={
            "extends": "demo",
            "accounts": [{"system_id": "panel2", "password": "panel2"}],
            "lines": [{"number": "3000100010", "account": "panel", "owner": COMPANY}],
        },
    ),
    "docs/money.md": Reader(
        world={"extends": "demo", "accounts": [{"system_id": "panel", "password": "panel", "balance": 1000}]}
    ),
}


@contextmanager
def prepared(operator: OperatorApi, reader: Reader) -> Iterator[None]:
    """The operator as the reader finds it."""
    speed = 0.0 if reader.has_sent else 1.0
    operator.reset(reader.world, NOON if reader.has_sent else NOON - datetime.timedelta(hours=2), speed=speed)
    if not reader.has_sent:
        yield
        return
    first, second = _bound(operator.smpp), _bound(operator.smpp)
    for line, to, text in ((DEDICATED, FREE, ORDER), (PROMOTIONAL, LISTED, ADVERT), (PROMOTIONAL, FREE, ADVERT)):
        _send(first, line, to, text)
    yield
    for client in (first, second):
        client.state = smpplib.consts.SMPP_CLIENT_STATE_OPEN  # unbound by the page, or cut off: nothing more is said
        client.disconnect()


def _bound(address: tuple[str, int]) -> smpplib.client.Client:
    client = smpplib.client.Client(*address, allow_unknown_opt_params=True)
    client.set_error_pdu_handler(lambda pdu: None)
    client.connect()
    client.bind_transceiver(system_id="panel", password="panel")
    return client


def _send(client: smpplib.client.Client, line: str, to: str, text: str) -> None:
    parts, data_coding, esm_class = smpplib.gsm.make_parts(text, smpplib.consts.SMPP_ENCODING_ISO10646)
    for part in parts:
        client.send_message(
            source_addr=line,
            dest_addr_ton=smpplib.consts.SMPP_TON_INTL,
            destination_addr=to,
            short_message=part,
            data_coding=data_coding,
            esm_class=esm_class,
        )
        client.read_once()
