"""The checks by family, in the order in which they are shown."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harness.audit.check import Check
from harness.audit.checks import (
    addresses,
    answers,
    compliance,
    fields,
    flow,
    links,
    parts,
    receipts,
    sequence_numbers,
    sessions,
    texts,
    tlvs,
)

FAMILIES: Final[Mapping[str, tuple[Check, ...]]] = MappingProxyType(
    {
        "sessions": sessions.CHECKS,
        "links": links.CHECKS,
        "sequence numbers": sequence_numbers.CHECKS,
        "answers": answers.CHECKS,
        "flow": flow.CHECKS,
        "fields": fields.CHECKS,
        "tlvs": tlvs.CHECKS,
        "addresses": addresses.CHECKS,
        "texts": texts.CHECKS,
        "parts": parts.CHECKS,
        "receipts": receipts.CHECKS,
        "compliance": compliance.CHECKS,
    }
)
"""The checks of each family; a family is a file of this folder."""

CHECKS: Final[tuple[Check, ...]] = tuple(check for checks in FAMILIES.values() for check in checks)
"""All of them."""
