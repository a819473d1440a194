"""What a check is: one thing that a good client does, where that is written, and how a recording shows it.

A check is a pure function of a recording (`harness.audit.recording`). Each time that the traffic gave an occasion for
the good or the bad, it yields a finding; without a finding it was NOT SEEN, never passed.
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu


class Outcome(StrEnum):
    """What was found, of one occasion or of a whole check."""

    PASS = "PASS"  # noqa: S105 -- an outcome, not a password
    WARN = "WARN"
    """Permitted, or nowhere written down, but known to make trouble."""
    FAIL = "FAIL"
    NOT_SEEN = "NOT SEEN"
    """The traffic gave no occasion."""


class Severity(StrEnum):
    """What a failure costs those who run the client."""

    CRITICAL = "critical"
    """Messages are lost, sent twice or spoiled, a session ends, or the operator closes a line."""
    MAJOR = "major"
    """The specification forbids it, and some operators refuse it."""
    MINOR = "minor"
    """Operators live with it."""


class Finding(NamedTuple):
    """One occasion: what was found, why it is not good if it is not, and the PDUs that show it."""

    outcome: Outcome
    why: str
    evidence: tuple[WirePdu, ...]


Judge = Callable[[Recording], Iterator[Finding]]


class Check(NamedTuple):
    """A check.

    Attributes:
        id: names what a good client does, so that it reads well after "fails".
        title: the same as a sentence.
        section: where it is written: sections of SMPP 3.4 and 5.0, of 3GPP TS 23.038 or 23.040, rules of the operator.
        severity: what a failure costs.
        advice: what to do about a failure.
        judge: finds the occasions, in the order of time as far as there is one.
    """

    id: str
    title: str
    section: str
    severity: Severity
    advice: str
    judge: Judge


def good(*evidence: WirePdu) -> Finding:
    """An occasion on which the client did well."""
    return Finding(Outcome.PASS, "", evidence)


def odd(why: str, *evidence: WirePdu) -> Finding:
    """One that is permitted, but known to make trouble."""
    return Finding(Outcome.WARN, why, evidence)


def bad(why: str, *evidence: WirePdu) -> Finding:
    """One on which it did wrong."""
    return Finding(Outcome.FAIL, why, evidence)


def bad_if(why: str | None, *evidence: WirePdu) -> Finding:
    """Wrong, if there is a reason why; else well done."""
    return bad(why, *evidence) if why else good(*evidence)


def odd_if(why: str | None, *evidence: WirePdu) -> Finding:
    """Permitted but odd, if there is a reason why; else well done."""
    return odd(why, *evidence) if why else good(*evidence)


def timely(seconds: float | None, watched: float, soon: float, late: float, *evidence: WirePdu) -> Iterator[Finding]:
    """Whether something owed was done in time; nothing where it was not watched for long enough to tell.

    Args:
        seconds: after which it was done; None if it was not.
        watched: for how many seconds it could have been seen.
        soon: up to which all is well.
        late: from which on it is too late.
        evidence: what shows it.
    """
    if seconds is not None and seconds <= soon:
        yield good(*evidence)
    elif seconds is not None and seconds <= late:
        yield odd(f"after {seconds:.1f} s", *evidence)
    elif seconds is not None:
        yield bad(f"after {seconds:.1f} s", *evidence)
    elif watched >= late:
        yield bad(f"not within {watched:.1f} s", *evidence)
    elif watched > soon:
        yield odd(f"not within the {watched:.1f} s that it was watched", *evidence)
