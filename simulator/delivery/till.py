"""Where messages are paid for: charged when they are accepted, refunded when they end so that they should cost nothing.

A message is charged once and refunded once at most. A refusal that the response tells costs nothing; one that comes
later, or is not told at all, was charged, and is refunded if the profile's answer says so.
"""

from simulator.messages import Message
from simulator.profiles.profile import Answer, Style
from simulator.registry.registers import Registers
from simulator.smpp.consts import MessageState
from simulator.store import Store


class Till:
    """The charges and refunds of one operator."""

    def __init__(self, registers: Registers, store: Store) -> None:
        self._registers = registers
        self._store = store
        for account, rials in store.spent().items():
            registers.purses.add(account, -rials)

    def charge(self, messages: list[Message], cost: int, answer: Answer | None) -> list[Message]:
        """Charges the messages of one text, `cost` rials in all; each bears its share, the last one what is left over.

        `answer` is how a refusal is told, None for an acceptance.
        """
        if not cost or (answer is not None and answer.style is Style.SUBMIT):
            return messages
        self._registers.purses.add(messages[0].account, -cost)
        share = cost // len(messages)
        shares = [share] * (len(messages) - 1) + [cost - share * (len(messages) - 1)]
        return [message._replace(cost=its) for message, its in zip(messages, shares, strict=True)]

    def end(self, message: Message, answer: Answer | None, state: MessageState, now: float) -> Message:
        """A message has ended, by a refusal that is told as `answer` says, or by the network; its price may go back."""
        if not message.cost or message.refunded_at is not None:
            return message
        line = message.line or message.source
        price = self._registers.profile.tariff.price_of(line)
        if not (price.is_refunded(state) if answer is None else answer.refund):
            return message
        self._registers.purses.add(message.account, message.cost)
        self._store.refund(message.number, now)
        return message._replace(refunded_at=now)
