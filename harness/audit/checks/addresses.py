"""The addresses of what a client submits: digits, types of number, letters."""

import re
from collections.abc import Iterator
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd
from harness.audit.recording import Recording
from simulator.smpp.consts import Npi, Ton
from simulator.smpp.pdus import DataSm, SmeAddress, SubmitMulti, SubmitSm
from simulator.smpp.states import Role

_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)
_MAX_LETTERS: Final = 11
"""Characters of an alphanumeric originator: what fits the address field of a short message (23.040, 9.1.2.5)."""


def _digits_only(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        for _, _, number in _destinations(pdu.pdu):
            is_plain = bool(_DIGITS.fullmatch(number))
            yield bad_if(None if is_plain else f"destination_addr {number!r} is not of digits only", pdu)


def _ton_fits(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        for ton, _, number in _destinations(pdu.pdu):
            yield bad_if(_misnamed(ton, number), pdu)


def _misnamed(ton: int, number: str) -> str | None:
    """Why a type of number cannot be that of these digits, as numbers are written in Iran."""
    bare = number.lstrip("+")
    if ton == Ton.INTERNATIONAL and bare.startswith("0"):
        return f"TON 1, international, of {number!r}, which begins with a trunk prefix"
    if ton == Ton.NATIONAL and (bare.startswith("0") or (bare.startswith("98") and len(bare) == 12)):
        return f"TON 2, national, of {number!r}"
    if ton == Ton.ALPHANUMERIC and _DIGITS.fullmatch(bare):
        return f"TON 5, alphanumeric, of {number!r}"
    return None


def _npi_fits(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        for ton, npi, number in _destinations(pdu.pdu):
            if not _DIGITS.fullmatch(number):
                continue
            if npi in (Npi.UNKNOWN, Npi.ISDN):
                yield good(pdu)
            else:
                yield odd(f"TON {ton}, NPI {npi} of {number!r}: a telephone number is of NPI 1", pdu)


def _letters_marked(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        fields = pdu.pdu
        if not isinstance(fields, SubmitSm | SubmitMulti | DataSm):
            continue
        source, ton = fields.source_addr, fields.source_addr_ton
        if _DIGITS.fullmatch(source.lstrip("+")):
            yield bad_if(f"TON 5, alphanumeric, of the digits {source!r}" if ton == Ton.ALPHANUMERIC else None, pdu)
        elif source and ton != Ton.ALPHANUMERIC:
            yield bad(f"TON {ton} of {source!r}, which is alphanumeric", pdu)
        elif len(source) > _MAX_LETTERS:
            yield bad(f"{source!r} has {len(source)} characters, a handset is shown {_MAX_LETTERS}", pdu)
        elif source:
            yield good(pdu)


def _destinations(pdu: object) -> Iterator[tuple[int, int, str]]:
    if isinstance(pdu, SubmitMulti):
        for each in pdu.dest_address:
            if isinstance(each, SmeAddress):
                yield each.dest_addr_ton, each.dest_addr_npi, each.destination_addr
    elif isinstance(pdu, SubmitSm | DataSm):
        yield pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr


CHECKS: Final = (
    Check(
        "destinations-are-digits",
        "A recipient is written in ASCII digits, without +, blanks or dashes.",
        "3.4 5.2.9; 5.0 4.2.6.1.1",
        Severity.MAJOR,
        "Write 98 and ten digits, with TON 1 and NPI 1; the + is what TON 1 says.",
        _digits_only,
    ),
    Check(
        "ton-fits-the-number",
        "A recipient's type of number is that of its digits.",
        "3.4 5.2.5; 5.0 4.2.6.1.1",
        Severity.MAJOR,
        "TON 1 begins with the country code; 09... is TON 0, unknown.",
        _ton_fits,
    ),
    Check(
        "npi-of-telephones",
        "A recipient's numbering plan is that of telephones, or unknown.",
        "3.4 5.2.6; 5.0 4.2.6.2",
        Severity.MINOR,
        "Say NPI 1, or 0 to leave it to the operator.",
        _npi_fits,
    ),
    Check(
        "names-marked-alphanumeric",
        "An originator of letters has TON 5, and one of digits has not.",
        "3.4 5.2.5; 5.0 4.2.6.1.2",
        Severity.MAJOR,
        "TON 5 and NPI 0 for a name of at most eleven characters.",
        _letters_marked,
    ),
)
