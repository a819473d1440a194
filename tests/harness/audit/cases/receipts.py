from simulator.smpp.consts import ESM_INTERMEDIATE_NOTIFICATION, ESM_MC_DELIVERY_RECEIPT, CommandStatus, TlvTag
from simulator.smpp.pdus import BindTransmitter, DeliverSm, SubmitSmResp
from simulator.smpp.states import Role
from simulator.smpp.tlvs import build
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case
from tests.harness.audit.talk import Talk

DATES = b"submit date:2611221200 done date:2611221200"
STANDARD = b"id:0000000002 sub:001 dlvrd:001 " + DATES + b" stat:DELIVRD err:000 text:hello"
SHORT = b"id:0000000002 stat:DELIVRD"
BY_TLVS = (build(TlvTag.RECEIPTED_MESSAGE_ID, "0000000002"), build(TlvTag.MESSAGE_STATE, 2))
REFUSED = CommandStatus.ESME_RX_P_APPN


def receipt(talk: Talk, text: bytes = STANDARD, esm_class: int = ESM_MC_DELIVERY_RECEIPT, status: int = 0) -> Talk:
    """A receipt of the message 2, which was submitted before."""
    return talk.deliver(esm_class=esm_class, short_message=text, status=status)


def sent(talk: Talk) -> Talk:
    return talk.bind().submit()


def many(talk: Talk, registered_delivery: int) -> Talk:
    talk.bind()
    for _ in range(5):
        talk.submit(registered_delivery=registered_delivery)
    return talk


CASES = (
    Case("asks-for-receipts", PASS, "asks", lambda talk: many(talk, 1)),
    Case("asks-for-receipts", WARN, "does not", lambda talk: many(talk, 0)),
    Case("asks-for-receipts", NOT_SEEN, "too few", lambda talk: talk.bind().submit(registered_delivery=0)),
    Case("can-get-its-receipts", PASS, "as transceiver", lambda talk: talk.bind().submit()),
    Case("can-get-its-receipts", WARN, "as transmitter", lambda talk: talk.bind(BindTransmitter).submit()),
    Case("can-get-its-receipts", NOT_SEEN, "other sessions may be", lambda talk: talk.join().submit()),
    Case("takes-receipts", PASS, "takes it", lambda talk: receipt(sent(talk))),
    Case(
        "takes-receipts",
        WARN,
        "asks for it again",
        lambda talk: receipt(sent(talk), status=CommandStatus.ESME_RX_T_APPN),
    ),
    Case("takes-receipts", FAIL, "refuses it", lambda talk: receipt(sent(talk), status=REFUSED)),
    Case(
        "takes-receipts",
        FAIL,
        "is silent",
        lambda talk: sent(talk).mc(DeliverSm(esm_class=4, short_message=STANDARD)).wait(31),
    ),
    Case("takes-receipts-of-every-dialect", PASS, "short", lambda talk: receipt(sent(talk), SHORT)),
    Case(
        "takes-receipts-of-every-dialect", PASS, "TLVs only", lambda talk: sent(talk).deliver(esm_class=4, tlvs=BY_TLVS)
    ),
    Case("takes-receipts-of-every-dialect", PASS, "no bit", lambda talk: receipt(sent(talk), STANDARD, 0)),
    Case("takes-receipts-of-every-dialect", FAIL, "refuses", lambda talk: receipt(sent(talk), SHORT, status=REFUSED)),
    Case(
        "takes-receipts-of-every-dialect",
        FAIL,
        "leaves",
        lambda talk: sent(talk).mc(DeliverSm(esm_class=4, short_message=SHORT)).end(Role.ESME),
    ),
    Case("takes-receipts-of-every-dialect", NOT_SEEN, "the standard's", lambda talk: receipt(sent(talk))),
    Case("takes-receipts-of-every-dialect", NOT_SEEN, "an MO", lambda talk: sent(talk).deliver(short_message=b"hello")),
    Case("takes-repeated-receipts", PASS, "takes both", lambda talk: receipt(receipt(sent(talk)))),
    Case(
        "takes-repeated-receipts", FAIL, "refuses the second", lambda talk: receipt(receipt(sent(talk)), status=REFUSED)
    ),
    Case("takes-receipts-of-unknown-messages", PASS, "takes it", lambda talk: receipt(talk.bind())),
    Case("takes-receipts-of-unknown-messages", FAIL, "refuses it", lambda talk: receipt(talk.bind(), status=REFUSED)),
    Case(
        "takes-receipts-of-unknown-messages",
        PASS,
        "before it was told",
        lambda talk: receipt(talk.bind().submit(after=None)).mc(SubmitSmResp("0000000002"), 2),
    ),
    Case("takes-receipts-of-unknown-messages", NOT_SEEN, "it was told", lambda talk: receipt(sent(talk))),
    Case(
        "takes-intermediate-notifications",
        PASS,
        "takes it",
        lambda talk: receipt(sent(talk), SHORT, ESM_INTERMEDIATE_NOTIFICATION),
    ),
    Case(
        "takes-intermediate-notifications",
        FAIL,
        "refuses it",
        lambda talk: receipt(sent(talk), SHORT, ESM_INTERMEDIATE_NOTIFICATION, REFUSED),
    ),
)
