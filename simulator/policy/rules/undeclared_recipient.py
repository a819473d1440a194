"""A dedicated service line reaches the customers for whom it was registered, and nobody else."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, offence, passed
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import Enforcement
from simulator.registry.lines import LineType


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, action = submission.line, profile.declared_recipients.action
    if action is Enforcement.OFF or line is None or line.type is not LineType.DEDICATED_SERVICE:
        return PASSED
    if submission.is_declared is None or submission.recipient is None:
        return PASSED
    if submission.is_declared:
        return passed(line=line.number, declared="yes")
    return offence(action, "dedicated.declared-recipients", line=line.number, declared="no")


_LINE, _ORDER = "3000200020", "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه"
_CUSTOMER, _LAST_CUSTOMER, _STRANGER = "09129990001", "09129990019", "09129990020"


def _world(action: Enforcement, line_type: str = "dedicated_service") -> dict[str, object]:
    recipients = ["989129990001-989129990019", "989359990001"]
    line = {"number": _LINE, "type": line_type, "account": "panel", "recipients": recipients}
    return {"profile": {"declared_recipients": {"action": action}}, "lines": [line]}


_REFUSES = _world(Enforcement.REFUSE)

RULE = Rule(
    id="undeclared-recipient",
    title="A recipient for whom a dedicated service line was not registered",
    rationale=(
        "A company gets a service line for its customers and hands in their numbers. A number from elsewhere has asked"
        " for nothing: a message to a single one counts as advertising, whatever it says."
    ),
    clauses=("dedicated.declared-recipients",),
    judge=_judge,
    examples=(
        Example("a stranger", Sent(_LINE, "09359990002", _ORDER), is_refused=True, world=_REFUSES),
        Example(
            "the number behind the last customer's", Sent(_LINE, _STRANGER, _ORDER), is_refused=True, world=_REFUSES
        ),
        Example("a customer", Sent(_LINE, _CUSTOMER, _ORDER), is_refused=False, world=_REFUSES),
        Example("the last customer of a range", Sent(_LINE, _LAST_CUSTOMER, _ORDER), is_refused=False, world=_REFUSES),
        Example("a customer in another form", Sent(_LINE, "+989359990001", _ORDER), is_refused=False, world=_REFUSES),
        Example(
            "a line that was registered for no one in particular",
            Sent(_LINE, _STRANGER, _ORDER),
            is_refused=False,
            world={"profile": {"declared_recipients": {"action": Enforcement.REFUSE}}},
        ),
        Example(
            "an operator that does not look",
            Sent(_LINE, _STRANGER, _ORDER),
            is_refused=False,
            world=_world(Enforcement.OFF),
        ),
    ),
)
