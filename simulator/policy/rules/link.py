"""Links are for those who signed for them: none, or those to a line's registered domains."""

from simulator.policy.links import leads_within
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, passed, refusal
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import LinkPolicy

_SHOWN = 3


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, settings = submission.line, profile.links
    policy = settings.policy.get(line.type, LinkPolicy.ALLOW) if line else LinkPolicy.ALLOW
    if line is None or policy is LinkPolicy.ALLOW or not (links := submission.text_facts.links):
        return PASSED
    if policy is LinkPolicy.DENY:
        return refusal("link.not-without-agreement", detector=settings.detector, links="، ".join(links[:_SHOWN]))
    astray = [host for host in links if not leads_within(host, line.domains)]
    if astray:
        registered = "، ".join(line.domains) or "none"
        shown = "، ".join(astray[:_SHOWN])
        return refusal("link.registered-domains", detector=settings.detector, links=shown, registered=registered)
    return passed(policy=policy, links="، ".join(links[:_SHOWN]))


_PROMOTIONAL, _SERVICE, _FREE = "3000100010", "3000200020", "09129990001"
_POLICY = {"promotional": "deny", "dedicated_service": "registered"}
_ON = {
    "profile": {"links": {"policy": _POLICY}},
    "lines": [
        {"number": _SERVICE, "type": "dedicated_service", "account": "panel", "domains": ["nemoone.ir"]},
    ],
}
_STRICT = {"profile": {"links": {"policy": _POLICY, "detector": "strict_url"}}}
_ANY_DOT = {"profile": {"links": {"policy": _POLICY, "detector": "any_dot"}}}
_BARE = "مبلمان نهال، مدل‌های تازه: mobl.ir لغو۱۱"
_FULL_STOP = "مبلمان نهال، مدل‌های تازه رسید. خیابان بهار لغو۱۱"


def _order(link: str) -> str:
    return f"سفارش ۴۵۸۲۱ شما ارسال شد. پیگیری: {link} شرکت نمونه"


RULE = Rule(
    id="link",
    title="A link that nothing was signed for",
    rationale=(
        "Behind a link may be anything, and tomorrow something else. Operators take links from those who signed for the"
        " domains that they lead to; on a service line a bare domain in the signature is as common as the signature."
    ),
    clauses=("link.not-without-agreement", "link.registered-domains"),
    judge=_judge,
    examples=(
        Example("a bare domain on a promotional line", Sent(_PROMOTIONAL, _FREE, _BARE), is_refused=True, world=_ON),
        Example(
            "a domain that is not the line's", Sent(_SERVICE, _FREE, _order("bit.ly/x7")), is_refused=True, world=_ON
        ),
        Example(
            "a domain that only ends like the line's",
            Sent(_SERVICE, _FREE, _order("https://khabar-nemoone.ir/4")),
            is_refused=True,
            world=_ON,
        ),
        Example(
            "a domain with a Cyrillic letter",
            Sent(_SERVICE, _FREE, _order("https://nem\u043eone.ir/4")),
            is_refused=True,
            world=_ON,
        ),
        Example(
            "a full stop where filters are crude",
            Sent(_PROMOTIONAL, _FREE, _FULL_STOP),
            is_refused=True,
            world=_ANY_DOT,
        ),
        Example("a registered domain", Sent(_SERVICE, _FREE, _order("nemoone.ir")), is_refused=False, world=_ON),
        Example(
            "a page below it", Sent(_SERVICE, _FREE, _order("https://my.nemoone.ir/4")), is_refused=False, world=_ON
        ),
        Example("a full stop", Sent(_PROMOTIONAL, _FREE, _FULL_STOP), is_refused=False, world=_ON),
        Example(
            "a bare domain where only URLs are seen", Sent(_PROMOTIONAL, _FREE, _BARE), is_refused=False, world=_STRICT
        ),
        Example("any link where links are free", Sent(_PROMOTIONAL, _FREE, _BARE), is_refused=False),
    ),
)
