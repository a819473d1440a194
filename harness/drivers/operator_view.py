"""What the operator has of an account's messages, told as a client that sees its wire would tell it.

For systems that say nothing of their SMPP side. Each event bears the witness `operator`.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

import httpx

from harness.drivers.child import ChildError
from simulator.smpp.consts import RECEIPT_STAT, CommandStatus, MessageState

_PATIENCE = 5.0
_PAGE = 1000
_FINAL = "final"

Told = tuple[str, dict[str, Any]]
"""An event: its name and its fields."""


class OperatorView:
    """The records of one account, from now on.

    A message belongs to the earliest text that was announced by `expect` and has no message yet; its parts are told by
    their reference.

    Args:
        url: Where the operator's API begins.
        account: Whose messages.

    Raises:
        ChildError: On any question: the operator does not answer.
    """

    def __init__(self, url: str, account: str) -> None:
        self._account = account
        self._client = httpx.Client(base_url=url, timeout=_PATIENCE, trust_env=False)
        self._expected: deque[str] = deque()
        self._groups: dict[tuple[str, str, int], str] = {}
        self._receipts: dict[str, int] = {}
        self._messages = len(self._get("/messages", "messages"))
        self._first = self._messages
        self._mo: set[int] = {message["id"] for message in self._acknowledged()}

    def close(self) -> None:
        """Asks nothing any more."""
        self._client.close()

    def expect(self, tag: str) -> None:
        """The next message that nobody knows is of this text."""
        self._expected.append(tag)

    def forget(self, tag: str) -> None:
        """Nothing came of that text."""
        if tag in self._expected:
            self._expected.remove(tag)

    def is_awaited(self, tag: str) -> bool:
        """Whether nothing has come of that text yet."""
        return tag in self._expected

    def binds(self) -> int:
        """How many sessions the account has."""
        return int(self._ask(f"/accounts/{self._account}", {})["binds"])

    def news(self) -> Iterator[Told]:
        """What has come since it was asked last."""
        messages = self._get("/messages", "messages")
        for message in messages[self._messages :]:
            yield from self._arrived(message)
        self._messages = len(messages)
        for message in messages[self._first :]:
            yield from self._reported(message)
        for mo in self._acknowledged():
            if mo["id"] not in self._mo:
                self._mo.add(mo["id"])
                yield "mo", {"source": mo["from"], "destination": mo["to"], "text": mo["text"]}

    def _arrived(self, message: dict[str, Any]) -> Iterator[Told]:
        tag, part, parts = self._place(message)
        told = {"tag": tag, "part": part}
        data_coding = message["data_coding"]
        if not tag:
            yield "sent", {"pdu": "submit_sm", "data_coding": data_coding}
            return
        yield "sent", {"pdu": "submit_sm", "data_coding": data_coding, "parts": parts, **told}
        status = _status(message["command_status"])
        yield "response", {"command_status": status, "message_id": "" if status else message["id"], **told}

    def _place(self, message: dict[str, Any]) -> tuple[str, int, int]:
        """The text that a message belongs to, and which part of how many it is; no text where none was announced."""
        part = message["part"]
        if part is None:
            return self._expected.popleft() if self._expected else "", 1, 1
        group = (message["source"], message["to"], part["reference"])
        if group not in self._groups:
            self._groups[group] = self._expected.popleft() if self._expected else ""
        return self._groups[group], part["number"], part["total"]

    def _reported(self, message: dict[str, Any]) -> Iterator[Told]:
        """The receipts of a message that are new: made, whether or not a session was there to take them."""
        final = [receipt for receipt in message["receipts"] if receipt["kind"] == _FINAL]
        for receipt in final[self._receipts.get(message["id"], 0) :]:
            said = {"message_id": message["id"], "state": _stat(receipt["state"]), "err": receipt["err"]}
            yield "receipt", {**said, "source": message["to"], "destination": message["source"], "text": ""}
        self._receipts[message["id"]] = len(final)

    def _acknowledged(self) -> list[dict[str, Any]]:
        """The subscribers' messages that the client has taken."""
        return [message for message in self._get("/mo", "messages") if message["acknowledged_at"] is not None]

    def _get(self, path: str, key: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            page = self._ask(path, {"account": self._account, "limit": _PAGE, "offset": len(found)})
            found += page[key]
            if len(page[key]) < _PAGE:
                return found

    def _ask(self, path: str, query: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = self._client.get(path, params=query)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise ChildError(f"the operator does not tell {path}: {error}") from error
        told: dict[str, Any] = answer.json()
        return told


def _status(name: str) -> int:
    return int(CommandStatus[name]) if name in CommandStatus.__members__ else int(name, 16)


def _stat(state: str) -> str:
    """The word of a receipt's text for a message_state."""
    return RECEIPT_STAT.get(MessageState[state], state)
