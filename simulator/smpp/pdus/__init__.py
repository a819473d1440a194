"""The PDUs: one declaration each, fields in wire order, spelt as the specification spells them (5.0 chapter 4).

A field's annotation is its whole wire rule (see `fields`); decoder and encoder are made from it (see `codegen`). The
command_id of a class is that of its name: `SubmitSmResp` is submit_sm_resp. To add a PDU, declare it and list it here.

Every PDU ends in `tlvs`, also where the standard foresees none: a receiver must live with TLVs that it does not expect,
and what is kept can be shown. A length such as sm_length, or a count such as number_of_dests, is not a field; it
belongs to its octets, or to the structures that it counts.

PDUs are tuples, so two of different classes with equal fields compare equal; tell them apart by their type.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulator.smpp.consts import RESPONSE_BIT, CommandId
from simulator.smpp.pdus.ancillary import (
    BroadcastSm,
    BroadcastSmResp,
    CancelBroadcastSm,
    CancelBroadcastSmResp,
    CancelSm,
    CancelSmResp,
    QueryBroadcastSm,
    QueryBroadcastSmResp,
    QuerySm,
    QuerySmResp,
    ReplaceSm,
    ReplaceSmResp,
)
from simulator.smpp.pdus.messages import (
    AlertNotification,
    DataSm,
    DataSmResp,
    DeliverSm,
    DeliverSmResp,
    DistributionList,
    MessageFields,
    SmeAddress,
    SubmitMulti,
    SubmitMultiResp,
    SubmitSm,
    SubmitSmResp,
    UnsuccessSme,
)
from simulator.smpp.pdus.session import (
    BindFields,
    BindReceiver,
    BindReceiverResp,
    BindRespFields,
    BindTransceiver,
    BindTransceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    Outbind,
    Unbind,
    UnbindResp,
)

__all__ = [
    "PDUS",
    "PDU_TYPES",
    "AlertNotification",
    "BindFields",
    "BindReceiver",
    "BindReceiverResp",
    "BindRespFields",
    "BindTransceiver",
    "BindTransceiverResp",
    "BindTransmitter",
    "BindTransmitterResp",
    "BroadcastSm",
    "BroadcastSmResp",
    "CancelBroadcastSm",
    "CancelBroadcastSmResp",
    "CancelSm",
    "CancelSmResp",
    "DataSm",
    "DataSmResp",
    "DeliverSm",
    "DeliverSmResp",
    "DistributionList",
    "EnquireLink",
    "EnquireLinkResp",
    "GenericNack",
    "MessageFields",
    "Outbind",
    "Pdu",
    "QueryBroadcastSm",
    "QueryBroadcastSmResp",
    "QuerySm",
    "QuerySmResp",
    "ReplaceSm",
    "ReplaceSmResp",
    "SmeAddress",
    "SubmitMulti",
    "SubmitMultiResp",
    "SubmitSm",
    "SubmitSmResp",
    "Unbind",
    "UnbindResp",
    "UnsuccessSme",
    "command_id",
    "response_type",
]

Pdu = (
    BindReceiver
    | BindReceiverResp
    | BindTransmitter
    | BindTransmitterResp
    | BindTransceiver
    | BindTransceiverResp
    | Outbind
    | Unbind
    | UnbindResp
    | EnquireLink
    | EnquireLinkResp
    | AlertNotification
    | GenericNack
    | SubmitSm
    | SubmitSmResp
    | DataSm
    | DataSmResp
    | SubmitMulti
    | SubmitMultiResp
    | DeliverSm
    | DeliverSmResp
    | BroadcastSm
    | BroadcastSmResp
    | CancelSm
    | CancelSmResp
    | QuerySm
    | QuerySmResp
    | ReplaceSm
    | ReplaceSmResp
    | QueryBroadcastSm
    | QueryBroadcastSmResp
    | CancelBroadcastSm
    | CancelBroadcastSmResp
)
"""Any PDU."""

PDUS: Final[tuple[type[Pdu], ...]] = (
    BindReceiver,
    BindReceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    BindTransceiver,
    BindTransceiverResp,
    Outbind,
    Unbind,
    UnbindResp,
    EnquireLink,
    EnquireLinkResp,
    AlertNotification,
    GenericNack,
    SubmitSm,
    SubmitSmResp,
    DataSm,
    DataSmResp,
    SubmitMulti,
    SubmitMultiResp,
    DeliverSm,
    DeliverSmResp,
    BroadcastSm,
    BroadcastSmResp,
    CancelSm,
    CancelSmResp,
    QuerySm,
    QuerySmResp,
    ReplaceSm,
    ReplaceSmResp,
    QueryBroadcastSm,
    QueryBroadcastSmResp,
    CancelBroadcastSm,
    CancelBroadcastSmResp,
)
"""All PDU classes, in the order of 5.0 chapter 4."""


def _command_id(pdu_type: type[Pdu]) -> CommandId:
    return CommandId[re.sub(r"(?<=[a-z])(?=[A-Z])", "_", pdu_type.__name__).upper()]


_COMMAND_IDS: Final[Mapping[type[Pdu], CommandId]] = MappingProxyType({each: _command_id(each) for each in PDUS})
PDU_TYPES: Final[Mapping[int, type[Pdu]]] = MappingProxyType({code: each for each, code in _COMMAND_IDS.items()})
"""The PDU class of each declared command_id."""


def command_id(pdu_type: type[Pdu]) -> CommandId:
    """The command_id of a PDU class, from its name: `SubmitSmResp` -> `CommandId.SUBMIT_SM_RESP`."""
    return _COMMAND_IDS[pdu_type]


def response_type(request_type: type[Pdu]) -> type[Pdu] | None:
    """The class that answers a request of this class; None for a response, or a request that has none."""
    code = command_id(request_type)
    return None if code & RESPONSE_BIT else PDU_TYPES.get(code | RESPONSE_BIT)
