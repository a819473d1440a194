"""A case for each thing that a check can say, by family; every check has one that passes and one that does not."""

from collections.abc import Mapping

from tests.harness.audit.cases import (
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
from tests.harness.audit.cases.case import Case

CASES: Mapping[str, tuple[Case, ...]] = {
    "sessions": sessions.CASES,
    "links": links.CASES,
    "sequence numbers": sequence_numbers.CASES,
    "answers": answers.CASES,
    "flow": flow.CASES,
    "fields": fields.CASES,
    "tlvs": tlvs.CASES,
    "addresses": addresses.CASES,
    "texts": texts.CASES,
    "parts": parts.CASES,
    "receipts": receipts.CASES,
    "compliance": compliance.CASES,
}
