"""No fault ever fails on a PDU of ours, whatever the message; and no table is more than refused."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulator.numbers.numbering import TEHRAN
from simulator.registry.world import described_fault
from simulator.smpp.codec import encode
from simulator.smpp.consts import RECEIPT_STAT, CommandStatus
from simulator.smpp.pdus import (
    BindTransceiverResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    Pdu,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
)
from simulator.smpp.receipts import Receipt, receipt_pdu
from simulator.smpp.tlvs import Tlv
from simulator.trouble.fault import Fault, parameters_of
from simulator.trouble.fault_moments import Numbers, Outgoing, Peer
from simulator.trouble.faults import FAULT_KINDS, FAULTS, AnyFault

EVERY = [
    kind.model_validate({parameter.name: choice})
    for kind in FAULTS
    for parameter in parameters_of(kind)
    for choice in parameter.choices or (parameter.default,)
] + [kind.model_validate({}) for kind in FAULTS]

ADDRESSES = st.text("0123456789", min_size=0, max_size=20)
REQUESTS = st.tuples(ADDRESSES, ADDRESSES, st.integers(0, 0x1F)).map(
    lambda drawn: SubmitSm(source_addr=drawn[0], destination_addr=drawn[1], registered_delivery=drawn[2])
)
IDS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=64) | st.from_regex(
    r"[0-9]{1,18}", fullmatch=True
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(TEHRAN))  # noqa: DTZ001 - bounds
RECEIPTS = st.builds(
    Receipt,
    message_id=IDS,
    state=st.sampled_from(list(RECEIPT_STAT)),
    submit_date=MOMENTS,
    done_date=MOMENTS,
    error=st.integers(0, 999),
    text=st.text(max_size=30),
    submitted=st.integers(0, 999),
    delivered=st.integers(0, 999),
)
TLVS = st.lists(st.builds(Tlv, st.integers(0, 0xFFFF), st.binary(max_size=8)), max_size=2).map(tuple)
PDUS: st.SearchStrategy[Pdu] = st.one_of(
    st.builds(SubmitSmResp, IDS | st.just(""), TLVS),
    st.builds(BindTransceiverResp, st.text("abc", max_size=15), TLVS),
    st.builds(receipt_pdu, RECEIPTS, REQUESTS, st.sampled_from([0x33, 0x34, 0x50])),
    st.sampled_from([EnquireLink(), EnquireLinkResp(), Unbind(), UnbindResp(), GenericNack()]),
)
PEERS = st.builds(Peer, st.just("panel"), st.sampled_from([0, 0x33, 0x34, 0x50]), st.booleans())


@settings(max_examples=500)
@given(
    st.sampled_from(EVERY),
    PDUS,
    REQUESTS,
    PEERS,
    st.sampled_from([0, int(CommandStatus.ESME_RSUBMITFAIL)]),
    st.integers(0, 0xFFFFFFFF),
)
def test_every_fault_lives_with_every_pdu(
    fault: Fault, pdu: Pdu, request: SubmitSm, peer: Peer, status: int, number: int
) -> None:
    octets = encode(pdu, number, status)
    outgoing = Outgoing(octets, peer, request if isinstance(pdu, SubmitSmResp) else None, Numbers())
    for turn in (0, 1):
        assert isinstance(fault.on_send(outgoing, turn), tuple | None)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters() | st.just("\ud800")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
KEYS = sorted({"scope", "share", "count", "span"} | {each.name for kind in FAULTS for each in parameters_of(kind)})


@given(st.sampled_from(list(FAULT_KINDS)) | ANY_JSON, st.dictionaries(st.sampled_from(KEYS), ANY_JSON, max_size=4))
def test_a_table_makes_a_fault_or_is_refused_with_a_reason(name: object, table: dict[str, object]) -> None:
    try:
        fault = TypeAdapter[Fault](AnyFault).validate_python({"name": name, **table})
    except ValidationError as error:
        reasons = described_fault(error)
    else:
        assert fault.name == name
        return
    assert reasons
    assert all(message for _, message in reasons)
