"""Promotional lines send only within the hours of the recipient's operator."""

import datetime

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, exemption, not_before, passed
from simulator.profiles.profile import Profile, Window


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, operator = submission.line, submission.operator
    if line is None or operator is None:
        return PASSED
    if line.is_service:
        return exemption("service.any-hour", line_type=line.type)
    window = profile.hours.get(operator)
    if window is None:
        return passed(operator=operator, window="none")
    moment = submission.local.time()
    if moment in window:
        return passed(operator=operator, window=window.shown)
    until = _next_opening(submission.local, window)
    return not_before(
        until, "hours.promotional-window", operator=operator, window=window.shown, local_time=f"{moment:%H:%M}"
    )


def _next_opening(now: datetime.datetime, window: Window) -> datetime.datetime:
    opening = datetime.datetime.combine(now.date(), window.open, now.tzinfo)
    return opening if now < opening else opening + datetime.timedelta(days=1)


_LINE, _MCI, _IRANCELL = "3000100010", "09129990001", "09359990001"
_ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱"
_NIGHT = "2026-11-22T23:30"

RULE = Rule(
    id="promotion-outside-hours",
    title="A promotional message outside the permitted hours",
    rationale="Advertising wakes nobody: operators take it only by day, while service messages pass at any hour.",
    clauses=("hours.promotional-window", "service.any-hour"),
    judge=_judge,
    examples=(
        Example("by night", Sent(_LINE, _MCI, _ADVERT, _NIGHT), is_refused=True),
        Example("at closing time sharp", Sent(_LINE, _MCI, _ADVERT, "2026-11-22T22:00"), is_refused=True),
        Example("at opening time sharp", Sent(_LINE, _MCI, _ADVERT, "2026-11-22T07:00"), is_refused=False),
        Example("to an operator without such hours", Sent(_LINE, _IRANCELL, _ADVERT, _NIGHT), is_refused=False),
        Example(
            "information from a service line",
            Sent("3000200020", _MCI, "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه", _NIGHT),
            is_refused=False,
        ),
    ),
    passes_in_time=True,
)
