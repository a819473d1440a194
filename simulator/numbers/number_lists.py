"""Lists of numbers as files: one number or range FIRST-LAST a line, plain or the first field of CSV, perhaps gzipped.

Ten million lines take a few seconds: lines in the usual forms are read by one regular expression, a few megabytes at a
time, and only what is left is read line by line.
"""

import re
import zlib
from array import array
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import BinaryIO

from pyroaring import BitMap

from simulator.numbers.number_sets import assigned_numbers, parse_entry

_USUAL_LINE = re.compile(rb'^"?(?:0098|\+98|98|0)?9([0-9]{9})"?[ \t]*(?:[,;\t#].*)?\r?$', re.MULTILINE)
_BLOCK = 1 << 20
"""Octets read at once: smaller blocks cost more unions with the whole, bigger ones hold up whoever waits."""
_LONGEST_LINE = 4096
_QUOTES = "\"'«»“”"
_SEPARATORS = re.compile(r"[,;\t،؛]")
_GZIP_MAGIC = b"\x1f\x8b"


class NumberListError(Exception):
    """A list that cannot be taken; `line` is where, from 1, and `why` quotes what stands there."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        self.why = why
        super().__init__(f"line {line}: {why}")


class NumberListReader:
    """Reads a list that comes in pieces. After an error it is of no more use."""

    def __init__(self) -> None:
        self._numbers = BitMap()
        self._pieces: list[bytes] = []
        self._held = 0
        self._lines = 0
        self._began = False

    def feed(self, octets: bytes) -> None:
        """Takes the next piece of the list.

        Raises:
            NumberListError: A line is no entry.
        """
        self._pieces.append(octets)
        self._held += len(octets)
        if self._held >= _BLOCK:
            self._read_whole_lines()

    def finish(self) -> BitMap:
        """All numbers of the list.

        Raises:
            NumberListError: A line is no entry.
        """
        self._pieces.append(b"\n")
        self._read_whole_lines()
        self._numbers.run_optimize()
        return self._numbers

    def _read_whole_lines(self) -> None:
        held = b"".join(self._pieces)
        end = held.rfind(b"\n") + 1
        rest = held[end:]
        if len(rest) > _LONGEST_LINE:
            line = self._lines + held.count(b"\n") + 1
            raise NumberListError(line, f"a line of more than {_LONGEST_LINE} octets is no list of numbers")
        self._pieces, self._held = [rest], len(rest)
        self._read_block(held[:end])

    def _read_block(self, block: bytes) -> None:
        found = _USUAL_LINE.findall(block)
        numbers = BitMap(array("I", map(int, found)))
        lines = block.count(b"\n")
        if not numbers <= assigned_numbers():
            self._read_lines(block)  # a prefix is nobody's: one by one, they say which
        else:
            self._numbers |= numbers
            if len(found) < lines:
                self._read_unusual(block)
            self._began = self._began or bool(found)
        self._lines += lines

    def _read_unusual(self, block: bytes) -> None:
        """Reads what the regular expression left; what stands before the first usual line may be a heading."""
        first = _USUAL_LINE.search(block)
        before = first.start() if first else len(block)
        self._read_lines(block[:before])
        self._began = self._began or first is not None
        self._read_lines(_USUAL_LINE.sub(b"", block[before:]), skipped=block.count(b"\n", 0, before))

    def _read_lines(self, block: bytes, skipped: int = 0) -> None:
        for number, line in enumerate(block.split(b"\n"), self._lines + skipped + 1):
            if line:
                self._read_line(number, line)

    def _read_line(self, number: int, octets: bytes) -> None:
        if len(octets) > _LONGEST_LINE:
            raise NumberListError(number, f"a line of more than {_LONGEST_LINE} octets is no list of numbers")
        try:
            line = octets.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise NumberListError(number, "this is not UTF-8") from None
        entry = _first_field(line)
        if not entry:
            return
        is_heading = not self._began and not any(letter.isdecimal() for letter in entry)
        self._began = True
        if is_heading:
            return
        try:
            first, last = parse_entry(entry)
        except ValueError as error:
            raise NumberListError(number, str(error)) from None
        self._numbers.add_range(first, last + 1)


def _first_field(line: str) -> str:
    """The first field of a line of CSV, without blanks, quotes, and what follows a #."""
    field = _SEPARATORS.split(line.partition("#")[0], maxsplit=1)[0]
    return field.strip().strip(_QUOTES).strip()


def read_number_list(path: Path) -> BitMap:
    """All numbers of a file, plain or gzipped.

    Raises:
        ValueError: A line is no entry, or the file is cut short; the message has file and line.
        OSError: The file cannot be read.
    """
    reader = NumberListReader()
    try:
        for octets in list_pieces(path):
            reader.feed(octets)
        return reader.finish()
    except NumberListError as error:
        msg = f"{path}:{error.line}: {error.why}"
        raise ValueError(msg) from error


def list_pieces(path: Path) -> Iterator[bytes]:
    """A list's octets, unpacked if they are gzipped, a megabyte at a time.

    Raises:
        ValueError: The file is cut short; the message has its name.
        OSError: The file cannot be read.
    """
    try:
        with _opened(path) as file:
            while octets := file.read(_BLOCK):
                yield octets
    except (EOFError, BadGzipFile, zlib.error) as error:
        msg = f"{path}: this is no whole gzip file: {error}"
        raise ValueError(msg) from error


def _opened(path: Path) -> BinaryIO | GzipFile:
    with path.open("rb") as file:
        is_gzip = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
    return GzipFile(path) if is_gzip else path.open("rb")
