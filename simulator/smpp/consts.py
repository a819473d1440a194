"""The numbers that SMPP gives names to: commands, statuses, states, TLV tags, address kinds and bit fields.

Names are the specification's, in capitals; values are those of SMPP 5.0, which contains 3.4 (section numbers below are
5.0's unless 3.4 is said). This file knows numbers only: what a field looks like on the wire is in `pdus` and `tlvs`.
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

HEADER_SIZE: Final = 16  # octets, and the least command_length there can be
RESPONSE_BIT: Final = 0x80000000  # a response's command_id is its request's with this bit
MAX_SEQUENCE_NUMBER: Final = 0x7FFFFFFF  # the last number a side gives to its own requests; the next one is 1

# Left to vendors. Requests; their responses have RESPONSE_BIT. Statuses: operator-specific refusals live there.
VENDOR_COMMAND_IDS: Final = range(0x00010200, 0x00010300)
VENDOR_STATUSES: Final = range(0x400, 0x500)
VENDOR_TLV_TAGS: Final = range(0x1400, 0x4000)

# interface_version; a peer at V33 or below takes no TLVs.
V33: Final = 0x33
V34: Final = 0x34
V50: Final = 0x50


def spoken_version(interface_version: int) -> int:
    """Which of V33, V34 and V50 holds for an interface_version; a reserved number goes by the one below it."""
    if interface_version < V34:
        return V33
    return V34 if interface_version < V50 else V50


class CommandId(IntEnum):
    """What a PDU is (4.7.5)."""

    BIND_RECEIVER = 0x00000001
    BIND_TRANSMITTER = 0x00000002
    QUERY_SM = 0x00000003
    SUBMIT_SM = 0x00000004
    DELIVER_SM = 0x00000005
    UNBIND = 0x00000006
    REPLACE_SM = 0x00000007
    CANCEL_SM = 0x00000008
    BIND_TRANSCEIVER = 0x00000009
    OUTBIND = 0x0000000B
    ENQUIRE_LINK = 0x00000015
    SUBMIT_MULTI = 0x00000021
    ALERT_NOTIFICATION = 0x00000102
    DATA_SM = 0x00000103
    BROADCAST_SM = 0x00000111
    QUERY_BROADCAST_SM = 0x00000112
    CANCEL_BROADCAST_SM = 0x00000113
    GENERIC_NACK = 0x80000000
    BIND_RECEIVER_RESP = 0x80000001
    BIND_TRANSMITTER_RESP = 0x80000002
    QUERY_SM_RESP = 0x80000003
    SUBMIT_SM_RESP = 0x80000004
    DELIVER_SM_RESP = 0x80000005
    UNBIND_RESP = 0x80000006
    REPLACE_SM_RESP = 0x80000007
    CANCEL_SM_RESP = 0x80000008
    BIND_TRANSCEIVER_RESP = 0x80000009
    ENQUIRE_LINK_RESP = 0x80000015
    SUBMIT_MULTI_RESP = 0x80000021
    DATA_SM_RESP = 0x80000103
    BROADCAST_SM_RESP = 0x80000111
    QUERY_BROADCAST_SM_RESP = 0x80000112
    CANCEL_BROADCAST_SM_RESP = 0x80000113


class CommandStatus(IntEnum):
    """How a request ended (4.7.6); 0x100 and above are 5.0's own."""

    ESME_ROK = 0x000
    ESME_RINVMSGLEN = 0x001
    ESME_RINVCMDLEN = 0x002
    ESME_RINVCMDID = 0x003
    ESME_RINVBNDSTS = 0x004
    ESME_RALYBND = 0x005
    ESME_RINVPRTFLG = 0x006
    ESME_RINVREGDLVFLG = 0x007
    ESME_RSYSERR = 0x008
    ESME_RINVSRCADR = 0x00A
    ESME_RINVDSTADR = 0x00B
    ESME_RINVMSGID = 0x00C
    ESME_RBINDFAIL = 0x00D
    ESME_RINVPASWD = 0x00E
    ESME_RINVSYSID = 0x00F
    ESME_RCANCELFAIL = 0x011
    ESME_RREPLACEFAIL = 0x013
    ESME_RMSGQFUL = 0x014
    ESME_RINVSERTYP = 0x015
    ESME_RINVNUMDESTS = 0x033
    ESME_RINVDLNAME = 0x034
    ESME_RINVDESTFLAG = 0x040
    ESME_RINVSUBREP = 0x042
    ESME_RINVESMCLASS = 0x043
    ESME_RCNTSUBDL = 0x044
    ESME_RSUBMITFAIL = 0x045
    ESME_RINVSRCTON = 0x048
    ESME_RINVSRCNPI = 0x049
    ESME_RINVDSTTON = 0x050
    ESME_RINVDSTNPI = 0x051
    ESME_RINVSYSTYP = 0x053
    ESME_RINVREPFLAG = 0x054
    ESME_RINVNUMMSGS = 0x055
    ESME_RTHROTTLED = 0x058
    ESME_RINVSCHED = 0x061
    ESME_RINVEXPIRY = 0x062
    ESME_RINVDFTMSGID = 0x063
    ESME_RX_T_APPN = 0x064
    ESME_RX_P_APPN = 0x065
    ESME_RX_R_APPN = 0x066
    ESME_RQUERYFAIL = 0x067
    ESME_RINVTLVSTREAM = 0x0C0
    ESME_RTLVNOTALLWD = 0x0C1
    ESME_RINVTLVLEN = 0x0C2
    ESME_RMISSINGTLV = 0x0C3
    ESME_RINVTLVVAL = 0x0C4
    ESME_RDELIVERYFAILURE = 0x0FE
    ESME_RUNKNOWNERR = 0x0FF
    ESME_RSERTYPUNAUTH = 0x100
    ESME_RPROHIBITED = 0x101
    ESME_RSERTYPUNAVAIL = 0x102
    ESME_RSERTYPDENIED = 0x103
    ESME_RINVDCS = 0x104
    ESME_RINVSRCADDRSUBUNIT = 0x105
    ESME_RINVDSTADDRSUBUNIT = 0x106
    ESME_RINVBCASTFREQINT = 0x107
    ESME_RINVBCASTALIAS_NAME = 0x108
    ESME_RINVBCASTAREAFMT = 0x109
    ESME_RINVNUMBCAST_AREAS = 0x10A
    ESME_RINVBCASTCNTTYPE = 0x10B
    ESME_RINVBCASTMSGCLASS = 0x10C
    ESME_RBCASTFAIL = 0x10D
    ESME_RBCASTQUERYFAIL = 0x10E
    ESME_RBCASTCANCELFAIL = 0x10F
    ESME_RINVBCAST_REP = 0x110
    ESME_RINVBCASTSRVGRP = 0x111
    ESME_RINVBCASTCHANIND = 0x112


class TlvTag(IntEnum):
    """What a TLV says (4.8.1); sizes and kinds are in `tlvs.TLVS`."""

    DEST_ADDR_SUBUNIT = 0x0005
    DEST_NETWORK_TYPE = 0x0006
    DEST_BEARER_TYPE = 0x0007
    DEST_TELEMATICS_ID = 0x0008
    SOURCE_ADDR_SUBUNIT = 0x000D
    SOURCE_NETWORK_TYPE = 0x000E
    SOURCE_BEARER_TYPE = 0x000F
    SOURCE_TELEMATICS_ID = 0x0010
    QOS_TIME_TO_LIVE = 0x0017
    PAYLOAD_TYPE = 0x0019
    ADDITIONAL_STATUS_INFO_TEXT = 0x001D
    RECEIPTED_MESSAGE_ID = 0x001E
    MS_MSG_WAIT_FACILITIES = 0x0030
    PRIVACY_INDICATOR = 0x0201
    SOURCE_SUBADDRESS = 0x0202
    DEST_SUBADDRESS = 0x0203
    USER_MESSAGE_REFERENCE = 0x0204
    USER_RESPONSE_CODE = 0x0205
    SOURCE_PORT = 0x020A
    DEST_PORT = 0x020B
    SAR_MSG_REF_NUM = 0x020C
    LANGUAGE_INDICATOR = 0x020D
    SAR_TOTAL_SEGMENTS = 0x020E
    SAR_SEGMENT_SEQNUM = 0x020F
    SC_INTERFACE_VERSION = 0x0210
    CALLBACK_NUM_PRES_IND = 0x0302
    CALLBACK_NUM_ATAG = 0x0303
    NUMBER_OF_MESSAGES = 0x0304
    CALLBACK_NUM = 0x0381
    DPF_RESULT = 0x0420
    SET_DPF = 0x0421
    MS_AVAILABILITY_STATUS = 0x0422
    NETWORK_ERROR_CODE = 0x0423
    MESSAGE_PAYLOAD = 0x0424
    DELIVERY_FAILURE_REASON = 0x0425
    MORE_MESSAGES_TO_SEND = 0x0426
    MESSAGE_STATE = 0x0427
    CONGESTION_STATE = 0x0428
    USSD_SERVICE_OP = 0x0501
    BROADCAST_CHANNEL_INDICATOR = 0x0600
    BROADCAST_CONTENT_TYPE = 0x0601
    BROADCAST_CONTENT_TYPE_INFO = 0x0602
    BROADCAST_MESSAGE_CLASS = 0x0603
    BROADCAST_REP_NUM = 0x0604
    BROADCAST_FREQUENCY_INTERVAL = 0x0605
    BROADCAST_AREA_IDENTIFIER = 0x0606
    BROADCAST_ERROR_STATUS = 0x0607
    BROADCAST_AREA_SUCCESS = 0x0608
    BROADCAST_END_TIME = 0x0609
    BROADCAST_SERVICE_GROUP = 0x060A
    BILLING_IDENTIFICATION = 0x060B
    SOURCE_NETWORK_ID = 0x060D
    DEST_NETWORK_ID = 0x060E
    SOURCE_NODE_ID = 0x060F
    DEST_NODE_ID = 0x0610
    DEST_ADDR_NP_RESOLUTION = 0x0611
    DEST_ADDR_NP_INFORMATION = 0x0612
    DEST_ADDR_NP_COUNTRY = 0x0613
    DISPLAY_TIME = 0x1201
    SMS_SIGNAL = 0x1203
    MS_VALIDITY = 0x1204
    ALERT_ON_MESSAGE_DELIVERY = 0x130C
    ITS_REPLY_TYPE = 0x1380
    ITS_SESSION_INFO = 0x1383


class MessageState(IntEnum):
    """What became of a message (4.7.15); 3.4 has no SCHEDULED and no SKIPPED."""

    SCHEDULED = 0
    ENROUTE = 1
    DELIVERED = 2
    EXPIRED = 3
    DELETED = 4
    UNDELIVERABLE = 5
    ACCEPTED = 6
    UNKNOWN = 7
    REJECTED = 8
    SKIPPED = 9


RECEIPT_STAT: Final[Mapping[MessageState, str]] = MappingProxyType(
    {
        MessageState.ENROUTE: "ENROUTE",
        MessageState.DELIVERED: "DELIVRD",
        MessageState.EXPIRED: "EXPIRED",
        MessageState.DELETED: "DELETED",
        MessageState.UNDELIVERABLE: "UNDELIV",
        MessageState.ACCEPTED: "ACCEPTD",
        MessageState.UNKNOWN: "UNKNOWN",
        MessageState.REJECTED: "REJECTD",
    }
)
"""The `stat:` text of a receipt (3.4 Appendix B; ENROUTE by practice). SCHEDULED and SKIPPED have none."""


class Ton(IntEnum):
    """Type of number (4.7.1)."""

    UNKNOWN = 0
    INTERNATIONAL = 1
    NATIONAL = 2
    NETWORK_SPECIFIC = 3
    SUBSCRIBER = 4
    ALPHANUMERIC = 5
    ABBREVIATED = 6


class Npi(IntEnum):
    """Numbering plan indicator (4.7.2)."""

    UNKNOWN = 0
    ISDN = 1
    DATA = 3
    TELEX = 4
    LAND_MOBILE = 6
    NATIONAL = 8
    PRIVATE = 9
    ERMES = 10
    INTERNET = 14
    WAP = 18


# esm_class (4.7.12): bits 1-0 the mode (submit direction only), 5-2 the kind of message, 7-6 the GSM features.
ESM_MODE_MASK: Final = 0x03
ESM_DATAGRAM: Final = 0x01
ESM_FORWARD: Final = 0x02
ESM_STORE_AND_FORWARD: Final = 0x03
ESM_TYPE_MASK: Final = 0x3C
ESM_MC_DELIVERY_RECEIPT: Final = 0x04
ESM_SME_DELIVERY_ACK: Final = 0x08
ESM_SME_MANUAL_ACK: Final = 0x10
ESM_CONVERSATION_ABORT: Final = 0x18
ESM_INTERMEDIATE_NOTIFICATION: Final = 0x20
ESM_UDHI: Final = 0x40
ESM_REPLY_PATH: Final = 0x80

# registered_delivery (4.7.21): bits 1-0 the receipt asked of the MC, 3-2 acknowledgements of the SME, 4 interim news.
REGDLV_MC_MASK: Final = 0x03
REGDLV_MC_NEVER: Final = 0x00
REGDLV_MC_ALWAYS: Final = 0x01
REGDLV_MC_ON_FAILURE: Final = 0x02
REGDLV_MC_ON_SUCCESS: Final = 0x03
REGDLV_SME_MASK: Final = 0x0C
REGDLV_INTERMEDIATE: Final = 0x10


def status_name(code: int) -> str:
    """Name a command_status: `ESME_RINVSRCADR`, or `0x00000401` where the standard has no name."""
    try:
        return CommandStatus(code).name
    except ValueError:
        return f"0x{code:08X}"


def command_name(command_id: int) -> str:
    """Name a command as the specification spells it: `submit_sm_resp`, or `0x00010200` where it has no name."""
    try:
        return CommandId(command_id).name.lower()
    except ValueError:
        return f"0x{command_id:08X}"
