"""Service lines inform; what advertises, greets or draws prizes is forbidden on them, each kind by its own clause."""

from simulator.messages import Category, Label, Outcome
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission
from simulator.profiles.profile import AdvertisingAction, Profile

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


_LINE, _FREE = "3000200020", "09129990001"
_DRAW = "با خرید تا پایان ماه در قرعه‌کشی یک دستگاه خودرو شرکت کنید. شرکت نمونه"
_POLICY = "بیمه‌نامهٔ شخص ثالث شما ۱۲ آذر به پایان می‌رسد. شرکت بیمهٔ نمونه"
_REGISTERED = "تبریک، ثبت‌نام شما کامل شد. نام کاربری: 48213 شرکت نمونه"
_SALE = "حراج پاییزهٔ فروشگاه نمونه: تا ۵۰٪ تخفیف روی همهٔ کفش‌ها لغو۱۱"

RULE = Rule(
    id="service-advertising",
    title="A promotional text on a service line",
    rationale=(
        "A service line passes the blacklist and the hours because it only informs. Advertising, discounts, draws,"
        " winners, congratulations, condolences and occasions on it break that promise, whoever receives them."
    ),
    clauses=tuple(dict.fromkeys(CLAUSE_OF.values())),
    judge=_judge,
    examples=(
        Example("a discount", Sent(_LINE, _FREE, "بیمهٔ شخص ثالث با ۲۰٪ تخفیف! شرکت بیمهٔ نمونه"), is_refused=True),
        Example("a draw", Sent(_LINE, _FREE, _DRAW), is_refused=True),
        Example(
            "a condolence", Sent(_LINE, _FREE, "درگذشت پدر گرامی‌تان را تسلیت می‌گوییم. شرکت نمونه"), is_refused=True
        ),
        Example("a policy that ends", Sent(_LINE, _FREE, _POLICY), is_refused=False),
        Example("congratulations on a step that is done", Sent(_LINE, _FREE, _REGISTERED), is_refused=False),
        Example("a discount on a promotional line", Sent("3000100010", _FREE, _SALE), is_refused=False),
    ),
)
