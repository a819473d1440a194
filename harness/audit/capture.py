"""Reads a capture, pcapng or pcap, as tcpdump, Wireshark and the operator's `--pcap` write it.

Owns files, packets and connections: which of them speak SMPP, and which side is the client. Segments are put in order
in `tcp`, PDUs cut in `pdu_cutter`. What the capture lost is told, and checks do not blame a client for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import dpkt

from harness.audit.pdu_cutter import Cut, PduCutter, looks_like_a_header
from harness.audit.tcp import Piece, Segment, Stream
from harness.audit.traces import Carried, Ended, Lost, Opened, SourceError, Trace
from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE, RESPONSE_BIT, CommandId
from simulator.smpp.states import Role

Endpoint = tuple[bytes, int]

_FIN, _SYN, _RST, _ACK = dpkt.tcp.TH_FIN, dpkt.tcp.TH_SYN, dpkt.tcp.TH_RST, dpkt.tcp.TH_ACK
_LINKS: Final[Mapping[int, Any]] = MappingProxyType(
    {
        dpkt.pcap.DLT_EN10MB: dpkt.ethernet.Ethernet,
        dpkt.pcap.DLT_NULL: dpkt.loopback.Loopback,
        dpkt.pcap.DLT_LOOP: dpkt.loopback.Loopback,
        dpkt.pcap.DLT_LINUX_SLL: dpkt.sll.SLL,
        dpkt.pcap.DLT_LINUX_SLL2: dpkt.sll2.SLL2,
    }
)
_RAW_IP: Final = frozenset({12, 14, 101, 228, 229})
"""Link types of packets that begin with their IP header."""
_TLS_HANDSHAKE: Final = b"\x16\x03"

_OF_ESME: Final = frozenset(
    {
        CommandId.BIND_TRANSMITTER,
        CommandId.BIND_RECEIVER,
        CommandId.BIND_TRANSCEIVER,
        CommandId.SUBMIT_SM,
        CommandId.SUBMIT_MULTI,
        CommandId.QUERY_SM,
        CommandId.CANCEL_SM,
        CommandId.REPLACE_SM,
        CommandId.DELIVER_SM_RESP,
    }
)
"""What tells a client, where the beginning of a connection was not captured; the answers to it tell the other side."""
_OF_MC: Final = frozenset(
    {*(command ^ RESPONSE_BIT for command in _OF_ESME), CommandId.OUTBIND, CommandId.ALERT_NOTIFICATION}
)


class _Packet(NamedTuple):
    """A TCP segment with where it came from."""

    source: Endpoint
    destination: Endpoint
    number: int
    acknowledged: int | None
    flags: int
    segment: Segment


@dataclass
class _Connection:
    """One TCP connection as far as it was captured; `opener` sent the SYN."""

    opener: Endpoint | None
    opened: tuple[float, int] | None
    ends: tuple[Endpoint, Endpoint]
    streams: dict[Endpoint, Stream] = field(default_factory=dict)
    pieces: dict[Endpoint, list[Piece]] = field(default_factory=dict)
    closed: tuple[float, int, Endpoint] | None = None

    def __post_init__(self) -> None:
        for end in self.ends:
            self.streams[end], self.pieces[end] = Stream(), []

    def take(self, packet: _Packet) -> None:
        source, destination = packet.source, packet.destination
        if packet.flags & _SYN:
            self.streams[source].begin(packet.number)
        if packet.acknowledged is not None:
            self.pieces[destination] += self.streams[destination].acknowledged(packet.acknowledged)
        self.pieces[source] += self.streams[source].add(packet.number, packet.segment)
        if packet.flags & _FIN:
            self.streams[source].end()
        if packet.flags & (_FIN | _RST) and self.closed is None:
            self.closed = packet.segment.at, packet.segment.frame, source


class CaptureReader:
    """Reads one capture.

    Args:
        path: The file.
        port: The operator's port; without it, whatever speaks SMPP is looked at.
    """

    def __init__(self, path: Path, port: int | None = None) -> None:
        self._path, self._port = path, port
        self._under_way: dict[frozenset[Endpoint], _Connection] = {}
        self._connections: list[_Connection] = []
        self._cut = self._fragments = self._last_frame = 0
        self._last_at = 0.0
        self.notes: list[str] = []

    def read(self) -> list[Trace]:
        """All traces, in the order of time; `notes` says afterwards what is to be known of them.

        Raises:
            SourceError: The file cannot be read, is no capture, or holds no SMPP.
        """
        try:
            with self._path.open("rb") as file:
                for packet in self._packets(file):
                    self._take(packet)
        except OSError as error:
            raise SourceError(f"{self._path}: {error.strerror}") from error
        speaking = [each for each in self._connections if self._speaks_smpp(each)]
        if not speaking:
            raise SourceError(f"{self._path}: {self._why_nothing()}")
        traces = [trace for number, each in enumerate(speaking, 1) for trace in self._traces(number, each)]
        self._note(len(self._connections) - len(speaking))
        return sorted(traces, key=lambda trace: (trace.at, trace.frame))

    def _packets(self, file: Any) -> Iterator[_Packet]:
        try:
            reader = dpkt.pcap.UniversalReader(file)
        except (ValueError, dpkt.Error) as error:
            raise SourceError(f"{self._path}: neither pcapng nor pcap: {error}") from error
        link = reader.datalink()
        if link not in _LINKS and link not in _RAW_IP:
            raise SourceError(f"{self._path}: packets of link type {link}, which is not known here")
        try:
            for frame, (at, octets) in enumerate(reader, 1):
                self._last_at, self._last_frame = max(self._last_at, float(at)), frame
                packet = self._packet(link, octets, float(at), frame)
                if packet is not None:
                    yield packet
        except (ValueError, dpkt.Error) as error:
            self.notes.append(
                f"the file is broken behind packet {self._last_frame}, and was read as far as that: {error}"
            )

    def _packet(self, link: int, octets: bytes, at: float, frame: int) -> _Packet | None:
        try:
            ip = _ip(link, octets)
            tcp = ip.data if ip is not None else None
            if ip is None or not isinstance(tcp, dpkt.tcp.TCP):
                self._fragments += _is_fragment(ip)
                return None
        except (dpkt.Error, ValueError):  # cut within a header, or no IP at all
            self._cut += 1
            return None
        size = (ip.plen if isinstance(ip, dpkt.ip6.IP6) else ip.len - ip.hl * 4) - tcp.off * 4
        self._cut += len(tcp.data) < size
        source, destination = (ip.src, int(tcp.sport)), (ip.dst, int(tcp.dport))
        acknowledged = int(tcp.ack) if tcp.flags & _ACK else None
        segment = Segment(bytes(tcp.data), at, frame)
        return _Packet(source, destination, int(tcp.seq), acknowledged, int(tcp.flags), segment)

    def _take(self, packet: _Packet) -> None:
        ends = frozenset((packet.source, packet.destination))
        is_new = bool(packet.flags & _SYN) and not packet.flags & _ACK
        known = self._under_way.get(ends)
        if known is None or (is_new and (known.closed is not None or any(known.pieces.values()))):
            opened = (packet.segment.at, packet.segment.frame) if is_new else None
            known = _Connection(packet.source if is_new else None, opened, (packet.source, packet.destination))
            self._under_way[ends] = known
            self._connections.append(known)
        known.take(packet)

    def _speaks_smpp(self, connection: _Connection) -> bool:
        for end in connection.ends:
            rest, _ = connection.streams[end].rest()
            connection.pieces[end] += rest
        if self._port is not None and all(port != self._port for _, port in connection.ends):
            return False
        # With its beginning the first octets decide; without it, any segment that begins like a PDU.
        for pieces in connection.pieces.values():
            begun = b"".join(piece.octets for piece in pieces[:HEADER_SIZE])
            if looks_like_a_header(begun):
                return True
            if connection.opened is None and any(looks_like_a_header(piece.octets) for piece in pieces):
                return True
        return False

    def _traces(self, number: int, connection: _Connection) -> Iterator[Trace]:
        cuts = {end: self._cuts(connection, end) for end in connection.ends}
        client = connection.opener or self._client(connection, cuts)
        if connection.opened is not None:
            yield Opened(*connection.opened, number)
        for end, found in cuts.items():
            sender = Role.ESME if end == client else Role.MC
            for octets, at, frame, lost in found:
                yield Lost(at, frame, number) if lost else Carried(at, frame, number, sender, octets)
            _, missed = connection.streams[end].rest()
            if missed:
                self.notes.append(
                    f"connection {number}: the capture lost the last {missed} octets of the {sender.value}"
                )
                yield Lost(connection.closed[0] if connection.closed else self._last_at, self._last_frame, number)
        if connection.closed is not None:
            at, frame, by = connection.closed
            yield Ended(at, frame, number, Role.ESME if by == client else Role.MC)

    def _cuts(self, connection: _Connection, end: Endpoint) -> list[Cut]:
        cutter = PduCutter(is_synchronised=connection.opened is not None)
        cuts: list[Cut] = []
        for piece in connection.pieces[end]:
            if piece.lost:
                self.notes.append(f"packet {piece.frame}: the capture lost {piece.lost} octets before it")
            cuts += cutter.feed(piece)
        return cuts

    def _client(self, connection: _Connection, cuts: Mapping[Endpoint, list[Cut]]) -> Endpoint:
        """Which side is the client of a connection whose beginning was not captured."""
        first, second = connection.ends
        for end, other in ((first, second), (second, first)):
            if other[1] == self._port or any(_command(cut) in _OF_ESME for cut in cuts[end]):
                return end
            if any(_command(cut) in _OF_MC for cut in cuts[end]):
                return other
        return max(first, second, key=lambda end: end[1])

    def _note(self, others: int) -> None:
        if self._cut:
            why = "a longer snaplen keeps them whole (tcpdump -s 0)"
            self.notes.append(f"{self._cut} packets were cut off in the capture; {why}")
        if self._fragments:
            self.notes.append(f"{self._fragments} fragments of IP packets were passed over")
        if others:
            self.notes.append(f"{others} other TCP connections were passed over")

    def _why_nothing(self) -> str:
        pieces = [pieces[0].octets for each in self._connections for pieces in each.pieces.values() if pieces]
        if any(octets.startswith(_TLS_HANDSHAKE) for octets in pieces):
            return "what it holds is encrypted (TLS); capture in the clear, or use the operator's wire log"
        where = "" if self._port is None else f" with port {self._port}"
        cut = f", and {self._cut} packets are cut off" if self._cut else ""
        return f"no SMPP in its {len(self._connections)} TCP connections{where}{cut}"


def _ip(link: int, octets: bytes) -> Any:
    """The IP packet in a frame; None if it holds something else."""
    if link in _RAW_IP:
        return (dpkt.ip6.IP6 if octets[0] >> 4 == 6 else dpkt.ip.IP)(octets)
    inner = _LINKS[link](octets).data
    return inner if isinstance(inner, dpkt.ip.IP | dpkt.ip6.IP6) else None


def _is_fragment(ip: Any) -> bool:
    return isinstance(ip, dpkt.ip.IP) and bool(ip.mf or ip.offset)


def _command(cut: Cut) -> int:
    return int(HEADER.unpack_from(cut.octets)[1]) if len(cut.octets) >= HEADER_SIZE else -1


def read_capture(path: Path, port: int | None = None) -> tuple[list[Trace], list[str]]:
    """All traces of a capture, and what is to be known of it; as `CaptureReader`."""
    reader = CaptureReader(path, port)
    return reader.read(), reader.notes
