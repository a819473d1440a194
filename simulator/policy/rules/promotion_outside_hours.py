"""Promotional lines send only within the hours of the recipient's operator."""

from simulator.policy.rule import PASSED, Finding, Rule, Submission, exemption, passed, refusal
from simulator.profile import Profile


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
    shown = f"{window.open:%H:%M}-{window.close:%H:%M}"
    if moment in window:
        return passed(operator=operator, window=shown)
    return refusal("hours.promotional-window", operator=operator, window=shown, local_time=f"{moment:%H:%M}")


RULE = Rule(
    id="promotion-outside-hours",
    title="A promotional message outside the permitted hours",
    rationale="Advertising wakes nobody: operators take it only by day, while service messages pass at any hour.",
    clauses=("hours.promotional-window", "service.any-hour"),
    judge=_judge,
)
