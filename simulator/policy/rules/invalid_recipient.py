"""Recipients are Iranian mobile numbers."""

from simulator.policy.rule import PASSED, Finding, Rule, Submission, refusal
from simulator.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    if submission.recipient is None:
        return refusal("number.valid-mobile", destination=submission.destination)
    return PASSED


RULE = Rule(
    id="invalid-recipient",
    title="A recipient that is not an Iranian mobile number",
    rationale="The operator delivers to mobile numbers of the national plan; fixed and foreign numbers are none.",
    clauses=("number.valid-mobile",),
    judge=_judge,
)
