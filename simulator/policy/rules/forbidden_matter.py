"""What the terms of panels forbid on every line: card numbers, payment links, gambling."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import Matter

CLAUSE_OF = {
    Matter.CARD_NUMBER: "text.no-card-number",
    Matter.PAYMENT_LINK: "text.no-payment-link",
    Matter.GAMBLING: "text.no-gambling",
}


def _judge(submission: Submission, profile: Profile) -> Finding:
    if not profile.forbidden_matter.matters or (trespass := submission.text_facts.trespass) is None:
        return PASSED
    return refusal(CLAUSE_OF[trespass.matter], matter=trespass.matter, shows=trespass.shows)


_LINE, _PROMOTIONAL, _FREE = "3000200020", "3000100010", "09129990001"
_ON = {"profile": {"forbidden_matter": {"matters": ["card_number", "payment_link", "gambling"]}}}

RULE = Rule(
    id="forbidden-matter",
    title="A card number, a payment link or gambling, on any line",
    rationale=(
        "Whoever asks for money by a card number or a payment link in a bulk message may be anybody, and gambling is a"
        " crime: panels forbid them in their terms, whatever the line."
    ),
    clauses=tuple(CLAUSE_OF.values()),
    judge=_judge,
    examples=(
        Example(
            "a card to pay to",
            Sent(_LINE, _FREE, "شهریهٔ مهر را به کارت ۶۰۳۷-۹۹۱۱-۱۱۱۱-۱۱۱۲ واریز کنید. آموزشگاه نمونه"),
            is_refused=True,
            world=_ON,
        ),
        Example(
            "a link of a payment gateway",
            Sent(_LINE, _FREE, "پرداخت قبض تیرماه: https://pay.nemoone.ir/4821 شرکت نمونه"),
            is_refused=True,
            world=_ON,
        ),
        Example(
            "a casino", Sent(_PROMOTIONAL, _FREE, "کازینو آنلاین، ورود برای همه لغو۱۱"), is_refused=True, world=_ON
        ),
        Example(
            "sixteen digits that are no card's",
            Sent(_LINE, _FREE, "کد رهگیری مرسولهٔ شما: ۶۰۳۷۹۹۱۱۱۱۱۱۱۱۱۱ شرکت نمونه"),
            is_refused=False,
            world=_ON,
        ),
        Example(
            "the last digits of a card",
            Sent(_LINE, _FREE, "برداشت ۲۵۰,۰۰۰ ریال از کارت ****۱۱۱۲ بانک نمونه"),
            is_refused=False,
            world=_ON,
        ),
        Example(
            "a link to see a bill",
            Sent(_LINE, _FREE, "صورت‌حساب شما صادر شد: https://nemoone.ir/bills شرکت نمونه"),
            is_refused=False,
            world=_ON,
        ),
        Example(
            "a card where nobody looks",
            Sent(_LINE, _FREE, "شهریهٔ مهر را به کارت ۶۰۳۷-۹۹۱۱-۱۱۱۱-۱۱۱۲ واریز کنید. آموزشگاه نمونه"),
            is_refused=False,
        ),
    ),
)
