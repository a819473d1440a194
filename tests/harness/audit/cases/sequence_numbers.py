from simulator.smpp.pdus import EnquireLink, EnquireLinkResp
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case

CASES = (
    Case("numbers-in-range", PASS, "1", lambda talk: talk.bind()),
    Case("numbers-in-range", FAIL, "0", lambda talk: talk.bind().esme(EnquireLink(), 0)),
    Case("numbers-in-range", FAIL, "2**31", lambda talk: talk.bind().esme(EnquireLink(), 1 << 31)),
    Case("numbers-unique", PASS, "1, 2, 3", lambda talk: talk.bind().enquire(None).enquire(None)),
    Case(
        "numbers-unique",
        PASS,
        "again when it was answered",
        lambda talk: talk.bind().esme(EnquireLink(), 5).mc(EnquireLinkResp(), 5).esme(EnquireLink(), 5),
    ),
    Case("numbers-unique", FAIL, "5, 5", lambda talk: talk.bind().esme(EnquireLink(), 5).esme(EnquireLink(), 5)),
    Case("numbers-grow", PASS, "1, 2", lambda talk: talk.bind().enquire()),
    Case(
        "numbers-grow",
        PASS,
        "1 behind the last",
        lambda talk: talk.join().esme(EnquireLink(), 0x7FFFFFFF).esme(EnquireLink(), 1),
    ),
    Case("numbers-grow", FAIL, "5, 4", lambda talk: talk.bind().esme(EnquireLink(), 5).esme(EnquireLink(), 4)),
    Case(
        "numbers-grow",
        NOT_SEEN,
        "with a gap in between",
        lambda talk: talk.join().esme(EnquireLink(), 5).lose().esme(EnquireLink(), 4),
    ),
    Case("numbers-begin-at-one", PASS, "1", lambda talk: talk.bind()),
    Case("numbers-begin-at-one", WARN, "2", lambda talk: talk.open().esme(EnquireLink(), 2)),
    Case("numbers-begin-at-one", NOT_SEEN, "the first was missed", lambda talk: talk.join().enquire()),
    Case("numbers-without-gaps", PASS, "1, 2", lambda talk: talk.bind().enquire()),
    Case("numbers-without-gaps", WARN, "1, 3", lambda talk: talk.bind().esme(EnquireLink(), 3)),
)
