"""How texts and verdicts are told to whoever reads a failed test."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from khatban_client.messages import TraceStep
from khatban_client.texts import Text

MANY = 20
"""So many texts are told; a test that failed among more is read over HTTP."""
_LONG = 70
_OF_INTEREST = frozenset({"refused", "counted"})


def headline(text: Text) -> str:
    """A text in a line: what became of it, from where, to whom, what it says."""
    says = text.text.replace("\n", "⏎")
    shown = f"{says[:_LONG]}…" if len(says) > _LONG else says
    parts = f" ({len(text.parts)} parts)" if len(text.parts) > 1 else ""
    fate = text.verdict.outcome if text.verdict else "incomplete"
    return f"{fate}, {text.state}: {text.line} → {text.to} «{shown}»{parts}"


def told(texts: Sequence[Text], remark: Callable[[Text], str] = lambda _: "") -> Iterator[str]:
    """The last texts, each with why it was taken on or refused, and with a remark where there is one."""
    if len(texts) > MANY:
        yield f"  ({len(texts) - MANY} more came before these)"
    for text in texts[-MANY:]:
        yield f"  {headline(text)}"
        yield from (f"      {line}" for line in (*why(text), remark(text)) if line)


def why(text: Text) -> Iterator[str]:
    """What the operator decided of a text: its reason, and of a refusal what the rule looked at and how it was told."""
    yield text.reason
    if text.verdict is not None:
        yield from (_trace_line(step) for step in text.verdict.trace if step.outcome in _OF_INTEREST)
        if not text.verdict.accepted:
            yield f"answered {text.command_status}"


def _trace_line(step: TraceStep) -> str:
    """A rule's outcome, the clause that it stands on, and what it looked at."""
    facts = ", ".join(f"{name}={value}" for name, value in step.facts.items())
    clause = f" ({step.clause})" if step.clause else ""
    return f"{step.rule}: {step.outcome}{clause}" + (f" [{facts}]" if facts else "")


def listed(values: Iterable[tuple[str, object]]) -> str:
    """What is asked for, in a line: `to 09121234567, verdict accepted`."""
    return ", ".join(f"{name} {value}" for name, value in values)
