from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import BindReceiver, BindTransceiver, EnquireLink, SubmitSm
from simulator.smpp.states import Role
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case
from tests.harness.audit.talk import Talk

RINVPASWD = CommandStatus.ESME_RINVPASWD


def one_each(talk: Talk, sessions: int) -> Talk:
    for _ in range(sessions):
        talk.bind().submit().unbind().end().wait(1)
    return talk


CASES = (
    Case("binds-in-time", PASS, "at once", lambda talk: talk.bind()),
    Case("binds-in-time", WARN, "after seven seconds", lambda talk: talk.open().wait(7).esme(BindTransceiver())),
    Case("binds-in-time", FAIL, "after eleven seconds", lambda talk: talk.open().wait(11).esme(BindTransceiver())),
    Case("binds-in-time", FAIL, "never", lambda talk: talk.open().wait(11)),
    Case("binds-in-time", NOT_SEEN, "it left at once", lambda talk: talk.open().wait(1).end()),
    Case("binds-in-time", NOT_SEEN, "the beginning was missed", lambda talk: talk.join().submit()),
    Case("waits-for-bind-response", PASS, "the answer comes first", lambda talk: talk.bind().submit()),
    Case(
        "waits-for-bind-response",
        FAIL,
        "submits before it",
        lambda talk: talk.open().esme(BindTransceiver("panel")).esme(SubmitSm()),
    ),
    Case("asks-what-its-state-permits", PASS, "submits as transceiver", lambda talk: talk.bind().submit()),
    Case("asks-what-its-state-permits", FAIL, "submits as receiver", lambda talk: talk.bind(BindReceiver).submit()),
    Case("asks-what-its-state-permits", FAIL, "submits unbound", lambda talk: talk.open().submit()),
    Case("asks-what-its-state-permits", NOT_SEEN, "the state is not known", lambda talk: talk.join().submit()),
    Case("binds-once-a-connection", PASS, "binds once", lambda talk: talk.bind()),
    Case(
        "binds-once-a-connection",
        PASS,
        "again, as it was refused",
        lambda talk: talk.bind(status=RINVPASWD).esme(BindTransceiver()),
    ),
    Case("binds-once-a-connection", FAIL, "binds twice", lambda talk: talk.bind().esme(BindTransceiver())),
    Case("keeps-its-session", PASS, "three over one bind", lambda talk: talk.bind().submit().submit().submit()),
    Case("keeps-its-session", FAIL, "three over three", lambda talk: one_each(talk, 3)),
    Case("keeps-its-session", NOT_SEEN, "two say nothing yet", lambda talk: one_each(talk, 2)),
    Case("says-a-known-version", PASS, "3.4", lambda talk: talk.bind()),
    Case("says-a-known-version", WARN, "3.3", lambda talk: talk.bind(interface_version=0x33)),
    Case("says-a-known-version", FAIL, "4.0", lambda talk: talk.bind(interface_version=0x40)),
    Case(
        "accepts-a-refused-bind",
        PASS,
        "again after ten seconds",
        lambda talk: talk.bind(status=RINVPASWD).end().wait(10).bind(status=RINVPASWD),
    ),
    Case(
        "accepts-a-refused-bind",
        WARN,
        "again after two seconds",
        lambda talk: talk.bind(status=RINVPASWD).end().wait(2).bind(status=RINVPASWD),
    ),
    Case(
        "accepts-a-refused-bind",
        FAIL,
        "again at once",
        lambda talk: talk.bind(status=RINVPASWD).end().wait(0.1).bind(status=RINVPASWD),
    ),
    Case(
        "accepts-a-refused-bind",
        NOT_SEEN,
        "other credentials",
        lambda talk: talk.bind(status=RINVPASWD).end().wait(0.1).bind(system_id="other"),
    ),
    Case("unbinds-before-closing", PASS, "unbinds", lambda talk: talk.bind().unbind().end()),
    Case("unbinds-before-closing", FAIL, "only closes", lambda talk: talk.bind().submit().end()),
    Case("unbinds-before-closing", NOT_SEEN, "the operator closed", lambda talk: talk.bind().end(Role.MC)),
    Case("waits-for-unbind-response", PASS, "reads it", lambda talk: talk.bind().unbind().end()),
    Case("waits-for-unbind-response", WARN, "closes at once", lambda talk: talk.bind().unbind(answered=False).end()),
    Case("awaits-its-answers-before-unbind", PASS, "all is answered", lambda talk: talk.bind().submit().unbind()),
    Case(
        "awaits-its-answers-before-unbind",
        PASS,
        "what is unanswered is old",
        lambda talk: talk.bind().submit(after=None).wait(30).unbind(),
    ),
    Case(
        "awaits-its-answers-before-unbind",
        WARN,
        "one is not",
        lambda talk: talk.bind().submit(after=None).wait(1).unbind(),
    ),
    Case("asks-nothing-behind-its-unbind", PASS, "is silent", lambda talk: talk.bind().unbind().end()),
    Case("asks-nothing-behind-its-unbind", FAIL, "submits", lambda talk: talk.bind().unbind(answered=False).submit()),
    Case("answers-unbind", PASS, "at once", lambda talk: talk.bind().unbound()),
    Case("answers-unbind", WARN, "closes instead", lambda talk: talk.bind().unbound(after=None).wait(0.1).end()),
    Case("answers-unbind", FAIL, "not at all", lambda talk: talk.bind().unbound(after=None).wait(2).end(Role.MC)),
    Case(
        "answers-unbind", NOT_SEEN, "was not given the time", lambda talk: talk.bind().unbound(after=None).end(Role.MC)
    ),
    Case("stops-at-the-operators-unbind", PASS, "is silent", lambda talk: talk.bind().unbound().wait(1)),
    Case(
        "stops-at-the-operators-unbind",
        PASS,
        "what was on its way",
        lambda talk: talk.bind().unbound(after=None).wait(0.1).submit().wait(1),
    ),
    Case(
        "stops-at-the-operators-unbind",
        FAIL,
        "goes on",
        lambda talk: talk.bind().unbound().wait(1).esme(EnquireLink()),
    ),
)
