"""A promotional line does not reach subscribers who opted out of advertising."""

from simulator.policy.rule import PASSED, Finding, Rule, Submission, exemption, passed, refusal
from simulator.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line, operator = submission.line, submission.operator
    if line is None or operator is None:
        return PASSED
    if not submission.blacklisted:
        return passed(operator=operator, blacklisted="no")
    if line.is_service:
        return exemption("service.reaches-blacklist", line_type=line.type, blacklisted="yes")
    return refusal("blacklist.no-promotion", line_type=line.type, operator=operator, blacklisted="yes")


RULE = Rule(
    id="promotion-to-blacklisted",
    title="Any text from a promotional line to a subscriber on the blacklist",
    rationale=(
        "A subscriber who asked for an end of advertising gets none. Whatever a promotional line carries counts as"
        " advertising, and only a service line may reach such a subscriber, with information."
    ),
    clauses=("blacklist.no-promotion", "line.promotional-by-default", "service.reaches-blacklist"),
    judge=_judge,
)
