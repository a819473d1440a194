"""The gravest case: a service line used to bring advertising to subscribers who opted out of it."""

from simulator.messages import Label, Outcome
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission
from simulator.policy.rules.service_advertising import judges_content
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    if not submission.blacklisted or not judges_content(submission) or submission.content.label is Label.SERVICE:
        return PASSED
    facts = (("blacklisted", "yes"), *submission.content_facts)
    return Finding(Outcome.REFUSED, "service.no-advertising-to-blacklisted", facts, violation=True)


_LINE, _LISTED = "3000200020", "09121110001"
_SALE = "حراج پاییزهٔ شرکت نمونه: تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه"
_GREETING = "عید نوروز بر شما و خانوادهٔ گرامی مبارک باد. شرکت نمونه"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"
_POLICY = "بیمه‌نامهٔ شخص ثالث شما ۱۲ آذر به پایان می‌رسد. شرکت بیمهٔ نمونه"

RULE = Rule(
    id="service-advertising-to-blacklisted",
    title="A promotional text on a service line to a subscriber on the blacklist",
    rationale=(
        "Service lines are the only way past the blacklist; whoever sends advertising over them takes from subscribers"
        " the choice that the blacklist gives them. No operator lets it through."
    ),
    clauses=("service.no-advertising-to-blacklisted",),
    judge=_judge,
    examples=(
        Example("an offer to one who opted out", Sent(_LINE, _LISTED, _SALE), is_refused=True),
        Example("greetings to one who opted out", Sent(_LINE, _LISTED, _GREETING), is_refused=True),
        Example("an offer from a Samantel line", Sent("9999123456", "09351110001", _SALE), is_refused=True),
        Example("information to one who opted out", Sent(_LINE, _LISTED, _ORDER), is_refused=False),
        Example("a policy that ends, to one who opted out", Sent(_LINE, _LISTED, _POLICY), is_refused=False),
    ),
)
