"""What an ESME may still do with a message that it submitted: ask for it, call it back, change it (SMPP 5.0, 4.5).

All three speak of a message by its message_id and its source address; only the account that submitted it may.
"""

from collections.abc import Iterator
from typing import NamedTuple

from simulator.delivery.assembly import Assembly
from simulator.delivery.en_route import EnRoute
from simulator.delivery.journeys import Journeys
from simulator.delivery.times import times_of
from simulator.messages import Message, number_of
from simulator.policy.engine import PolicyEngine
from simulator.policy.rule import Carried
from simulator.profiles.profile import Profile
from simulator.smpp.consts import CommandStatus, MessageState
from simulator.smpp.pdus import CancelSm, QuerySm, ReplaceSm
from simulator.smpp.text import decode_text
from simulator.store import Store


class QueryAnswer(NamedTuple):
    """What a query_sm_resp says."""

    command_status: int
    message: Message | None = None
    """The message as it is now; None where the query failed."""


class Ancillary:
    """query_sm, cancel_sm and replace_sm over the messages of one message centre."""

    def __init__(
        self, engine: PolicyEngine, store: Store, en_route: EnRoute, assembly: Assembly, journeys: Journeys
    ) -> None:
        self._engine = engine
        self._store = store
        self._en_route = en_route
        self._assembly = assembly
        self._journeys = journeys

    def query(self, account: str, pdu: QuerySm) -> QueryAnswer:
        """What became of a message. What was submitted must have been committed before."""
        message = self._find(account, pdu.message_id)
        if message is None:
            return QueryAnswer(CommandStatus.ESME_RINVMSGID)
        if not self._same_line(pdu.source_addr, message.source):
            return QueryAnswer(CommandStatus.ESME_RQUERYFAIL)
        return QueryAnswer(CommandStatus.ESME_ROK, message)

    def cancel(self, account: str, pdu: CancelSm, now: float) -> int:
        """Calls back one message, or without a message_id all of a source, a destination and a service_type."""
        if pdu.message_id and self._find(account, pdu.message_id) is None:
            return CommandStatus.ESME_RINVMSGID
        called_back = list(self._cancellable(account, pdu))
        for message in called_back:
            self._call_back(message, now)
        return CommandStatus.ESME_ROK if called_back else CommandStatus.ESME_RCANCELFAIL

    def replace(self, account: str, pdu: ReplaceSm, canned: str | None, profile: Profile, now: float) -> int:
        """Changes the text of a message under way, which is judged anew, its times, and its registered_delivery.

        `canned` is the text that its sm_default_msg_id stands for, if it has one. A new text that the rules refuse
        changes nothing; data_coding stays what it was, for replace_sm has none, and so do times that are not given.
        """
        found = self._find(account, pdu.message_id)
        if found is None:
            return CommandStatus.ESME_RINVMSGID
        message = self._en_route.get(found.number)
        if message is None or not message.is_under_way or message.part is not None:
            return CommandStatus.ESME_RREPLACEFAIL
        if not self._same_line(pdu.source_addr, message.source):
            return CommandStatus.ESME_RREPLACEFAIL
        text = canned
        if text is None:
            text = decode_text(message.data_coding, pdu.short_message, profile.default_alphabet)
        times = times_of(pdu.schedule_delivery_time, pdu.validity_period, profile.delivery, now)
        if isinstance(times, CommandStatus):
            return times
        carried = Carried(message.number, is_paid=True, is_counted=_has_set_out(message))
        judged = self._engine.judge(message.account, message.source, message.destination, text, now, carried)
        if not judged.verdict.is_accepted:
            return CommandStatus.ESME_RREPLACEFAIL
        changed = message._replace(text=text, verdict=judged.verdict, registered_delivery=pdu.registered_delivery)
        if pdu.schedule_delivery_time:
            changed = changed._replace(scheduled_for=times.scheduled_for)
        if pdu.validity_period:
            changed = changed._replace(valid_until=times.valid_until)
        self._journeys.note(changed, judged, now)
        self._journeys.replace(changed, now)
        return CommandStatus.ESME_ROK

    def make_way(self, message: Message, now: float) -> None:
        """Calls back what a submit_sm with replace_if_present_flag replaces (SMPP 3.4, 5.2.18).

        That is every message on its way between the same addresses, of the same service_type. Its receipt says DELETED;
        the new message goes its own way, with a message_id of its own.
        """
        service_type = message.addressing.service_type
        ends = CancelSm(source_addr=message.source, destination_addr=message.destination, service_type=service_type)
        for older in list(self._cancellable(message.account, ends)):
            if older.addressing.service_type == service_type:
                self._call_back(older, now)

    def _find(self, account: str, message_id: str) -> Message | None:
        """The account's message of that message_id; of those of a submit_multi the first."""
        number = number_of(message_id)
        if number is None:
            return None
        message = self._en_route.get(number) or self._store.get(number)
        return message if message and (message.account, message.message_id) == (account, message_id) else None

    def _same_line(self, written: str, source: str) -> bool:
        """Whether a source address is the one that the message was submitted with, in whatever written form."""
        return written == source or self._engine.line_number(written) == self._engine.line_number(source)

    def _cancellable(self, account: str, pdu: CancelSm) -> Iterator[Message]:
        """The messages, on their way or waiting for the rest of their text, that a cancel_sm means."""
        for message in (*self._en_route, *self._assembly.waiting(account)):
            if message.account != account or not message.is_under_way:
                continue
            if not self._same_line(pdu.source_addr, message.source):
                continue
            if pdu.message_id and message.message_id != pdu.message_id:
                continue
            # With a message_id the destination may be left out; without one it says which messages are meant.
            names_destination = pdu.destination_addr or not pdu.message_id
            if names_destination and not self._engine.same_recipient(pdu.destination_addr, message.destination):
                continue
            if pdu.service_type and message.addressing.service_type != pdu.service_type:
                continue
            yield message

    def _call_back(self, message: Message, now: float) -> None:
        if self._assembly.withdraw(message):
            self._store.forget_waiting_part(message.number)
        self._journeys.call_back(message, now)


def _has_set_out(message: Message) -> bool:
    """Whether a message under way was accepted, and waits for nothing."""
    is_accepted = message.verdict is not None and message.verdict.is_accepted
    return is_accepted and message.state != MessageState.SCHEDULED
