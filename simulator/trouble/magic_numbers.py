"""Subscribers whose numbers bring a fault with them, so that a client can be tested without any configuration.

A number is magic by its last seven digits: 0099 and a code of three, behind any mobile prefix: 98912 0099 101. Seven
digits, because numbers drawn at random for a load test must not meet one by accident (with five, one in two thousand
would), and because neither the documentation's numbers nor the scenarios' end so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulator.trouble.fault import Fault
from simulator.trouble.faults.endings import Closed, HalfOpen, Reset, UnbindAndClose
from simulator.trouble.faults.incoming import BigPayload, ConcatenatedMo, EmptyText, Interleaved, OddOctets
from simulator.trouble.faults.receipt_dialects import ReceiptDialect, ReceiptId
from simulator.trouble.faults.receipt_order import (
    ContradictoryReceipt,
    DuplicateReceipt,
    IntermediateReceipt,
    LateReceipt,
    ReceiptBeforeResponse,
    ReceiptLost,
    Redelivered,
)
from simulator.trouble.faults.refusals import (
    ErrorWithBody,
    GenericNacked,
    QueueFull,
    SystemFailure,
    Throttled,
    VendorStatus,
)
from simulator.trouble.faults.responses import (
    DuplicateResponse,
    LateResponse,
    NoResponse,
    OkWithoutBody,
    WrongSequenceNumber,
)
from simulator.trouble.faults.shapes import CommandLength, TrailingOctets, UnknownCommand, UnknownTlv
from simulator.trouble.faults.streams import SplitWrites, StalledReads

SUFFIX_DIGITS: Final = 7
_MARK: Final = "0099"

_CODES: Final[Mapping[str, Fault]] = {
    "101": Throttled(),
    "102": QueueFull(),
    "103": VendorStatus(),
    "104": SystemFailure(),
    "105": ErrorWithBody(),
    "106": GenericNacked(),
    "201": NoResponse(),
    "202": LateResponse(),
    "203": DuplicateResponse(),
    "204": WrongSequenceNumber(),
    "205": OkWithoutBody(),
    "301": ReceiptBeforeResponse(),
    "302": DuplicateReceipt(),
    "303": ReceiptLost(),
    "304": LateReceipt(),
    "305": ContradictoryReceipt(),
    "306": IntermediateReceipt(),
    "307": Redelivered(),
    "311": ReceiptId(form="hex"),
    "312": ReceiptId(form="hex-upper"),
    "313": ReceiptId(form="decimal"),
    "314": ReceiptId(form="unknown"),
    "321": ReceiptDialect(dialect="no-sub"),
    "322": ReceiptDialect(dialect="no-text"),
    "323": ReceiptDialect(dialect="12-digit-date"),
    "324": ReceiptDialect(dialect="err-alphanumeric"),
    "325": ReceiptDialect(dialect="tlv-only"),
    "326": ReceiptDialect(dialect="no-esm-class"),
    "401": Interleaved(),
    "402": ConcatenatedMo(),
    "403": ConcatenatedMo(arrangement="missing"),
    "404": BigPayload(),
    "405": EmptyText(),
    "406": OddOctets(),
    "501": UnknownTlv(),
    "502": TrailingOctets(),
    "503": CommandLength(),
    "504": UnknownCommand(),
    "601": SplitWrites(),
    "602": StalledReads(),
    "701": Reset(),
    "702": Closed(),
    "703": UnbindAndClose(),
    "704": HalfOpen(),
}

MAGIC_NUMBERS: Final[Mapping[str, Fault]] = MappingProxyType({_MARK + code: fault for code, fault in _CODES.items()})
"""The fault of each magic number, by the number's last seven digits."""
