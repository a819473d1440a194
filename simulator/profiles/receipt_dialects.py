"""Receipts as other operators write them, each dialect by its name: what it changes in the text, or around it."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from simulator.smpp.pdus import DeliverSm

DialectName = Literal[
    "no-id",
    "no-sub",
    "no-dlvrd",
    "no-text",
    "upper-text",
    "extra-spaces",
    "padded-stat",
    "err-4-digits",
    "err-1-digit",
    "err-hex",
    "err-alphanumeric",
    "no-err",
    "12-digit-date",
    "zoned-date",
    "iso-date",
    "unix-date",
    "tlv-only",
    "no-tlvs",
    "no-esm-class",
]

_TEXT_DIALECTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "no-id": (r"id:\S* ", ""),
        "no-sub": (r"sub:\S* ", ""),
        "no-dlvrd": (r"dlvrd:\S* ", ""),
        "no-text": (r" text:.*", ""),
        "upper-text": (r" text:", " Text:"),
        "extra-spaces": (r" (?=stat:|err:|done)", "   "),
        "padded-stat": (r"(stat:\S*)", r"\1   "),
        "err-4-digits": (r"err:(\d+)", r"err:0\1"),
        "err-1-digit": (r"err:\d*(\d)", r"err:\1"),
        "err-hex": (r"err:\d+", "err:0x4A"),
        "err-alphanumeric": (r"err:\d+", "err:E0A"),
        "no-err": (r" err:\S*", ""),
        "12-digit-date": (r"(date:\d{10})", r"\g<1>59"),
        "zoned-date": (r"(date:\d{10})", r"\g<1>+0330"),
        "iso-date": (r"date:(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", r"date:20\1-\2-\3T\4:\5"),
        "unix-date": (r"date:\d{10}", "date:1795000000"),
    }
)
"""What each dialect changes in the text: a pattern, and what stands in its place."""


def _tlv_only(pdu: DeliverSm) -> DeliverSm:
    return pdu._replace(short_message=b"")


def _no_tlvs(pdu: DeliverSm) -> DeliverSm:
    return pdu._replace(tlvs=())


def _no_esm_class(pdu: DeliverSm) -> DeliverSm:
    return pdu._replace(esm_class=0)


_PDU_DIALECTS: Final[Mapping[str, Callable[[DeliverSm], DeliverSm]]] = MappingProxyType(
    {"tlv-only": _tlv_only, "no-tlvs": _no_tlvs, "no-esm-class": _no_esm_class}
)
DIALECTS: Final = (*_TEXT_DIALECTS, *_PDU_DIALECTS)
"""The names of all dialects."""


def in_dialect(pdu: DeliverSm, dialect: DialectName) -> DeliverSm:
    """The same receipt in a dialect."""
    if change := _PDU_DIALECTS.get(dialect):
        return change(pdu)
    pattern, instead = _TEXT_DIALECTS[dialect]
    text = re.sub(pattern, instead, pdu.short_message.decode("latin-1"))
    return pdu._replace(short_message=text.encode("latin-1"))
