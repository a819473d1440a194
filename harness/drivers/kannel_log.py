"""What bearerbox writes of its PDUs at its most talkative, read as it grows."""

import re
from pathlib import Path
from typing import NamedTuple

_LINE = re.compile(r"\[\d+\] \[(?P<thread>\d+)\] (?P<level>[A-Z]+): (?P<said>.*)")
_DIRECTION = re.compile(r"SMPP\[\w+\]: (Got|Sending) PDU:")
_BEGIN = re.compile(r"SMPP PDU \S+ dump:")
_END = "SMPP PDU dump ends."
_FIELD = re.compile(r"  (\w+): (?:(\d+) = 0x|\"(.*)\"$|NULL$)")
_TYPE = re.compile(r"  type_name: (\w+)")
_OCTETS = re.compile(r"     data: ((?:[0-9a-f]{2} )+)")
_LOST = re.compile(r"SMPP\[khatban\]: (Couldn't connect|I/O error)")
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
    """A log file that somebody writes; what was read once is not read again.

    Its threads write between each other's lines, so each thread's are put together by themselves.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._at = 0
        self._rest = b""
        self._is_sent: dict[str, bool] = {}
        self._begun: dict[str, list[str]] = {}

    def read(self) -> tuple[list[Dump], str]:
        """The PDUs that are new and whole, and why the connection is lost, where the log says that it is."""
        with self._file.open("rb") as log:
            log.seek(self._at)
            octets = log.read()
        self._at += len(octets)
        *lines, self._rest = (self._rest + octets).split(b"\n")
        dumps: list[Dump] = []
        lost = ""
        for line in lines:
            found = _LINE.search(line.decode("latin-1"))
            if found is None:
                continue
            dumps += self._take(found["thread"], found["said"])
            lost = _lost(found["level"], found["said"]) or lost
        return dumps, lost

    def _take(self, thread: str, said: str) -> list[Dump]:
        """A line of a thread; the PDU that ends with it, if one does."""
        if direction := _DIRECTION.match(said):
            self._is_sent[thread] = direction[1] == "Sending"
        elif _BEGIN.match(said):
            self._begun[thread] = []
        elif said == _END and thread in self._begun:
            return [_dump(self._begun.pop(thread), is_sent=self._is_sent.pop(thread, False))]
        elif thread in self._begun:
            self._begun[thread].append(said)
        return []


def _lost(level: str, said: str) -> str:
    if level == "PANIC":
        return f"Kannel panics: {said}"
    return "the operator closed the connection" if _LOST.match(said) else ""


def _dump(lines: list[str], *, is_sent: bool) -> Dump:
    named = next((found[1] for line in lines if (found := _TYPE.match(line))), "")
    fields = [found.groups() for line in lines if (found := _FIELD.match(line))]
    octets = "".join(found[1] for line in lines if (found := _OCTETS.match(line)))
    values = {name: int(number) if number else string or "" for name, number, string in fields}
    return Dump(is_sent, named, values, bytes.fromhex(octets))
