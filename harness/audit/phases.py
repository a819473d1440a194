"""The phases of a live audit: what the operator does to a client, one thing after another, by its faults.

Each phase gives some checks their occasion. A phase is over when its provocations have bitten and the client has had
time to react, or when its share of the time is over, whichever comes first.
"""

import math
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

Fault = Mapping[str, Any]


class Phase(NamedTuple):
    """One phase.

    Attributes:
        name: what is done, for the progress display.
        share: of the time of the whole audit, how much it may take.
        reaction: seconds that the client is given behind the last provocation.
        faults: what is switched on, one after another; the next when the one before has bitten.
        ending: how every session is ended at its beginning; empty if none is.
        is_quiet: whether a driver submits nothing meanwhile.
    """

    name: str
    share: float
    reaction: float
    faults: tuple[Fault, ...] = ()
    ending: Literal["", "unbind", "drop"] = ""
    is_quiet: bool = False


def _fault(name: str, count: int, **parameters: Any) -> Fault:
    return {"name": name, "count": count, **parameters}


PHASES: Final = (
    Phase("ordinary traffic", 0.15, math.inf),
    Phase("silence, until the operator asks by enquire_link", 0.1, 8.0, is_quiet=True),
    Phase(
        "answers late, out of order, with TLVs and statuses that nobody knows",
        0.13,
        3.0,
        (
            _fault("late-response", 1, after=3.0),
            _fault("responses-out-of-order", 2),
            _fault("unknown-tlv", 1),
            _fault("vendor-status", 1),
            _fault("generic-nack", 1),
        ),
    ),
    Phase(
        "deliver_sm in between, and a command that nobody knows",
        0.1,
        6.0,
        (
            _fault("interleaved-deliver-sm", 1),
            _fault("unknown-tlv", 1, on="deliver_sm"),
            _fault("unknown-command", 1),
        ),
    ),
    Phase(
        "receipts in the dialects of other operators",
        0.15,
        3.0,
        (
            *(
                _fault("receipt-dialect", 1, dialect=dialect)
                for dialect in ("no-sub", "12-digit-date", "err-alphanumeric", "no-text", "tlv-only", "no-esm-class")
            ),
            _fault("receipt-id", 1, form="hex-upper"),
            _fault("duplicate-receipt", 1),
            _fault("intermediate-receipt", 1),
            _fault("receipt-before-response", 1),
        ),
    ),
    Phase("throttling (ESME_RTHROTTLED)", 0.08, 5.0, (_fault("throttled", 3),)),
    Phase("a full queue (ESME_RMSGQFUL)", 0.08, 5.0, (_fault("queue-full", 3),)),
    Phase("an unbind by the operator", 0.07, 10.0, ending="unbind"),
    Phase("a connection that breaks, and refused binds", 0.1, 12.0, (_fault("bind-refused", 2),), ending="drop"),
    Phase("ordinary traffic again", 0.04, math.inf),
)
"""In their order: what makes a client go slow, or may end its session, comes last."""

WATCHING: Final = (Phase("watching", 1.0, math.inf),)
"""Nothing is done to the client."""
