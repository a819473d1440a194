"""The log of a whole operator, and of each connection: which octets become which lines and packets.

It reads no clock and waits for nothing: `now` is the operator's time, handed in; the operator's server says what it
read and wrote. A connection that is not logged has no `ConnectionLog`, and pays a test for None.
"""

import datetime
import json
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Final

from simulator.messages import Outcome, Verdict
from simulator.numbers.numbering import TEHRAN
from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import CommandId
from simulator.wire_log.description import describe
from simulator.wire_log.log_file import LogFile
from simulator.wire_log.packets import Conversation, Direction, Endpoint
from simulator.wire_log.pcapng import interface, packet, section_header
from simulator.wire_log.pdu_stream import Cut, PduStream

_EPOCH: Final = datetime.datetime.fromtimestamp(0, datetime.UTC)
_MAX_JUDGED: Final = 50_000
_MAX_JUDGED_ALIKE: Final = 1_000
"""How many sequence numbers, and how many times the same one, wait with their verdict for a submit_sm_resp to leave.

A response that never leaves must not be waited for forever.
"""


class WireLog:
    """The files of one operator: JSON lines, a capture, or both."""

    def __init__(self, lines: LogFile | None, capture: LogFile | None, now: Callable[[], float]) -> None:
        """`now` gives POSIX seconds on the operator's clock."""
        self._now = now
        self._lines = lines
        self._capture = capture
        self._connections = 0
        if capture is not None:
            capture.add(section_header("Khatban") + interface("smpp"))

    def connection(self, peer: Endpoint, local: Endpoint, max_pdu: int) -> "ConnectionLog":
        """The log of a connection that a peer has just made; `max_pdu` is the greatest command_length taken."""
        self._connections += 1
        return ConnectionLog(self, self._connections, peer, local, max_pdu)

    def now(self) -> int:
        """Microseconds since the epoch, the unit of both files."""
        return round(self._now() * 1_000_000)

    def add_line(self, at: int, line: dict[str, Any]) -> None:
        """Takes a line of JSON."""
        if self._lines is not None:
            time = _EPOCH + datetime.timedelta(microseconds=at)
            dated = {"time": time.astimezone(TEHRAN).isoformat(timespec="microseconds"), **line}
            self._lines.add(json.dumps(dated, ensure_ascii=False).encode() + b"\n")

    def add_packet(self, at: int, octets: bytes, comments: Iterable[str] = ()) -> None:
        """Takes a packet."""
        if self._capture is not None:
            self._capture.add(packet(at, octets, tuple(comments)))

    def flush(self) -> None:
        """Writes down what was taken."""
        for file in (self._lines, self._capture):
            if file is not None:
                file.flush()

    def close(self) -> None:
        """Writes down what is left, and closes the files."""
        for file in (self._lines, self._capture):
            if file is not None:
                file.close()


class ConnectionLog:
    """What is read from one connection and written to it."""

    def __init__(self, log: WireLog, number: int, peer: Endpoint, local: Endpoint, max_pdu: int) -> None:
        self._log = log
        self._who = {"connection": number, "peer": str(peer)}
        self._conversation = Conversation(peer, local)
        self._streams = {direction: PduStream(max_pdu) for direction in Direction}
        self._judged: dict[int, deque[tuple[str, Verdict | None]]] = {}
        self._is_open = set(Direction)
        for octets in self._conversation.opening():
            log.add_packet(log.now(), octets)
        log.add_line(log.now(), {**self._who, "event": "opened"})

    def received(self, octets: bytes) -> None:
        """Octets came; none say that the peer has closed its side."""
        if octets:
            self._carry(Direction.IN, octets)
        else:
            self._close(Direction.IN)

    def sent(self, octets: bytes) -> None:
        """Octets are about to be written, if there are any; whatever was logged until now is written down first."""
        self._carry(Direction.OUT, octets)
        self._log.flush()

    def judged(self, sequence_number: int, account: str, verdict: Verdict | None) -> None:
        """A submit_sm was answered: the verdict that its response carries, None for a part that waits for others."""
        self._judged.setdefault(sequence_number, deque(maxlen=_MAX_JUDGED_ALIKE)).append((account, verdict))
        if len(self._judged) > _MAX_JUDGED:
            del self._judged[next(iter(self._judged))]

    def ended(self) -> None:
        """The connection is closed."""
        for direction in (Direction.OUT, Direction.IN):  # a peer that had closed its side first would have been read
            if rest := self._streams[direction].rest:
                self._add_line(direction, self._log.now(), rest, describe(rest))
            self._close(direction)
        self._log.flush()

    def _carry(self, direction: Direction, octets: bytes) -> None:
        now = self._log.now()
        masked, cuts = self._streams[direction].feed(octets)
        comments = [(cut.end, self._note(direction, now, cut)) for cut in cuts]
        start = 0
        for octets_of_packet, end in self._conversation.data(direction, masked):
            here = [comment for at, comment in comments if comment and start < at <= end]
            self._log.add_packet(now, octets_of_packet, here)
            start = end

    def _note(self, direction: Direction, now: int, cut: Cut) -> str:
        """Writes the line of a PDU; gives what a packet's comment is to say of it."""
        line = describe(cut.octets)
        account, verdict = self._verdict_on(direction, cut)
        if verdict is not None:
            line["verdict"] = _shown(verdict)
        self._add_line(direction, now, cut.octets, line)
        return "" if verdict is None else _comment(account, verdict)

    def _add_line(self, direction: Direction, now: int, octets: bytes, said: dict[str, Any]) -> None:
        self._log.add_line(now, {**self._who, "direction": direction, **said, "octets": octets.hex()})

    def _verdict_on(self, direction: Direction, cut: Cut) -> tuple[str, Verdict | None]:
        """What was decided of the message that a submit_sm_resp answers.

        The earliest that waits under its sequence_number: some ESMEs give all parts of a text the same one.
        """
        _, command, _, sequence_number = HEADER.unpack_from(cut.octets)
        if direction is Direction.IN or command != CommandId.SUBMIT_SM_RESP or sequence_number not in self._judged:
            return "", None
        waiting = self._judged[sequence_number]
        found = waiting.popleft()
        if not waiting:
            del self._judged[sequence_number]
        return found

    def _close(self, direction: Direction) -> None:
        if direction in self._is_open:
            self._is_open.remove(direction)
            for octets in self._conversation.closing(direction):
                self._log.add_packet(self._log.now(), octets)
            self._log.add_line(self._log.now(), {**self._who, "event": "closed", "direction": direction})


def _shown(verdict: Verdict) -> dict[str, Any]:
    """A verdict, with what each rule said that had something to say of the message."""
    told = {step.rule: step.outcome for step in verdict.trace if step.facts or step.outcome is not Outcome.PASSED}
    return {"outcome": verdict.outcome, "rule": verdict.rule, "clause": verdict.clause, "trace": told}


def _comment(account: str, verdict: Verdict) -> str:
    because = f": rule {verdict.rule}, clause {verdict.clause}" if verdict.rule else ""
    return f"{verdict.outcome}{because} (account {account})"
