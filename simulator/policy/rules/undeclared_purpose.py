"""A dedicated service line carries the kinds of information for which it was registered.

Advertising is not its matter: that is forbidden whatever a line was registered for, by rules before this one.
"""

from simulator.messages import Category, Label
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, offence, passed
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import Enforcement
from simulator.registry.lines import LineType


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, action, content = submission.line, profile.declared_purposes.action, submission.content
    if action is Enforcement.OFF or line is None or line.type is not LineType.DEDICATED_SERVICE or not line.purpose:
        return PASSED
    # A text that is of no kind in particular cannot be shown to be of another.
    if content.label is not Label.SERVICE or content.category is Category.OTHER:
        return PASSED
    if content.category in line.purpose:
        return passed(category=content.category, declared="yes")
    purpose = ", ".join(sorted(line.purpose))
    return offence(action, "dedicated.declared-purpose", category=content.category, purpose=purpose)


_LINE, _FREE = "3000200020", "09129990001"
_ORDER, _CODE = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه", "کد ورود شما به فروشگاه نمونه: 48213"
_BANK = "واریز ۲٬۵۰۰٬۰۰۰ ریال به حساب ۱۲۳۴، مانده ۸٬۱۲۰٬۰۰۰ ریال. بانک نمونه"


def _world(action: Enforcement) -> dict[str, object]:
    purpose = ["order_status", "shipment_tracking", "otp"]
    line = {"number": _LINE, "type": "dedicated_service", "account": "panel", "purpose": purpose}
    return {"profile": {"declared_purposes": {"action": action}}, "lines": [line]}


_REFUSES = _world(Enforcement.REFUSE)

RULE = Rule(
    id="undeclared-purpose",
    title="Information of a kind for which a dedicated service line was not registered",
    rationale=(
        "Who applies for a service line pledges what it will carry. A line that is used for other things is no longer"
        " the line that was granted, even where what it carries informs."
    ),
    clauses=("dedicated.declared-purpose",),
    judge=_judge,
    examples=(
        Example("a bank's message on a shop's line", Sent(_LINE, _FREE, _BANK), is_refused=True, world=_REFUSES),
        Example(
            "a class schedule on a shop's line",
            Sent(_LINE, _FREE, "کلاس ریاضی سه‌شنبه ساعت ۱۶ در اتاق ۲۰۴ برگزار می‌شود. آموزشگاه نمونه"),
            is_refused=True,
            world=_REFUSES,
        ),
        Example("an order on a shop's line", Sent(_LINE, _FREE, _ORDER), is_refused=False, world=_REFUSES),
        Example("a code on a shop's line", Sent(_LINE, _FREE, _CODE), is_refused=False, world=_REFUSES),
        Example(
            "a line that was registered for nothing in particular",
            Sent(_LINE, _FREE, _BANK),
            is_refused=False,
            world={"profile": {"declared_purposes": {"action": Enforcement.REFUSE}}},
        ),
        Example(
            "an operator that does not look", Sent(_LINE, _FREE, _BANK), is_refused=False, world=_world(Enforcement.OFF)
        ),
    ),
)
