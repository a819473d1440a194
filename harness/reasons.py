"""Says in a line what the operator decided of a message and why, for whoever reads a failed expectation."""

from typing import Any

import khatban_client.reasons
from harness.operator_api import Message


def verdict_of(message: Message) -> dict[str, Any]:
    """A message's verdict in the API form; empty while its text is still incomplete."""
    return message.get("verdict") or {}


def reason_of(message: Message | None) -> str:
    """What was decided and why, with the rules that were asked where none decided; empty without a verdict."""
    verdict = {} if message is None else verdict_of(message)
    asked = f"; {_trace(verdict)}" if verdict and not verdict.get("rule") else ""
    return f"{decision_of(verdict)}{asked}"


def decision_of(verdict: dict[str, Any]) -> str:
    """`refused by rule … under clause …`, or what an accepted text was judged to be; empty without a verdict."""
    return khatban_client.reasons.reason_of(verdict) if verdict else ""


def _trace(verdict: dict[str, Any]) -> str:
    steps = [f"{step.get('rule')} {step.get('outcome')}" for step in verdict.get("trace") or []]
    return f"trace: {', '.join(steps)}" if steps else "no rule looked at it"
