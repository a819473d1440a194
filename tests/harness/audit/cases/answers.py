from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import (
    DataSm,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    SubmitSm,
    SubmitSmResp,
)
from simulator.smpp.states import Role
from simulator.smpp.tlvs import Tlv
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case
from tests.harness.audit.talk import Talk

UNKNOWN = HEADER.pack(16, 0x00010200, 0, 77)
RINVCMDID = CommandStatus.ESME_RINVCMDID
VENDOR = (Tlv(0x1401, b"\xde\xad"),)


def unknown(talk: Talk) -> Talk:
    return talk.bind().octets(Role.MC, UNKNOWN).wait(0.1)


def overtaken(talk: Talk) -> Talk:
    """Two submits, of which the second is answered first."""
    talk.bind().submit(after=None).submit(after=None)
    return talk.mc(SubmitSmResp("2"), talk.number).wait(0.1)


CASES = (
    Case("answers-deliver-sm", PASS, "at once", lambda talk: talk.bind().deliver()),
    Case(
        "answers-deliver-sm",
        PASS,
        "a data_sm by generic_nack",
        lambda talk: talk.bind().mc(DataSm()).answer(GenericNack()),
    ),
    Case("answers-deliver-sm", WARN, "after ten seconds", lambda talk: talk.bind().deliver(10)),
    Case("answers-deliver-sm", FAIL, "after forty", lambda talk: talk.bind().deliver(40)),
    Case("answers-deliver-sm", FAIL, "never", lambda talk: talk.bind().deliver(None).wait(31)),
    Case("answers-deliver-sm", NOT_SEEN, "the recording ends", lambda talk: talk.bind().deliver(None).wait(1)),
    Case("answers-what-was-asked", PASS, "a deliver_sm", lambda talk: talk.bind().deliver()),
    Case("answers-what-was-asked", NOT_SEEN, "what cannot be read", lambda talk: talk.bind().esme(GenericNack(), 0)),
    Case("answers-what-was-asked", FAIL, "nothing", lambda talk: talk.bind().esme(DeliverSmResp(), 99)),
    Case("answers-what-was-asked", FAIL, "twice", lambda talk: talk.bind().deliver().answer(DeliverSmResp())),
    Case(
        "answers-what-was-asked",
        FAIL,
        "by another command",
        lambda talk: talk.bind().deliver(answer=EnquireLinkResp()),
    ),
    Case(
        "answers-what-was-asked", NOT_SEEN, "the request was missed", lambda talk: talk.join().esme(DeliverSmResp(), 9)
    ),
    Case("refuses-by-fitting-status", PASS, "takes it", lambda talk: talk.bind().deliver()),
    Case(
        "refuses-by-fitting-status",
        PASS,
        "not now",
        lambda talk: talk.bind().deliver(status=CommandStatus.ESME_RX_T_APPN),
    ),
    Case(
        "refuses-by-fitting-status",
        WARN,
        "by a status of submits",
        lambda talk: talk.bind().deliver(status=CommandStatus.ESME_RSUBMITFAIL),
    ),
    Case("refuses-by-fitting-status", FAIL, "by a number of its own", lambda talk: talk.bind().deliver(status=0x30)),
    Case("leaves-message-id-empty", PASS, "empty", lambda talk: talk.bind().deliver()),
    Case("leaves-message-id-empty", WARN, "filled", lambda talk: talk.bind().deliver(answer=DeliverSmResp("1"))),
    Case("asks-with-status-zero", PASS, "0", lambda talk: talk.bind()),
    Case("asks-with-status-zero", FAIL, "8", lambda talk: talk.bind().esme(EnquireLink(), status=8)),
    Case("nacks-unknown-commands", PASS, "by RINVCMDID", lambda talk: unknown(talk).esme(GenericNack(), 77, RINVCMDID)),
    Case("nacks-unknown-commands", WARN, "by RSYSERR", lambda talk: unknown(talk).esme(GenericNack(), 77, 8)),
    Case(
        "nacks-unknown-commands",
        FAIL,
        "by a response of that command",
        lambda talk: unknown(talk).octets(Role.ESME, HEADER.pack(16, 0x80010200, 0, 77)),
    ),
    Case("nacks-unknown-commands", FAIL, "not at all", lambda talk: unknown(talk).wait(6)),
    Case("nacks-unknown-commands", FAIL, "leaves", lambda talk: unknown(talk).end()),
    Case("bears-generic-nack", PASS, "goes on", lambda talk: talk.bind().enquire(None).mc(GenericNack(), 2, 8).wait(3)),
    Case("bears-generic-nack", FAIL, "leaves", lambda talk: talk.bind().enquire(None).mc(GenericNack(), 2, 8).end()),
    Case(
        "bears-generic-nack",
        FAIL,
        "answers it",
        lambda talk: talk.bind().enquire(None).mc(GenericNack(), 2, 8).esme(GenericNack(), 2, 8),
    ),
    Case("bears-unknown-tlvs", PASS, "goes on", lambda talk: talk.bind().deliver(tlvs=VENDOR).wait(3)),
    Case("bears-unknown-tlvs", FAIL, "leaves", lambda talk: talk.bind().mc(DeliverSm(tlvs=VENDOR)).end()),
    Case(
        "bears-unknown-tlvs",
        NOT_SEEN,
        "it left at something else",
        lambda talk: talk.bind().mc(DeliverSm(tlvs=VENDOR)).wait(0.5).mc(DeliverSm()).end(),
    ),
    Case("bears-vendor-statuses", PASS, "goes on", lambda talk: talk.bind().submit(status=0x401).wait(3)),
    Case("bears-vendor-statuses", FAIL, "leaves", lambda talk: talk.bind().submit(status=0x401).end()),
    Case("bears-any-order", PASS, "goes on", lambda talk: overtaken(talk).wait(3)),
    Case("bears-any-order", FAIL, "leaves", lambda talk: overtaken(talk).end()),
    Case(
        "bears-any-order",
        FAIL,
        "leaves at a deliver_sm",
        lambda talk: talk.bind().esme(SubmitSm()).mc(DeliverSm()).end(),
    ),
)
