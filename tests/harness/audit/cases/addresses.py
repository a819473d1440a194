from simulator.smpp.pdus import SmeAddress, SubmitMulti
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case

SEVERAL = SubmitMulti(dest_address=(SmeAddress(1, 1, "989123456701"), SmeAddress(1, 1, "09123456701")))

CASES = (
    Case("destinations-are-digits", PASS, "98 and ten", lambda talk: talk.bind().submit()),
    Case("destinations-are-digits", FAIL, "a plus", lambda talk: talk.bind().submit(destination_addr="+989123456701")),
    Case("ton-fits-the-number", PASS, "international", lambda talk: talk.bind().submit()),
    Case(
        "ton-fits-the-number",
        PASS,
        "unknown",
        lambda talk: talk.bind().submit(dest_addr_ton=0, destination_addr="09123456701"),
    ),
    Case("ton-fits-the-number", FAIL, "0912", lambda talk: talk.bind().submit(destination_addr="09123456701")),
    Case("ton-fits-the-number", FAIL, "0912, of several", lambda talk: talk.bind().esme(SEVERAL)),
    Case("ton-fits-the-number", FAIL, "98, as national", lambda talk: talk.bind().submit(dest_addr_ton=2)),
    Case("npi-of-telephones", PASS, "1", lambda talk: talk.bind().submit()),
    Case("npi-of-telephones", WARN, "8", lambda talk: talk.bind().submit(dest_addr_npi=8)),
    Case("names-marked-alphanumeric", PASS, "digits", lambda talk: talk.bind().submit()),
    Case(
        "names-marked-alphanumeric",
        PASS,
        "a name of TON 5",
        lambda talk: talk.bind().submit(source_addr="SHOP", source_addr_ton=5),
    ),
    Case("names-marked-alphanumeric", FAIL, "a name of TON 0", lambda talk: talk.bind().submit(source_addr="SHOP")),
    Case("names-marked-alphanumeric", FAIL, "digits of TON 5", lambda talk: talk.bind().submit(source_addr_ton=5)),
    Case(
        "names-marked-alphanumeric",
        FAIL,
        "twelve letters",
        lambda talk: talk.bind().submit(source_addr="SHOP-ONLINE-", source_addr_ton=5),
    ),
    Case("names-marked-alphanumeric", NOT_SEEN, "none", lambda talk: talk.bind().submit(source_addr="")),
)
