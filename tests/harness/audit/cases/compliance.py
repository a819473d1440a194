from harness.audit.traces import Judgement
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, Case
from tests.harness.audit.talk import Talk

OTHER = "989123456702"


def passed(*rules: str) -> Judgement:
    return Judgement("accepted", None, None, dict.fromkeys(rules, "passed"))


def refused(rule: str) -> Judgement:
    return Judgement("refused", rule, "clause", {rule: "refused"})


def one(talk: Talk, judged: Judgement, text: str = "سلام", to: str = "989123456701") -> Talk:
    status = 0 if judged.outcome == "accepted" else 0x404
    return talk.submit(text, status=status, judged=judged, destination_addr=to)


LISTED = refused("promotion-to-blacklisted")
COUNTED = Judgement("accepted", "service-advertising", "clause", {"service-advertising": "counted"})
QUIET = passed()

CASES = (
    Case("respects-opt-out", PASS, "stops", lambda talk: one(one(talk.bind(), LISTED), QUIET, to=OTHER).wait(11)),
    Case("respects-opt-out", FAIL, "goes on", lambda talk: one(one(talk.bind(), LISTED), LISTED, "دیگر")),
    Case("respects-opt-out", NOT_SEEN, "nobody is listed", lambda talk: one(talk.bind(), QUIET).wait(11)),
    Case(
        "respects-opt-out", NOT_SEEN, "verdicts are not known", lambda talk: talk.bind().submit(status=0x404).wait(11)
    ),
    Case("no-advertising-on-service-lines", PASS, "none", lambda talk: one(talk.bind(), passed("service-advertising"))),
    Case(
        "no-advertising-on-service-lines",
        FAIL,
        "refused",
        lambda talk: one(talk.bind(), refused("service-advertising")),
    ),
    Case("no-advertising-on-service-lines", FAIL, "counted", lambda talk: one(talk.bind(), COUNTED)),
    Case("no-advertising-on-service-lines", NOT_SEEN, "another line", lambda talk: one(talk.bind(), QUIET)),
    Case("says-how-to-opt-out", PASS, "with footer", lambda talk: one(talk.bind(), passed("missing-footer"))),
    Case("says-how-to-opt-out", FAIL, "without", lambda talk: one(talk.bind(), refused("missing-footer"))),
    Case("says-how-to-opt-out", NOT_SEEN, "needs none", lambda talk: one(talk.bind(), QUIET)),
    Case("keeps-the-hours", PASS, "by day", lambda talk: one(talk.bind(), passed("promotion-outside-hours"))),
    Case("keeps-the-hours", FAIL, "by night", lambda talk: one(talk.bind(), refused("promotion-outside-hours"))),
    Case("fits-approved-patterns", PASS, "fits", lambda talk: one(talk.bind(), passed("unapproved-pattern"))),
    Case("fits-approved-patterns", FAIL, "does not", lambda talk: one(talk.bind(), refused("unapproved-pattern"))),
    Case("uses-its-own-lines", PASS, "its own", lambda talk: one(talk.bind(), QUIET)),
    Case("uses-its-own-lines", FAIL, "a stranger's", lambda talk: one(talk.bind(), refused("unregistered-line"))),
    Case("uses-its-own-lines", NOT_SEEN, "refused for another reason", lambda talk: one(talk.bind(), refused("link"))),
    Case("writes-to-whom-it-may", PASS, "a mobile", lambda talk: one(talk.bind(), QUIET)),
    Case("writes-to-whom-it-may", FAIL, "a landline", lambda talk: one(talk.bind(), refused("invalid-recipient"))),
    Case("sends-nothing-forbidden", PASS, "a notice", lambda talk: one(talk.bind(), QUIET)),
    Case("sends-nothing-forbidden", FAIL, "a bet", lambda talk: one(talk.bind(), refused("forbidden-matter"))),
    Case("keeps-its-quota", PASS, "below the cap", lambda talk: one(talk.bind(), passed("daily-cap"))),
    Case("keeps-its-quota", FAIL, "above it", lambda talk: one(talk.bind(), refused("daily-cap"))),
    Case(
        "heeds-refusals",
        PASS,
        "lets it be",
        lambda talk: one(one(talk.bind(), refused("link")), QUIET, "دیگر").wait(11),
    ),
    Case("heeds-refusals", FAIL, "again", lambda talk: one(one(talk.bind(), refused("link")), refused("link"))),
    Case("heeds-refusals", NOT_SEEN, "nothing was refused", lambda talk: one(talk.bind(), QUIET).wait(11)),
)
