"""A text says who sends it: nobody guesses a company from ten digits."""

from functools import lru_cache

from simulator.policy.patterns.reading import squeeze
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, passed, refusal
from simulator.profiles.profile import Profile

_squeezed = lru_cache(4_096)(squeeze)
"""The names of owners: of each a line has one, for all its messages."""


def _judge(submission: Submission, profile: Profile) -> Finding:
    line = submission.line
    if line is None or line.type not in profile.sender_name.required_on:
        return PASSED
    facts = submission.text_facts
    if facts.names_sender:
        return PASSED
    owner = _squeezed(line.owner.name)
    if owner and owner in facts.squeezed:
        return passed(sender=line.owner.name)
    return refusal("text.identified-sender", sender="not named", owner=line.owner.name or "unknown")


_PROMOTIONAL, _SERVICE, _FREE = "3000100010", "3000200020", "09129990001"
_ON = {"profile": {"sender_name": {"required_on": ["promotional", "dedicated_service"]}}}
_NAMELESS = "سفارش ۴۵۸۲۱ شما ارسال شد."
_NEHAL = {
    **_ON,
    "lines": [
        {"number": _SERVICE, "type": "dedicated_service", "account": "panel", "owner": {"name": "مبلمان نهال"}},
    ],
}

RULE = Rule(
    id="unidentified-sender",
    title="A text that does not say who sends it",
    rationale="A number says nothing to its reader. Who may not tell friend from fraud trusts no message at all.",
    clauses=("text.identified-sender",),
    judge=_judge,
    examples=(
        Example("an order of nobody's", Sent(_SERVICE, _FREE, _NAMELESS), is_refused=True, world=_ON),
        Example(
            "a footer is no signature",
            Sent(_PROMOTIONAL, _FREE, "مدل‌های تازه رسید، خیابان بهار پلاک ۱۲\nلغو۱۱"),
            is_refused=True,
            world=_ON,
        ),
        Example(
            "a kind of sender without a name",
            Sent(_SERVICE, _FREE, "سفارش ۴۵۸۲۱ شما از فروشگاه ما ارسال شد."),
            is_refused=True,
            world=_ON,
        ),
        Example(
            "a name within the text", Sent(_SERVICE, _FREE, f"{_NAMELESS} شرکت نمونه"), is_refused=False, world=_ON
        ),
        Example("a signature", Sent(_SERVICE, _FREE, f"{_NAMELESS}\nگل‌سرای بهار"), is_refused=False, world=_ON),
        Example(
            "the name of the line's owner",
            Sent(_SERVICE, _FREE, "از مبلمان نهال سفارش ۴۵۸۲۱ شما ارسال شد."),
            is_refused=False,
            world=_NEHAL,
        ),
        Example("an order of nobody's where nobody asks", Sent(_SERVICE, _FREE, _NAMELESS), is_refused=False),
    ),
)
