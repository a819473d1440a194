from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case

PERSIAN = "سفارش شما آماده است."

CASES = (
    Case("ucs2-in-whole-units", PASS, "pairs", lambda talk: talk.bind().submit(PERSIAN)),
    Case("ucs2-in-whole-units", FAIL, "one left over", lambda talk: talk.bind().submit(b"\x06\x33\x06", data_coding=8)),
    Case("ucs2-in-whole-units", NOT_SEEN, "GSM", lambda talk: talk.bind().submit(b"hello")),
    Case("ucs2-is-utf-16-be", PASS, "it is", lambda talk: talk.bind().submit(PERSIAN)),
    Case("ucs2-is-utf-16-be", PASS, "with emoji", lambda talk: talk.bind().submit("کد 🔑🔑🔑")),
    Case("ucs2-is-utf-16-be", FAIL, "UTF-8", lambda talk: talk.bind().submit(PERSIAN.encode(), data_coding=8)),
    Case(
        "ucs2-is-utf-16-be",
        FAIL,
        "the low octet first",
        lambda talk: talk.bind().submit(PERSIAN.encode("utf-16-le"), data_coding=8),
    ),
    Case("ucs2-is-utf-16-be", FAIL, "ASCII", lambda talk: talk.bind().submit(b"Hello, world", data_coding=8)),
    Case("ucs2-without-byte-order-mark", PASS, "none", lambda talk: talk.bind().submit(PERSIAN)),
    Case("ucs2-without-byte-order-mark", FAIL, "FE FF", lambda talk: talk.bind().submit("\ufeff" + PERSIAN)),
    Case("no-utf-8", PASS, "GSM", lambda talk: talk.bind().submit(b"hello")),
    Case("no-utf-8", FAIL, "under data_coding 0", lambda talk: talk.bind().submit(PERSIAN.encode(), data_coding=0)),
    Case("no-utf-8", FAIL, "under Latin-1", lambda talk: talk.bind().submit(PERSIAN.encode(), data_coding=3)),
    Case("gsm-is-septets", PASS, "it is", lambda talk: talk.bind().submit(b"code \x1b\x28123\x1b\x29")),
    Case("gsm-is-septets", FAIL, "Latin-1", lambda talk: talk.bind().submit("señor".encode("latin-1"))),
    Case("gsm-is-septets", FAIL, "ASCII", lambda talk: talk.bind().submit(b"write to info@example.ir")),
    Case("ascii-is-ascii", PASS, "it is", lambda talk: talk.bind().submit(b"info@example.ir", data_coding=1)),
    Case("ascii-is-ascii", FAIL, "GSM", lambda talk: talk.bind().submit(b"info\x00example.ir", data_coding=1)),
    Case("texts-survive-encoding", PASS, "Persian", lambda talk: talk.bind().submit(PERSIAN)),
    Case("texts-survive-encoding", PASS, "a question", lambda talk: talk.bind().submit(b"Is it you?!")),
    Case("texts-survive-encoding", FAIL, "question marks", lambda talk: talk.bind().submit(b"????? ??? 12")),
    Case("texts-survive-encoding", FAIL, "NULs", lambda talk: talk.bind().submit(bytes(20), data_coding=3)),
    Case("latin-text-goes-as-gsm", PASS, "Persian", lambda talk: talk.bind().submit(PERSIAN)),
    Case("latin-text-goes-as-gsm", WARN, "English", lambda talk: talk.bind().submit("Your code is 123")),
    Case("fits-a-short-message", PASS, "seventy", lambda talk: talk.bind().submit("س" * 70)),
    Case("fits-a-short-message", WARN, "seventy-one", lambda talk: talk.bind().submit("س" * 71)),
    Case("fits-a-short-message", PASS, "a hundred and sixty", lambda talk: talk.bind().submit(b"a" * 160)),
    Case("fits-a-short-message", WARN, "one more", lambda talk: talk.bind().submit(b"a" * 161)),
)
