"""A failure in words, for the console and for the tools that show results."""

from collections.abc import Iterator

from harness.results import Failure


def failure_text(failure: Failure, indent: str = "") -> str:
    """Where, what was expected, what came, why, and what had come before: several lines."""
    return "\n".join(f"{indent}{line}" for line in _lines(failure))


def summary_text(failure: Failure) -> str:
    """What was expected and what came, in one line."""
    expected = f"expected {_expected(failure)}; got " if failure.expected else ""
    return f"{failure.step}: {expected}{failure.got}" if failure.step else f"{expected}{failure.got}"


def _expected(failure: Failure) -> str:
    return f"{'any of ' * (len(failure.expected) > 1)}{', '.join(failure.expected)}"


def _lines(failure: Failure) -> Iterator[str]:
    yield f"{failure.where}: {failure.step}".rstrip(": ")
    if failure.expected:
        yield f"  expected {_expected(failure)}"
    yield f"  got      {failure.got}"
    if failure.reason:
        yield f"  because  {failure.reason}"
    if failure.around:
        yield "  before that, on the wire:"
        yield from (f"    {line}" for line in failure.around)
