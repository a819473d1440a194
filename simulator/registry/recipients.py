"""The subscribers that a line is declared for: its customers, from a list or a file, kept as a bitmap."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from pyroaring import BitMap

from simulator.numbers.number_lists import NumberListReader
from simulator.numbers.number_sets import bit_of, number_of_bit, numbers_in, pack, unpack

PACKED: Final = "packed:"
"""What a set that is too long to be listed begins with in JSON; the rest is the bitmap in base64."""
_LISTED: Final = 200


class Recipients:
    """An immutable set of subscriber numbers in normal form (98 and ten digits)."""

    __slots__ = ("_bits",)

    def __init__(self, bits: BitMap) -> None:
        self._bits = bits

    @classmethod
    def of(cls, entries: Iterable[str]) -> Self:
        """From numbers and inclusive ranges `FIRST-LAST`, each in any form of a mobile number.

        Raises:
            ValueError: An entry is neither; the message quotes it.
        """
        bits = numbers_in(entries)
        bits.run_optimize()
        return cls(bits)

    @classmethod
    def read(cls, octets: bytes) -> Self:
        """From the content of a file: an entry a line, plain or the first field of CSV, perhaps gzipped.

        Raises:
            NumberListError: A line holds no entry; the error says which.
        """
        reader = NumberListReader()
        reader.feed(octets)
        return cls(reader.finish())

    def pieces(self, size: int) -> Iterator["Recipients"]:
        """The same numbers in sets of at most `size`, in order."""
        for start in range(0, len(self), size):
            yield Recipients(self._bits[start : start + size])

    def __contains__(self, normal: str) -> bool:
        return bit_of(normal) in self._bits

    def __len__(self) -> int:
        return len(self._bits)

    def __or__(self, other: Self) -> Self:
        return type(self)(self._bits | other._bits)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self._bits - other._bits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipients) and self._bits == other._bits

    def __hash__(self) -> int:
        return hash((len(self), self._bits.min() if self._bits else 0, self._bits.max() if self._bits else 0))

    def __repr__(self) -> str:
        return f"<{len(self)} recipients>"

    def dumped(self) -> list[str] | str:
        """As numbers and ranges while these are few, packed otherwise; `validated` reads both."""
        firsts = self._bits - self._bits.shift(1)
        if len(firsts) > _LISTED:
            return PACKED + pack(self._bits)
        above = self._bits.shift(1) - self._bits
        return [_as_entry(first, past - 1) for first, past in zip(firsts, above, strict=True)]

    @classmethod
    def validated(cls, value: Any) -> Self:
        """From what JSON or TOML holds: a list of entries, or a packed set."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str) and value.startswith(PACKED):
            return cls(unpack(value.removeprefix(PACKED)))
        if isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value):
            return cls.of(value)
        msg = "recipients are a list of numbers and ranges FIRST-LAST"
        raise ValueError(msg)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.validated, serialization=core_schema.plain_serializer_function_ser_schema(cls.dumped)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        entries = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [entries, {"type": "string", "pattern": f"^{PACKED}"}]}


def _as_entry(first: int, last: int) -> str:
    """A range, or a single number, as `parse_entry` reads it."""
    return number_of_bit(first) if first == last else f"{number_of_bit(first)}-{number_of_bit(last)}"
