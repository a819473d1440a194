"""Conversations made by hand: what an observer would have seen, step by step, for checks to judge."""

from typing import Any, Self

from harness.audit.recording import Recording
from harness.audit.traces import Carried, Ended, Judgement, Lost, Opened, Trace
from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import (
    BindFields,
    BindTransceiver,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    Pdu,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
    response_type,
)
from simulator.smpp.states import Role
from simulator.smpp.udh import Concatenation, ReferenceKind, concatenation_udh

NOON = 1_795_336_200.0
"""12:00 of 22 November 2026 in Tehran."""
LINE, SUBSCRIBER = "3000200020", "989123456701"
QUICK = 0.01


class Talk:
    """What goes over one session after another; every step gives the talk itself."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.at = NOON
        self.session = 0
        self.number = 0
        self._mc_number = 0

    def recording(self) -> Recording:
        return Recording(self.traces, self.at)

    def wait(self, seconds: float) -> Self:
        self.at += seconds
        return self

    # Connections

    def open(self) -> Self:
        """The next connection."""
        self.session += 1
        self.number = 0
        self.traces.append(Opened(self.at, self._frame, self.session))
        return self

    def join(self) -> Self:
        """The next connection, whose beginning is not seen."""
        self.session += 1
        self.number = 100
        return self

    def end(self, by: Role = Role.ESME) -> Self:
        self.traces.append(Ended(self.at, self._frame, self.session, by))
        return self

    def lose(self) -> Self:
        self.traces.append(Lost(self.at, self._frame, self.session))
        return self

    @property
    def _frame(self) -> int:
        return len(self.traces) + 1

    # PDUs

    def octets(self, sender: Role, octets: bytes) -> Self:
        self.traces.append(Carried(self.at, self._frame, self.session, sender, octets))
        return self

    def esme(self, pdu: Pdu, number: int | None = None, status: int = 0) -> Self:
        """A request of the client under the next number, or any PDU of it under a number of its own."""
        if number is None:
            self.number += 1
            number = self.number
        return self.octets(Role.ESME, encode(pdu, number, status))

    def mc(self, pdu: Pdu, number: int | None = None, status: int = 0, judgement: Judgement | None = None) -> Self:
        if number is None:
            self._mc_number += 1
            number = self._mc_number
        octets = encode(pdu, number, status)
        self.traces.append(Carried(self.at, self._frame, self.session, Role.MC, octets, judgement))
        return self

    def bind(self, kind: type[BindFields] = BindTransceiver, status: int = 0, **fields: Any) -> Self:
        """A connection, a bind and its answer."""
        pdu: Any = kind(**{"system_id": "panel", "interface_version": 0x34, **fields})
        answer: Any = response_type(type(pdu))
        return self.open().esme(pdu).wait(QUICK).mc(answer("khatban"), self.number, status)

    def submit(
        self,
        text: str | bytes = "سلام",
        *,
        status: int = 0,
        after: float | None = QUICK,
        judged: Judgement | None = None,
        message_id: str = "",
        **fields: Any,
    ) -> Self:
        """A submit_sm, and its answer so many seconds after, if there is one."""
        octets = text.encode("utf-16-be") if isinstance(text, str) else text
        said = {"data_coding": 8 if isinstance(text, str) else 0, "registered_delivery": 1, **fields}
        addresses = {"source_addr": LINE, "dest_addr_ton": 1, "dest_addr_npi": 1, "destination_addr": SUBSCRIBER}
        self.esme(SubmitSm(**{**addresses, "short_message": octets, **said}))
        if after is None:
            return self
        number = self.number
        answer = SubmitSmResp(message_id or f"{number:010d}" if status == 0 else "")
        return self.wait(after).mc(answer, number, status, judged)

    def part(
        self,
        number: int,
        total: int,
        reference: int = 7,
        octets: bytes = b"\x06\x33" * 67,
        kind: ReferenceKind = ReferenceKind.UDH_8,
        **fields: Any,
    ) -> Self:
        """A part of a long text, behind a user data header."""
        header = concatenation_udh(Concatenation(reference, total, number, kind))
        return self.submit(header + octets, **{"esm_class": 0x40, "data_coding": 8, **fields})

    def deliver(self, after: float | None = QUICK, status: int = 0, answer: Pdu | None = None, **fields: Any) -> Self:
        """A deliver_sm, and its answer."""
        self.mc(DeliverSm(**{"source_addr": SUBSCRIBER, "destination_addr": LINE, **fields}))
        if after is None:
            return self
        return self.wait(after).esme(answer or DeliverSmResp(), self._mc_number, status)

    def enquire(self, after: float | None = QUICK) -> Self:
        """An enquire_link of the client, and its answer."""
        self.esme(EnquireLink())
        return self if after is None else self.wait(after).mc(EnquireLinkResp(), self.number)

    def enquired(self, after: float | None = QUICK) -> Self:
        """An enquire_link of the operator, and its answer."""
        self.mc(EnquireLink())
        return self if after is None else self.wait(after).esme(EnquireLinkResp(), self._mc_number)

    def unbind(self, *, answered: bool = True) -> Self:
        """An unbind of the client, and its answer."""
        self.esme(Unbind())
        return self.wait(QUICK).mc(UnbindResp(), self.number) if answered else self

    def unbound(self, after: float | None = QUICK) -> Self:
        """An unbind of the operator, and its answer."""
        self.mc(Unbind())
        return self if after is None else self.wait(after).esme(UnbindResp(), self._mc_number)

    def answer(self, pdu: Pdu, status: int = CommandStatus.ESME_ROK) -> Self:
        """The client answers the operator's last request."""
        return self.esme(pdu, self._mc_number, status)
