"""Captures as tcpdump and the operator write them, whole and damaged."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import dpkt
import pytest

from harness.audit.capture import read_capture
from harness.audit.recording import Recording
from harness.audit.traces import SourceError
from simulator.smpp.codec import encode
from simulator.smpp.pdus import (
    BindTransceiver,
    BindTransceiverResp,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
)
from simulator.smpp.states import Role
from simulator.wire_log import Endpoint, LogFile, WireLog
from tests.harness.audit.talk import NOON

CLIENT, SERVER = (bytes((10, 0, 0, 1)), 40_000), (bytes((10, 0, 0, 2)), 2775)
SYN, ACK, FIN, PSH, RST = 0x02, 0x10, 0x01, 0x08, 0x04
TALK = (
    (CLIENT, encode(BindTransceiver("panel", "secret"), 1)),
    (SERVER, encode(BindTransceiverResp("khatban"), 1)),
    (CLIENT, encode(SubmitSm(destination_addr="989123456701"), 2)),
    (SERVER, encode(SubmitSmResp("1"), 2)),
    (SERVER, encode(DeliverSm(short_message=b"hello"), 1)),
    (CLIENT, encode(DeliverSmResp(), 1)),
    (CLIENT, encode(Unbind(), 3)),
    (SERVER, encode(UnbindResp(), 3)),
)
NAMES = [
    "bind_transceiver",
    "bind_transceiver_resp",
    "submit_sm",
    "submit_sm_resp",
    "deliver_sm",
    "deliver_sm_resp",
    "unbind",
    "unbind_resp",
]
Packet = tuple[tuple[bytes, int], int, bytes]
"""Who sends, flags, data."""


def talk(steps: Iterable[tuple[tuple[bytes, int], bytes]] = TALK) -> list[Packet]:
    data = [(source, PSH | ACK, octets) for source, octets in steps]
    return [(CLIENT, SYN, b""), (SERVER, SYN | ACK, b""), (CLIENT, ACK, b""), *data, (CLIENT, FIN | ACK, b"")]


def frames(packets: Iterable[Packet], wrap: Callable[[bytes], bytes]) -> list[bytes]:
    """The packets with their sequence and acknowledgement numbers, as frames of some link."""
    numbers = {CLIENT: 1000, SERVER: 0xFFFFFFF0}
    made = []
    for source, flags, data in packets:
        other = SERVER if source == CLIENT else CLIENT
        tcp = dpkt.tcp.TCP(
            sport=source[1], dport=other[1], seq=numbers[source], ack=numbers[other], flags=flags, data=data
        )
        numbers[source] = (numbers[source] + len(data) + bool(flags & (SYN | FIN))) % (1 << 32)
        ip = dpkt.ip.IP(src=source[0], dst=other[0], p=dpkt.ip.IP_PROTO_TCP, data=tcp)
        ip.len = len(ip)
        made.append(wrap(bytes(ip)))
    return made


def ethernet(packet: bytes) -> bytes:
    """As on a cable: padded to the least length."""
    return bytes(12) + b"\x08\x00" + packet + bytes(max(46 - len(packet), 0))


def save(path: Path, made: Iterable[bytes], link: int = 1, writer: Any = dpkt.pcapng.Writer, snap: int = 65535) -> Path:
    file = io.BytesIO()
    if writer is dpkt.pcap.Writer:
        out = writer(file, linktype=link)
    else:
        out = writer(file, idb=dpkt.pcapng.InterfaceDescriptionBlockLE(linktype=link))
    for number, frame in enumerate(made):
        out.writepkt(frame[:snap], NOON + number / 10)
    path.write_bytes(file.getvalue())
    return path


def names(path: Path, port: int | None = None) -> list[str]:
    traces, _ = read_capture(path, port)
    return [pdu.command for pdu in Recording(traces).pdus]


def test_a_conversation_on_ethernet(tmp_path: Path) -> None:
    traces, notes = read_capture(save(tmp_path / "c.pcapng", frames(talk(), ethernet)))
    recording = Recording(traces)
    assert notes == []
    assert [pdu.command for pdu in recording.pdus] == NAMES
    assert [pdu.sender for pdu in recording.pdus] == [Role.ESME if end == CLIENT else Role.MC for end, _ in TALK]
    assert [pdu.frame for pdu in recording.pdus] == list(range(4, 12))
    assert recording.pdus[0].at == pytest.approx(NOON + 0.3, abs=1e-3)
    [session] = recording.sessions
    assert (session.is_whole, session.ended_by, session.system_id) == (True, Role.ESME, "panel")


@pytest.mark.parametrize(
    ("link", "wrap"),
    [
        (101, bytes),
        (0, lambda packet: b"\x02\0\0\0" + packet),
        (113, lambda packet: bytes(14) + b"\x08\x00" + packet),
    ],
)
@pytest.mark.parametrize("writer", [dpkt.pcapng.Writer, dpkt.pcap.Writer])
def test_other_links_and_both_formats(tmp_path: Path, link: int, wrap: Callable[[bytes], bytes], writer: Any) -> None:
    assert names(save(tmp_path / "c", frames(talk(), wrap), link, writer)) == NAMES


def test_what_the_operator_captures_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wire.pcapng"
    log = WireLog(None, LogFile(path), lambda: NOON)
    connection = log.connection(Endpoint("::1", 40_000), Endpoint("::1", 2775), 70_000)
    connection.received(encode(BindTransceiver("panel", "secret"), 1))
    connection.sent(encode(BindTransceiverResp("khatban"), 1) + encode(EnquireLink(), 1))
    connection.received(b"")
    connection.ended()
    log.close()
    recording = Recording(read_capture(path)[0])
    assert [pdu.command for pdu in recording.pdus] == ["bind_transceiver", "bind_transceiver_resp", "enquire_link"]
    assert recording.sessions[0].ended_by is Role.ESME


def test_segments_out_of_order_and_twice(tmp_path: Path) -> None:
    made = frames(talk(), ethernet)
    shuffled = [*made[:5], made[6], made[5], made[5], *made[7:]]
    assert sorted(names(save(tmp_path / "c", shuffled))) == sorted(NAMES)


def test_pdus_in_pieces_and_several_in_one_packet(tmp_path: Path) -> None:
    octets = TALK[0][1]
    steps = [(CLIENT, octets[:7]), (CLIENT, octets[7:20]), (CLIENT, octets[20:]), TALK[1], (CLIENT, TALK[2][1] * 3)]
    assert names(save(tmp_path / "c", frames(talk(steps), ethernet))) == [*NAMES[:2], *["submit_sm"] * 3]


def test_a_packet_that_was_lost_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    made = frames(talk(), ethernet)
    traces, notes = read_capture(save(tmp_path / "c", [*made[:5], *made[6:]]))
    recording = Recording(traces)
    assert [pdu.command for pdu in recording.pdus] == [*NAMES[:2], *NAMES[3:]]
    assert len(recording.sessions[0].losses) == 1
    assert [note for note in notes if "lost" in note]


def test_the_last_octets_that_were_acknowledged_but_not_captured(tmp_path: Path) -> None:
    made = frames(talk(), ethernet)
    _, notes = read_capture(save(tmp_path / "c", [*made[:9], *made[11:]]))
    assert [note for note in notes if "of the MC" in note] == [
        "connection 1: the capture lost the last 16 octets of the MC"
    ]


def test_packets_cut_by_a_snaplen(tmp_path: Path) -> None:
    steps = [
        (CLIENT, encode(BindTransceiver("panel"), 1)),
        (CLIENT, encode(SubmitSm(short_message=b"a" * 140), 2)),
        *TALK[6:],
    ]
    traces, notes = read_capture(save(tmp_path / "c", frames(talk(steps), ethernet), snap=110))
    assert [pdu.command for pdu in Recording(traces).pdus] == ["bind_transceiver", "unbind", "unbind_resp"]
    assert any("1 packets were cut off in the capture" in note and "snaplen" in note for note in notes)


def test_a_connection_that_was_there_before(tmp_path: Path) -> None:
    made = frames(talk(), ethernet)
    recording = Recording(read_capture(save(tmp_path / "c", made[6:]))[0])
    assert [pdu.command for pdu in recording.pdus] == NAMES[3:]
    assert recording.pdus[0].sender is Role.MC
    assert not recording.sessions[0].is_whole


def test_one_pair_of_ports_may_carry_two_connections(tmp_path: Path) -> None:
    made = frames([*talk(TALK[:2]), *talk(TALK[:2])], ethernet)
    assert len(Recording(read_capture(save(tmp_path / "c", made))[0]).sessions) == 2


def test_other_connections_are_passed_over(tmp_path: Path) -> None:
    web = [(CLIENT, b"GET / HTTP/1.1\r\nHost: example\r\n\r\n"), (SERVER, b"HTTP/1.1 200 OK\r\n\r\n")]
    moved = [frame.replace(b"\x0a\xd7", b"\x1f\x90") for frame in frames(talk(web), ethernet)]
    traces, notes = read_capture(save(tmp_path / "c", [*moved, *frames(talk(), ethernet)]))
    assert len(Recording(traces).pdus) == len(NAMES)
    assert notes == ["1 other TCP connections were passed over"]


def test_a_reset_is_an_end(tmp_path: Path) -> None:
    packets = [*talk(TALK[:2])[:-1], (SERVER, RST | ACK, b"")]
    [session] = Recording(read_capture(save(tmp_path / "c", frames(packets, ethernet)))[0]).sessions
    assert session.ended_by is Role.MC


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([(CLIENT, b"\x16\x03\x01\x02\x00" + bytes(40))], "encrypted"),
        ([(CLIENT, b"GET / HTTP/1.1\r\n\r\n")], "no SMPP in its 1 TCP connections"),
    ],
)
def test_a_capture_without_smpp(tmp_path: Path, steps: list[Any], reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_capture(save(tmp_path / "c", frames(talk(steps), ethernet)))


def test_another_port_than_that_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="with port 9999"):
        read_capture(save(tmp_path / "c", frames(talk(), ethernet)), 9999)


def test_what_is_no_capture(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(b"no capture at all, really none")
    with pytest.raises(SourceError, match="neither pcapng nor pcap"):
        read_capture(tmp_path / "c")
    with pytest.raises(SourceError, match="link type 147"):
        read_capture(save(tmp_path / "d", frames(talk(), bytes), 147))
    with pytest.raises(SourceError, match="No such file"):
        read_capture(tmp_path / "e")


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = save(tmp_path / "c", frames(talk(), ethernet))
    path.write_bytes(path.read_bytes()[:-150])
    traces, _ = read_capture(path)
    assert [pdu.command for pdu in Recording(traces).pdus] == NAMES[: len(Recording(traces).pdus)]
