import pytest

from simulator.smpp.consts import (
    RECEIPT_STAT,
    RESPONSE_BIT,
    VENDOR_STATUSES,
    VENDOR_TLV_TAGS,
    CommandId,
    CommandStatus,
    MessageState,
    TlvTag,
    command_name,
    status_name,
)


def test_all_names_of_5_0_are_there() -> None:
    assert (len(CommandId), len(CommandStatus), len(TlvTag), len(MessageState)) == (33, 67, 64, 10)


def test_every_response_belongs_to_a_request() -> None:
    responses = {each for each in CommandId if each & RESPONSE_BIT} - {CommandId.GENERIC_NACK}
    requests = set(CommandId) - responses - {CommandId.GENERIC_NACK}
    assert {CommandId(each & ~RESPONSE_BIT).name + "_RESP" for each in responses} == {each.name for each in responses}
    assert {each.name for each in requests if each | RESPONSE_BIT not in responses} == {"OUTBIND", "ALERT_NOTIFICATION"}


# Values typed from 5.0 4.7.6, the ones that public lists get wrong among them.
@pytest.mark.parametrize(
    ("number", "name"),
    [
        (0x00, "ESME_ROK"),
        (0x0A, "ESME_RINVSRCADR"),
        (0x0B, "ESME_RINVDSTADR"),
        (0x0E, "ESME_RINVPASWD"),
        (0x0F, "ESME_RINVSYSID"),
        (0x58, "ESME_RTHROTTLED"),
        (0x61, "ESME_RINVSCHED"),
        (0x62, "ESME_RINVEXPIRY"),
        (0xC0, "ESME_RINVTLVSTREAM"),
        (0x112, "ESME_RINVBCASTCHANIND"),
        (0x59, "0x00000059"),
        (0x401, "0x00000401"),
    ],
)
def test_status_name(number: int, name: str) -> None:
    assert status_name(number) == name


@pytest.mark.parametrize(
    ("number", "name"),
    [(4, "submit_sm"), (0x80000009, "bind_transceiver_resp"), (0x0A, "0x0000000A"), (0x00010200, "0x00010200")],
)
def test_command_name(number: int, name: str) -> None:
    assert command_name(number) == name


def test_no_standard_name_lies_in_a_vendor_range() -> None:
    assert not [each for each in CommandStatus if each in VENDOR_STATUSES]
    assert not [each for each in TlvTag if each in VENDOR_TLV_TAGS]


def test_the_texts_of_states_are_seven_letters() -> None:
    assert {len(stat) for stat in RECEIPT_STAT.values()} == {7}
    assert set(MessageState) - set(RECEIPT_STAT) == {MessageState.SCHEDULED, MessageState.SKIPPED}
