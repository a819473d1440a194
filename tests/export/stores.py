"""Stores to export: a small one with everything in it, one with whatever Hypothesis draws, and a large one."""

import json
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from simulator.messages import (
    Category,
    Content,
    Evidence,
    JournalEntry,
    Label,
    Message,
    MoMessage,
    Mutation,
    Outcome,
    Part,
    ReceiptKind,
    ReceiptRecord,
    TraceStep,
    Turn,
    TurnKind,
    Verdict,
    Violation,
    accepted,
    refused,
)
from simulator.smpp.consts import MessageState
from simulator.store import Store
from tests.store.test_store import ACCEPTANCE, REFUSAL, message

SUBSCRIBERS = ("989121234567", "989351234567", "989981234567", "989999912345")
BLACKLISTED = "989121110000-989121110009"


def receipt(number: int, of: int) -> ReceiptRecord:
    return ReceiptRecord(number, of, "panel", ReceiptKind.FINAL, MessageState.DELIVERED, "000", None, 1002.5)


def small_store(path: Path) -> None:
    """A store in which subscribers' numbers stand wherever they can."""
    quoting = Content(Label.SERVICE, Category.OTHER, (Evidence(0, 12, "۰۹۱۲۱۲۳۴۵۶۷", "a number"),))
    step = TraceStep("a-rule", Outcome.PASSED, None, (("to", SUBSCRIBERS[0]), ("line", "9999812345")))
    store = Store(path)
    for verdict in (ACCEPTANCE, REFUSAL, accepted(quoting, (step,)), None):
        number = store.highest_message() + 1
        text = f"تماس: ۰۹۱۲ ۱۲۳ ۴۵ ۶۷ یا +98(935)123-4567، کد {number}"
        store.add_message(message(number, verdict, text=text, part=Part(7, 2, 1) if verdict is None else None))
        store.commit()
    store.add_message(message(5, source="09351234567", line=None, line_type=None, text="", done_at=2000.0))
    store.add_message(message(6, source="9999812345", line="9999812345", recipient=None, destination="+98 21 1234567"))
    store.add_receipt(receipt(1, 1))
    store.add_mo(MoMessage(1, "panel", "3000200020", SUBSCRIBERS[1], "لغو 09351234567", 8, None, b"?", 1002.7))
    store.add_violation(Violation("3000100010", 2, 1002.0, "b-rule", "c.d"))
    store.add_turn(Turn(1, 1002.2, TurnKind.ATTEMPT_FAILED, MessageState.ENROUTE, "127", 27, 1062.2))
    asked = json.dumps({"from": SUBSCRIBERS[0], "to": "8999"})
    store.add_mutation(
        Mutation(1, 1003.0, 9003.0, "POST", "/api/v1/mo", "127.0.0.1", "a test", "curl", asked, 200, "", "[1]")
    )
    body = {
        "kind": "x",
        "line": "9999812345",
        "entries": [BLACKLISTED],
        "reason": "of 0912-123-4567",
        "packed": "3q2+7w==",
    }
    store.add_change(JournalEntry(1, 1003.0, "http", "x", json.dumps(body)))
    store.close()


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.floats(0, 7e9)
_content = st.none() | st.builds(
    Content,
    st.sampled_from(Label),
    st.sampled_from(Category),
    st.lists(st.builds(Evidence, st.integers(0, 9), st.integers(0, 9), texts, texts), max_size=2).map(tuple),
)
_step = st.builds(
    TraceStep,
    texts,
    st.just(Outcome.PASSED),
    st.none() | texts,
    st.dictionaries(texts, texts, max_size=3).map(lambda facts: tuple(facts.items())),
)
_last = st.builds(TraceStep, texts.filter(bool), st.just(Outcome.REFUSED), texts.filter(bool), st.just(()))
verdicts: st.SearchStrategy[Verdict] = st.builds(
    accepted, _content, st.lists(_step, max_size=3).map(tuple)
) | st.builds(
    lambda content, steps, last, until: refused(violation=True, content=content, trace=(*steps, last), until=until),
    _content,
    st.lists(_step, max_size=2),
    _last,
    st.none() | moments,
)


@st.composite
def messages(draw: st.DrawFn) -> list[Message]:
    """A few messages with whatever may stand in them, numbered from 1."""
    verdict, part = st.none() | verdicts, st.none() | st.builds(Part, *[st.integers(0, 255)] * 3)
    return [
        message(
            number,
            draw(verdict),
            part=draw(part),
            received_at=draw(moments),
            done_at=draw(st.none() | moments),
            source=draw(texts),
            line=draw(st.none() | texts),
            destination=draw(texts),
            text=draw(texts),
            command_status=draw(st.integers(0, 2**32 - 1)),
            state=draw(st.sampled_from(MessageState)),
        )
        for number in range(1, draw(st.integers(1, 5)))
    ]


def fill(path: Path, kept: Sequence[Message]) -> None:
    """A store of messages, each with a receipt."""
    store = Store(path)
    for one in kept:
        store.add_message(one)
        store.add_receipt(receipt(one.number, one.number))
    store.close()


def large_store(path: Path, count: int) -> None:
    """A store of many equal messages, written past `Store` for the sake of time."""
    store = Store(path)
    store.add_message(message(1, REFUSAL))
    store.commit()
    db = store._db
    columns = [row[1] for row in db.execute("PRAGMA table_info(submissions)")]
    copied = ", ".join("n.value" if column == "number" else column for column in columns)
    numbers = "WITH RECURSIVE n(value) AS (SELECT 2 UNION ALL SELECT value + 1 FROM n WHERE value < ?)"
    db.execute(f"{numbers} INSERT INTO submissions SELECT {copied} FROM submissions, n", (count,))
    store.close()
