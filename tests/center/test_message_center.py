"""Texts as the message centre reads them: alphabets, and parts that come in pieces, again, late or not at all."""

from collections.abc import Iterable
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.messages import Fate
from simulator.smpp.consts import ESM_UDHI, CommandStatus, MessageState, TlvTag
from simulator.smpp.pdus import SubmitSm
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.text import Alphabet, encode_as
from simulator.smpp.tlvs import build
from simulator.smpp.udh import Concatenation, ReferenceKind, concatenation_udh
from simulator.store import MessageQuery, Store
from tests.center.test_operator import ADVERT, DEDICATED, FREE, NOON, ORDER, make_operator, running
from tests.esme import Esme, connected

pytestmark = pytest.mark.virtual_time

REFUSED = 0x404
WIRE = ADVERT.encode("utf-16-be")


def part(octets: bytes, where: Concatenation, *, data_coding: int = 8) -> SubmitSm:
    message = SubmitSm(source_addr=DEDICATED, destination_addr=FREE, data_coding=data_coding, registered_delivery=1)
    if where.kind is ReferenceKind.SAR:
        tlvs = (
            build(TlvTag.SAR_MSG_REF_NUM, where.reference),
            build(TlvTag.SAR_TOTAL_SEGMENTS, where.total),
            build(TlvTag.SAR_SEGMENT_SEQNUM, where.number),
        )
        return message._replace(short_message=octets, tlvs=tlvs)
    return message._replace(esm_class=ESM_UDHI, short_message=concatenation_udh(where) + octets)


async def statuses(esme: Esme, *pdus: SubmitSm) -> list[int]:
    await esme.send(*pdus)
    return [(await esme.response()).command_status for _ in pdus]


def texts(operator: Operator) -> list[str]:
    return [entry.message.text for entry in operator.inquiries.entries(MessageQuery())]


def refused(operator: Operator) -> list[int]:
    return [entry.message.number for entry in operator.inquiries.entries(MessageQuery(outcome=Fate.REFUSED))]


@pytest.mark.parametrize(
    ("default", "text"), [("gsm", "¡è"), ("latin1", "@\x04"), ("ascii", "@\x04"), ("gsm_packed", "¡ò"), ("ucs2", "䀄")]
)
async def test_the_profile_says_what_data_coding_0_means(default: str, text: str) -> None:
    operator = make_operator(profile={"default_alphabet": default})
    async with connected(operator) as esme:
        await esme.bind()
        await statuses(esme, SubmitSm(source_addr=DEDICATED, destination_addr=FREE, short_message=b"\x40\x04"))
        assert texts(operator) == [text]


async def test_packed_text_behind_a_header_with_national_tables() -> None:
    operator = make_operator(profile={"default_alphabet": "gsm_packed"})
    header = bytes.fromhex("03 24 01 01")
    text = encode_as("{A}", Alphabet.GSM_PACKED, header_size=len(header))
    assert text is not None
    async with connected(operator) as esme:
        await esme.bind()
        await statuses(
            esme,
            SubmitSm(source_addr=DEDICATED, destination_addr=FREE, esm_class=ESM_UDHI, short_message=header + text),
        )
        assert texts(operator) == ["{A}"]


@pytest.mark.parametrize("kind", ReferenceKind)
@pytest.mark.parametrize("cut", [40, 41])
async def test_a_text_cut_anywhere_is_judged_as_one(kind: ReferenceKind, cut: int) -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        pieces = [
            part(octets, Concatenation(42, 2, number, kind))
            for number, octets in enumerate((WIRE[:cut], WIRE[cut:]), start=1)
        ]
        assert await statuses(esme, *pieces) == [0, REFUSED]
        assert refused(operator) == [1, 2]


async def test_references_of_different_kinds_do_not_mix() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        pieces = [part(WIRE[:40], Concatenation(42, 2, 1, kind)) for kind in ReferenceKind]
        assert await statuses(esme, *pieces) == [0, 0, 0]
        last = part(WIRE[40:], Concatenation(42, 2, 2, ReferenceKind.SAR))
        assert await statuses(esme, last) == [REFUSED]
        assert refused(operator) == [3, 4]


@pytest.mark.parametrize("where", [(1, 2, 0), (1, 2, 3), (1, 0, 0), (1, 1, 1)])
async def test_a_part_that_makes_no_sense_is_a_message_of_its_own(where: Iterable[int]) -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        reference, total, number = where
        whole = SubmitSm(
            source_addr=DEDICATED,
            destination_addr=FREE,
            data_coding=8,
            esm_class=ESM_UDHI,
            short_message=bytes((5, 0, 3, reference, total, number)) + WIRE,
        )
        assert await statuses(esme, whole) == [REFUSED]


async def test_a_part_that_is_sent_again_gets_the_verdict_of_its_text_and_is_no_second_offence() -> None:
    operator = make_operator(profile={"sanctions": {"strikes": 2}})
    async with connected(operator) as esme:
        await esme.bind()
        first, last = (part(WIRE[at : at + 90], Concatenation(1, 2, at // 90 + 1)) for at in (0, 90))
        assert await statuses(esme, first, last, last, first) == [0, REFUSED, REFUSED, REFUSED]
        order = ORDER.encode("utf-16-be")
        whole = SubmitSm(source_addr=DEDICATED, destination_addr=FREE, data_coding=8, short_message=order)
        assert await statuses(esme, whole) == [CommandStatus.ESME_ROK], "the line is still open"


async def test_the_next_text_under_a_reference_has_its_own_time() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        order = ORDER.encode("utf-16-be")
        pieces = [part(order[at : at + 60], Concatenation(1, 2, at // 60 + 1)) for at in (0, 60)]
        assert await statuses(esme, *pieces) == [0, 0]
        await trio.sleep(59)
        assert await statuses(esme, part(WIRE[:41], Concatenation(1, 2, 1))) == [0]
        await trio.sleep(30)
        assert await statuses(esme, part(WIRE[41:], Concatenation(1, 2, 2))) == [REFUSED]


async def test_another_text_under_the_same_reference_lets_the_first_be_judged() -> None:
    operator = make_operator()
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        await statuses(esme, part(WIRE, Concatenation(1, 2, 1)))
        assert refused(operator) == []
        await statuses(esme, part(ORDER.encode("utf-16-be"), Concatenation(1, 2, 1)))
        assert refused(operator) == [1]
        said = parse_receipt((await esme.receipt()).short_message)
        assert (said.message_id, said.state) == ("0000000001", MessageState.REJECTED)


async def test_a_flood_of_unfinished_texts_is_bounded_and_nothing_is_dropped_silently() -> None:
    operator = make_operator(profile={"delivery": {"assembly_limit": 3, "assembly_timeout": 3600}})
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        flood = [part(WIRE, Concatenation(reference, 2, 1)) for reference in range(5)]
        assert await statuses(esme, *flood) == [0] * 5
        assert refused(operator) == [1, 2]
        before = trio.current_time()
        got = {parse_receipt((await esme.receipt()).short_message).message_id for _ in range(2)}
        assert got == {"0000000001", "0000000002"}
        assert trio.current_time() - before < 60, "long before their time was over"


async def test_a_cut_pair_is_joined_across_a_restart(tmp_path: Any) -> None:
    path = tmp_path / "store.db"
    operator = make_operator(Store(path))
    where = Concatenation(1, 2, 1, ReferenceKind.UDH_16)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, part(WIRE[:41], where)) == [0]
    operator.close()
    operator = make_operator(Store(path), at=NOON + 10)
    async with connected(operator) as esme:
        await esme.bind()
        assert await statuses(esme, part(WIRE[41:], where._replace(number=2))) == [REFUSED]
        assert refused(operator) == [1, 2]
    operator.close()
