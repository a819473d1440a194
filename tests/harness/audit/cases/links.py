from simulator.smpp.consts import CommandStatus
from simulator.smpp.states import Role
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case

RBINDFAIL = CommandStatus.ESME_RBINDFAIL

CASES = (
    Case("answers-enquire-link", PASS, "at once", lambda talk: talk.bind().enquired()),
    Case("answers-enquire-link", WARN, "after six seconds", lambda talk: talk.bind().enquired(6)),
    Case("answers-enquire-link", FAIL, "after eleven", lambda talk: talk.bind().enquired(11)),
    Case("answers-enquire-link", FAIL, "never", lambda talk: talk.bind().enquired(None).wait(11)),
    Case("answers-enquire-link", NOT_SEEN, "the recording ends", lambda talk: talk.bind().enquired(None).wait(1)),
    Case(
        "answers-enquire-link", NOT_SEEN, "octets are missing", lambda talk: talk.bind().enquired(None).lose().wait(20)
    ),
    Case("asks-enquire-link-when-idle", PASS, "every minute", lambda talk: talk.bind().wait(60).enquire().wait(60)),
    Case("asks-enquire-link-when-idle", WARN, "not for two", lambda talk: talk.bind().wait(120)),
    Case("asks-enquire-link-when-idle", NOT_SEEN, "was not idle", lambda talk: talk.bind().wait(5).submit()),
    Case("asks-enquire-link-seldom", PASS, "every half minute", lambda talk: talk.bind().enquire().wait(30).enquire()),
    Case("asks-enquire-link-seldom", WARN, "every three seconds", lambda talk: talk.bind().enquire().wait(3).enquire()),
    Case("asks-enquire-link-seldom", FAIL, "without a pause", lambda talk: talk.bind().enquire().enquire()),
    Case("gives-up-a-dead-link", PASS, "closes", lambda talk: talk.bind().enquire(None).wait(30).end()),
    Case("gives-up-a-dead-link", FAIL, "stays", lambda talk: talk.bind().enquire(None).wait(90)),
    Case("gives-up-a-dead-link", FAIL, "closes late", lambda talk: talk.bind().enquire(None).wait(90).end()),
    Case("gives-up-a-dead-link", NOT_SEEN, "it lives", lambda talk: talk.bind().enquire(None).deliver().wait(90)),
    Case("comes-back", PASS, "after ten seconds", lambda talk: talk.bind().end(Role.MC).wait(10).bind()),
    Case("comes-back", WARN, "not within a minute", lambda talk: talk.bind().end(Role.MC).wait(61)),
    Case("comes-back", FAIL, "after two minutes", lambda talk: talk.bind().end(Role.MC).wait(120).bind()),
    Case("comes-back", NOT_SEEN, "it had unbound", lambda talk: talk.bind().unbind().end(Role.MC).wait(61)),
    Case(
        "reconnects-with-back-off",
        PASS,
        "five seconds after a refused bind",
        lambda talk: talk.bind(status=RBINDFAIL).end(Role.MC).wait(5).bind(),
    ),
    Case(
        "reconnects-with-back-off",
        PASS,
        "at once after a session",
        lambda talk: talk.bind().end(Role.MC).wait(0.1).bind(),
    ),
    Case(
        "reconnects-with-back-off",
        WARN,
        "two seconds after a refused bind",
        lambda talk: talk.bind(status=RBINDFAIL).end(Role.MC).wait(2).bind(),
    ),
    Case(
        "reconnects-with-back-off",
        FAIL,
        "at once after a refused bind",
        lambda talk: talk.bind(status=RBINDFAIL).end(Role.MC).wait(0.1).bind(),
    ),
)
