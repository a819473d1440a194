"""What bearerbox writes of its PDUs at its most talkative, read as it grows."""

import re
from pathlib import Path
from typing import NamedTuple

_DUMP = re.compile(r"(Got|Sending) PDU:\n[^\n]*SMPP PDU \S+ dump:\n(.*?)[^\n]*SMPP PDU dump ends\.\n", re.DOTALL)
_TYPE = re.compile(r"type_name: (\w+)")
_FIELD = re.compile(r"DEBUG: {3}(\w+): (?:(\d+) = 0x|\"(.*)\"$|NULL$)", re.MULTILINE)
_OCTETS = re.compile(r"DEBUG: {6}data: ((?:[0-9a-f]{2} )+)")
_LOST = re.compile(r"ERROR: SMPP\[khatban\]: (Couldn't connect|I/O error)|PANIC: (?P<panic>.*)")
_UDH_8, _UDH_16 = 0x00, 0x08


class Dump(NamedTuple):
    """A PDU as bearerbox dumps it.

    Attributes:
        is_sent: False for one that came.
        name: Of the PDU.
        fields: Numbers and C-octet strings by their names.
        octets: Its octet strings, one behind the other: the short_message, where there is one.
    """

    is_sent: bool
    name: str
    fields: dict[str, int | str]
    octets: bytes

    def number(self, name: str) -> int:
        """A number of it; 0 where it has none of the name."""
        return int(self.fields.get(name, 0))

    def text(self, name: str) -> str:
        """A C-octet string of it, likewise."""
        return str(self.fields.get(name, ""))

    @property
    def place(self) -> tuple[int, int]:
        """Which part of how many it is, by its header."""
        udh = self.octets
        if self.number("esm_class") & 0x40 and len(udh) >= 6 and udh[1] in (_UDH_8, _UDH_16):
            at = 4 if udh[1] == _UDH_8 else 5
            return udh[at + 1], udh[at]
        return 1, 1


class GrowingLog:
    """A log file that somebody writes; what was read once is not read again."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._at = 0
        self._rest = ""

    def read(self) -> tuple[list[Dump], str]:
        """The PDUs that are new and whole, and why the connection is lost, where the log says that it is."""
        with self._file.open("rb") as log:
            log.seek(self._at)
            octets = log.read()
        self._at += len(octets)
        text = self._rest + octets.decode("latin-1")
        whole, newline, self._rest = text.rpartition("\n")
        dumps, end = [], 0
        for found in _DUMP.finditer(whole + newline):
            dumps.append(_dump(found[1], found[2]))
            end = found.end()
        lost = _LOST.search(whole, end)
        begun = whole.find(" PDU:", end)
        self._rest = (
            (whole[begun - len("Sending") :] if begun >= 0 else "") + (newline if begun >= 0 else "") + self._rest
        )
        return dumps, "" if lost is None else (lost["panic"] or "the operator closed the connection")


def _dump(direction: str, body: str) -> Dump:
    named = _TYPE.search(body)
    fields = {name: int(number) if number else string for name, number, string in _FIELD.findall(body)}
    octets = bytes.fromhex("".join(_OCTETS.findall(body)))
    return Dump(direction == "Sending", named[1] if named else "", fields, octets)
