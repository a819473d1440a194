from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import SubmitSmResp
from simulator.smpp.states import Role
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case
from tests.harness.audit.talk import Talk

THROTTLED, FULL = CommandStatus.ESME_RTHROTTLED, CommandStatus.ESME_RMSGQFUL
REFUSED = CommandStatus.ESME_RINVDSTADR


def unanswered(talk: Talk, count: int) -> Talk:
    talk.bind()
    for _ in range(count):
        talk.submit(after=None)
    return talk


def slow(talk: Talk, meanwhile: int) -> Talk:
    """A submit that is answered after two seconds, and so many while it waits."""
    talk.bind().submit("one", after=None)
    first = talk.number
    for _ in range(meanwhile):
        talk.submit("more", after=None)
    return talk.wait(2).mc(SubmitSmResp("1"), first)


def after_pause(talk: Talk, status: int, seconds: float) -> Talk:
    return talk.bind().submit(status=status).wait(seconds).submit()


def broken(talk: Talk) -> Talk:
    """A submit is unanswered when the operator ends the session; the client binds again."""
    return talk.bind().submit("سفارش", after=None).end(Role.MC).wait(5).bind()


CASES = (
    Case("keeps-a-window", PASS, "ten", lambda talk: unanswered(talk, 10)),
    Case("keeps-a-window", WARN, "eleven", lambda talk: unanswered(talk, 11)),
    Case("keeps-a-window", FAIL, "a hundred and one", lambda talk: unanswered(talk, 101)),
    Case("does-not-pile-up", PASS, "waits", lambda talk: slow(talk, 5)),
    Case("does-not-pile-up", FAIL, "goes on", lambda talk: slow(talk, 101)),
    Case("does-not-pile-up", NOT_SEEN, "the answer was quick", lambda talk: talk.bind().submit().submit()),
    Case("backs-off-when-throttled", PASS, "a second", lambda talk: after_pause(talk, THROTTLED, 1.5)),
    Case("backs-off-when-throttled", WARN, "half a second", lambda talk: after_pause(talk, THROTTLED, 0.5)),
    Case("backs-off-when-throttled", FAIL, "no pause", lambda talk: after_pause(talk, THROTTLED, 0.05)),
    Case(
        "backs-off-when-throttled", NOT_SEEN, "nothing more is sent", lambda talk: talk.bind().submit(status=THROTTLED)
    ),
    Case("backs-off-when-throttled", NOT_SEEN, "the queue was full", lambda talk: after_pause(talk, FULL, 0.05)),
    Case("backs-off-when-queue-is-full", PASS, "a second", lambda talk: after_pause(talk, FULL, 1.5)),
    Case("backs-off-when-queue-is-full", WARN, "half a second", lambda talk: after_pause(talk, FULL, 0.5)),
    Case("backs-off-when-queue-is-full", FAIL, "no pause", lambda talk: after_pause(talk, FULL, 0.05)),
    Case(
        "sends-again-what-had-to-wait",
        PASS,
        "later",
        lambda talk: talk.bind().submit(status=THROTTLED).wait(2).submit(),
    ),
    Case("sends-again-what-had-to-wait", WARN, "never", lambda talk: talk.bind().submit(status=FULL).wait(130)),
    Case("accepts-refusals", PASS, "lets it be", lambda talk: talk.bind().submit(status=REFUSED).wait(11)),
    Case(
        "accepts-refusals",
        PASS,
        "another message",
        lambda talk: talk.bind().submit(status=REFUSED).submit("دیگر").wait(11),
    ),
    Case("accepts-refusals", FAIL, "again", lambda talk: talk.bind().submit(status=REFUSED).wait(5).submit()),
    Case(
        "accepts-refusals", FAIL, "again, by a vendor", lambda talk: talk.bind().submit(status=0x404).wait(5).submit()
    ),
    Case("accepts-refusals", NOT_SEEN, "throttled is none", lambda talk: talk.bind().submit(status=THROTTLED).wait(11)),
    Case("waits-for-late-answers", PASS, "waits", lambda talk: talk.bind().submit(after=3)),
    Case(
        "waits-for-late-answers",
        WARN,
        "again meanwhile",
        lambda talk: talk.bind().submit(after=None).wait(2).submit().wait(9),
    ),
    Case("saves-what-was-unanswered", PASS, "again on the next", lambda talk: broken(talk).submit("سفارش")),
    Case("saves-what-was-unanswered", WARN, "forgets it", lambda talk: broken(talk).submit("دیگر").wait(130)),
)
