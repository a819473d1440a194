"""In a blackout only some messages pass, or none: elections, a crisis, whatever the operator announces.

It is judged before the promotional hours, which are the milder reason: what is held for both waits longer here.
"""

import datetime
from collections.abc import Iterable

from simulator.messages import Category
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, not_before, passed
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import Blackout, BlackoutCause, BlackoutScope

_CLAUSES = {
    BlackoutCause.ELECTION: "blackout.election",
    BlackoutCause.CRISIS: "blackout.crisis",
    BlackoutCause.ORDER: "blackout.order",
}


def _judge(submission: Submission, profile: Profile) -> Finding:
    if not profile.blackouts or submission.line is None:
        return PASSED
    now = submission.local
    current = [blackout for blackout in profile.blackouts if now in blackout and _reaches(blackout, submission)]
    if not current:
        return PASSED
    stopping = next((blackout for blackout in current if _stops(blackout.scope, submission)), None)
    if stopping is None:
        return passed(blackout=current[0].scope, line_type=submission.line.type, category=submission.content.category)
    all_of_them = (one for one in profile.blackouts if _reaches(one, submission) and _stops(one.scope, submission))
    return not_before(_end(stopping, all_of_them), _CLAUSES[stopping.cause], scope=stopping.scope, cause=stopping.cause)


def _reaches(blackout: Blackout, submission: Submission) -> bool:
    return not blackout.operators or submission.operator in blackout.operators


def _stops(scope: BlackoutScope, submission: Submission) -> bool:
    line = submission.line
    if scope is BlackoutScope.ALL or line is None:
        return True
    if scope is BlackoutScope.ALL_BUT_CODES:
        return submission.content.category is not Category.OTP
    if scope is BlackoutScope.BULK:
        return not line.carries_patterns_only
    return not line.is_service


def _end(stopping: Blackout, others: Iterable[Blackout]) -> datetime.datetime:
    """When the message passes: at the end of a blackout another may have begun."""
    until = stopping.until
    for blackout in sorted(others, key=lambda one: one.since):
        if blackout.since <= until:
            until = max(until, blackout.until)
    return until


_PROMOTIONAL, _DEDICATED, _SHARED, _MCI, _IRANCELL = (
    "3000100010",
    "3000200020",
    "2000300030",
    "09129990001",
    "09359990001",
)
_ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱"
_ORDER, _CODE = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه", "کد ورود شما به فروشگاه نمونه: 48213"
_EVE, _OVER = "2026-11-19T00:00", "2026-11-21T00:00"
_DURING, _JUST_OVER = "2026-11-20T12:00", "2026-11-21T09:00"


def _world(scope: BlackoutScope, cause: BlackoutCause, **more: object) -> dict[str, object]:
    return {"profile": {"blackouts": [{"since": _EVE, "until": _OVER, "scope": scope, "cause": cause, **more}]}}


_ELECTION = _world(BlackoutScope.BULK, BlackoutCause.ELECTION)
_CRISIS = _world(BlackoutScope.ALL_BUT_CODES, BlackoutCause.CRISIS)
_MOURNING = _world(BlackoutScope.PROMOTIONAL, BlackoutCause.ORDER, operators=["mci"])

RULE = Rule(
    id="blackout",
    title="A message in a period in which the operator takes none of its kind",
    rationale=(
        "Before a vote the operators carry no bulk messages, in a crisis they keep their network free for one-time"
        " codes, and on days of mourning there is no advertising. All of this is announced, and ends."
    ),
    clauses=tuple(_CLAUSES.values()),
    judge=_judge,
    examples=(
        Example(
            "an advertisement before the vote",
            Sent(_PROMOTIONAL, _MCI, _ADVERT, _DURING),
            is_refused=True,
            world=_ELECTION,
        ),
        Example(
            "bulk from a service line before the vote",
            Sent(_DEDICATED, _MCI, _ORDER, _DURING),
            is_refused=True,
            world=_ELECTION,
        ),
        Example("an order in a crisis", Sent(_DEDICATED, _MCI, _ORDER, _DURING), is_refused=True, world=_CRISIS),
        Example(
            "an advertisement on a day of mourning",
            Sent(_PROMOTIONAL, _MCI, _ADVERT, _DURING),
            is_refused=True,
            world=_MOURNING,
        ),
        Example(
            "in the last minute", Sent(_DEDICATED, _MCI, _ORDER, "2026-11-20T23:59"), is_refused=True, world=_ELECTION
        ),
        Example("when it is over", Sent(_DEDICATED, _MCI, _ORDER, _OVER), is_refused=False, world=_ELECTION),
        Example(
            "an advertisement on the morning after",
            Sent(_PROMOTIONAL, _MCI, _ADVERT, _JUST_OVER),
            is_refused=False,
            world=_ELECTION,
        ),
        Example("a code before the vote", Sent(_SHARED, _MCI, _CODE, _DURING), is_refused=False, world=_ELECTION),
        Example("a code in a crisis", Sent(_DEDICATED, _MCI, _CODE, _DURING), is_refused=False, world=_CRISIS),
        Example(
            "information on a day of mourning",
            Sent(_DEDICATED, _MCI, _ORDER, _DURING),
            is_refused=False,
            world=_MOURNING,
        ),
        Example(
            "an advertisement to subscribers of an operator that does not mourn",
            Sent(_PROMOTIONAL, _IRANCELL, _ADVERT, _DURING),
            is_refused=False,
            world=_MOURNING,
        ),
    ),
    passes_in_time=True,
)
