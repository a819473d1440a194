"""A text with a word of the operator's list is taken out of the traffic, whatever it means there."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.policy.words import FoundWord
from simulator.profiles.profile import Profile

_SHOWN = 3


def _judge(submission: Submission, profile: Profile) -> Finding:
    settings, line = profile.filtered_words, submission.line
    if settings.match is None or line is None or line.type not in settings.lines:
        return PASSED
    if settings.operators and submission.operator not in settings.operators:
        return PASSED
    found = submission.text_facts.filtered_words
    if found:
        return refusal("text.no-filtered-word", match=settings.match, found="، ".join(map(_shown, found[:_SHOWN])))
    return PASSED


def _shown(found: FoundWord) -> str:
    return f"«{found.word}»" if found.word == found.inside else f"«{found.word}» in «{found.inside}»"


_PROMOTIONAL, _SERVICE, _FREE = "3000100010", "3000200020", "09129990001"
_WORDS = {"profile": {"filtered_words": {"match": "word"}}}
_SUBSTRINGS = {"profile": {"filtered_words": {"match": "substring"}}}
_MCI_ONLY = {"profile": {"filtered_words": {"match": "word", "operators": ["mci"]}}}
_BRAND = "پوشاک برند نهال، مجموعهٔ پاییز رسید لغو۱۱"
_BRANDS = "پوشاک برندهای نهال و مهر، مجموعهٔ پاییز رسید لغو۱۱"

RULE = Rule(
    id="filtered-word",
    title="A word that the operator filters",
    rationale=(
        "Operators filter by lists that they do not publish. Such a filter hears no meaning: a crude one stops every"
        " «برند» for the sake of «برنده», and «ساعت ۲۴» for whatever it once stood for."
    ),
    clauses=("text.no-filtered-word",),
    judge=_judge,
    examples=(
        Example("a filtered word, meant harmlessly", Sent(_PROMOTIONAL, _FREE, _BRAND), is_refused=True, world=_WORDS),
        Example(
            "a filtered number in Arabic digits, on a service line",
            Sent(_SERVICE, _FREE, "پشتیبانی شرکت نمونه در ٢٤ روز آینده پاسخگوست."),
            is_refused=True,
            world=_WORDS,
        ),
        Example(
            "a filtered word within another", Sent(_PROMOTIONAL, _FREE, _BRANDS), is_refused=True, world=_SUBSTRINGS
        ),
        Example("the same where whole words count", Sent(_PROMOTIONAL, _FREE, _BRANDS), is_refused=False, world=_WORDS),
        Example(
            "filtered digits within a longer number",
            Sent(_SERVICE, _FREE, "سفارش ۴۲۴۱ شما ارسال شد. شرکت نمونه"),
            is_refused=False,
            world=_WORDS,
        ),
        Example(
            "a filtered word on its way to another operator",
            Sent(_PROMOTIONAL, "09359990001", _BRAND),
            is_refused=False,
            world=_MCI_ONLY,
        ),
        Example("a filtered word where there is no filter", Sent(_PROMOTIONAL, _FREE, _BRAND), is_refused=False),
    ),
)
