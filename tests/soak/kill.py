"""Kills an operator under load, again and again, and holds what its ESME was told against what its store says."""

import resource
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from simulator.serving.config import ServerSettings
from simulator.smpp.consts import CommandStatus
from tests.soak.child import Child, operator
from tests.soak.client import LINE, Client, Told, blacklist, campaign, change_registers, message

LAST_SECONDS = 30.0
"""How long the last operator may take to bring the receipts that are due."""
LONGEST_LIFE = 2.0
"""Seconds after which an operator is killed in any case."""
FULL_DISKS = 0.15
"""How many of the operators are killed while their disk is full, or soon after."""
SMALL = 4096
"""Octets of a file that may be written on a disk that is full: less than a commit needs."""
WINDOW_OUT = ServerSettings().window_out
OFFENCE = 0x404
FULL = CommandStatus.ESME_RMSGQFUL


@dataclass
class Found:
    """What came of it.

    Attributes:
        kills: How often the operator was killed.
        unanswered: How many messages are in the store whose answer never left.
        repeated: How many receipts came again over a later session.
        repeated_acknowledged: Those of them that had been acknowledged on the wire, without the store knowing yet.
    """

    kills: int = 0
    messages: int = 0
    refused: int = 0
    receipts: int = 0
    changes: int = 0
    unanswered: int = 0
    repeated: int = 0
    repeated_acknowledged: int = 0
    starts: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{self.messages} messages acknowledged, {self.refused} refused, {self.receipts} receipts"
        again = f"{self.repeated} receipts came again, {self.repeated_acknowledged} of them acknowledged on the wire"
        return (
            f"{self.kills} kills: {told}, {self.changes} changes; none lost.\n"
            f"{self.unanswered} messages are in the store whose answer the kill cut off.\n"
            f"{again};\nthe store had the acknowledgement of none of them.\n"
            f"A start took {min(self.starts):.2f} to {max(self.starts):.2f} s."
        )


def soak(folder: Path, kills: int, seed: int) -> Found:
    """Kills so many operators; fails if anything does not hold."""
    chance = Random(seed)
    store, told, found = folder / "store.db", Told(), Found()
    messages, lines = campaign(chance), count(1)
    for _ in range(kills):
        came_before = len(told.receipts)
        acknowledged_before = set(told.acknowledged)
        settled = _settled(store)
        began = time.monotonic()
        with operator(store) as child:
            client = Client(child.smpp, told, chance)
            found.starts.append(time.monotonic() - began)
            changing = threading.Thread(target=change_registers, args=(child.http, told, lines))
            changing.start()
            killing = threading.Thread(target=_kill, args=(child, told, chance))
            killing.start()
            client.run(messages, 60.0)
            killing.join()
            client.close()
            changing.join()
        found.kills += 1
        compare(store, told)
        _note_repeated(store, found, told, came_before, acknowledged_before, settled)
    _finish(store, told, found, chance)
    return found


def _kill(child: Child, told: Told, chance: Random) -> None:
    """Kills at a moment that is told by what was done until then, as machines differ, and by some milliseconds more."""
    watched, most = chance.choice([(told.accepted, 400), (told.receipts, 300), (told.changes, 8)])
    wanted, end = len(watched) + chance.randrange(most), time.monotonic() + LONGEST_LIFE
    while len(watched) < wanted and time.monotonic() < end:
        time.sleep(0.001)
    if chance.random() < FULL_DISKS and hasattr(resource, "prlimit"):
        child.limit_files(SMALL)
        time.sleep(chance.uniform(0, 0.5))
        if chance.random() < 0.5:
            child.limit_files(resource.RLIM_INFINITY)
            time.sleep(chance.uniform(0, 1.5))
    time.sleep(chance.uniform(0, 0.01))
    child.kill()


def _settled(store: Path) -> set[str]:
    """The message_ids of whose receipts the store knows that they were acknowledged."""
    if not store.exists():
        return set()
    with closing(_opened(store)) as db:
        sql = """SELECT message_id FROM messages m JOIN receipts r ON r.message = m.number
                 WHERE acknowledged_at IS NOT NULL"""
        return {message_id for (message_id,) in db.execute(sql)}


def _opened(store: Path) -> sqlite3.Connection:
    """The store for reading: what stands in the log stays there for the operator to find."""
    return sqlite3.connect(f"file:{store}?mode=ro", uri=True)


def _note_repeated(
    store: Path, found: Found, told: Told, came_before: int, acknowledged: set[str], settled: set[str]
) -> None:
    """Of the receipts of this session those that had come before; none that the store had known as acknowledged."""
    known, now = set(told.receipts[:came_before]), told.receipts[came_before:]
    again = [message_id for message_id in now if message_id in known]
    assert len(set(now)) == len(now), "a receipt came twice to a session"
    assert not settled & set(again), "a receipt came again of which the store knew the acknowledgement"
    unsettled = set(now) - _settled(store)
    assert len(unsettled) <= WINDOW_OUT, "more may come again than a bind's window holds"
    found.repeated += len(again)
    found.repeated_acknowledged += len(acknowledged & set(again))


def compare(store: Path, told: Told) -> None:
    """Holds what an ESME was told against a store that nobody has open."""
    with closing(_opened(store)) as db:
        messages = db.execute("SELECT number, message_id, text, command_status, verdict FROM messages").fetchall()
        receipts = db.execute("SELECT message, sent_at, acknowledged_at FROM receipts").fetchall()
        changes = dict(db.execute("SELECT number, body FROM changes"))
        counted = db.execute("SELECT count(*) FROM violations WHERE line = ?", (LINE,)).fetchone()[0]
        offences = db.execute(
            "SELECT count(*) FROM messages WHERE verdict IN (SELECT id FROM verdicts WHERE violation)"
        ).fetchone()[0]
    by_id = {message_id: text for _, message_id, text, status, _ in messages if not status}
    by_text = {text: status for _, _, text, status, _ in messages}
    assert len(by_text) == len(messages), "a message is there twice"
    lost = {message_id for message_id, text in told.accepted.items() if by_id.get(message_id) != text}
    assert not lost, f"acknowledged and not in the store: {sorted(lost)}"
    judged = {text: status for text, status in told.refused.items() if status != FULL}
    assert all(by_text.get(text) == status for text, status in judged.items()), "a refusal is not in the store"
    untaken = told.refused.keys() - judged.keys()
    assert not untaken & by_text.keys(), "a message is in the store for which the ESME was told there was no room"
    assert counted == offences >= sum(status == OFFENCE for status in told.refused.values()), "the ledger is wrong"
    assert all(what in changes.get(number, "") for number, what in told.changes.items()), "a change is lost"
    numbers = [message for message, _, _ in receipts]
    assert len(set(numbers)) == len(numbers), "a message was delivered twice"
    ids = {number: message_id for number, message_id, *_ in messages}
    sent = {ids[message] for message, sent_at, _ in receipts if sent_at is not None}
    assert set(told.receipts) <= sent, "a receipt came of which the store did not know"
    acknowledged = {ids[message] for message, _, at in receipts if at is not None}
    assert acknowledged <= told.acknowledged, "the store knows of an acknowledgement that nobody gave"


def _finish(store: Path, told: Told, found: Found, chance: Random) -> None:
    """The last operator is not killed: it has to bring every receipt that is due, and to know every change."""
    with operator(store) as child:
        end = time.monotonic() + LAST_SECONDS
        while not told.asked <= set(told.receipts) and time.monotonic() < end:
            client = Client(child.smpp, told, chance)
            client.run(iter(()), 0.5)
            client.close()
        missing = told.asked - set(told.receipts)
        assert not missing, f"receipts are lost: {sorted(missing)}"
        answers = Told()
        client = Client(child.smpp, answers, chance)
        lines = (message(f"سفارش از خط {line} ثبت شد", 0, line=line) for line in told.lines)
        while len(answers.accepted) + len(answers.refused) < len(told.lines) and not client.is_over:
            client.run(lines, 0.1)
        client.close()
        listed = blacklist(child.http)
        wrong = {number for number, is_listed in told.blacklist.items() if is_listed is (number not in listed)}
        assert not wrong, f"the blacklist is not what was confirmed: {sorted(wrong)}"
        assert CommandStatus.ESME_RINVSRCADR not in answers.refused.values(), "a line that was registered is not known"
    with closing(_opened(store)) as db:
        by_id = dict(db.execute("SELECT message_id, text FROM messages"))
    known = set(told.accepted) | set(answers.accepted) | {""}
    asked_unanswered = {message_id for message_id in by_id if message_id not in known}
    assert set(told.receipts) <= told.asked | asked_unanswered, "a receipt came that nobody asked for"
    found.messages, found.refused = len(told.accepted), len(told.refused)
    found.receipts, found.changes = len(set(told.receipts)), len(told.changes)
    found.unanswered = len(asked_unanswered)
