"""A PDU as evidence: where to find it, when it went, and what it says, in words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from harness.audit.submissions import submission
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import status_name
from simulator.smpp.pdus import BindFields, Outbind
from simulator.smpp.tlvs import Tlv, tag_name

_SHOWN: Final = 140
"""Octets of a value that are shown."""


def evidence(wire: WirePdu) -> dict[str, Any]:
    """One PDU for a result: frame, time, session, sender, header, and the fields that are not empty."""
    return {
        "frame": wire.frame,
        "time": moment(wire.at),
        "session": wire.session,
        "sender": wire.sender.value,
        "command": wire.command,
        "command_status": status_name(wire.command_status),
        "sequence_number": wire.sequence_number,
        "fields": fields(wire),
    }


def moment(at: float) -> str:
    """POSIX seconds as ISO 8601, in UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")


def fields(wire: WirePdu) -> dict[str, Any]:
    """What a PDU says, without what is empty or a password; the text of a message besides."""
    if wire.pdu is None:
        return {} if wire.fault is None else {"error": f"{wire.fault.path}: {wire.fault.reason}"}
    values: Mapping[str, Any] = wire.pdu._asdict()
    hidden = ("password",) if isinstance(wire.pdu, BindFields | Outbind) else ()
    said = {name: _plain(value) for name, value in values.items() if value and name not in hidden}
    message = submission(wire)
    if message is not None and message.text:
        said["text"] = message.text.encode("utf-8", "replace").decode()
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value[:_SHOWN].hex() + "…" * (len(value) > _SHOWN)
    if isinstance(value, Tlv):
        return {tag_name(value.tag): _plain(value.value)}
    if hasattr(value, "_asdict"):
        return {name: _plain(inner) for name, inner in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
