"""Whether submit, response, receipt, charge and refund of each message in a store meet exactly once.

Every check is a sentence that must be true and the SQL that finds the messages of which it is not.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.consts import (
    REGDLV_MC_ALWAYS,
    REGDLV_MC_MASK,
    REGDLV_MC_ON_FAILURE,
    REGDLV_MC_ON_SUCCESS,
    MessageState,
)
from simulator.store.reading import reading

SHOWN = 5
"""So many of the messages that a check finds are named."""

_VALUES: Final[Mapping[str, int]] = MappingProxyType(
    {
        **{state.name.lower(): state for state in MessageState},
        "asked": REGDLV_MC_MASK,
        "always": REGDLV_MC_ALWAYS,
        "on_failure": REGDLV_MC_ON_FAILURE,
        "on_success": REGDLV_MC_ON_SUCCESS,
    }
)
"""What the names in the SQL stand for."""

_ENDED: Final = """
WITH ended AS (
    SELECT m.*, coalesce(v.outcome, 'accepted') AS outcome,
        registered_delivery & :asked = :always OR registered_delivery & :asked
            = CASE WHEN state = :delivered THEN :on_success ELSE :on_failure END AS is_asked,
        EXISTS (SELECT 1 FROM receipts r WHERE r.message = m.number AND r.kind = 'final') AS is_told
    FROM messages m LEFT JOIN verdicts v ON v.id = m.verdict
    WHERE m.done_at IS NOT NULL AND m.command_status = 0
)
"""
"""What was accepted at first and has ended, whether a receipt of that was asked for, and whether there is one."""


class Check(NamedTuple):
    """A sentence, and the query for the messages of which it is not true."""

    says: str
    sql: str


# A refusal in silence leaves no receipt, and the store does not hold how a refusal was told: so of refused messages
# only those that have a receipt are asked what it says.
CHECKS: Final = (
    Check(
        "What was refused in its response was told no message_id, cost nothing, and has no receipt.",
        """SELECT m.number FROM messages m WHERE m.command_status != 0 AND (m.message_id != '' OR m.cost != 0
        OR EXISTS (SELECT 1 FROM receipts r WHERE r.message = m.number))""",
    ),
    Check(
        "What was accepted was told a message_id.",
        "SELECT number FROM messages WHERE command_status = 0 AND message_id = ''",
    ),
    Check(
        "A message_id stands for one submit_sm, or for the destinations of one submit_multi.",
        """SELECT min(number) FROM messages WHERE message_id != '' GROUP BY account, message_id
        HAVING count(*) > 1 AND (min(received_at) != max(received_at) OR min(source) != max(source)
        OR count(DISTINCT destination) != count(*))""",
    ),
    Check(
        "What was accepted has a verdict, or waits for the rest of its text, or was called back while it waited.",
        """SELECT m.number FROM messages m WHERE m.command_status = 0 AND m.verdict IS NULL AND m.state != :deleted
        AND NOT EXISTS (SELECT 1 FROM waiting_parts w WHERE w.message = m.number)""",
    ),
    Check(
        "A message has ended if it is in a final state, and only then.",
        "SELECT number FROM messages WHERE (done_at IS NULL) != (state IN (:scheduled, :enroute, :unknown))",
    ),
    Check(
        "A message has one receipt of its end at most.",
        "SELECT message FROM receipts WHERE kind = 'final' GROUP BY message HAVING count(*) > 1",
    ),
    Check(
        "A receipt of a message's end says what became of it.",
        """SELECT m.number FROM messages m JOIN receipts r ON r.message = m.number AND r.kind = 'final'
        WHERE m.done_at IS NULL OR r.state != m.state OR r.err != m.err""",
    ),
    Check(
        "A receipt of a message's end was asked for.",
        f"{_ENDED} SELECT number FROM ended WHERE is_told AND NOT is_asked",  # noqa: S608 - our own words
    ),
    Check(
        "The receipt that was asked for was made when an accepted message ended.",
        f"{_ENDED} SELECT number FROM ended WHERE is_asked AND NOT is_told AND outcome = 'accepted'",  # noqa: S608 - our own words
    ),
    Check(
        "A receipt belongs to a message.",
        "SELECT message FROM receipts r WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.number = r.message)",
    ),
    Check(
        "What was acknowledged, or given up, was sent.",
        "SELECT message FROM receipts WHERE coalesce(acknowledged_at, given_up_at) IS NOT NULL AND attempts = 0",
    ),
    Check(
        "What was refunded was charged, and has ended otherwise than delivered.",
        """SELECT number FROM messages WHERE refunded_at IS NOT NULL
        AND (cost <= 0 OR done_at IS NULL OR state = :delivered)""",
    ),
    Check(
        "A violation is that of a message which its verdict says offended.",
        """SELECT o.message FROM violations o JOIN messages m ON m.number = o.message
        LEFT JOIN verdicts v ON v.id = m.verdict WHERE m.line IS NOT o.line OR v.violation IS NOT 1""",
    ),
)


class Outcome(NamedTuple):
    """What one check found."""

    says: str
    against: tuple[int, ...]
    """The numbers of some messages of which it is not true."""
    found: int
    """How many there are."""


class LedgerReport(NamedTuple):
    """What a store's ledger holds, and whether it agrees with itself."""

    messages: int
    receipts: int
    charged: int
    """In rials."""
    refunded: int
    outcomes: tuple[Outcome, ...]

    @property
    def agrees(self) -> bool:
        """Whether every check found nothing."""
        return not any(outcome.found for outcome in self.outcomes)


def check_ledger(path: Path) -> LedgerReport:
    """Checks a store, which an operator may be writing to.

    Raises:
        StoreError: It cannot be read.
    """
    with reading(path) as db:
        messages, charged, refunded = db.execute(
            "SELECT count(*), coalesce(sum(cost), 0), coalesce(sum(cost) FILTER (WHERE refunded_at IS NOT NULL), 0)"
            " FROM messages"
        ).fetchone()
        receipts = db.execute("SELECT count(*) FROM receipts").fetchone()[0]
        return LedgerReport(messages, receipts, charged, refunded, tuple(_outcome(db, *check) for check in CHECKS))


def _outcome(db: sqlite3.Connection, says: str, sql: str) -> Outcome:
    numbers = [number for (number,) in db.execute(sql, dict(_VALUES))]
    return Outcome(says, tuple(numbers[:SHOWN]), len(numbers))
