"""The parts of long texts: their headers, numbers and references, and where the text was cut."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd_if
from harness.audit.recording import Recording
from harness.audit.submissions import Submission
from simulator.smpp.text import Alphabet, EncodedText, ReferenceBits, decode_parts, segment_count, split_text
from simulator.smpp.text.national import ESCAPE
from simulator.smpp.udh import (
    IE_CONCATENATION_8,
    IE_CONCATENATION_16,
    Concatenation,
    ReferenceKind,
    split_udh,
)

SOON_AGAIN: Final = 60.0
"""Seconds within which a handset may take two texts with one reference for one."""
GATHERED: Final = 30.0
"""Seconds for which parts are waited for."""
_MAX_OCTETS: Final = 140
_SAR_HEADER: Final = 6
"""Octets of the header that an operator makes of the sar_* TLVs."""
_HEADERS: Final = (b"\x05\x00\x03", b"\x06\x08\x04")


@dataclass
class LongText:
    """The parts of one text as they came, retries left out."""

    parts: list[tuple[Submission, Concatenation]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there should be, by the first."""
        return self.parts[0][1].total

    @property
    def numbers(self) -> list[int]:
        """Which came, in their order."""
        return [part.number for _, part in self.parts]

    @property
    def is_complete(self) -> bool:
        """Whether all are there."""
        return set(self.numbers) == set(range(1, self.total + 1))

    def fits(self, message: Submission, part: Concatenation) -> bool:
        """Whether a part can belong to it: its number is still missing, and it comes soon enough."""
        last = self.parts[-1][0].wire.at
        return not self.is_complete and part.number not in self.numbers and message.wire.at - last <= SOON_AGAIN


def _long_texts(recording: Recording) -> Iterator[tuple[LongText, LongText | None]]:
    """Each long text, and the one before it from the same originator to the same recipient."""
    texts: dict[tuple[object, ...], list[LongText]] = {}
    order: list[tuple[LongText, LongText | None]] = []
    for message in recording.submissions:
        part = message.data.part
        if part is None:
            continue
        pair = (message.source, message.destinations, part.kind)
        known = texts.setdefault(pair, [])
        again = (message.identity, part.reference)
        if any((each.identity, its.reference) == again for text in known[-1:] for each, its in text.parts):
            continue
        open_one = next((each for each in reversed(known) if each.parts[0][1].reference == part.reference), None)
        if open_one is None or not open_one.fits(message, part):
            order.append((LongText(), known[-1] if known else None))
            known.append(order[-1][0])
            open_one = known[-1]
        open_one.parts.append((message, part))
    yield from order


def _header_reads(recording: Recording) -> Iterator[Finding]:
    for message in recording.submissions:
        if not message.has_header:
            continue
        try:
            header, _ = split_udh(message.octets)
        except ValueError as error:
            yield bad(str(error), message.wire)
            continue
        concatenations = [
            each for each in header.elements if each.identifier in (IE_CONCATENATION_8, IE_CONCATENATION_16)
        ]
        is_senseless = bool(concatenations) and message.data.part is None
        why = (
            f"part {concatenations[0].data[-1:].hex()} of {concatenations[0].data[-2:-1].hex()}"
            if is_senseless
            else None
        )
        yield bad_if(why, message.wire)


def _header_announced(recording: Recording) -> Iterator[Finding]:
    for message in recording.submissions:
        has_one = message.octets[:3] in _HEADERS
        if message.has_header:
            yield good(message.wire)
        elif has_one:
            yield bad(f"a user data header {message.octets[:7].hex()}, and esm_class without 0x40", message.wire)


def _complete(recording: Recording) -> Iterator[Finding]:
    for text, _ in _long_texts(recording):
        last = text.parts[-1][0].wire
        answers = [recording.answer_to(message.wire) for message, _ in text.parts]
        if text.is_complete:
            yield good(last)
        elif recording.ended - last.at >= GATHERED and all(answer and not answer.command_status for answer in answers):
            missing = sorted(set(range(1, text.total + 1)) - set(text.numbers))
            yield bad(f"of {text.total} parts {missing} never came", *(message.wire for message, _ in text.parts[:3]))


def _in_order(recording: Recording) -> Iterator[Finding]:
    for text, _ in _long_texts(recording):
        if len(text.parts) > 1:
            why = f"parts came as {text.numbers}" if text.numbers != sorted(text.numbers) else None
            yield odd_if(why, *(message.wire for message, _ in text.parts[:3]))


def _agree(recording: Recording) -> Iterator[Finding]:
    for text, _ in _long_texts(recording):
        if len(text.parts) < 2:
            continue
        totals = {part.total for _, part in text.parts}
        codings = {message.data_coding for message, _ in text.parts}
        evidence = [message.wire for message, _ in text.parts[:3]]
        if len(totals) > 1:
            yield bad(f"parts of one text say that it has {sorted(totals)} parts", *evidence)
        else:
            yield odd_if(f"parts of data_coding {sorted(codings)}" if len(codings) > 1 else None, *evidence)


def _reference_new(recording: Recording) -> Iterator[Finding]:
    for text, before in _long_texts(recording):
        if before is None:
            continue
        (last, was), (first, part) = before.parts[-1], text.parts[0]
        seconds = first.wire.at - last.wire.at
        if seconds > SOON_AGAIN:
            continue
        # A handset joins by originator, reference and total.
        is_same = (part.reference, part.total) == (was.reference, was.total)
        yield bad_if(
            f"reference {part.reference} again after {seconds:.1f} s" if is_same else None, last.wire, first.wire
        )


def _surrogates_whole(recording: Recording) -> Iterator[Finding]:
    for message in _parts(recording, Alphabet.UCS2):
        octets = message.data.octets
        begins, ends = octets[:2], octets[-2:]
        if 0xDC <= begins[:1][0] <= 0xDF:
            yield bad(f"part {_number(message)} begins with half a character, {begins.hex()}", message.wire)
        elif 0xD8 <= ends[:1][0] <= 0xDB:
            yield bad(f"part {_number(message)} ends with half a character, {ends.hex()}", message.wire)
        else:
            yield good(message.wire)


def _escapes_whole(recording: Recording) -> Iterator[Finding]:
    for message in _parts(recording, Alphabet.GSM):
        is_cut = message.data.octets.endswith(bytes([ESCAPE]))
        yield bad_if(f"part {_number(message)} ends with the escape 0x1B" if is_cut else None, message.wire)


def _fits(recording: Recording) -> Iterator[Finding]:
    for message in _parts(recording, *Alphabet):
        part = message.data.part
        header = _SAR_HEADER if part and part.kind is ReferenceKind.SAR else message.data.header_size
        octets = len(message.data.octets)
        room = (_MAX_OCTETS - header) * 8 // 7 if message.alphabet is Alphabet.GSM else _MAX_OCTETS - header
        why = f"part {_number(message)} has {octets} octets, behind its header is room for {room}"
        yield bad_if(why if octets > room else None, message.wire)


def _fewest(recording: Recording) -> Iterator[Finding]:
    for text, _ in _long_texts(recording):
        if not text.is_complete:
            continue
        parts = [message for message, _ in sorted(text.parts, key=lambda each: each[1].number)]
        said = decode_parts((_encoded(each) for each in parts), Alphabet.GSM)
        bits: ReferenceBits = 16 if text.parts[0][1].kind is ReferenceKind.UDH_16 else 8
        is_utf16 = parts[0].alphabet is Alphabet.UCS2
        # A pair that may not be cut can cost a part, which the least number counts too.
        least = len(split_text(said, bits, is_utf16=True)) if is_utf16 else segment_count(said, bits)
        why = f"{text.total} parts, {least} would do" if text.total > least else None
        yield odd_if(why, *(message.wire for message in parts[:3]))


def _parts(recording: Recording, *alphabets: Alphabet) -> Iterator[Submission]:
    for message in recording.submissions:
        if message.data.part is not None and message.data.octets and message.alphabet in alphabets:
            yield message


def _number(message: Submission) -> str:
    part = message.data.part
    return f"{part.number} of {part.total}" if part else ""


def _encoded(message: Submission) -> EncodedText:
    return EncodedText(message.data_coding, message.data.octets, message.data.languages, message.data.header_size)


CHECKS: Final = (
    Check(
        "header-well-formed",
        "A user data header fits its text, its elements fit it, and its part numbers make sense.",
        "3.4 5.2.12; 23.040 9.2.3.24",
        Severity.CRITICAL,
        "05 00 03 reference total number, with number from 1 to total.",
        _header_reads,
    ),
    Check(
        "header-announced",
        "Says by esm_class 0x40 that a text begins with a user data header.",
        "3.4 5.2.12; 5.0 4.7.12",
        Severity.CRITICAL,
        "Set bit 0x40 of esm_class; without it the header is shown as letters.",
        _header_announced,
    ),
    Check(
        "parts-complete",
        "Sends all parts of a text.",
        "23.040 9.2.3.24.1",
        Severity.CRITICAL,
        "Send the parts of a text one behind another, and count them from 1 without a gap.",
        _complete,
    ),
    Check(
        "parts-in-order",
        "Sends the parts of a text in their order.",
        "23.040 9.2.3.24.1",
        Severity.MINOR,
        "Use one session for the parts of one text; some operators refuse the others.",
        _in_order,
    ),
    Check(
        "parts-agree",
        "All parts of a text say the same number of parts, and have one data_coding.",
        "23.040 9.2.3.24.1",
        Severity.CRITICAL,
        "Choose coding and cuts for the whole text before the first part is sent.",
        _agree,
    ),
    Check(
        "reference-changes",
        "Two texts to one recipient have different references.",
        "23.040 9.2.3.24.1",
        Severity.CRITICAL,
        "Count the reference up with each long text; a handset joins parts by originator, reference and total.",
        _reference_new,
    ),
    Check(
        "surrogates-whole",
        "No part ends within a surrogate pair.",
        "23.040 9.2.3.24.1; 23.038 4",
        Severity.CRITICAL,
        "Cut between characters: an emoji is two units of UTF-16.",
        _surrogates_whole,
    ),
    Check(
        "escapes-whole",
        "No part ends within an escape sequence of GSM 03.38.",
        "23.038 6.2.1.1; 23.040 9.2.3.24.1",
        Severity.CRITICAL,
        "Cut between characters: a euro sign or a bracket is two septets.",
        _escapes_whole,
    ),
    Check(
        "parts-fit",
        "A part with its header fits one short message.",
        "23.040 9.2.3.24",
        Severity.CRITICAL,
        "134 octets or 153 septets behind a header of six octets, 133 or 152 behind one of seven; as much with sar_*.",
        _fits,
    ),
    Check(
        "as-few-parts-as-can-be",
        "A text is not cut into more parts than it needs.",
        "23.040 9.2.3.24.1",
        Severity.MINOR,
        "Fill each part; every part is paid for.",
        _fewest,
    ),
)
