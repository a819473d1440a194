"""Parts of a longer text, gathered until the text is whole; whatever their order, a repeated part counts once."""

from dataclasses import dataclass, field

from simulator.messages import Message, Part

Key = tuple[str, str, str, int, int]


@dataclass(slots=True)
class Gathering:
    """The parts of one text that have come so far."""

    key: Key
    messages: list[Message] = field(default_factory=list)
    """What has come, in the order of its coming, repeated parts too."""
    parts: dict[int, Message] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What has come of the text, in its order."""
        return "".join(self.parts[number].text for number in sorted(self.parts))


class Assembly:
    """The texts that are still incomplete. A text is known by account, originator, recipient, reference and total."""

    def __init__(self) -> None:
        self._open: dict[Key, Gathering] = {}

    @staticmethod
    def key(message: Message, part: Part) -> Key:
        """What the parts of one text have in common."""
        return (message.account, message.source, message.destination, part.reference, part.total)

    def begins(self, message: Message, part: Part) -> bool:
        """True when no other part of the text is waiting."""
        return self.key(message, part) not in self._open

    def add(self, message: Message, part: Part) -> Gathering | None:
        """Takes a part; the gathering, and no longer kept here, once it is whole."""
        key = self.key(message, part)
        gathering = self._open.setdefault(key, Gathering(key))
        gathering.messages.append(message)
        gathering.parts.setdefault(part.number, message)
        return self._open.pop(key) if len(gathering.parts) == part.total else None

    def give_up(self, gathering_key: Key) -> Gathering | None:
        """Takes an incomplete text out, to be judged as it is; None if it was completed meanwhile."""
        return self._open.pop(gathering_key, None)
