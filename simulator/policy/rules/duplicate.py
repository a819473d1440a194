"""The same text does not go from the same line to the same recipient again within the profile's window.

It is the last rule: what any other rule refuses was never sent, so that sending it again is no repetition.
"""

import datetime

from simulator.numbers.numbering import TEHRAN
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, not_before
from simulator.profiles.profile import Profile


def _judge(submission: Submission, profile: Profile) -> Finding:
    if submission.sent_before is None:
        return PASSED
    window = profile.duplicates.window
    before = datetime.datetime.fromtimestamp(submission.sent_before, TEHRAN)
    until = before + datetime.timedelta(seconds=window)
    return not_before(until, "traffic.no-duplicate", sent_before=f"{before:%Y-%m-%d %H:%M:%S}", window=f"{window} s")


_LINE, _OTHER_LINE, _FREE, _OTHER = "3000200020", "9999123456", "09129990001", "09129990002"
_ORDER, _NEXT_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه", "سفارش ۴۵۸۲۲ شما ارسال شد. فروشگاه نمونه"
_OTHERWISE_WRITTEN = "سفارش 45821 شما ارسال شد.  فروشگاه نمونه"
_WORLD = {"profile": {"duplicates": {"window": 3600}}}
_NOON, _LATER, _OVER = "2026-11-22T12:00:00", "2026-11-22T12:59:59", "2026-11-22T13:00:00"
_BEFORE = (Sent(_LINE, _FREE, _ORDER, _NOON),)

RULE = Rule(
    id="duplicate",
    title="The same text from the same line to the same recipient again",
    rationale="Whoever sends a text twice in a short time repeats a call that he thinks failed, and pays for it twice.",
    clauses=("traffic.no-duplicate",),
    judge=_judge,
    examples=(
        Example(
            "the same text again", Sent(_LINE, _FREE, _ORDER, _LATER), is_refused=True, world=_WORLD, after=_BEFORE
        ),
        Example(
            "the same text with other digits and spaces, to the same number in another form",
            Sent("98" + _LINE, "+989129990001", _OTHERWISE_WRITTEN, _LATER),
            is_refused=True,
            world=_WORLD,
            after=_BEFORE,
        ),
        Example(
            "when the window is over", Sent(_LINE, _FREE, _ORDER, _OVER), is_refused=False, world=_WORLD, after=_BEFORE
        ),
        Example("another text", Sent(_LINE, _FREE, _NEXT_ORDER, _LATER), is_refused=False, world=_WORLD, after=_BEFORE),
        Example(
            "another recipient", Sent(_LINE, _OTHER, _ORDER, _LATER), is_refused=False, world=_WORLD, after=_BEFORE
        ),
        Example(
            "another line", Sent(_OTHER_LINE, _FREE, _ORDER, _LATER), is_refused=False, world=_WORLD, after=_BEFORE
        ),
        Example("an operator that does not look", Sent(_LINE, _FREE, _ORDER, _LATER), is_refused=False, after=_BEFORE),
    ),
    passes_in_time=True,
)
