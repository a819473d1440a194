import random
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from khatban_client.messages import Message, Part, Verdict
from khatban_client.texts import put_together

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ACCEPTED = Verdict(outcome="accepted", rule=None, clause=None, violation=False, content=None, trace=())


def message(text: str, part: tuple[int, int, int] | None = None, to: str = "989121234567", **more: object) -> Message:
    values: dict[str, object] = {
        "id": f"{to}{part}{text}",
        "received_at": NOON,
        "account": "panel",
        "line": "3000200020",
        "line_type": "dedicated_service",
        "source": "3000200020",
        "to": to,
        "destination": to,
        "operator": "mci",
        "text": text,
        "data_coding": 8,
        "part": part and Part(reference=part[0], total=part[1], number=part[2]),
        "registered_delivery": 1,
        "command_status": "ESME_ROK",
        "state": "DELIVERED",
        "err": "000",
        "scheduled_for": None,
        "valid_until": NOON,
        "attempts": 0,
        "cost": 100,
        "refunded_at": None,
        "done_at": NOON,
        "verdict": ACCEPTED,
        "receipts": (),
    }
    return Message.model_validate(values | more)


@given(st.lists(st.lists(st.text(max_size=3), min_size=1, max_size=4), max_size=5), st.randoms())
def test_texts_whose_parts_come_in_any_order_are_put_together(texts: list[list[str]], chance: random.Random) -> None:
    """Each text has a reference of its own; what comes is shuffled."""
    sent = [
        message(piece, (reference, len(pieces), number) if len(pieces) > 1 else None, id=f"{reference}.{number}")
        for reference, pieces in enumerate(texts)
        for number, piece in enumerate(pieces, start=1)
    ]
    chance.shuffle(sent)
    found = put_together(sent)
    assert sorted(text.text for text in found) == sorted("".join(pieces) for pieces in texts)
    assert all(text.is_whole for text in found)


def test_the_same_reference_to_another_is_another_text() -> None:
    first, second = put_together([message("a", (1, 2, 1)), message("b", (1, 2, 2), to="989351234567")])
    assert (first.is_whole, second.is_whole, first.verdict, first.accepted) == (False, False, None, False)


def test_a_reference_that_is_used_again_begins_another_text() -> None:
    parts = [message(text, (1, 2, number)) for text, number in (("a", 1), ("b", 2), ("c", 1), ("d", 2))]
    assert [text.text for text in put_together(parts)] == ["ab", "cd"]


def test_a_text_says_of_its_parts_what_they_share() -> None:
    [text] = put_together([message("a", (1, 2, 1), state="ENROUTE"), message("b", (1, 2, 2))])
    assert (text.text, text.to, text.line, text.cost) == ("ab", "989121234567", "3000200020", 200)
    assert text.state == "ENROUTE", "not all parts are delivered"
    assert (text.accepted, text.reason, text.command_status) == (True, "accepted", "ESME_ROK")


def test_a_part_that_waits_for_the_others_says_so() -> None:
    [text] = put_together([message("a", (1, 2, 1), verdict=None)])
    assert text.reason == "waits for the other parts of its text"
