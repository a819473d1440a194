"""What a verdict says of itself in a line, from its JSON form, so that whoever keeps that form can say it too."""

from collections.abc import Mapping
from typing import Any


def reason_of(verdict: Mapping[str, Any]) -> str:
    """By which rule under which clause a message was refused or counted, and what its text was taken for."""
    judged = _judged(verdict.get("content"))
    if not verdict.get("rule"):
        return f"{verdict.get('outcome')}{judged}"
    counted = "refused" if verdict.get("outcome") == "refused" else "accepted and counted"
    return f"{counted} by rule {verdict['rule']} under clause {verdict.get('clause')}{judged}"


def _judged(content: Mapping[str, Any] | None) -> str:
    if not content:
        return ""
    quotes = ", ".join(f"«{span.get('quote')}»" for span in content.get("evidence") or [])
    said = f"; the text was judged {content.get('label')}/{content.get('category')}"
    return f"{said} by {quotes}" if quotes else said
