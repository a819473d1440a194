"""Texts as subscribers read them: a message by itself, or the parts of a longer one put together."""

from collections.abc import Iterable
from dataclasses import dataclass

from khatban_client.messages import Message, Verdict


@dataclass(frozen=True, slots=True)
class Text:
    """A text at the operator.

    Attributes:
        parts: The messages that it came in, in the order of their numbers; more than one of a long text.
    """

    parts: tuple[Message, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all its parts have come."""
        part = self.parts[0].part
        return part is None or len(self.parts) == part.total

    @property
    def text(self) -> str:
        """What the subscriber reads."""
        return "".join(message.text for message in self.parts)

    @property
    def id(self) -> str:
        """The message_id of its first part."""
        return self.parts[0].id

    @property
    def to(self) -> str:
        """The recipient: 98 and ten digits where it is a mobile number."""
        return self.parts[0].to

    @property
    def line(self) -> str:
        """The line that it was sent from."""
        return self.parts[0].line

    @property
    def verdict(self) -> Verdict | None:
        """What was decided of the whole; None while parts are missing."""
        return self.parts[-1].verdict if self.is_whole else None

    @property
    def accepted(self) -> bool:
        """Whether the operator took it on."""
        return self.verdict is not None and self.verdict.accepted

    @property
    def reason(self) -> str:
        """Why it was taken on or refused, in a line."""
        return self.parts[-1].reason

    @property
    def state(self) -> str:
        """The message_state that its parts share, or that of the first which has another than the last."""
        last = self.parts[-1].state
        return next((message.state for message in self.parts if message.state != last), last)

    @property
    def command_status(self) -> str:
        """What its submit_sm were answered by; where that differs, what the last one was."""
        return self.parts[-1].command_status

    @property
    def cost(self) -> int:
        """What the account was charged for all parts, in rials."""
        return sum(message.cost for message in self.parts)


def put_together(messages: Iterable[Message]) -> list[Text]:
    """The texts that some messages make, in the order of their first parts; what lacks parts is not whole.

    Parts belong together by account, originator, recipient, reference and total; a number that comes again begins
    another text, as references are used again.
    """
    texts: list[dict[int, Message]] = []
    open_texts: dict[tuple[object, ...], dict[int, Message]] = {}
    for message in messages:
        if message.part is None:
            texts.append({1: message})
            continue
        key = (message.account, message.source, message.to, message.part.reference, message.part.total)
        parts = open_texts.get(key)
        if parts is None or message.part.number in parts:
            parts = open_texts[key] = {}
            texts.append(parts)
        parts[message.part.number] = message
    return [Text(tuple(parts[number] for number in sorted(parts))) for parts in texts]
