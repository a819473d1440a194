"""Whatever a peer sends, in whatever pieces: no exception, the same events, a bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandId
from simulator.smpp.events import Closed, Event, Malformed
from simulator.smpp.pdus import BindTransceiver, BindTransceiverResp, SubmitSm, SubmitSmResp
from simulator.smpp.session import Role, Session, SessionLimits
from tests.smpp.helpers import chunked, frame
from tests.smpp.test_codec import pdus

LIMITS = SessionLimits(max_pdu=600)

broken_pdus = st.builds(
    frame,
    st.sampled_from([*CommandId, 0x0A, 0x00010200, 0x80010200, 0xFFFFFFFF]),
    st.binary(max_size=60),
    sequence_number=st.integers(0, 0xFFFFFFFF),
    command_status=st.sampled_from([0, 8, 0x401]),
)
sound_pdus = st.builds(encode, pdus(), st.integers(0, 0xFFFFFFFF))
streams = st.lists(st.one_of(sound_pdus, sound_pdus, broken_pdus, st.binary(max_size=30)), max_size=8).map(b"".join)
sizes = st.lists(st.integers(0, 80), max_size=30)


def session(role: Role, *, is_bound: bool) -> Session:
    """A session with a request outstanding, if it is bound."""
    made = Session(role, LIMITS, 0.0)
    if is_bound and role is Role.MC:
        made.receive_data(encode(BindTransceiver("panel"), 1), 0.0)
        made.send_response(1, BindTransceiverResp())
    elif is_bound:
        made.send_request(BindTransceiver("panel"), 0.0)
        made.receive_data(encode(BindTransceiverResp(), 1), 0.0)
        made.send_request(SubmitSm(), 0.0)
    made.data_to_send()
    return made


@given(streams, sizes, st.sampled_from(Role), st.booleans())
def test_any_octets_in_any_pieces(stream: bytes, sizes: list[int], role: Role, is_bound: bool) -> None:
    at_once, in_pieces = session(role, is_bound=is_bound), session(role, is_bound=is_bound)
    expected = at_once.receive_data(stream, 1.0)
    events: list[Event] = []
    for chunk in chunked(stream, sizes):
        events += in_pieces.receive_data(chunk, 1.0)
        assert len(in_pieces._buffer) <= LIMITS.max_pdu
    assert events == expected
    assert [repr(event) for event in events] == [repr(event) for event in expected]
    assert in_pieces.state is at_once.state
    assert sum(isinstance(event, Closed) for event in events) <= 1
    out, out_at_once = in_pieces.data_to_send(), at_once.data_to_send()
    if not any(isinstance(event, Closed) for event in events):  # a nack for a lost framing may know more or less
        assert out == out_at_once


@given(st.lists(sound_pdus, min_size=1, max_size=4).map(b"".join))
def test_octet_by_octet_is_the_same_as_at_once(stream: bytes) -> None:
    at_once, single = session(Role.MC, is_bound=True), session(Role.MC, is_bound=True)
    expected = at_once.receive_data(stream, 1.0)
    assert [event for octet in stream for event in single.receive_data(bytes((octet,)), 1.0)] == expected
    assert single.data_to_send() == at_once.data_to_send()


@given(st.binary(max_size=100), st.integers(1, 0x7FFFFFFF))
def test_no_broken_response_is_ever_answered(body: bytes, sequence_number: int) -> None:
    esme = session(Role.ESME, is_bound=True)
    for code in CommandId:
        if code >= CommandId.GENERIC_NACK:
            esme.receive_data(frame(code, body, sequence_number=sequence_number), 1.0)
    assert esme.data_to_send() == b""


@given(st.binary(max_size=100))
def test_every_broken_request_is_answered_once(body: bytes) -> None:
    mc = session(Role.MC, is_bound=True)
    wire = frame(CommandId.SUBMIT_SM, body, sequence_number=7)
    [event] = mc.receive_data(wire, 1.0)
    if isinstance(event, Malformed):
        answer = encode(SubmitSmResp(), 7, event.error.command_status)
        assert mc.data_to_send() == answer
    else:
        assert mc.data_to_send() == b""
