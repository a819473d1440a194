from simulator.smpp.codec import encode
from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import CommandId, TlvTag
from simulator.smpp.pdus import SubmitSm
from simulator.smpp.states import Role
from simulator.smpp.tlvs import Tlv
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case
from tests.harness.audit.talk import Talk

LONG_ADDRESS = b"\0\0\0" + b"9" * 30 + b"\0"
PAYLOAD = (Tlv(TlvTag.MESSAGE_PAYLOAD, b"text"),)


def whole(command: int, body: bytes) -> bytes:
    return HEADER.pack(16 + len(body), command, 0, 2) + body


def stray(talk: Talk) -> Talk:
    """A submit_sm with a NUL behind short_message that no length but command_length counts."""
    octets = encode(SubmitSm(short_message=b"hello"), 2)
    return talk.bind().octets(Role.ESME, whole(CommandId.SUBMIT_SM, octets[16:] + b"\0"))


CASES = (
    Case("fields-fit", PASS, "a bind", lambda talk: talk.bind()),
    Case(
        "fields-fit",
        FAIL,
        "an address of thirty digits",
        lambda talk: talk.bind().octets(Role.ESME, whole(CommandId.SUBMIT_SM, LONG_ADDRESS)),
    ),
    Case(
        "fields-fit",
        FAIL,
        "a command_length of gigabytes",
        lambda talk: talk.bind().octets(Role.ESME, HEADER.pack(0xFFFFFFFF, CommandId.SUBMIT_SM, 0, 2)),
    ),
    Case("sends-no-surplus", PASS, "nothing", lambda talk: talk.bind().submit()),
    Case("sends-no-surplus", FAIL, "a NUL", stray),
    Case("types-of-number-permitted", PASS, "1 and 1", lambda talk: talk.bind().submit()),
    Case("types-of-number-permitted", FAIL, "TON 9", lambda talk: talk.bind().submit(dest_addr_ton=9)),
    Case("esm-class-permitted", PASS, "0x03", lambda talk: talk.bind().submit(esm_class=3)),
    Case("esm-class-permitted", FAIL, "a receipt's", lambda talk: talk.bind().submit(esm_class=4)),
    Case("priority-permitted", PASS, "3", lambda talk: talk.bind().submit(priority_flag=3)),
    Case("priority-permitted", FAIL, "9", lambda talk: talk.bind().submit(priority_flag=9)),
    Case("registered-delivery-permitted", PASS, "1", lambda talk: talk.bind().submit()),
    Case("registered-delivery-permitted", FAIL, "0xE0", lambda talk: talk.bind().submit(registered_delivery=0xE0)),
    Case("replace-flag-permitted", PASS, "1", lambda talk: talk.bind().submit(replace_if_present_flag=1)),
    Case("replace-flag-permitted", FAIL, "2", lambda talk: talk.bind().submit(replace_if_present_flag=2)),
    Case("data-coding-named", PASS, "8", lambda talk: talk.bind().submit()),
    Case("data-coding-named", FAIL, "0x20", lambda talk: talk.bind().submit(data_coding=0x20)),
    Case("times-well-formed", PASS, "relative", lambda talk: talk.bind().submit(validity_period="000001000000000R")),
    Case("times-well-formed", FAIL, "ISO 8601", lambda talk: talk.bind().submit(validity_period="2026-11-23")),
    Case("times-well-formed", NOT_SEEN, "none", lambda talk: talk.bind().submit()),
    Case("times-to-come", PASS, "tomorrow", lambda talk: talk.bind().submit(validity_period="261123120000014+")),
    Case("times-to-come", FAIL, "yesterday", lambda talk: talk.bind().submit(validity_period="261121120000014+")),
    Case(
        "times-to-come",
        FAIL,
        "noon, said in UTC",
        lambda talk: talk.bind().submit(schedule_delivery_time="261122083000000+"),
    ),
    Case(
        "valid-beyond-its-schedule",
        PASS,
        "a day longer",
        lambda talk: talk.bind().submit(schedule_delivery_time="261123120000014+", validity_period="261124120000014+"),
    ),
    Case(
        "valid-beyond-its-schedule",
        FAIL,
        "an hour less",
        lambda talk: talk.bind().submit(schedule_delivery_time="261123120000014+", validity_period="261123110000014+"),
    ),
    Case("text-in-one-place", PASS, "message_payload", lambda talk: talk.bind().submit(b"", tlvs=PAYLOAD)),
    Case("text-in-one-place", FAIL, "both", lambda talk: talk.bind().submit(b"text", tlvs=PAYLOAD)),
    Case("sends-a-text", PASS, "one", lambda talk: talk.bind().submit()),
    Case("sends-a-text", WARN, "none", lambda talk: talk.bind().submit(b"")),
    Case("service-type-known", PASS, "empty", lambda talk: talk.bind().submit()),
    Case("service-type-known", WARN, "a name", lambda talk: talk.bind().submit(service_type="BULK")),
)
