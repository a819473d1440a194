"""What panels and aggregators show for what a rule refuses, read once from `vendor_codes.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Vendor = Literal["Magfa", "Kavenegar", "Melipayamak", "sms.ir", "ippanel", "Niksms", "Payamresan", "sunway", "Mediana"]
Moment = Literal["submit", "delivery"]

_MOMENTS: tuple[Moment, ...] = ("submit", "delivery")
_NONE_KNOWN = "none known"


class VendorCode(BaseModel):
    """What one vendor shows, in answer to the call of its API or as the status of the message afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vendor: Vendor
    moment: Moment
    code: str = Field(pattern=r"^[!-~]+( [!-~]+)*$")
    meaning: str = Field(min_length=1)
    source: Literal["several", "single", "disputed", "inferred"]


@cache
def load_vendor_codes() -> Mapping[str, tuple[VendorCode, ...]]:
    """By rule id, what vendors show for its refusals: submit errors first; empty where none is known."""
    tables = tomllib.loads((resources.files("simulator.policy") / "vendor_codes.toml").read_text("utf-8"))
    return MappingProxyType({rule: _codes(tables[table.get("like", rule)]) for rule, table in tables.items()})


def _codes(table: Mapping[str, Any]) -> tuple[VendorCode, ...]:
    return tuple(
        VendorCode(vendor=vendor, moment=moment, **code)
        for moment in _MOMENTS
        for vendor, codes in _vendors(table[moment])
        for code in codes
    )


def _vendors(by_vendor: Mapping[Vendor, list[dict[str, Any]]] | str) -> list[tuple[Vendor, list[dict[str, Any]]]]:
    if isinstance(by_vendor, str):
        if by_vendor != _NONE_KNOWN:
            msg = f"expected codes by vendor, or {_NONE_KNOWN!r}, not {by_vendor!r}"
            raise ValueError(msg)
        return []
    return list(by_vendor.items())


@cache
def vendors_show(rule: str, moment: Moment) -> str:
    """The codes for a rule's refusals in a line of ASCII: `Magfa 27, Melipayamak 35`; empty for none."""
    codes = load_vendor_codes().get(rule, ())
    return ", ".join(f"{code.vendor} {code.code}" for code in codes if code.moment == moment)
