"""TLVs in requests: refused with the exact status and path, or passed over."""

import pytest

from simulator.smpp.consts import V33, V34, V50, CommandId, CommandStatus, TlvTag
from simulator.smpp.inspection import check_tlvs
from simulator.smpp.pdus import (
    BroadcastSm,
    CancelBroadcastSm,
    DataSm,
    DeliverSm,
    Pdu,
    QuerySm,
    ReplaceSm,
    SubmitMulti,
    SubmitSm,
    command_id,
)
from simulator.smpp.states import Role
from simulator.smpp.tlv_places import places
from simulator.smpp.tlv_table import TLVS
from simulator.smpp.tlvs import Tlv

BOTH = (V34, V50)
SAR = (Tlv(0x020C, b"\0\1"), Tlv(0x020E, b"\2"), Tlv(0x020F, b"\1"))
CALLBACK = Tlv(0x0381, b"\1\1\x0198")
BROADCAST = (
    Tlv(0x0606, b"\0Thr"),
    Tlv(0x0601, b"\0\0\x33"),
    Tlv(0x0604, b"\0\5"),
    Tlv(0x0605, b"\x09\0\x1f"),
)


def without(tag: int) -> tuple[Tlv, ...]:
    return tuple(tlv for tlv in BROADCAST if tlv.tag != tag)


def sender(pdu: Pdu) -> Role:
    return Role.MC if isinstance(pdu, DeliverSm) else Role.ESME


REFUSED: list[tuple[Pdu, tuple[int, ...], CommandStatus, str]] = [
    # 0xC2: sizes
    (SubmitSm(tlvs=(Tlv(0x020C, b"\1"),)), BOTH, CommandStatus.ESME_RINVTLVLEN, "tlvs[0].sar_msg_ref_num"),
    (SubmitSm(tlvs=(Tlv(0x0204, b""),)), BOTH, CommandStatus.ESME_RINVTLVLEN, "tlvs[0].user_message_reference"),
    (
        SubmitSm(tlvs=(Tlv(0x1401, b""), Tlv(0x0381, b"\1\1\1"))),
        BOTH,
        CommandStatus.ESME_RINVTLVLEN,
        "tlvs[1].callback_num",
    ),
    (SubmitSm(tlvs=(Tlv(0x1204, b"\4\1"),)), (V50,), CommandStatus.ESME_RINVTLVLEN, "tlvs[0].ms_validity"),
    (DeliverSm(tlvs=(Tlv(0x001E, b"1" * 66),)), BOTH, CommandStatus.ESME_RINVTLVLEN, "tlvs[0].receipted_message_id"),
    (
        BroadcastSm(tlvs=(Tlv(0x0606, b"\0" + b"a" * 101), *BROADCAST[1:])),
        BOTH,
        CommandStatus.ESME_RINVTLVLEN,
        "tlvs[0].broadcast_area_identifier",
    ),
    # 0xC4 and the statuses of their own: values
    (SubmitSm(tlvs=(*SAR[:2], Tlv(0x020F, b"\0"))), BOTH, CommandStatus.ESME_RINVTLVVAL, "tlvs[2].sar_segment_seqnum"),
    (SubmitSm(tlvs=(*SAR[:2], Tlv(0x020F, b"\3"))), BOTH, CommandStatus.ESME_RINVTLVVAL, "tlvs[2].sar_segment_seqnum"),
    (SubmitMulti(tlvs=(Tlv(0x0201, b"\4"),)), BOTH, CommandStatus.ESME_RINVTLVVAL, "tlvs[0].privacy_indicator"),
    (SubmitSm(tlvs=(Tlv(0x1204, b"\4\7\0\1"),)), (V50,), CommandStatus.ESME_RINVTLVVAL, "tlvs[0].ms_validity"),
    (SubmitSm(tlvs=(Tlv(0x1204, b"\4"),)), (V34,), CommandStatus.ESME_RINVTLVVAL, "tlvs[0].ms_validity"),
    (SubmitSm(tlvs=(Tlv(0x0304, b"\x64"),)), BOTH, CommandStatus.ESME_RINVNUMMSGS, "tlvs[0].number_of_messages"),
    (SubmitSm(tlvs=(Tlv(0x0005, b"\5"),)), (V50,), CommandStatus.ESME_RINVDSTADDRSUBUNIT, "tlvs[0].dest_addr_subunit"),
    (SubmitSm(tlvs=(Tlv(0x0005, b"\5"),)), (V34,), CommandStatus.ESME_RINVTLVVAL, "tlvs[0].dest_addr_subunit"),
    (
        SubmitSm(tlvs=(Tlv(0x000D, b"\5"),)),
        (V50,),
        CommandStatus.ESME_RINVSRCADDRSUBUNIT,
        "tlvs[0].source_addr_subunit",
    ),
    (
        BroadcastSm(tlvs=(Tlv(0x0606, b"\3x"), *BROADCAST[1:])),
        BOTH,
        CommandStatus.ESME_RINVBCASTAREAFMT,
        "tlvs[0].broadcast_area_identifier",
    ),
    (
        BroadcastSm(tlvs=(*BROADCAST, Tlv(0x0603, b"\4"))),
        BOTH,
        CommandStatus.ESME_RINVBCASTMSGCLASS,
        "tlvs[4].broadcast_message_class",
    ),
    (
        BroadcastSm(tlvs=(*BROADCAST, Tlv(0x0600, b"\2"))),
        BOTH,
        CommandStatus.ESME_RINVBCASTCHANIND,
        "tlvs[4].broadcast_channel_indicator",
    ),
    (
        CancelBroadcastSm(tlvs=(Tlv(0x0601, b"\4\0\0"),)),
        BOTH,
        CommandStatus.ESME_RINVBCASTCNTTYPE,
        "tlvs[0].broadcast_content_type",
    ),
    (
        BroadcastSm(tlvs=(*BROADCAST[:3], Tlv(0x0605, b"\1\0\0"))),
        BOTH,
        CommandStatus.ESME_RINVBCASTFREQINT,
        "tlvs[3].broadcast_frequency_interval",
    ),
    # 0xC3: what is missing
    *(
        (BroadcastSm(tlvs=without(tag)), BOTH, CommandStatus.ESME_RMISSINGTLV, f"tlvs.{TlvTag(tag).name.lower()}")
        for tag in (0x0606, 0x0601, 0x0604, 0x0605)
    ),
    (BroadcastSm(), BOTH, CommandStatus.ESME_RMISSINGTLV, "tlvs.broadcast_area_identifier"),
    (DataSm(), (V50,), CommandStatus.ESME_RMISSINGTLV, "tlvs.message_payload"),
    (SubmitSm(tlvs=(Tlv(0x0611, b"\2"),)), (V50,), CommandStatus.ESME_RMISSINGTLV, "tlvs.dest_addr_np_information"),
    (
        SubmitSm(tlvs=(Tlv(0x0611, b"\2"), Tlv(0x0612, b"2125550123"))),
        (V50,),
        CommandStatus.ESME_RMISSINGTLV,
        "tlvs.dest_addr_np_country",
    ),
    (SubmitSm(tlvs=(Tlv(0x060E, b"143211\0"),)), (V50,), CommandStatus.ESME_RMISSINGTLV, "tlvs.dest_node_id"),
    (SubmitSm(tlvs=(Tlv(0x0302, b"\0"),)), (V50,), CommandStatus.ESME_RMISSINGTLV, "tlvs.callback_num"),
    (
        SubmitSm(tlvs=(CALLBACK, CALLBACK, Tlv(0x0303, b"\3a"))),
        BOTH,
        CommandStatus.ESME_RMISSINGTLV,
        "tlvs.callback_num_atag",
    ),
    # 0xC1: what cannot stand together
    (SubmitSm(esm_class=0x40, tlvs=SAR), BOTH, CommandStatus.ESME_RTLVNOTALLWD, "tlvs[0].sar_msg_ref_num"),
    (
        SubmitSm(esm_class=0x43, tlvs=(Tlv(0x020B, b"\1\1"),)),
        BOTH,
        CommandStatus.ESME_RTLVNOTALLWD,
        "tlvs[0].dest_port",
    ),
    (
        BroadcastSm(message_id="17", tlvs=(*BROADCAST, Tlv(0x0204, b"\0\1"))),
        BOTH,
        CommandStatus.ESME_RTLVNOTALLWD,
        "tlvs[4].user_message_reference",
    ),
    # and the one that is a matter of sm_length
    (
        SubmitSm(short_message=b"a", tlvs=(Tlv(0x0424, b"b"),)),
        (V34,),
        CommandStatus.ESME_RINVMSGLEN,
        "short_message",
    ),
]
LIVED_WITH: list[tuple[Pdu, tuple[int, ...]]] = [
    (SubmitSm(), BOTH),
    (SubmitSm(tlvs=SAR), BOTH),
    (SubmitSm(tlvs=(Tlv(0x1401, b""), Tlv(0x0015, b"x"), Tlv(0xFFFF, b""))), BOTH),  # vendor, unknown
    (SubmitSm(tlvs=(Tlv(0x0427, b""), Tlv(0x0422, b"\x09"))), BOTH),  # known, but not in submit_sm
    (QuerySm(tlvs=(Tlv(0x0204, b""),)), BOTH),
    (SubmitSm(tlvs=(Tlv(0x060B, b""),)), (V34,)),  # 3.4 does not know it
    (SubmitSm(tlvs=(Tlv(0x020F, b"\3"), Tlv(0x020E, b"\2"))), BOTH),  # incomplete, therefore ignored (4.8.4.49)
    (SubmitSm(short_message=b"a", tlvs=(Tlv(0x0424, b"b"),)), (V50,)),  # superseded (4.2.1.1)
    (SubmitSm(short_message=b"a", tlvs=(Tlv(0x0424, b""),)), BOTH),
    (SubmitSm(tlvs=(Tlv(0x130C, b""),)), BOTH),  # its presence says it all
    (SubmitSm(tlvs=(Tlv(0x130C, b"\3"),)), BOTH),
    (SubmitSm(tlvs=(Tlv(0x0010, b"\0\1"),)), BOTH),
    (SubmitSm(tlvs=(CALLBACK, Tlv(0x0302, b"\0"))), BOTH),
    (SubmitSm(tlvs=(CALLBACK, Tlv(0x0303, b"\3a"), CALLBACK, Tlv(0x0303, b"\3b"))), BOTH),
    (SubmitSm(tlvs=(Tlv(0x060E, b"143211\0"), Tlv(0x0610, b"000001"))), BOTH),
    (SubmitSm(tlvs=(Tlv(0x0611, b"\1"),)), BOTH),
    (SubmitSm(tlvs=(Tlv(0x1204, b"\4\6\0\1"),)), (V50,)),
    (SubmitSm(esm_class=0x40, tlvs=(Tlv(0x0204, b"\0\1"),)), BOTH),
    (DataSm(), (V34,)),
    (DataSm(esm_class=4), BOTH),  # a receipt
    (DataSm(tlvs=(Tlv(0x0424, b""),)), BOTH),
    (ReplaceSm(short_message=b"a", tlvs=(Tlv(0x0424, b"b"),)), BOTH),  # 3.4 has no TLVs there, 5.0 lets it supersede
    (BroadcastSm(tlvs=BROADCAST), BOTH),
    (BroadcastSm(priority_flag=1, tlvs=without(0x0604)), BOTH),  # immediate: not repeated
    (BroadcastSm(tlvs=(*BROADCAST, Tlv(0x0204, b"\0\1"))), BOTH),
    (SubmitSm(tlvs=(Tlv(0x0204, b""), Tlv(0x020E, b"\0"))), (V33,)),  # 3.3 knows no TLVs
]


@pytest.mark.parametrize(
    ("pdu", "version", "status", "where"),
    [(pdu, version, status, where) for pdu, versions, status, where in REFUSED for version in versions],
)
def test_refused(pdu: Pdu, version: int, status: CommandStatus, where: str) -> None:
    fault = check_tlvs(pdu, sender(pdu), version)
    assert fault is not None
    assert (fault.command_status, fault.where) == (status, where)
    assert fault.reason


@pytest.mark.parametrize(("pdu", "version"), [(pdu, version) for pdu, versions in LIVED_WITH for version in versions])
def test_lived_with(pdu: Pdu, version: int) -> None:
    assert check_tlvs(pdu, sender(pdu), version) is None


# Counted by hand in the tables of both specifications.
@pytest.mark.parametrize(
    ("side", "command", "version", "count"),
    [
        (Role.ESME, CommandId.SUBMIT_SM, V34, 28),
        (Role.ESME, CommandId.SUBMIT_MULTI, V34, 22),
        (Role.MC, CommandId.DELIVER_SM, V34, 18),
        (Role.ESME, CommandId.DATA_SM, V34, 38),
        (Role.MC, CommandId.DATA_SM_RESP, V34, 4),
        (Role.ESME, CommandId.SUBMIT_SM, V50, 44),
        (Role.MC, CommandId.DELIVER_SM, V50, 32),
        (Role.ESME, CommandId.BROADCAST_SM, V50, 26),
        (Role.MC, CommandId.SUBMIT_SM_RESP, V50, 5),
        (Role.ESME, CommandId.QUERY_SM, V50, 0),
    ],
)
def test_how_many_tlvs_a_pdu_may_carry(side: Role, command: CommandId, version: int, count: int) -> None:
    assert len(places(side, command, version)) == count


def test_any_response_of_5_0_may_carry_congestion_state() -> None:
    for command in CommandId:
        is_response = command > CommandId.GENERIC_NACK
        assert (TlvTag.CONGESTION_STATE in places(Role.MC, command, V50)) is is_response
        assert TlvTag.CONGESTION_STATE not in places(Role.MC, command, V34)


REQUESTS: tuple[Pdu, ...] = (
    SubmitSm(),
    DeliverSm(esm_class=4),
    BroadcastSm(tlvs=BROADCAST),
    CancelBroadcastSm(),
)
ONLY_IN_RESPONSES_OR_ALERTS = {
    TlvTag.SC_INTERFACE_VERSION,
    TlvTag.CONGESTION_STATE,
    TlvTag.ADDITIONAL_STATUS_INFO_TEXT,
    TlvTag.DELIVERY_FAILURE_REASON,
    TlvTag.MS_AVAILABILITY_STATUS,
    TlvTag.BROADCAST_ERROR_STATUS,
    TlvTag.BROADCAST_AREA_SUCCESS,
    TlvTag.BROADCAST_END_TIME,
}


def home(tag: TlvTag) -> Pdu:
    """A request that may carry this TLV."""
    return next(pdu for pdu in REQUESTS if tag in places(sender(pdu), command_id(type(pdu)), V50))


@pytest.mark.parametrize("tag", sorted(set(TlvTag) - ONLY_IN_RESPONSES_OR_ALERTS), ids=lambda tag: tag.name.lower())
def test_every_tlv_of_a_request_is_held_to_its_size_and_values(tag: TlvTag) -> None:
    spec, pdu = TLVS[tag], home(tag)
    at = len(pdu.tlvs)
    for size in {spec.low - 1, spec.high + 1} - {-1, 0x10000}:
        fault = check_tlvs(pdu._replace(tlvs=(*pdu.tlvs, Tlv(tag, bytes(size)))), sender(pdu), V50)
        assert fault is not None
        assert fault[:2] == (CommandStatus.ESME_RINVTLVLEN, f"tlvs[{at}].{spec.name}")
    for value in set() if spec.values is None else set(range(256)) - spec.values:
        odd = Tlv(tag, bytes((value,)) + bytes(spec.low - 1 if spec.low else 0))
        fault = check_tlvs(pdu._replace(tlvs=(*pdu.tlvs, odd)), sender(pdu), V50)
        assert fault is not None
        assert fault[:2] == (spec.error, f"tlvs[{at}].{spec.name}")


def test_the_tlvs_that_no_request_is_looked_at_for() -> None:
    at_home = {tag for tag in TlvTag for pdu in REQUESTS if tag in places(sender(pdu), command_id(type(pdu)), V50)}
    assert set(TlvTag) - at_home == ONLY_IN_RESPONSES_OR_ALERTS
