"""The gravest case: a service line used to bring advertising to subscribers who opted out of it."""

from simulator.messages import Label, Outcome
from simulator.policy.rule import PASSED, Finding, Rule, Submission
from simulator.policy.rules.service_advertising import judges_content
from simulator.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    if not submission.blacklisted or not judges_content(submission) or submission.content.label is Label.SERVICE:
        return PASSED
    facts = (("blacklisted", "yes"), *submission.content_facts)
    return Finding(Outcome.REFUSED, "service.no-advertising-to-blacklisted", facts, violation=True)


RULE = Rule(
    id="service-advertising-to-blacklisted",
    title="A promotional text on a service line to a subscriber on the blacklist",
    rationale=(
        "Service lines are the only way past the blacklist; whoever sends advertising over them takes from subscribers"
        " the choice that the blacklist gives them. No operator lets it through."
    ),
    clauses=("service.no-advertising-to-blacklisted",),
    judge=_judge,
)
