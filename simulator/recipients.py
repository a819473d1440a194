"""The subscribers that a line is declared for: its customers, as a bitmap."""

from collections.abc import Iterable
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from pyroaring import BitMap

from simulator.blacklist import parse_entry
from simulator.numbering import normal_mobile


class Recipients:
    """An immutable set of subscriber numbers in normal form (98 and ten digits)."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Takes numbers and inclusive ranges `FIRST-LAST`.

        Raises:
            ValueError: An entry is neither.
        """
        self._entries = tuple(entries)
        self._bits = BitMap()
        for entry in self._entries:
            first, last = parse_entry(entry)
            self._bits.add_range(first, last + 1)

    def __contains__(self, normal: str) -> bool:
        return normal_mobile(normal) is not None and parse_entry(normal)[0] in self._bits

    @classmethod
    def validated(cls, value: Any) -> Self:
        """From a list of entries."""
        return value if isinstance(value, cls) else cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        dump = core_schema.plain_serializer_function_ser_schema(lambda recipients: list(recipients._entries))  # noqa: SLF001 - its own
        return core_schema.no_info_plain_validator_function(cls.validated, serialization=dump)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "array", "items": {"type": "string"}}
