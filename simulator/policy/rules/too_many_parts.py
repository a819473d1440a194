"""A text is no longer than the operator carries."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, passed, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, profile: Profile) -> Finding:
    limit = profile.parts.limit
    if limit is None:
        return PASSED
    parts = submission.text_facts.parts
    if parts > limit:
        return refusal("text.parts", parts=str(parts), limit=str(limit))
    return passed(parts=str(parts), limit=str(limit))


_LINE, _FREE = "3000200020", "09129990001"
_FOUR_AT_MOST = {"profile": {"parts": {"limit": 4}}}
_SIXTEEN_BITS = {"profile": {"parts": {"limit": 4, "reference_bits": 16}}}
_PERSIAN = "صورت‌جلسهٔ شرکت نمونه: "
_LATIN = "Sherkate Nemoone, soorat jalase: "

RULE = Rule(
    id="too-many-parts",
    title="A text of more parts than the operator carries",
    rationale="Each part is a message of its own on the air and on the bill; nobody means to send a book.",
    clauses=("text.parts",),
    judge=_judge,
    examples=(
        Example(
            "a Persian character too many",
            Sent(_LINE, _FREE, _PERSIAN.ljust(269, "و")),
            is_refused=True,
            world=_FOUR_AT_MOST,
        ),
        Example(
            "a Latin character too many",
            Sent(_LINE, _FREE, _LATIN.ljust(613, "o")),
            is_refused=True,
            world=_FOUR_AT_MOST,
        ),
        Example(
            "four parts whose reference is long",
            Sent(_LINE, _FREE, _PERSIAN.ljust(268, "و")),
            is_refused=True,
            world=_SIXTEEN_BITS,
        ),
        Example(
            "four full parts in Persian",
            Sent(_LINE, _FREE, _PERSIAN.ljust(268, "و")),
            is_refused=False,
            world=_FOUR_AT_MOST,
        ),
        Example(
            "four full parts in Latin letters",
            Sent(_LINE, _FREE, _LATIN.ljust(612, "o")),
            is_refused=False,
            world=_FOUR_AT_MOST,
        ),
        Example("ten parts where there is no limit", Sent(_LINE, _FREE, _PERSIAN.ljust(670, "و")), is_refused=False),
    ),
)
