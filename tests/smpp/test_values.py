"""Bounded fields: what each version permits each side, typed once more from 3.4 5.2 and 5.0 4.7."""

import pytest

from simulator.smpp.consts import V33, V34, V50, CommandStatus
from simulator.smpp.inspection import check_fields
from simulator.smpp.pdus import (
    BroadcastSm,
    DataSm,
    DeliverSm,
    DistributionList,
    Pdu,
    QuerySm,
    ReplaceSm,
    SmeAddress,
    SubmitMulti,
    SubmitSm,
)
from simulator.smpp.states import Role
from simulator.smpp.values import DATA_CODINGS, ranges

ALL = (V33, V34, V50)
OLD = (V33, V34)
STATUS = CommandStatus
DEST = (SmeAddress(1, 1, "98"),)


def sender(pdu: Pdu) -> Role:
    return Role.MC if isinstance(pdu, DeliverSm) else Role.ESME


REFUSED: list[tuple[Pdu, tuple[int, ...], CommandStatus, str]] = [
    (SubmitSm(source_addr_ton=7), ALL, STATUS.ESME_RINVSRCTON, "source_addr_ton"),
    (SubmitSm(source_addr_npi=2), ALL, STATUS.ESME_RINVSRCNPI, "source_addr_npi"),
    (SubmitSm(dest_addr_ton=255), ALL, STATUS.ESME_RINVDSTTON, "dest_addr_ton"),
    (SubmitSm(dest_addr_npi=19), ALL, STATUS.ESME_RINVDSTNPI, "dest_addr_npi"),
    (SubmitSm(esm_class=0x0C), ALL, STATUS.ESME_RINVESMCLASS, "esm_class"),
    (SubmitSm(esm_class=0x3C), ALL, STATUS.ESME_RINVESMCLASS, "esm_class"),
    (SubmitSm(esm_class=0x04), OLD, STATUS.ESME_RINVESMCLASS, "esm_class"),
    (DeliverSm(esm_class=0x14), ALL, STATUS.ESME_RINVESMCLASS, "esm_class"),
    (SubmitSm(priority_flag=4), OLD, STATUS.ESME_RINVPRTFLG, "priority_flag"),
    (SubmitSm(priority_flag=5), ALL, STATUS.ESME_RINVPRTFLG, "priority_flag"),
    (SubmitSm(schedule_delivery_time="tomorrow"), ALL, STATUS.ESME_RINVSCHED, "schedule_delivery_time"),
    (SubmitSm(schedule_delivery_time="261322093000014+"), ALL, STATUS.ESME_RINVSCHED, "schedule_delivery_time"),
    (SubmitSm(validity_period="261122093000049+"), ALL, STATUS.ESME_RINVEXPIRY, "validity_period"),
    (ReplaceSm(validity_period="261122093000"), ALL, STATUS.ESME_RINVEXPIRY, "validity_period"),
    (SubmitSm(registered_delivery=3), OLD, STATUS.ESME_RINVREGDLVFLG, "registered_delivery"),
    (SubmitSm(registered_delivery=0x20), ALL, STATUS.ESME_RINVREGDLVFLG, "registered_delivery"),
    (SubmitSm(replace_if_present_flag=2), ALL, STATUS.ESME_RINVREPFLAG, "replace_if_present_flag"),
    (SubmitSm(data_coding=0x0B), (V50,), STATUS.ESME_RINVDCS, "data_coding"),
    (DataSm(data_coding=0xE0), (V50,), STATUS.ESME_RINVDCS, "data_coding"),
    (SubmitSm(sm_default_msg_id=255), OLD, STATUS.ESME_RINVDFTMSGID, "sm_default_msg_id"),
    (SubmitSm(short_message=bytes(255)), OLD, STATUS.ESME_RINVMSGLEN, "short_message"),
    (SubmitMulti(), ALL, STATUS.ESME_RINVNUMDESTS, "dest_address"),
    (SubmitMulti(dest_address=DEST * 255), OLD, STATUS.ESME_RINVNUMDESTS, "dest_address"),
    (
        SubmitMulti(dest_address=(*DEST, SmeAddress(9, 1, "98"))),
        ALL,
        STATUS.ESME_RINVDSTTON,
        "dest_address[1].dest_addr_ton",
    ),
    (QuerySm(source_addr_ton=8), ALL, STATUS.ESME_RINVSRCTON, "source_addr_ton"),
    (BroadcastSm(data_coding=0x0C), ALL, STATUS.ESME_RINVDCS, "data_coding"),
]
PERMITTED: list[tuple[Pdu, tuple[int, ...]]] = [
    (SubmitSm(), ALL),
    (SubmitSm(source_addr_ton=5, dest_addr_ton=1, dest_addr_npi=1), ALL),
    (SubmitSm(source_addr_ton=6, source_addr_npi=18), ALL),
    *(
        (SubmitSm(esm_class=value), ALL) for value in (1, 2, 3, 0x43, 0xC0, 0x08, 0x48, 0x10)
    ),  # Kannel, Jasmin, rusmppyc
    (SubmitSm(esm_class=0x20), (V50,)),
    (DeliverSm(esm_class=0x04), ALL),
    (DeliverSm(esm_class=0x23), ALL),  # the mode bits are to be ignored
    (SubmitSm(priority_flag=3), ALL),
    (SubmitSm(priority_flag=4), (V50,)),
    (SubmitSm(registered_delivery=0x11), ALL),  # Kannel
    (SubmitSm(registered_delivery=0x1E), ALL),
    (SubmitSm(registered_delivery=3), (V50,)),
    (SubmitSm(schedule_delivery_time="261122093000014+", validity_period="000001000000000R"), ALL),
    (SubmitSm(data_coding=0x0B), OLD),  # no status of 3.4 would say it
    (SubmitSm(data_coding=0xF1, protocol_id=255), ALL),
    (SubmitSm(sm_default_msg_id=255), (V50,)),
    (SubmitSm(sm_default_msg_id=254, short_message=bytes(254)), ALL),
    (SubmitSm(short_message=bytes(255)), (V50,)),
    (SubmitMulti(dest_address=(*DEST, DistributionList("friends"))), ALL),
    (SubmitMulti(dest_address=DEST * 255), (V50,)),
    (BroadcastSm(priority_flag=4), ALL),  # known to 5.0 only, so 5.0's rules
]


@pytest.mark.parametrize(
    ("pdu", "version", "status", "where"),
    [(pdu, version, status, where) for pdu, versions, status, where in REFUSED for version in versions],
)
def test_refused(pdu: Pdu, version: int, status: CommandStatus, where: str) -> None:
    fault = check_fields(pdu, sender(pdu), version)
    assert fault is not None
    assert (fault.command_status, fault.where) == (status, where)
    assert fault.reason


@pytest.mark.parametrize(("pdu", "version"), [(pdu, version) for pdu, versions in PERMITTED for version in versions])
def test_permitted(pdu: Pdu, version: int) -> None:
    assert check_fields(pdu, sender(pdu), version) is None


def test_ranges() -> None:
    assert ranges(frozenset({0, 1, 2, 8, 10, 11})) == "0-2, 8, 10-11"
    assert ranges(DATA_CODINGS) == "0-10, 13-14, 192-223, 240-255"
