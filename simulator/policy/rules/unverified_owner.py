"""Lines of some prefixes send only when the operator has seen who their owner is."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, settings = submission.line, profile.verified_owners
    if not settings.prefixes or line is None or line.owner.verified or not line.number.startswith(settings.prefixes):
        return PASSED
    if submission.local.date() < settings.since:
        return PASSED
    return refusal("line.verified-owner", line=line.number, owner="not verified", since=f"{settings.since}")


_FREE, _TEXT = "09129990001", "مبلمان راحتی نهال، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱"
_STRICT = {"verified_owners": {"prefixes": ["3000", "5000"]}}
_UNVERIFIED = {"kind": "natural", "name": "مشترک نمونه", "verified": False}
_WORLD = {
    "profile": _STRICT,
    "lines": [
        {"number": "30005566", "account": "panel", "owner": _UNVERIFIED},
        {"number": "50001122", "account": "panel", "owner": _UNVERIFIED},
        {"number": "20005566", "account": "panel", "owner": _UNVERIFIED},
    ],
}

RULE = Rule(
    id="unverified-owner",
    title="A line whose owner has not proved who he is",
    rationale=(
        "Somebody answers for every number. Lines of the great prefixes were cut off when the term was over in which"
        " their users had to be registered with their identity."
    ),
    clauses=("line.verified-owner",),
    judge=_judge,
    examples=(
        Example("an owner whom nobody has seen", Sent("30005566", _FREE, _TEXT), is_refused=True, world=_WORLD),
        Example("the same of prefix 5000", Sent("50001122", _FREE, _TEXT), is_refused=True, world=_WORLD),
        Example(
            "on the day from which it is asked",
            Sent("30005566", _FREE, _TEXT, "2019-03-06T12:00"),
            is_refused=True,
            world=_WORLD,
        ),
        Example(
            "on the day before", Sent("30005566", _FREE, _TEXT, "2019-03-05T12:00"), is_refused=False, world=_WORLD
        ),
        Example("an owner who is verified", Sent("3000100010", _FREE, _TEXT), is_refused=False, world=_WORLD),
        Example("a prefix that is not asked", Sent("20005566", _FREE, _TEXT), is_refused=False, world=_WORLD),
        Example(
            "an operator that does not ask",
            Sent("30005566", _FREE, _TEXT),
            is_refused=False,
            world={"lines": _WORLD["lines"]},
        ),
    ),
)
