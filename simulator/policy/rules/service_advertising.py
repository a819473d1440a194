"""Service lines inform; what advertises, greets or draws prizes is forbidden on them, each kind by its own clause."""

from simulator.messages import Category, Label, Outcome
from simulator.policy.rule import PASSED, Finding, Rule, Submission
from simulator.profile import AdvertisingAction, Profile

CLAUSE_OF: dict[Category, str] = {
    Category.ADVERTISEMENT: "service.no-advertisement",
    Category.SALES_OFFER: "service.no-advertisement",
    Category.EVENT_INVITATION: "service.no-advertisement",
    Category.LOYALTY_POINTS_UPSELL: "service.no-advertisement",
    Category.DISCOUNT: "service.no-discount",
    Category.LOTTERY_CONTEST: "service.no-lottery-contest",
    Category.WINNER_ANNOUNCEMENT: "service.no-winner-announcement",
    Category.CONGRATULATION: "service.no-congratulation",
    Category.CONDOLENCE: "service.no-condolence",
    Category.OCCASION: "service.no-occasion",
}


def judges_content(submission: Submission) -> bool:
    """Whether the text's content decides: on service lines, but not where a pattern was approved beforehand."""
    line = submission.line
    return line is not None and line.is_service and not line.carries_patterns_only


def _judge(submission: Submission, profile: Profile) -> Finding:
    if not judges_content(submission):
        return PASSED
    if submission.content.label is Label.SERVICE:
        return Finding(Outcome.PASSED, None, submission.content_facts)
    clause = CLAUSE_OF[submission.content.category]
    let_through = profile.service_advertising.action is AdvertisingAction.COUNT
    outcome = Outcome.COUNTED if let_through else Outcome.REFUSED
    return Finding(outcome, clause, submission.content_facts, violation=True)


RULE = Rule(
    id="service-advertising",
    title="A promotional text on a service line",
    rationale=(
        "A service line passes the blacklist and the hours because it only informs. Advertising, discounts, draws,"
        " winners, congratulations, condolences and occasions on it break that promise, whoever receives them."
    ),
    clauses=tuple(dict.fromkeys(CLAUSE_OF.values())),
    judge=_judge,
)
