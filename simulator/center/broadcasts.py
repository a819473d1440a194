"""Broadcasts: what broadcast_sm asked for, and what has become of it by now (SMPP 5.0, 4.4 and 4.6).

Nothing is sent anywhere: a broadcast goes on for its repetitions on the operator's clock and reaches all its areas.
Its octets are kept in the store as they came, so that one that was acknowledged is there after a restart.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulator.messages import message_id
from simulator.numbers.numbering import TEHRAN
from simulator.registry.accounts import Account
from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import CommandStatus, MessageState, TlvTag
from simulator.smpp.pdus import (
    BroadcastSm,
    BroadcastSmResp,
    CancelBroadcastSm,
    QueryBroadcastSm,
    QueryBroadcastSmResp,
)
from simulator.smpp.times import format_time, parse_time
from simulator.smpp.tlvs import Tlv, get, int_value
from simulator.store import Store

_SECONDS_OF_UNIT = {0: 0, 8: 1, 9: 60, 10: 3600, 11: 86_400, 12: 604_800, 13: 2_592_000, 14: 31_536_000}
"""The units of broadcast_frequency_interval (4.8.4.12); a month is 30 days. Unit 0 is "as often as possible"."""

_ALL_REACHED = 100


@dataclass(frozen=True)
class Broadcast:
    """One broadcast.

    Attributes:
        number: The operator's running number; its message_id comes of it.
        account: Whose it is.
        received_at: When it came, POSIX seconds on the operator's clock.
        pdu: What was asked for.
        cancelled_at: When it was called back, if it was.
    """

    number: int
    account: str
    received_at: float
    pdu: BroadcastSm
    cancelled_at: float | None = None

    @property
    def message_id(self) -> str:
        """The message_id that the ESME was told."""
        return message_id(self.number)

    @property
    def starts_at(self) -> float:
        """When it is first sent."""
        moment = parse_time(self.pdu.schedule_delivery_time, self._received())
        return self.received_at if moment is None else moment.timestamp()

    @property
    def ends_at(self) -> float:
        """When it has been sent as often as was asked, or is no longer valid."""
        interval = get(self.pdu.tlvs, TlvTag.BROADCAST_FREQUENCY_INTERVAL) or b"\0\0\0"
        seconds = _SECONDS_OF_UNIT.get(interval[0], 0) * int.from_bytes(interval[1:3], "big")
        done = self.starts_at + seconds * (int_value(self.pdu.tlvs, TlvTag.BROADCAST_REP_NUM) or 0)
        expiry = parse_time(self.pdu.validity_period, self._received())
        return done if expiry is None else min(done, expiry.timestamp())

    def _received(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(self.received_at, TEHRAN)

    def state(self, now: float) -> MessageState:
        """What has become of it."""
        if self.cancelled_at is not None:
            return MessageState.DELETED
        if now < self.starts_at:
            return MessageState.SCHEDULED
        return MessageState.ENROUTE if now < self.ends_at else MessageState.DELIVERED

    def areas(self) -> Iterator[Tlv]:
        """The areas it goes to."""
        return (tlv for tlv in self.pdu.tlvs if tlv.tag == TlvTag.BROADCAST_AREA_IDENTIFIER)


class Broadcasts:
    """All broadcasts of one operator."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._broadcasts = dict(self._kept())
        self._next = max(self._broadcasts, default=0) + 1

    def _kept(self) -> Iterator[tuple[int, Broadcast]]:
        for number, account, received_at, octets, cancelled_at in self._store.broadcasts():
            pdu = decode(octets).pdu
            if isinstance(pdu, BroadcastSm):
                yield number, Broadcast(number, account, received_at, pdu, cancelled_at)

    def submit(self, account: Account, pdu: BroadcastSm, now: float) -> tuple[BroadcastSmResp, int]:
        """Takes a broadcast on, if the account may broadcast."""
        if not account.may_broadcast:
            return BroadcastSmResp(), CommandStatus.ESME_RPROHIBITED
        replaced = self._to_be_replaced(account, pdu)
        if replaced is not None:
            return self._replace(replaced, pdu)
        if pdu.message_id:  # an ESME gives one only to replace a broadcast (4.4.1)
            return BroadcastSmResp(), CommandStatus.ESME_RINVMSGID
        broadcast = Broadcast(self._next, account.system_id, now, pdu)
        self._next += 1
        self._broadcasts[broadcast.number] = broadcast
        self._store.add_broadcast(broadcast.number, account.system_id, now, encode(pdu, 0))
        return BroadcastSmResp(broadcast.message_id), CommandStatus.ESME_ROK

    def _to_be_replaced(self, account: Account, pdu: BroadcastSm) -> Broadcast | None:
        """The broadcast that this one is to replace, named by its message_id or its user_message_reference (4.4.2)."""
        if not pdu.replace_if_present_flag:
            return None
        for one in self._own(account.system_id, pdu.source_addr):
            if one.cancelled_at is None and _names(pdu, one):
                return one
        return None

    def _replace(self, replaced: Broadcast, pdu: BroadcastSm) -> tuple[BroadcastSmResp, int]:
        changed = replace(replaced, pdu=pdu)
        self._broadcasts[changed.number] = changed
        self._store.replace_broadcast(changed.number, encode(pdu, 0))
        return BroadcastSmResp(changed.message_id), CommandStatus.ESME_ROK

    def query(self, account: str, pdu: QueryBroadcastSm, now: float) -> tuple[QueryBroadcastSmResp, int]:
        """What has become of a broadcast, by its message_id or the user_message_reference that the ESME gave it."""
        for one in self._own(account, pdu.source_addr):
            if _names(pdu, one):
                return QueryBroadcastSmResp(one.message_id, tuple(_report(one, now))), CommandStatus.ESME_ROK
        return QueryBroadcastSmResp(), CommandStatus.ESME_RBCASTQUERYFAIL

    def cancel(self, account: str, pdu: CancelBroadcastSm, now: float) -> int:
        """Calls back one broadcast, or without a message_id all of a source (and service_type and content type)."""
        content_type = get(pdu.tlvs, TlvTag.BROADCAST_CONTENT_TYPE)
        reference = _reference(pdu)
        called_back = [
            one
            for one in self._own(account, pdu.source_addr)
            if one.state(now) in (MessageState.SCHEDULED, MessageState.ENROUTE)
            and (not pdu.message_id or one.message_id == pdu.message_id)
            and (not pdu.service_type or one.pdu.service_type == pdu.service_type)
            and content_type in (None, get(one.pdu.tlvs, TlvTag.BROADCAST_CONTENT_TYPE))
            and reference in (None, _reference(one.pdu))
        ]
        for one in called_back:
            self._broadcasts[one.number] = replace(one, cancelled_at=now)
            self._store.cancel_broadcast(one.number, now)
        return CommandStatus.ESME_ROK if called_back else CommandStatus.ESME_RBCASTCANCELFAIL

    def _own(self, account: str, source: str) -> Iterator[Broadcast]:
        return (one for one in self._broadcasts.values() if (one.account, one.pdu.source_addr) == (account, source))


def _names(pdu: BroadcastSm | QueryBroadcastSm, broadcast: Broadcast) -> bool:
    """Whether a PDU means a broadcast, by its message_id or, without one, by the ESME's own reference."""
    if pdu.message_id:
        return pdu.message_id == broadcast.message_id
    reference = _reference(pdu)
    return reference is not None and reference == _reference(broadcast.pdu)


def _reference(pdu: BroadcastSm | QueryBroadcastSm | CancelBroadcastSm) -> int | None:
    return int_value(pdu.tlvs, TlvTag.USER_MESSAGE_REFERENCE)


def _report(broadcast: Broadcast, now: float) -> Iterator[Tlv]:
    """The TLVs of a query_broadcast_sm_resp (4.6.2.2)."""
    state = broadcast.state(now)
    yield Tlv(TlvTag.MESSAGE_STATE, bytes([state]))
    for area in broadcast.areas():
        yield area
        yield Tlv(TlvTag.BROADCAST_AREA_SUCCESS, bytes([0 if state is MessageState.SCHEDULED else _ALL_REACHED]))
    if state in (MessageState.DELIVERED, MessageState.DELETED):
        ended = broadcast.ends_at if broadcast.cancelled_at is None else broadcast.cancelled_at
        moment = datetime.datetime.fromtimestamp(ended, TEHRAN)
        yield Tlv(TlvTag.BROADCAST_END_TIME, format_time(moment).encode("ascii"))
    reference = get(broadcast.pdu.tlvs, TlvTag.USER_MESSAGE_REFERENCE)
    if reference is not None:
        yield Tlv(TlvTag.USER_MESSAGE_REFERENCE, reference)
