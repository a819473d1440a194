"""Writes docs/magic-numbers.md, the subscribers whose numbers bring something with them.

python -m tools.magic_numbers_page

A test holds the page to what this would write. It starts nothing.
"""

import json
from collections.abc import Iterator

from simulator.profiles.handset import OUTCOMES, HandsetState
from simulator.registry.subscribers import MAGIC_HANDSETS
from simulator.smpp.consts import status_name
from simulator.trouble.fault import Fault
from simulator.trouble.magic_numbers import MAGIC_NUMBERS
from tools.markdown import cell, table
from tools.scenario_index import ROOT

PAGE = ROOT / "docs" / "magic-numbers.md"

INTRODUCTION = """\
# Magic numbers

This page is written by `python -m tools.magic_numbers_page` from the tables that the operator runs on; do not edit it.

Where a world has `magic_suffixes = true`, as the demo world does, the last seven digits of a subscriber's number say
what happens, behind any Iranian mobile prefix. A client's tests need no configuration then: they send to a number. The
digits are told in two parts here, so that no number of this page is one by accident: behind `98912`, `0098` and `103`
make a handset that is off.

A blacklisted number is none of these: the demo world's are `989121110000` to `989121110009` and `989351110000` to
`989351110009`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_handsets(), "", *_faults(), ""])


def _handsets() -> Iterator[str]:
    yield from ("## Handsets", "", "What becomes of a message that was accepted; see [delivery.md](delivery.md).", "")
    rows = (
        (_digits(suffix), f"`{state}`", OUTCOMES[state].state.name, OUTCOMES[state].err, _again(state))
        for suffix, state in MAGIC_HANDSETS.items()
    )
    yield from table(("number", "handset", "the receipt says", "err", "tried again before"), rows)


def _again(state: HandsetState) -> str:
    return "yes" if OUTCOMES[state].may_be_tried_again else "no"


def _faults() -> Iterator[str]:
    yield from ("## Faults", "", "What goes wrong with a submit to it; see [faults.md](faults.md).", "")
    rows = (
        (_digits(suffix), f"`{fault.name}`", cell(type(fault).__doc__ or ""), _set(fault))
        for suffix, fault in MAGIC_NUMBERS.items()
    )
    yield from table(("number", "fault", "what an ESME sees", "with"), rows)


def _digits(suffix: str) -> str:
    return f"…{suffix[:4]} {suffix[4:]}"


def _set(fault: Fault) -> str:
    """The parameters that are not the fault's usual ones, and the status with which it answers."""
    values = fault.model_dump(exclude_defaults=True, exclude={"name"})
    told = [f"`{name}` = {json.dumps(value)}" for name, value in values.items()]
    status = getattr(fault, "status", None)
    return ", ".join([*told, *([status_name(status)] if isinstance(status, int) else [])]) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
