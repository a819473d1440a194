"""The books of a store agree after real traffic, and each kind of tampering is found."""

import sqlite3
from pathlib import Path

import pytest
import trio
from click.testing import CliRunner

from khatban import main
from simulator.smpp.pdus import CancelSm
from simulator.store import Store
from simulator.store.ledger_check import CHECKS, check_ledger
from tests.center.test_operator import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, part_of
from tests.delivery.test_money import bound, paying

UNKNOWN = "989129990005"


async def filled(path: Path) -> Path:
    operator = paying(100_000, Store(path), subscribers=[{"numbers": UNKNOWN, "state": "unknown"}])
    async with bound(operator) as esme:
        for registered_delivery in (0, 1, 2, 0x11):
            await esme.submit(DEDICATED, FREE, ORDER, registered_delivery=registered_delivery)
            await esme.submit(DEDICATED, UNKNOWN, ORDER, registered_delivery=registered_delivery)
        await esme.submit(PROMOTIONAL, LISTED, ADVERT)
        await esme.submit(DEDICATED, FREE, ADVERT)
        await esme.send(part_of(ORDER[:20], 2, 1), part_of(ORDER[20:], 2, 2), part_of(ORDER[:20], 3, 1))
        for _ in range(3):
            await esme.response()
        await esme.submit(DEDICATED, FREE, ORDER)
        await esme.send(CancelSm(message_id="0000000014", source_addr=DEDICATED))
        await esme.response()
        for _ in range(8):
            await esme.receipt()
        await trio.sleep(1)
    operator.close()
    return path


TAMPERING = (
    "UPDATE submissions SET cost = 100 WHERE number = 9",
    "UPDATE submissions SET message_id = '' WHERE number = 1",
    "UPDATE submissions SET message_id = '0000000001' WHERE number = 3",
    "UPDATE submissions SET verdict = NULL WHERE number = 1",
    "UPDATE submissions SET done_at = NULL WHERE number = 1",
    """INSERT INTO receipts SELECT number + 1000, message, account, kind, state, err, network_error, made_at, sent_at,
    attempts, acknowledged_at, given_up_at FROM receipts WHERE message = 3""",
    "UPDATE receipts SET err = '999' WHERE message = 3",
    "UPDATE letters SET registered_delivery = 0 WHERE id = (SELECT letter FROM submissions WHERE number = 3)",
    "DELETE FROM receipts WHERE message = 3",
    "UPDATE receipts SET message = 9999 WHERE message = 3",
    "UPDATE receipts SET attempts = 0 WHERE acknowledged_at IS NOT NULL",
    "UPDATE submissions SET refunded_at = 1.0 WHERE number = 1",
    "UPDATE violations SET line = 'another'",
)


@pytest.mark.virtual_time
async def test_the_books_agree(tmp_path: Path) -> None:
    report = check_ledger(await filled(tmp_path / "store"))
    assert report.agrees, [outcome for outcome in report.outcomes if outcome.found]
    assert (report.messages, report.charged) == (14, 1100)
    assert report.refunded == 500, "four to an unknown number and one that was called back"


@pytest.mark.virtual_time
@pytest.mark.parametrize("nth", range(len(CHECKS)))
async def test_each_check_finds_its_own_kind_of_fault(tmp_path: Path, nth: int) -> None:
    store = await filled(tmp_path / "store")
    db = sqlite3.connect(store)
    db.execute(TAMPERING[nth])
    db.commit()
    db.close()
    found = check_ledger(store).outcomes[nth]
    assert found.found > 0, found.says
    result = CliRunner().invoke(main, ["ledger", "check", str(store)])
    assert result.exit_code == 1
    assert found.says in result.output.replace("\n", " ")


@pytest.mark.virtual_time
async def test_the_command_says_that_all_is_well(tmp_path: Path) -> None:
    store = await filled(tmp_path / "store")
    result = CliRunner().invoke(main, ["ledger", "check", str(store)])
    assert result.exit_code == 0
    assert result.output.count("✓") == len(CHECKS)


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("nothing")
    result = CliRunner().invoke(main, ["ledger", "check", str(path)])
    assert result.exit_code == 3
    assert "not readable as a store" in result.output
