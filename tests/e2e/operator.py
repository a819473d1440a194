"""The operator as the end-to-end tests meet it: a process with an SMPP door, asked over HTTP what came in.

How it is started is `harness.operator_process`; which world the tests play in is said here.
"""

import datetime
import json
from collections.abc import Mapping
from typing import Any

import httpx

from harness.operator_api import Message
from harness.operator_process import OperatorProcess

PATIENCE = 30.0
"""Seconds for what the operator or a client owes, on a machine that has much else to do."""

SYSTEM_ID = "panel"
PASSWORD = "panel"
DEDICATED_LINE = "3000200020"
SUBSCRIBER = "989123456701"
BLACKLISTED = "989121110003"

# The receipts come soon, but not before the submit_sm_resp of the same moment.
_WORLD: Mapping[str, Any] = {
    "extends": "demo",
    "profile": {"delivery": {"latency": {"shape": "uniform", "low": 0.2, "high": 0.3}}},
}
_MORNING = datetime.datetime.fromisoformat("2026-11-22T10:00:00+03:30")


class Operator:
    """An operator that runs; begins anew with every `reset`."""

    def __init__(self, process: OperatorProcess) -> None:
        self._process = process
        host, port = json.loads(process._ready_file.read_text("utf-8"))["http"]
        self._messages = f"http://{host}:{port}/api/v1/messages"

    @property
    def smpp(self) -> tuple[str, int]:
        return self._process.api.smpp

    def reset(self) -> None:
        self._process.api.reset(_WORLD, _MORNING, speed=1.0)

    def messages(self, count: int, **filters: str) -> list[Message]:
        """All messages that fit, in the order of their coming, once there are `count`; more or fewer are a failure."""
        query = {"wait": str(PATIENCE), "count": str(count), **filters}
        answer = httpx.get(self._messages, params=query, timeout=2 * PATIENCE, trust_env=False)
        answer.raise_for_status()
        found: list[Message] = answer.json()["messages"]
        assert len(found) == count, found
        return found


def assert_whole(parts: list[Message], text: str) -> None:
    """The operator put the parts together: one reference, one verdict, and their texts are the text."""
    in_order = sorted(parts, key=lambda message: message["part"]["number"])
    assert [message["part"]["number"] for message in in_order] == list(range(1, len(parts) + 1))
    assert {message["part"]["total"] for message in parts} == {len(parts)}
    assert len({message["part"]["reference"] for message in parts}) == 1
    assert "".join(message["text"] for message in in_order) == text
    assert parts[0]["verdict"] is not None
    assert all(message["verdict"] == parts[0]["verdict"] for message in parts)
