from simulator.smpp.consts import TlvTag
from simulator.smpp.tlvs import build
from simulator.smpp.udh import ReferenceKind
from tests.harness.audit.cases.case import FAIL, NOT_SEEN, PASS, WARN, Case
from tests.harness.audit.talk import Talk

SEEN = "س".encode("utf-16-be")
KEY = "🔑".encode("utf-16-be")
FULL, SHORT = SEEN * 67, SEEN * 5


def text(talk: Talk, reference: int = 7, numbers: tuple[int, ...] = (1, 2, 3), octets: bytes = FULL) -> Talk:
    """A text of three parts; the octets differ from text to text."""
    for number in numbers:
        talk.part(number, 3, reference, octets)
    return talk


def sar(talk: Talk, octets: bytes) -> Talk:
    tlvs = tuple(
        build(tag, value)
        for tag, value in (
            (TlvTag.SAR_MSG_REF_NUM, 7),
            (TlvTag.SAR_TOTAL_SEGMENTS, 2),
            (TlvTag.SAR_SEGMENT_SEQNUM, 1),
        )
    )
    return talk.bind().submit(octets, data_coding=8, tlvs=tlvs)


CASES = (
    Case("header-well-formed", PASS, "a part", lambda talk: talk.bind().part(1, 2)),
    Case("header-well-formed", FAIL, "it ends first", lambda talk: talk.bind().submit(b"\x09\0\x03", esm_class=0x40)),
    Case("header-well-formed", FAIL, "part 3 of 2", lambda talk: talk.bind().submit(b"\5\0\3\7\2\3ab", esm_class=0x40)),
    Case("header-well-formed", FAIL, "part 0", lambda talk: talk.bind().submit(b"\5\0\3\7\2\0ab", esm_class=0x40)),
    Case("header-well-formed", NOT_SEEN, "none", lambda talk: talk.bind().submit()),
    Case("header-announced", PASS, "by 0x40", lambda talk: talk.bind().part(1, 2)),
    Case("header-announced", FAIL, "not", lambda talk: talk.bind().submit(b"\5\0\3\7\2\1" + FULL, data_coding=8)),
    Case("parts-complete", PASS, "three of three", lambda talk: text(talk.bind()).wait(31)),
    Case("parts-complete", FAIL, "two of three", lambda talk: text(talk.bind(), numbers=(1, 3)).wait(31)),
    Case("parts-complete", NOT_SEEN, "the rest may come", lambda talk: text(talk.bind(), numbers=(1, 2)).wait(5)),
    Case("parts-complete", NOT_SEEN, "one was refused", lambda talk: talk.bind().part(1, 2, status=8).wait(31)),
    Case("parts-in-order", PASS, "1, 2, 3", lambda talk: text(talk.bind())),
    Case("parts-in-order", WARN, "1, 3, 2", lambda talk: text(talk.bind(), numbers=(1, 3, 2))),
    Case("parts-agree", PASS, "of three", lambda talk: text(talk.bind())),
    Case("parts-agree", FAIL, "of two, of three", lambda talk: talk.bind().part(1, 2).part(2, 3)),
    Case(
        "parts-agree",
        WARN,
        "in two codings",
        lambda talk: talk.bind().part(1, 2).part(2, 2, octets=b"a", data_coding=0),
    ),
    Case("reference-changes", PASS, "7, 8", lambda talk: text(text(talk.bind()), 8, octets=SHORT)),
    Case("reference-changes", FAIL, "7, 7", lambda talk: text(text(talk.bind()), 7, octets=SHORT)),
    Case(
        "reference-changes",
        NOT_SEEN,
        "7, 7, an hour apart",
        lambda talk: text(text(talk.bind()).wait(3600), octets=SHORT),
    ),
    Case("reference-changes", NOT_SEEN, "the same part again", lambda talk: text(text(talk.bind()))),
    Case("surrogates-whole", PASS, "at the edge", lambda talk: talk.bind().part(1, 2, octets=SEEN * 65 + KEY)),
    Case("surrogates-whole", FAIL, "half at the end", lambda talk: talk.bind().part(1, 2, octets=SEEN + KEY[:2])),
    Case("surrogates-whole", FAIL, "half at the beginning", lambda talk: talk.bind().part(2, 2, octets=KEY[2:] + SEEN)),
    Case("escapes-whole", PASS, "at the edge", lambda talk: talk.bind().part(1, 2, octets=b"a\x1b\x28", data_coding=0)),
    Case("escapes-whole", FAIL, "cut", lambda talk: talk.bind().part(1, 2, octets=b"a\x1b", data_coding=0)),
    Case("parts-fit", PASS, "134 octets", lambda talk: talk.bind().part(1, 2)),
    Case("parts-fit", FAIL, "136 octets", lambda talk: talk.bind().part(1, 2, octets=FULL + SEEN)),
    Case("parts-fit", PASS, "153 septets", lambda talk: talk.bind().part(1, 2, octets=b"a" * 153, data_coding=0)),
    Case("parts-fit", FAIL, "154 septets", lambda talk: talk.bind().part(1, 2, octets=b"a" * 154, data_coding=0)),
    Case(
        "parts-fit",
        FAIL,
        "134 octets behind seven",
        lambda talk: talk.bind().part(1, 2, octets=FULL, kind=ReferenceKind.UDH_16),
    ),
    Case("parts-fit", PASS, "134 octets by sar_*", lambda talk: sar(talk, FULL)),
    Case("parts-fit", FAIL, "140 octets by sar_*", lambda talk: sar(talk, SEEN * 70)),
    Case("as-few-parts-as-can-be", PASS, "three", lambda talk: text(talk.bind())),
    Case("as-few-parts-as-can-be", WARN, "three, one would do", lambda talk: text(talk.bind(), octets=SHORT)),
    Case("as-few-parts-as-can-be", NOT_SEEN, "not all came", lambda talk: talk.bind().part(1, 2)),
)
