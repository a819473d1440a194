"""A line sends so many short messages a day, where the profile sets its kind a limit.

Operators count short messages, not texts: a text of three parts is three of them, and is refused as a whole if the
third would be too many.
"""

import datetime

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, not_before, passed, refusal
from simulator.profiles.profile import Profile

_SIM_CARDS = "09"


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, settings = submission.line, profile.daily_cap
    if not settings.is_on or line is None:
        return PASSED
    cap = settings.of(line.number)
    if cap is None:
        return PASSED
    if submission.sent_today + submission.parts <= cap:
        return passed(cap=str(cap), sent_today=str(submission.sent_today))
    facts = {"cap": str(cap), "sent_today": str(submission.sent_today), "parts": str(submission.parts)}
    clause = "sim.daily-cap" if line.number.startswith(_SIM_CARDS) else "line.daily-cap"
    if submission.parts > cap:  # no day is long enough
        return refusal(clause, **facts)
    return not_before(_midnight_after(submission.local), clause, **facts)


def _midnight_after(local: datetime.datetime) -> datetime.datetime:
    tomorrow = local.date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time(), local.tzinfo)


_SIM, _LINE, _FREE = "09121234567", "3000100010", "09129990001"
_TEXT, _OTHER = "مبلمان راحتی نهال، مدل‌های تازه رسید. پلاک ۱۲ لغو۱۱", "صندلی و میز ناهارخوری نهال رسید. پلاک ۱۲ لغو۱۱"
_LONG = _TEXT + " " + _OTHER
_WORLD = {
    "profile": {"daily_cap": {"by_prefix": {"09": 2}}},
    "lines": [{"number": _SIM, "account": "panel", "owner": {"kind": "natural"}}],
}
_EVERY_LINE = {"profile": {"daily_cap": {"every_line": 1}}}
_NOON, _LATE, _TOMORROW = "2026-11-22T12:00", "2026-11-22T21:59", "2026-11-23T07:00"
_TWO = (Sent(_SIM, _FREE, _TEXT, _NOON), Sent(_SIM, _FREE, _OTHER, _NOON))

RULE = Rule(
    id="daily-cap",
    title="More short messages than a line may send on one day",
    rationale=(
        "A SIM card is a person's, and no person writes five hundred messages a day: beyond that somebody sends bulk"
        " past the registered lines. Panels limit other lines likewise."
    ),
    clauses=("sim.daily-cap", "line.daily-cap"),
    judge=_judge,
    examples=(
        Example("one more than the cap", Sent(_SIM, _FREE, _TEXT, _LATE), is_refused=True, world=_WORLD, after=_TWO),
        Example(
            "a text of two parts where there is room for one",
            Sent(_SIM, _FREE, _LONG, _NOON),
            is_refused=True,
            world=_WORLD,
            after=_TWO[:1],
        ),
        Example(
            "a cap for every line",
            Sent(_LINE, _FREE, _OTHER, _NOON),
            is_refused=True,
            world=_EVERY_LINE,
            after=(Sent(_LINE, _FREE, _TEXT, _NOON),),
        ),
        Example(
            "the last of the day", Sent(_SIM, _FREE, _OTHER, _LATE), is_refused=False, world=_WORLD, after=_TWO[:1]
        ),
        Example("a text of two parts", Sent(_SIM, _FREE, _LONG, _NOON), is_refused=False, world=_WORLD),
        Example("on the next day", Sent(_SIM, _FREE, _TEXT, _TOMORROW), is_refused=False, world=_WORLD, after=_TWO),
        Example("a line of another kind", Sent(_LINE, _FREE, _TEXT, _LATE), is_refused=False, world=_WORLD, after=_TWO),
    ),
    passes_in_time=True,
)
