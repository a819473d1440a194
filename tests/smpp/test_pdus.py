from typing import get_args

import pytest

from simulator.smpp.consts import CommandId
from simulator.smpp.fields import fields_of
from simulator.smpp.pdus import (
    PDUS,
    BindReceiver,
    BindReceiverResp,
    BindTransceiver,
    BindTransceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    Pdu,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
    command_id,
    response_type,
)


def test_the_union_and_the_list_name_the_same_pdus() -> None:
    assert get_args(Pdu) == PDUS


@pytest.mark.parametrize(
    ("request_type", "response"),
    [
        (BindReceiver, BindReceiverResp),
        (BindTransmitter, BindTransmitterResp),
        (BindTransceiver, BindTransceiverResp),
        (Unbind, UnbindResp),
        (EnquireLink, EnquireLinkResp),
        (SubmitSm, SubmitSmResp),
        (DeliverSm, DeliverSmResp),
        (SubmitSmResp, None),
        (GenericNack, None),
    ],
)
def test_response_type(request_type: type[Pdu], response: type[Pdu] | None) -> None:
    assert response_type(request_type) is response


def test_a_class_has_the_command_id_of_its_name() -> None:
    assert command_id(BindTransceiverResp) is CommandId.BIND_TRANSCEIVER_RESP
    assert command_id(GenericNack) is CommandId.GENERIC_NACK


def test_submit_sm_and_deliver_sm_have_the_same_fields_but_are_different_pdus() -> None:
    assert fields_of(SubmitSm) == fields_of(DeliverSm)
    assert not isinstance(DeliverSm(), SubmitSm)
    assert not isinstance(SubmitSm(), DeliverSm)


@pytest.mark.parametrize("pdu_type", PDUS)
def test_a_pdu_can_be_made_of_defaults_and_ends_in_its_tlvs(pdu_type: type[Pdu]) -> None:
    pdu = pdu_type()
    assert pdu.tlvs == ()
    assert pdu._fields[-1] == "tlvs"
    assert not hasattr(pdu, "__dict__")
