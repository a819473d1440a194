from simulator.smpp.consts import TlvTag
from simulator.smpp.tlvs import Tlv, build
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case

REFERENCE = build(TlvTag.USER_MESSAGE_REFERENCE, 7)
SAR = (
    build(TlvTag.SAR_MSG_REF_NUM, 7),
    build(TlvTag.SAR_TOTAL_SEGMENTS, 2),
    build(TlvTag.SAR_SEGMENT_SEQNUM, 1),
)

CASES = (
    Case("tlvs-in-order", PASS, "two octets", lambda talk: talk.bind().submit(tlvs=(REFERENCE,))),
    Case(
        "tlvs-in-order",
        FAIL,
        "one octet too few",
        lambda talk: talk.bind().submit(tlvs=(Tlv(TlvTag.USER_MESSAGE_REFERENCE, b"\x07"),)),
    ),
    Case("tlvs-in-order", FAIL, "sar_* beside a header", lambda talk: talk.bind().part(1, 2, tlvs=SAR)),
    Case("tlvs-in-order", NOT_SEEN, "none", lambda talk: talk.bind().submit()),
    Case("tlvs-once", PASS, "once", lambda talk: talk.bind().submit(tlvs=(REFERENCE,))),
    Case("tlvs-once", FAIL, "twice", lambda talk: talk.bind().submit(tlvs=(REFERENCE, REFERENCE))),
    Case("tlvs-in-place", PASS, "of a submit_sm", lambda talk: talk.bind().submit(tlvs=(REFERENCE,))),
    Case(
        "tlvs-in-place",
        WARN,
        "of a bind_resp",
        lambda talk: talk.bind().submit(tlvs=(build(TlvTag.SC_INTERFACE_VERSION, 0x34),)),
    ),
    Case("tlvs-assigned", PASS, "a vendor's", lambda talk: talk.bind().submit(tlvs=(Tlv(0x1401, b"1"),))),
    Case("tlvs-assigned", WARN, "nobody's", lambda talk: talk.bind().submit(tlvs=(Tlv(0x4001, b"1"),))),
    Case("no-tlvs-at-3.3", PASS, "none", lambda talk: talk.bind(interface_version=0x33).submit()),
    Case("no-tlvs-at-3.3", FAIL, "one", lambda talk: talk.bind(interface_version=0x33).submit(tlvs=(REFERENCE,))),
    Case("no-tlvs-at-3.3", NOT_SEEN, "at 3.4", lambda talk: talk.bind().submit(tlvs=(REFERENCE,))),
    Case("sar-whole", PASS, "three", lambda talk: talk.bind().submit(tlvs=SAR)),
    Case("sar-whole", FAIL, "two", lambda talk: talk.bind().submit(tlvs=SAR[:2])),
)
