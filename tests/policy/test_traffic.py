"""The memory of what was sent, against a plain list of it, and at its edges."""

import datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.messages import Sending
from simulator.numbers.numbering import TEHRAN
from simulator.policy.engine import PolicyEngine
from simulator.policy.rule import Carried
from simulator.policy.traffic import Traffic, normal_text, text_key
from simulator.profiles.rule_settings import DailyCap, Duplicates
from simulator.registry.registers import Registers
from simulator.registry.world import build_world

NOON = int(datetime.datetime(2026, 11, 22, 12, 0, tzinfo=TEHRAN).timestamp())
SIM, OTHER_SIM, LINE, FREE = "09121234567", "09351234567", "3000100010", "989129990001"


class Sent(NamedTuple):
    at: int
    line: str
    parts: int
    text: int


SENT = st.builds(
    Sent,
    at=st.integers(0, 4 * 3600),
    line=st.sampled_from([SIM, OTHER_SIM]),
    parts=st.integers(1, 3),
    text=st.integers(1, 6),
)


def memory(window: int = 3600, remembered: int = 100) -> Traffic:
    return Traffic(DailyCap(by_prefix={"09": 500}), Duplicates(window=window, remembered=remembered))


def day_of(second: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(second, TEHRAN).date()


@given(st.lists(SENT), st.integers(1, 7200), st.integers(1, 5), st.integers(-8 * 3600, 8 * 3600))
def test_it_answers_as_a_plain_list_would(sent: list[Sent], window: int, remembered: int, start: int) -> None:
    traffic = memory(window, remembered)
    begins = NOON + 12 * 3600 + start
    seen: list[Sent] = []
    for number, (after, line, parts, text) in enumerate(sorted(sent), 1):
        now = begins + after
        assert traffic.sent_today(line, now) == sum(
            one.parts for one in seen if one.line == line and day_of(one.at) == day_of(now)
        )
        latest = list(dict.fromkeys(one.text for one in reversed(seen)))[:remembered]
        times = [one.at for one in seen if one.text == text and now - one.at < window and text in latest]
        assert traffic.known_before(text, now, number) == max(times, default=None)
        seen.append(Sent(now, line, parts, text))
        traffic.put(Sending(number, now, line, parts, text))


@given(st.lists(SENT), st.integers(1, 7200), st.integers(1, 5))
def test_another_process_remembers_the_same_by_what_was_kept(sent: list[Sent], window: int, remembered: int) -> None:
    first, second = memory(window, remembered), memory(window, remembered)
    kept = [Sending(number, NOON + one.at, *one[1:]) for number, one in enumerate(sent, 1)]
    for sending in kept:
        first.put(sending)
    latest = max((sending.at for sending in kept), default=0)
    for sending in kept:
        if sending.at > latest - second.span:
            second.put(sending)
    for text in range(1, 7):
        assert first.known_before(text, latest, 0) == second.known_before(text, latest, 0)


def test_the_window_is_half_open() -> None:
    traffic = memory(window=60)
    traffic.put(Sending(1, NOON, SIM, 1, 5))
    assert traffic.known_before(5, NOON + 59, 2) == NOON
    assert traffic.known_before(5, NOON + 60, 2) is None


def test_what_was_due_before_is_known_too() -> None:
    traffic = memory(window=60)
    traffic.put(Sending(2, NOON + 30, SIM, 1, 5))
    traffic.put(Sending(1, NOON, SIM, 1, 5))
    assert traffic.known_before(5, NOON, 3) == NOON + 30


def test_a_message_is_not_its_own_duplicate() -> None:
    traffic = memory()
    traffic.put(Sending(1, NOON, SIM, 1, 5))
    assert traffic.known_before(5, NOON + 1, 1) is None


def test_days_begin_at_midnight_in_tehran_and_only_two_are_kept() -> None:
    traffic = memory()
    midnight = NOON + 12 * 3600
    for number, at in enumerate((midnight - 1, midnight, midnight + 86_400), 1):
        traffic.put(Sending(number, at, SIM, 1, 0))
    assert [traffic.sent_today(SIM, at) for at in (midnight - 1, midnight, midnight + 86_400)] == [0, 1, 1]


def test_memory_is_bounded() -> None:
    traffic = memory(window=86_400, remembered=10)
    for number in range(1, 1000):
        traffic.put(Sending(number, NOON, SIM, 1, number))
    assert len(traffic._texts) == 10
    for number in range(1, 1000):
        traffic.put(Sending(number, NOON + 86_400 * number, SIM, 1, 0))
    assert len(traffic._sent) == 2


def test_what_is_out_of_the_window_is_forgotten() -> None:
    traffic = memory(window=60)
    for number in range(1, 10):
        traffic.put(Sending(number, NOON + 60 * number, SIM, 1, number))
    assert len(traffic._texts) == 1


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("کد ۱۲۳", True),
        ("كد 123", True),
        ("ک\u200cد  ١٢٣\n", True),
        ("کد ۱۲۴", False),
        ("کد۱۲۳", False),
        ("کد ۱۲۳.", False),
    ],
)
def test_texts_are_the_same_however_they_are_written(text: str, same: bool) -> None:
    assert (normal_text(text) == normal_text("کد 123")) is same
    assert (text_key(LINE, FREE, text) == text_key(LINE, FREE, "کد 123")) is same


def test_lines_and_recipients_are_told_apart() -> None:
    keys = {text_key(line, to, "کد") for line in (SIM, LINE) for to in (FREE, "989129990002")}
    assert len(keys) == 4
    assert text_key(LINE, FREE, "\ud800") != text_key(LINE, FREE, "")


@pytest.mark.parametrize(
    ("profile", "kept"),
    [
        ({}, None),
        ({"daily_cap": {"by_prefix": {"09": 5}}}, None),
        ({"daily_cap": {"by_prefix": {"3000": 5}}}, (2, 0)),
        ({"daily_cap": {"every_line": 5, "by_prefix": {"3": 9}}}, (2, 0)),
        ({"duplicates": {"window": 5}}, (0, 1)),
    ],
)
def test_only_what_the_profile_asks_for_is_kept(profile: dict[str, object], kept: tuple[int, int] | None) -> None:
    engine = PolicyEngine(Registers(build_world({"extends": "demo", "profile": profile}), seed=0))
    sending = engine.judge("panel", LINE, FREE, "ب" * 71, NOON, Carried(7)).sending
    assert (None if sending is None else (sending.parts, int(sending.text > 0))) == kept


def test_the_longest_prefix_says_the_cap() -> None:
    cap = DailyCap(by_prefix={"09": 500, "0912": 10}, every_line=1000)
    assert [cap.of(line) for line in (SIM, OTHER_SIM, LINE)] == [10, 500, 1000]
    assert DailyCap(by_prefix={"09": 500}).of(LINE) is None
