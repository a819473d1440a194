"""The faults' parameters, one by one, where a fault has more than one form."""

from dataclasses import replace
from typing import Any, get_args

import pytest
import trio
import trio.testing

from simulator.profiles.receipt_dialects import DIALECTS
from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver
from simulator.trouble.faults.receipt_dialects import ReceiptDialect
from tests.esme import QUIET
from tests.smpp.helpers import octets
from tests.trouble.cases import CASES
from tests.trouble.cases.incoming import made, udh8
from tests.trouble.cases.receipts import HEAD, TEXT, TLVS, deliver_sm, submitted
from tests.trouble.wire import (
    BOUND,
    Wire,
    accepted,
    enquire_link,
    enquire_link_resp,
    refused,
    round_works,
    sized,
    submit,
    unbind,
    unbind_resp,
    world,
)

pytestmark = pytest.mark.virtual_time

TEXTS = {
    "no-id": TEXT.removeprefix(b"id:0000000001 "),
    "no-sub": TEXT.replace(b"sub:001 ", b""),
    "no-dlvrd": TEXT.replace(b"dlvrd:001 ", b""),
    "no-text": TEXT[: TEXT.index(b" text:")],
    "upper-text": TEXT.replace(b"text:", b"Text:"),
    "extra-spaces": TEXT.replace(b" done", b"   done").replace(b" stat:", b"   stat:").replace(b" err:", b"   err:"),
    "padded-stat": TEXT.replace(b"stat:DELIVRD", b"stat:DELIVRD   "),
    "err-4-digits": TEXT.replace(b"err:000", b"err:0000"),
    "err-1-digit": TEXT.replace(b"err:000", b"err:0"),
    "err-hex": TEXT.replace(b"err:000", b"err:0x4A"),
    "err-alphanumeric": TEXT.replace(b"err:000", b"err:E0A"),
    "no-err": TEXT.replace(b" err:000", b""),
    "12-digit-date": TEXT.replace(b"2611221200", b"261122120059"),
    "zoned-date": TEXT.replace(b"2611221200", b"2611221200+0330"),
    "iso-date": TEXT.replace(b"2611221200", b"2026-11-22T12:00"),
    "unix-date": TEXT.replace(b"2611221200", b"1795000000"),
}
PDUS = {
    "tlv-only": deliver_sm(1, b""),
    "no-tlvs": deliver_sm(1, TEXT, b""),
    "no-esm-class": deliver_sm(1, TEXT, head=HEAD.replace(b"\x04", b"\0")),
}


def test_every_dialect_is_offered_and_tried() -> None:
    assert get_args(ReceiptDialect.model_fields["dialect"].annotation) == DIALECTS == (*TEXTS, *PDUS)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_a_receipt_in_a_dialect(dialect: str) -> None:
    async with world({"name": "receipt-dialect", "dialect": dialect}) as here:
        wire = await submitted(here)
        assert await wire.frame() == PDUS.get(dialect) or deliver_sm(1, TEXTS[dialect])


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("hex", b"a"),
        ("hex-upper", b"A"),
        ("hex-padded", b"0000000A"),
        ("decimal", b"10"),
        ("padded", b"00000000000000000010"),
    ],
)
async def test_the_forms_of_a_message_id_in_the_response_and_in_the_receipt(form: str, told: bytes) -> None:
    async with world({"name": "foreign-message-id", "form": form}) as here:
        wire = await here.bound()
        await wire.send(*(submit(number) for number in range(2, 12)))
        assert (await wire.frames(10))[-1] == sized(octets("00000000 80000004 00000000 0000000b") + told + b"\0")
    async with world({"name": "receipt-id", "form": form}) as here:
        wire = await here.bound()
        await wire.send(*(submit(number) for number in range(2, 11)), submit(11, registered_delivery=1))
        assert (await wire.frames(10))[-1] == accepted(11, 10)
        tlvs = octets("001e", f"{len(told) + 1:04x}") + told + b"\0" + octets("0427 0001 02")
        assert await wire.frame() == deliver_sm(1, TEXT.replace(b"0000000001", told), tlvs)


async def test_a_receipt_for_an_id_that_nobody_was_told() -> None:
    async with world({"name": "receipt-id", "form": "unknown"}) as here:
        wire = await submitted(here)
        told = b"UNKNOWN-0000000001"
        tlvs = octets("001e 0013") + told + b"\0" + octets("0427 0001 02")
        assert await wire.frame() == deliver_sm(1, TEXT.replace(b"0000000001", told), tlvs)


SAR = [octets("020c 0002 005a 020e 0001 03 020f 0001", f"{number:02x}") for number in (1, 2, 3)]
UDH8 = [udh8(number) + text for number, text in enumerate((b"one ", b"two ", b"three"), 1)]
UDH16 = [
    octets("06 08 04 015a 03", f"{number:02x}") + text for number, text in enumerate((b"one ", b"two ", b"three"), 1)
]
ARRANGEMENTS: dict[str, list[bytes]] = {
    "shuffled": [made(i, UDH8[part - 1], esm_class=0x40) for i, part in enumerate((3, 1, 2), 1)],
    "missing": [made(i, UDH8[part - 1], esm_class=0x40) for i, part in enumerate((1, 3), 1)],
    "duplicated": [made(i, UDH8[part - 1], esm_class=0x40) for i, part in enumerate((1, 2, 2, 3), 1)],
    "16-bit": [made(i, UDH16[part - 1], esm_class=0x40) for i, part in enumerate((2, 3, 1), 1)],
    "mixed": [made(i, text, esm_class=0x40) for i, text in enumerate((UDH8[0], UDH16[1], UDH8[2]), 1)],
    "sar": [made(1, b"two ", tlvs=SAR[1]), made(2, b"one ", tlvs=SAR[0]), made(3, b"three", tlvs=SAR[2])],
    "udh-and-sar": [made(i, UDH8[i - 1], esm_class=0x40, tlvs=SAR[i - 1]) for i in (1, 2, 3)],
}


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
async def test_a_concatenated_mo(arrangement: str) -> None:
    expected = ARRANGEMENTS[arrangement]
    async with world({"name": "concatenated-mo", "arrangement": arrangement}) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.frames(len(expected) + 1) == [*expected, accepted(2)]


@pytest.mark.parametrize(("sequence", "number"), [("own", 2), ("zero", 0), ("other", 0x40000002)])
async def test_the_sequence_number_of_a_generic_nack(sequence: str, number: int) -> None:
    async with world({"name": "generic-nack", "sequence": sequence, "status": "0x58", "count": 1}) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.frame() == octets("00000010 80000000 00000058", f"{number:08x}")
        await round_works(wire)


@pytest.mark.parametrize(("sequence", "number"), [("zero", 0), ("next", 3), ("other", 0x40000002)])
async def test_the_sequence_number_of_a_response(sequence: str, number: int) -> None:
    async with world({"name": "wrong-sequence-number", "sequence": sequence}) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.frame() == accepted(number)


async def test_a_window_to_one_destination() -> None:
    async with world({"name": "window-overrun", "per_destination": True, "status": "ESME_RMSGQFUL"}) as here:
        wire = await here.bound()
        await wire.send(submit(2), submit(3, to="989129990002"), submit(4))
        assert await wire.frames(3) == [accepted(2, 1), accepted(3, 2), refused(4, 0x14)]
        await wire.send(submit(5))
        assert await wire.frame() == accepted(5, 3), "answered is not outstanding"


async def test_the_version_of_a_bind_response() -> None:
    async with world({"name": "interface-version", "version": 0x33}) as here:
        wire = here.connect()
        await wire.send(octets("00000021 00000009 00000000 00000001") + b"panel\0panel\0" + octets("00 34 00 00 00"))
        assert await wire.frame() == sized(BOUND[:-1] + b"\x33")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"name": "surplus-nul", "on": "submit_sm_resp"}, sized(accepted(2) + b"\0")),
        ({"name": "unknown-tlv", "tag": "0x3FFF", "value": ""}, sized(accepted(2) + octets("3fff 0000"))),
        ({"name": "command-length", "length": "0x0F"}, octets("0000000f") + accepted(2)[4:]),
        ({"name": "stalled-write", "at": 100}, accepted(2)),
        ({"name": "closed-without-unbind", "on": "enquire_link_resp"}, accepted(2)),
    ],
)
async def test_a_response_altered_in_other_ways(fault: dict[str, Any], expected: bytes) -> None:
    async with world(fault) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.exactly(len(expected)) == expected


@pytest.mark.parametrize("name", ["unknown-tlv", "trailing-octets", "truncated-tlv"])
async def test_a_receipt_may_be_altered_too(name: str) -> None:
    more = {"unknown-tlv": "1401 0003 de00ad", "trailing-octets": "ffff", "truncated-tlv": "0423 0008 0000"}[name]
    async with world({"name": name, "on": "deliver_sm"}) as here:
        wire = await submitted(here)
        assert await wire.frame() == sized(deliver_sm(1, TEXT) + octets(more))


@pytest.mark.parametrize(("by", "length"), [(-200, 0), (-1, len(TEXT) - 1), (255, 255)])
async def test_a_wrong_sm_length_stays_one_octet(by: int, length: int) -> None:
    async with world({"name": "wrong-sm-length", "by": by}) as here:
        wire = await submitted(here)
        body = HEAD + bytes([length]) + TEXT + TLVS
        assert await wire.frame() == sized(octets("00000000 00000005 00000000 00000001") + body)


async def test_an_ending_with_or_without_the_answer() -> None:
    async with world({"name": "unbind-and-close", "answered": False}) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.frame() == unbind(0x7E000001)
        await wire.ended()


async def test_a_half_open_connection_ends_when_the_peer_leaves_it() -> None:
    async with world({"name": "half-open", "on": "enquire_link_resp"}) as here:
        wire = await here.bound()
        await wire.send(enquire_link(2))
        assert await wire.frame() == enquire_link_resp(2)
        await wire.send(submit(3), unbind(4))
        assert await wire.is_quiet(600)
        assert len(list(here.operator.binds)) == 1
        await here.leave()
        assert list(here.operator.binds) == []


async def test_a_reset_of_the_operator_ends_a_silence_and_all_faults() -> None:
    async with world() as here:
        here.operator.reset({"extends": "demo", "faults": [{"name": "half-open"}]}, None, None)
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.frame() == accepted(2)
        here.operator.reset(None, None, None)
        await wire.ended()
        assert here.operator.faults_on() == []
        await round_works(await here.bound())


async def test_a_late_receipt_comes_once_however_late_it_is() -> None:
    async with world({"name": "late-receipt", "after": 50}, limits=replace(QUIET, response_timeout=10)) as here:
        wire = await submitted(here)
        assert await wire.frame() == deliver_sm(1, TEXT)
        assert await wire.is_quiet(3600)


async def test_lost_receipts_leave_the_window_free() -> None:
    async with world({"name": "receipt-lost", "count": 3}, limits=replace(QUIET, window_out=1)) as here:
        wire = await here.bound()
        await wire.send(*(submit(number, registered_delivery=1) for number in range(2, 5)))
        assert len(await wire.frames(3)) == 3
        assert await wire.is_quiet(600)
        assert here.operator.faults_on() == []
        await round_works(wire)


@pytest.mark.parametrize("name", ["tls-cut", "tls-plaintext"])
async def test_tls_works_again_behind_a_cut_and_plain_connections_never_meet_it(name: str) -> None:
    async with world({"name": name, "count": 1}) as here:
        await round_works(await here.bound())
        await here.leave()
        await CASES[name].bite(here)
        wire = Wire(here.connect_by_tls())
        await wire.bind()
        await round_works(wire)


@pytest.mark.parametrize("name", ["stalled-reads", "slow-reads"])
async def test_what_comes_the_moment_that_reads_are_hindered_waits_too(name: str) -> None:
    async with world({"name": name, "on": "enquire_link_resp", "seconds": 60, "count": 1}) as here:

        async def answer_at_once(wire: Wire) -> None:
            if (await wire.frame())[4:8] == octets("80000015"):
                await wire.send(submit(3))
                await trio.testing.wait_all_tasks_blocked()  # a read that were still under way would have it by now

        wire = here.connect(answer_at_once)
        await wire.send(encode(BindTransceiver(system_id="panel", password="panel", interface_version=0x34), 1))
        await trio.testing.wait_all_tasks_blocked()
        await wire.send(enquire_link(2))
        await trio.testing.wait_all_tasks_blocked()
        assert here.operator.inquiries.entry("0000000001") is None


async def test_what_is_held_still_leaves_when_the_client_unbinds() -> None:
    async with world({"name": "merged-writes"}) as here:
        wire = await here.bound()
        await wire.send(submit(2), unbind(3))
        assert await wire.chunk() == accepted(2) + unbind_resp(3)
        await wire.ended()


async def test_a_stall_does_not_outlast_the_goodbye() -> None:
    async with world({"name": "stalled-write", "seconds": 600}) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.chunk() == accepted(2)[:10]
        before = trio.current_time()
        here.operator.unbind_all()
        await wire.ended()
        assert trio.current_time() - before < 5
