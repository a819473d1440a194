"""What a request says, apart from whom it goes to: read once, for a campaign's requests differ in nothing else.

A request is known again by its octets around sequence_number and destination_addr, which are the message's own.
"""

from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple

from simulator.messages import Addressing
from simulator.smpp.consts import ESM_UDHI, CommandId
from simulator.smpp.pdus import SubmitSm
from simulator.smpp.text import Alphabet, EncodedText, decode_text, encode_text
from simulator.smpp.udh import Concatenation, user_data

_SUBMIT_SM: Final = CommandId.SUBMIT_SM.to_bytes(4, "big")
_FIXED: Final = 22
"""Octets before a submit_sm's destination_addr: a header of 16, two terminators, four of TON and NPI."""
_REMEMBERED: Final = 16_384
_LONGEST: Final = 512
"""Octets of a request that is remembered: with message_payload it may have 65,536."""


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """What the messages of a campaign have in common; the same object for those that came close together."""

    source: str
    """The originator as the ESME wrote it."""
    addressing: Addressing
    text: str
    encoded: EncodedText
    """The same as it came, without its user data header."""
    part: Concatenation | None
    """Which part of a longer text it is, if it is one."""
    command: bytes | None = None
    """Of a submit_sm: command_id and command_status."""
    before: bytes | None = None
    """Of a submit_sm: the octets of the body before destination_addr."""
    after: bytes | None = None
    """Of a submit_sm: those behind it, from its terminator on."""


class Request(NamedTuple):
    """A request: all its octets as they came, and what they say."""

    octets: bytes
    letter: Letter


class Letters:
    """Reads letters, as one operator understands them."""

    def __init__(self, alphabet: Alphabet, canned: dict[int, str]) -> None:
        """`alphabet` is that of data_coding 0, `canned` the texts that sm_default_msg_id stands for."""
        self._alphabet = alphabet
        self._canned = canned
        self._known: dict[tuple[str, bytes, bytes, bytes], Letter] = {}

    def read(self, account: str, pdu: SubmitSm, octets: bytes) -> Letter | None:
        """What a request says; None if it names a text by an sm_default_msg_id that there is not.

        `octets` are the request as it came, which is no submit_sm where `pdu` was made of another.
        """
        if octets[4:8] != _SUBMIT_SM:
            return self._read(pdu, None, None, None)
        start = _FIXED + len(pdu[0]) + len(pdu[3])  # service_type, source_addr
        key = account, octets[4:12], octets[16:start], octets[start + len(pdu[6]) :]  # destination_addr
        known = self._known.get(key)
        if known is not None:
            return known
        letter = self._read(pdu, *key[1:])
        if letter is not None and len(octets) <= _LONGEST:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = letter
        return letter

    def _read(self, pdu: SubmitSm, command: bytes | None, before: bytes | None, after: bytes | None) -> Letter | None:
        if pdu.sm_default_msg_id:
            canned = self._canned.get(pdu.sm_default_msg_id)
            if canned is None:
                return None
            data_coding, said = encode_text(canned, self._alphabet)
            pdu = pdu._replace(data_coding=data_coding, short_message=said, esm_class=pdu.esm_class & ~ESM_UDHI)
        data = user_data(pdu)
        text = decode_text(pdu.data_coding, data.octets, self._alphabet, data.languages, data.header_size)
        addressing = _addressing(
            pdu.service_type, pdu.source_addr_ton, pdu.source_addr_npi, pdu.dest_addr_ton, pdu.dest_addr_npi
        )
        encoded = EncodedText(pdu.data_coding, data.octets, data.languages, data.header_size)
        part = data.part if data.part is not None and data.part.total > 1 else None
        return Letter(intern(pdu.source_addr), addressing, text, encoded, part, command, before, after)


@lru_cache(4_096)
def _addressing(*values: *tuple[str, int, int, int, int]) -> Addressing:
    """One object for all messages that are addressed alike: millions of them may be on their way."""
    return Addressing(*values)


def request_octets(command: bytes, sequence_number: int, before: bytes, destination: str, after: bytes) -> bytes:
    """The octets of the submit_sm that brought a letter to a destination, as they came."""
    body = before + destination.encode("latin-1") + after
    return (16 + len(body)).to_bytes(4, "big") + command + sequence_number.to_bytes(4, "big") + body
