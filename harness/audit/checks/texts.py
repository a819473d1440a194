"""The texts that a client submits: whether their octets are what data_coding says."""

import re
from collections.abc import Iterator
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd_if
from harness.audit.legibility import as_utf8, is_lost, misread_ucs2
from harness.audit.recording import Recording
from harness.audit.submissions import Submission
from simulator.smpp.text import Alphabet, is_gsm

_MAX_OCTETS: Final = 140
_MAX_SEPTETS: Final = 160
_EMAIL_IN_ASCII: Final = re.compile(rb"[A-Za-z0-9]\x40[A-Za-z0-9-]+\.[A-Za-z]{2}")
_ODD_IN_ASCII: Final = frozenset(range(0x20)) - frozenset(b"\n\r\t\f")
_BYTE_ORDER_MARKS: Final = (b"\xfe\xff", b"\xff\xfe")


def _texts(recording: Recording, *alphabets: Alphabet) -> Iterator[Submission]:
    for message in recording.submissions:
        if message.data.octets and message.alphabet in alphabets:
            yield message


def _whole_units(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.UCS2):
        size = len(message.data.octets)
        yield bad_if(f"{size} octets, an odd number" if size % 2 else None, message.wire)


def _is_ucs2(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.UCS2):
        rather = misread_ucs2(message.data.octets)
        why = f"data_coding {message.data_coding} with octets of {rather}: {message.text[:20]!r}" if rather else None
        yield bad_if(why, message.wire)


def _no_byte_order_mark(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.UCS2):
        begins = message.data.octets[:2]
        yield bad_if(f"begins with the octets {begins.hex()}" if begins in _BYTE_ORDER_MARKS else None, message.wire)


def _no_utf8(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.GSM, Alphabet.ASCII, Alphabet.LATIN1):
        said = as_utf8(message.data.octets)
        yield bad_if(f"data_coding {message.data_coding} with UTF-8: {said[:20]!r}" if said else None, message.wire)


def _is_septets(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.GSM):
        octets = message.data.octets
        eighth = [octet for octet in octets if octet > 0x7F]
        email = _EMAIL_IN_ASCII.search(octets)
        if eighth:
            yield bad(f"octet 0x{eighth[0]:02X} under data_coding {message.data_coding}, GSM 03.38", message.wire)
        elif email:
            yield bad(f"ASCII: {email[0].decode()!r} reads {message.text!r:.60} in GSM 03.38", message.wire)
        else:
            yield good(message.wire)


def _is_ascii(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.ASCII):
        foreign = [octet for octet in message.data.octets if octet > 0x7F or octet in _ODD_IN_ASCII]
        why = f"octet 0x{foreign[0]:02X} under data_coding 1, ASCII" if foreign else None
        yield bad_if(why, message.wire)


def _is_not_lost(recording: Recording) -> Iterator[Finding]:
    for message in recording.submissions:
        if message.data.octets and message.alphabet is not Alphabet.OCTETS:
            why = f"reads {message.text[:20]!r}" if is_lost(message.text) else None
            yield bad_if(why, message.wire)


def _is_cheapest(recording: Recording) -> Iterator[Finding]:
    for message in _texts(recording, Alphabet.UCS2):
        if message.data.part is None:
            why = f"{message.text[:20]!r} as UCS-2 takes twice the room" if is_gsm(message.text) else None
            yield odd_if(why, message.wire)


def _fits(recording: Recording) -> Iterator[Finding]:
    for message in recording.submissions:
        if message.data.part is not None or not message.octets or message.octets != _short_message(message):
            continue
        room = _MAX_SEPTETS if message.alphabet is Alphabet.GSM else _MAX_OCTETS
        size = len(message.octets)
        why = f"{size} octets of short_message, one short message carries {room}" if size > room else None
        yield odd_if(why, message.wire)


def _short_message(message: Submission) -> bytes:
    octets: bytes = getattr(message.wire.pdu, "short_message", b"")
    return octets


CHECKS: Final = (
    Check(
        "ucs2-in-whole-units",
        "A text of data_coding 8 has an even number of octets.",
        "3.4 5.2.19; 5.0 4.7.7; 23.038 4",
        Severity.CRITICAL,
        "Two octets for each unit, four for a character beyond U+FFFF.",
        _whole_units,
    ),
    Check(
        "ucs2-is-utf-16-be",
        "A text of data_coding 8 is UTF-16, the high octet first.",
        "3.4 5.2.19; 5.0 4.7.7; 23.038 4",
        Severity.CRITICAL,
        "Encode as utf-16-be: UTF-8 or the low octet first shows Chinese to a Persian reader.",
        _is_ucs2,
    ),
    Check(
        "ucs2-without-byte-order-mark",
        "A text of data_coding 8 begins with its first character.",
        "23.038 4",
        Severity.MINOR,
        "Use the encoder that names its byte order, utf-16-be, which writes no mark.",
        _no_byte_order_mark,
    ),
    Check(
        "no-utf-8",
        "Sends no UTF-8 under another coding's name.",
        "3.4 5.2.19; 5.0 4.7.7",
        Severity.CRITICAL,
        "data_coding has no value for UTF-8: encode as utf-16-be with data_coding 8.",
        _no_utf8,
    ),
    Check(
        "gsm-is-septets",
        "A text of data_coding 0 is in GSM 03.38.",
        "23.038 6.2.1",
        Severity.CRITICAL,
        "Translate by the table: @ is 0x00, $ is 0x02, { is 0x1B 0x28; what it lacks goes as UCS-2.",
        _is_septets,
    ),
    Check(
        "ascii-is-ascii",
        "A text of data_coding 1 is in ASCII.",
        "3.4 5.2.19; 5.0 4.7.7",
        Severity.MAJOR,
        "Octets of GSM 03.38 go with data_coding 0.",
        _is_ascii,
    ),
    Check(
        "texts-survive-encoding",
        "A text is not question marks, NULs or replacement characters.",
        "3.4 5.2.19; 5.0 4.7.7",
        Severity.CRITICAL,
        "Choose the coding by the text, and refuse what it cannot hold instead of replacing it.",
        _is_not_lost,
    ),
    Check(
        "latin-text-goes-as-gsm",
        "A text that GSM 03.38 holds is not sent as UCS-2.",
        "23.038 4",
        Severity.MINOR,
        "160 characters instead of 70 for the same price.",
        _is_cheapest,
    ),
    Check(
        "fits-a-short-message",
        "What is sent as short_message fits one short message.",
        "23.040 9.2.3.24",
        Severity.MAJOR,
        "Split it yourself, or send it whole in message_payload; operators cut, split or refuse the rest.",
        _fits,
    ),
)
