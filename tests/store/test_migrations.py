"""Files of every older layout become files of this one, and lose nothing."""

import sqlite3
from pathlib import Path

import pytest

from simulator.store import MessageQuery, Store, StoreError
from simulator.store.layout import APPLICATION_ID, expected_shape, shape_of
from simulator.store.migrations import FIRST_LAYOUT, LAYOUT

LAYOUTS = Path(__file__).parent / "layouts"

# What every layout so far can hold, by the names of its columns.
ROWS = """
INSERT INTO verdicts (id, outcome, violation, trace) VALUES (1, 'accepted', 0, '[]');
INSERT INTO messages (number, message_id, received_at, account, source, destination, text, data_coding, service_type,
    source_ton, source_npi, destination_ton, destination_npi, registered_delivery, command_status, state, err, verdict,
    valid_until, attempts)
    VALUES (7, '0000000007', 1.0, 'panel', '3000', '0912', 'سلام', 8, '', 0, 0, 0, 0, 1, 0, 2, '000', 1, 9e999, 0);
INSERT INTO receipts (number, message, account, kind, state, err, made_at, attempts)
    VALUES (3, 7, 'panel', 'final', 2, '000', 2.0, 0);
INSERT INTO changes VALUES (1, 1.0, 'http', 'a-kind', '{}');
"""
_AS_NOW = "INSERT INTO violations VALUES ('3000', 7, 1.0, 'rule', 'clause', 0);"
VIOLATION = {
    3: "INSERT INTO violations VALUES ('3000', 7, 1.0, 'rule', 'clause');",
    4: _AS_NOW,
    5: _AS_NOW,
    6: _AS_NOW,
    7: _AS_NOW,
    8: _AS_NOW,
}


def older(path: Path, layout: int, more: str = "") -> Path:
    schema = (LAYOUTS / f"layout_{layout}.sql").read_text("utf-8")
    db = sqlite3.connect(path)
    marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {layout};"
    db.executescript(f"{schema} {marks} {ROWS} {VIOLATION[layout]} {more}")
    db.close()
    return path


def test_the_text_of_every_older_layout_is_kept() -> None:
    assert {file.name for file in LAYOUTS.iterdir()} == {f"layout_{one}.sql" for one in range(FIRST_LAYOUT, LAYOUT)}


@pytest.mark.parametrize("layout", range(FIRST_LAYOUT, LAYOUT))
def test_an_older_file_becomes_one_of_this_layout(tmp_path: Path, layout: int) -> None:
    path = older(tmp_path / "db", layout)
    store = Store(path)
    assert int.from_bytes(path.read_bytes()[60:64]) == LAYOUT, "for those who read the header only"
    [message] = store.find(MessageQuery())
    assert (message.number, message.text, message.verdict and message.verdict.is_accepted) == (7, "سلام", True)
    assert [(receipt.number, receipt.message) for receipt, _ in store.unacknowledged_receipts()] == [(3, 7)]
    assert store.violations() == {("3000", 0): 1}
    assert [change.kind for change in store.changes()] == ["a-kind"]
    store.close()
    db = sqlite3.connect(path)
    assert shape_of(db) == expected_shape()
    db.close()
    Store(path).close()


@pytest.mark.parametrize("layout", range(FIRST_LAYOUT, LAYOUT))
@pytest.mark.parametrize("damage", ["DROP TABLE receipts;", "DROP TABLE broadcasts;"])
def test_a_damaged_older_file_stays_as_it_is(tmp_path: Path, layout: int, damage: str) -> None:
    path = older(tmp_path / "db", layout, damage)
    before = sqlite3.connect(path)
    held = list(before.iterdump())
    before.close()
    with pytest.raises(StoreError, match=r"damaged|not usable"):
        Store(path)
    after = sqlite3.connect(path)
    assert list(after.iterdump()) == held
    assert after.execute("PRAGMA user_version").fetchone() == (layout,)
    after.close()
