"""A text ends with how to stop its line: «لغو ۱۱».

The regulator ordered the words for service headers, panels demand them on promotional lines; which holds is the
profile's matter, by type of line.
"""

from simulator.numbers.numbering import by_longest_prefix
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, exemption, passed, refusal
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import Footer
from simulator.registry.lines import Line

_SHOWN = 30


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, settings = submission.line, profile.footer
    if line is None or line.type not in settings.required_on:
        return PASSED
    code = submission.text_facts.footer
    if code is not None and code in _codes(settings, line):
        return passed(footer=f"لغو {code}")
    if settings.several_recipients_only and submission.recipients == 1:
        return passed(recipients="1")
    if submission.content.category in settings.not_for:
        return exemption("footer.not-for-codes", category=submission.content.category)
    if line.number.startswith(settings.optional_on):
        return exemption("footer.optional-on-9000", line=line.number)
    clause = "footer.service-line" if line.is_service else "footer.promotional-line"
    return refusal(clause, line_type=line.type, ends_with=submission.text[-_SHOWN:])


def _codes(settings: Footer, line: Line) -> tuple[str, ...]:
    return by_longest_prefix(settings.codes_by_prefix, line.number, settings.codes)


_PROMOTIONAL, _SERVICE, _FREE = "3000100010", "3000200020", "09129990001"
_ON = {"profile": {"footer": {"required_on": ["promotional", "dedicated_service"]}}}
_SEVERAL = {"profile": {"footer": {"required_on": ["promotional"], "several_recipients_only": True}}}
_SERVICE_ONLY = {"profile": {"footer": {"required_on": ["dedicated_service", "samantel"]}}}
_NINE = {
    **_ON,
    "lines": [
        {"number": "9000123456", "type": "dedicated_service", "account": "panel", "owner": {"name": "شرکت نمونه"}},
    ],
}
_ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"

RULE = Rule(
    id="missing-footer",
    title="A text that does not end with how to stop its line",
    rationale=(
        "A reader can refuse one sender only if he knows how: the number 11, sent to the line, stops it. So the words"
        " stand at the end of every text, where everybody looks for them."
    ),
    clauses=(
        "footer.service-line",
        "footer.promotional-line",
        "footer.not-for-codes",
        "footer.optional-on-9000",
    ),
    judge=_judge,
    examples=(
        Example("an advertisement without footer", Sent(_PROMOTIONAL, _FREE, _ADVERT), is_refused=True, world=_ON),
        Example(
            "a footer that is not at the end", Sent(_PROMOTIONAL, _FREE, f"لغو۱۱ {_ADVERT}"), is_refused=True, world=_ON
        ),
        Example("another number", Sent(_PROMOTIONAL, _FREE, f"{_ADVERT} لغو۱۱۱"), is_refused=True, world=_ON),
        Example("information without footer", Sent(_SERVICE, _FREE, _ORDER), is_refused=True, world=_ON),
        Example(
            "an advertisement to two, where only several recipients call for it",
            Sent(_PROMOTIONAL, _FREE, _ADVERT, also_to=("09359990001",)),
            is_refused=True,
            world=_SEVERAL,
        ),
        Example("the same to one", Sent(_PROMOTIONAL, _FREE, _ADVERT), is_refused=False, world=_SEVERAL),
        Example(
            "a footer of its own line", Sent(_PROMOTIONAL, _FREE, f"{_ADVERT}\nلغو۱۱"), is_refused=False, world=_ON
        ),
        Example(
            "a footer as some write it", Sent(_PROMOTIONAL, _FREE, f"{_ADVERT} لغو=11"), is_refused=False, world=_ON
        ),
        Example("information with footer", Sent(_SERVICE, _FREE, f"{_ORDER} لغو ١١"), is_refused=False, world=_ON),
        Example(
            "a code to log in with",
            Sent(_SERVICE, _FREE, "کد ورود شما به سامانهٔ نمونه: ۴۸۲۱۳"),
            is_refused=False,
            world=_ON,
        ),
        Example(
            "a 9000 line, on which it is optional", Sent("9000123456", _FREE, _ORDER), is_refused=False, world=_NINE
        ),
        Example(
            "the short form of a 9000 line", Sent("9000123456", _FREE, f"{_ORDER} لغو۱"), is_refused=False, world=_NINE
        ),
        Example(
            "an advertisement where only service lines need it",
            Sent(_PROMOTIONAL, _FREE, _ADVERT),
            is_refused=False,
            world=_SERVICE_ONLY,
        ),
    ),
)
