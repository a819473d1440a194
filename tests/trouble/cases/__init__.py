"""Every fault's case, by its name."""

from itertools import chain

from tests.trouble.cases import (
    binds,
    connecting,
    endings,
    incoming,
    links,
    receipts,
    refusals,
    responses,
    shapes,
    streams,
)
from tests.trouble.cases.case import Case

_FAMILIES = (refusals, responses, receipts, incoming, shapes, streams, endings, binds, links, connecting)
CASES: dict[str, Case] = dict(chain.from_iterable(family.CASES.items() for family in _FAMILIES))
