"""Says in a line what the operator decided of a message and why, for whoever reads a failed expectation."""

from typing import Any

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
    if not verdict:
        return ""
    judged = _judged(verdict)
    if verdict.get("rule"):
        counted = "refused" if verdict.get("outcome") == "refused" else "accepted and counted"
        return f"{counted} by rule {verdict['rule']} under clause {verdict.get('clause')}{judged}"
    return f"accepted{judged}"


def _judged(verdict: dict[str, Any]) -> str:
    content = verdict.get("content")
    if not content:
        return ""
    quotes = ", ".join(f"«{span.get('quote')}»" for span in content.get("evidence") or [])
    return f"; the text was judged {content.get('label')}/{content.get('category')}" + (
        f" by {quotes}" if quotes else ""
    )


def _trace(verdict: dict[str, Any]) -> str:
    steps = [f"{step.get('rule')} {step.get('outcome')}" for step in verdict.get("trace") or []]
    return f"trace: {', '.join(steps)}" if steps else "no rule looked at it"
