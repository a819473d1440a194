"""Which faults are switched on, for whom, how often they bit, and when they end.

A moment of a connection meets at most one fault: the first that is switched on, has to do with it, and is drawn; a
magic number comes last. Every switch draws from a generator of its own, so that what one fault does never depends on
another, and the same seed and traffic meet the same faults.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple, TypeVar

from simulator.smpp.consts import TlvTag
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.tlvs import text_value
from simulator.trouble.fault import Fault, draws
from simulator.trouble.fault_moments import Accepted, Addresses, BindAsked, Outgoing, Refusal, Submitted
from simulator.trouble.instructions import Acknowledge, ForgetReceipt, Instructions
from simulator.trouble.magic_numbers import MAGIC_NUMBERS, SUFFIX_DIGITS

_Answer = TypeVar("_Answer")
_MAX_FORGOTTEN = 10_000


class Switched(NamedTuple):
    """A fault as the board has it."""

    id: int
    fault: Fault
    bites: int
    remaining: float | None
    """Seconds until it ends by itself; None if it does not end by time."""


class _Switch:
    def __init__(self, id_: int, fault: Fault, seed: str, now: float) -> None:
        self.id = id_
        self.fault = fault
        self.bites = 0
        self.until = None if fault.span is None else now + fault.span
        self._chance = Random(seed)  # noqa: S311 - no secret

    def is_over(self, now: float) -> bool:
        used_up = self.fault.count is not None and self.bites >= self.fault.count
        return used_up or (self.until is not None and self.until <= now)

    def bite(self, answer: _Answer | None) -> _Answer | None:
        """What the fault answered, if it has to do with the moment and the draw falls on it."""
        if answer is None or not draws(self._chance, self.fault.share):
            return None
        self.bites += 1
        return answer


class FaultBoard:
    """The faults of one operator. `now` is always the sessions' time."""

    def __init__(
        self,
        faults: Iterable[Fault],
        *,
        has_magic: bool,
        seed: int,
        now: float,
        on_switched: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_switched` is called when a fault was switched on or off, or has ended."""
        self._on_switched = on_switched
        self.is_on = False
        """Whether anything at all is to be asked here; while it is False, only magic numbers are."""
        self.has_magic = has_magic
        magic = MAGIC_NUMBERS if has_magic else {}
        self._magic = {suffix: _Switch(0, fault, "", now) for suffix, fault in magic.items()}
        self._seed = seed
        self._last = 0
        self._switches: dict[int, _Switch] = {}
        self._forgotten: OrderedDict[str, None] = OrderedDict()
        self._ended_at: dict[str, float] = {}
        self._met_magic = False
        for fault in faults:
            self.switch_on(fault, now)

    # Switching

    def switch_on(self, fault: Fault, now: float) -> int:
        """Switches a fault on; the number by which it is switched off."""
        self._last += 1
        self._switches[self._last] = _Switch(self._last, fault, f"{self._seed} {self._last}", now)
        self.is_on = True
        self._on_switched()
        return self._last

    def switch_off(self, id_: int) -> bool:
        """Switches a fault off; False if there is none of that number."""
        found = self._switches.pop(id_, None) is not None
        self._switched_off()
        return found

    def switch_off_all(self) -> None:
        """Switches every fault off; magic numbers stay."""
        self._switches.clear()
        self._switched_off()

    def switched_on(self, now: float) -> list[Switched]:
        """What is on, in the order in which it is asked."""
        self._drop_what_is_over(now)
        return [
            Switched(each.id, each.fault, each.bites, None if each.until is None else each.until - now)
            for each in self._switches.values()
        ]

    def _drop_what_is_over(self, now: float) -> None:
        if over := [id_ for id_, each in self._switches.items() if each.is_over(now)]:
            for id_ in over:
                del self._switches[id_]
            self._switched_off()

    def _switched_off(self) -> None:
        self._look_who_is_left()
        self._on_switched()

    def _look_who_is_left(self) -> None:
        self.is_on = bool(self._switches) or self._met_magic or bool(self._forgotten)

    # The moments of a connection

    def is_watching(self, destination: str) -> bool:
        """Whether a submit_sm to a destination is to be shown here."""
        if destination[-SUFFIX_DIGITS:] in self._magic:
            # Its receipt may come much later and over another bind: from now on everything is looked at.
            self._met_magic = self.is_on = True
        return self.is_on

    def at_accept(self, accepted: Accepted, now: float) -> Instructions | None:
        """A connection was accepted."""
        return self._ask("", None, now, lambda fault, _: fault.at_accept(accepted))

    def on_bind(self, account: str, now: float) -> int | None:
        """An ESME asks to bind: the command_status that refuses it."""
        ended_at = self._ended_at.get(account)
        asked = BindAsked(account, None if ended_at is None else now - ended_at)
        return self._ask(account, None, now, lambda fault, _: fault.on_bind(asked))

    def on_submit(self, submitted: Submitted, now: float) -> Refusal | None:
        """A submit_sm came: how it is turned away."""
        return self._ask(submitted.account, submitted.addresses, now, lambda fault, _: fault.on_submit(submitted))

    def on_send(self, outgoing: Outgoing, now: float) -> Instructions | None:
        """A PDU goes out: what is done in its place."""
        if self._forgotten and outgoing.receipt and self._is_forgotten(outgoing):
            return (Acknowledge(),)
        account, addresses = outgoing.peer.account, outgoing.addresses
        answer = self._ask(account, addresses, now, lambda fault, turn: fault.on_send(outgoing, turn))
        for instruction in answer or ():
            if isinstance(instruction, ForgetReceipt):
                self._forget(instruction.message_id)
        return answer

    def session_ended(self, account: str, now: float) -> None:
        """A session of an account is over."""
        self._ended_at[account] = now

    def _ask(
        self, account: str, addresses: Addresses | None, now: float, ask: Callable[[Fault, int], _Answer | None]
    ) -> _Answer | None:
        self._drop_what_is_over(now)
        for each in self._switches.values():
            if each.fault.scope.fits(account, addresses):
                answer = each.bite(ask(each.fault, each.bites))
                if answer is not None:
                    return answer
        magic = self._magic.get(addresses.subscriber[-SUFFIX_DIGITS:]) if addresses else None
        return magic.bite(ask(magic.fault, magic.bites)) if magic else None

    def _forget(self, message_id: str) -> None:
        self._forgotten[message_id] = None
        if len(self._forgotten) > _MAX_FORGOTTEN:
            self._forgotten.popitem(last=False)

    def _is_forgotten(self, outgoing: Outgoing) -> bool:
        pdu = outgoing.receipt
        if pdu is None:
            return False
        message_id = text_value(pdu.tlvs, TlvTag.RECEIPTED_MESSAGE_ID) or parse_receipt(pdu.short_message).message_id
        if message_id not in self._forgotten:
            return False
        del self._forgotten[message_id]
        self._look_who_is_left()
        return True
