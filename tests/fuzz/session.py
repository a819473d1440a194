"""Fuzzes an SMPP session in both roles with whatever a peer may send, in whatever pieces; run by `make fuzz`.

What must hold: no exception leaves the session; it keeps no more octets than its limits allow; after the end it says
nothing more; and the same octets mean the same events, however they are cut into pieces.

python -m tests.fuzz.session CORPUS_FOLDER [libFuzzer options]
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["simulator.smpp"]):
    from simulator.smpp.codec import encode
    from simulator.smpp.consts import CommandId
    from simulator.smpp.events import Closed, Event, Request
    from simulator.smpp.pdus import PDUS, BindTransceiver, BindTransceiverResp, SubmitSm, command_id
    from simulator.smpp.session import Role, Session, SessionLimits
    from simulator.smpp.text import Alphabet, decode_text
    from simulator.smpp.udh import concatenation, message_octets

LIMITS = SessionLimits(max_pdu=4096, window_out=4)
KEPT_AT_MOST = 2 * LIMITS.max_pdu
BIND_OCTETS = encode(BindTransceiver(system_id="a", password="b"), 1)
BOUND_OCTETS = encode(BindTransceiverResp(system_id="mc"), 1)


def new_session(role: Role, *, bound: bool) -> Session:
    """A session of either side, bound or not."""
    session = Session(role, LIMITS, 0.0)
    if bound and role is Role.MC:
        session.receive_data(BIND_OCTETS, 0.0)
        session.send_response(1, BindTransceiverResp(system_id="mc"))
    elif bound:
        session.send_request(BindTransceiver(system_id="a", password="b"), 0.0)
        session.receive_data(BOUND_OCTETS, 0.0)
        session.send_request(SubmitSm(short_message=b"x"), 0.0)
    session.data_to_send()
    return session


def read_whole(request: Event) -> None:
    """Looks at all that can be read out of a message."""
    if isinstance(request, Request) and isinstance(request.pdu, SubmitSm):
        concatenation(request.pdu)
        decode_text(request.pdu.data_coding, message_octets(request.pdu), Alphabet.GSM).encode("utf-8")


def test_one_input(data: bytes) -> None:
    """One run of the fuzzer: the first octet chooses the role, the state and how the rest is cut."""
    if len(data) < 2:
        return
    choice, cut, octets = data[0], data[1] + 1, data[2:]
    role, bound = (Role.MC if choice & 1 else Role.ESME), bool(choice & 2)
    whole, pieces = new_session(role, bound=bound), new_session(role, bound=bound)
    events = whole.receive_data(octets, 1.0)
    others: list[Event] = []
    for start in range(0, len(octets), cut):
        others += pieces.receive_data(octets[start : start + cut], 1.0)
        if len(pieces._buffer) > KEPT_AT_MOST:
            raise AssertionError(f"{len(pieces._buffer)} octets kept")
    if repr(events) != repr(others):
        raise AssertionError(f"whole: {events}\nin pieces: {others}")
    if any(isinstance(event, Closed) for event in events) and whole.receive_data(BIND_OCTETS, 2.0):
        raise AssertionError("a session that is over spoke again")
    for event in events:
        read_whole(event)
    whole.handle_deadline(1000.0)
    whole.data_to_send()


def write_seeds(folder: Path) -> None:
    """One PDU of each kind, for both roles, to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for pdu_type in PDUS:
        name = CommandId(command_id(pdu_type)).name.lower()
        for choice in range(4):
            (folder / f"{name}-{choice}").write_bytes(bytes([choice, 7]) + encode(pdu_type(), 2))


def main() -> None:
    """Writes the seeds and fuzzes."""
    write_seeds(Path(sys.argv[1]))
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
