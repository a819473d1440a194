"""outbind, octet by octet; the other PDUs of a session are in `test_codec`."""

import pytest

from simulator.smpp.consts import CommandId, CommandStatus
from simulator.smpp.pdus import Outbind
from tests.smpp.helpers import frame, octets
from tests.smpp.vectors import Invalid, Valid, name_of

VALID = [
    Valid(
        "4.1.1.7",
        octets("0000001f 0000000b 00000000 00000001", "6b68617462616e00", "73656372657400"),
        Outbind("khatban", "secret"),
    ),
]
INVALID = [
    Invalid(
        frame(CommandId.OUTBIND, b"a" * 16 + b"\0\0"),
        "outbind.system_id",
        CommandStatus.ESME_RINVSYSID,
        "no NUL within 16 octets",
    ),
    Invalid(
        frame(CommandId.OUTBIND, b"khatban\0" + b"123456789\0"),
        "outbind.password",
        CommandStatus.ESME_RINVPASWD,
        "no NUL within 9 octets",
    ),
]


@pytest.mark.parametrize("vector", VALID, ids=name_of)
def test_typed_from_the_specification(vector: Valid) -> None:
    vector.check()


@pytest.mark.parametrize("vector", INVALID, ids=name_of)
def test_broken_fields_are_named(vector: Invalid) -> None:
    vector.check()
