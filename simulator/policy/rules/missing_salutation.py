"""Texts of certain service lines begin by addressing the customer."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile

_SHOWN = 30


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, prefixes = submission.line, profile.salutation.required_on
    if not prefixes or line is None or not line.is_service or not line.number.startswith(prefixes):
        return PASSED
    if submission.text_facts.addresses_customer:
        return PASSED
    return refusal("text.salutation", line=line.number, begins_with=submission.text[:_SHOWN])


_LINE, _FREE = "9000123456", "09129990001"
_HAS_LINE = {
    "lines": [{"number": _LINE, "type": "dedicated_service", "account": "panel", "owner": {"name": "شرکت نمونه"}}]
}
_ON = {**_HAS_LINE, "profile": {"salutation": {"required_on": ["9000"]}}}
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"

RULE = Rule(
    id="missing-salutation",
    title="A text of a 9000 line that does not address the customer",
    rationale="Whoever writes to a customer of his knows him; a text that could be anybody's is taken for advertising.",
    clauses=("text.salutation",),
    judge=_judge,
    examples=(
        Example("an order, straight away", Sent(_LINE, _FREE, _ORDER), is_refused=True, world=_ON),
        Example(
            "the customer addressed at the end",
            Sent(_LINE, _FREE, f"{_ORDER}، مشتری گرامی"),
            is_refused=True,
            world=_ON,
        ),
        Example("«مشتری گرامی»", Sent(_LINE, _FREE, f"مشتري گرامي، {_ORDER}"), is_refused=False, world=_ON),
        Example(
            "a name with its title", Sent(_LINE, _FREE, f"سلام، خانم رضایی\n{_ORDER}"), is_refused=False, world=_ON
        ),
        Example("a name by itself", Sent(_LINE, _FREE, f"سارا محمدی، {_ORDER}"), is_refused=False, world=_ON),
        Example("an order on another service line", Sent("3000200020", _FREE, _ORDER), is_refused=False, world=_ON),
    ),
)
