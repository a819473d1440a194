"""The engine against the restatement of the decision table, over random operators and random traffic."""

import datetime
from collections.abc import Callable, Iterator
from functools import lru_cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.numbers.numbering import TEHRAN
from simulator.policy.content import classify
from simulator.policy.engine import PolicyEngine
from simulator.policy.rule import Carried
from simulator.policy.rules import RULES
from simulator.registry.registers import Registers
from simulator.registry.world import build_world
from tests.policy import restatement
from tests.policy.labelled_texts import BANK, CODE, FOOTED_ADVERT, ORDER, SALE, TEXTS
from tests.policy.restatement import DAY, HOUR, Decision, Line, Message, Subscriber

MIDNIGHT = datetime.datetime(2026, 11, 21, tzinfo=TEHRAN)
SUBSCRIBERS = (
    Subscriber("989129990001", "mci"),
    Subscriber("989121110001", "mci", declined=True),
    Subscriber("989359990001", "irancell"),
    Subscriber("989351110001", "irancell", declined=True),
    Subscriber("989209990001", "rightel"),
    Subscriber("989129990003", "irancell"),
    Subscriber("982188776655", None),
)
LINES = (
    ("3000100010", "promotional"),
    ("3000200020", "dedicated_service"),
    ("2000300030", "shared_service"),
    ("9999123456", "samantel"),
    ("9000123456", "dedicated_service"),
    ("09121234567", "promotional"),
)
TYPES = ("promotional", "dedicated_service", "shared_service", "samantel")
OPERATORS = ("mci", "irancell", "rightel", "taliya")
PREFIXES = ("3000", "30002", "2000", "9", "09", "9000")


def some(chance: Random, *values: str) -> list[str]:
    """Any of them, also none."""
    return [one for one in values if chance.random() < 0.4]


def mostly(chance: Random, usual: str, *others: str) -> str:
    """The usual value nineteen times of twenty."""
    return usual if chance.random() < 0.95 else chance.choice(others)


def a_line(chance: Random, number: str, kind: str) -> Line:
    numbers = [one.number for one in SUBSCRIBERS if one.operator]
    return Line(
        number=number,
        type=kind,
        account=mostly(chance, "panel", "other"),
        state=mostly(chance, "active", "suspended", "closed"),
        verified=chance.random() < 0.7,
        recipients=None if chance.random() < 0.5 else tuple(some(chance, *numbers)),
        purpose=tuple(some(chance, "order_status", "otp", "bank_transaction")),
        domains=tuple(some(chance, "nemoone.ir", "kafshestan.ir")),
        stopped_by=tuple(some(chance, *numbers)) if chance.random() < 0.2 else (),
    )


def a_blackout(chance: Random) -> dict[str, Any]:
    since = chance.randrange(48) * HOUR
    until = since + chance.randint(1, 12) * HOUR
    return {
        "since_second": since,
        "until_second": until,
        "since": (MIDNIGHT + datetime.timedelta(seconds=since)).isoformat(),
        "until": (MIDNIGHT + datetime.timedelta(seconds=until)).isoformat(),
        "scope": chance.choice(["promotional", "bulk", "all_but_codes", "all"]),
        "cause": chance.choice(["election", "crisis", "order"]),
        "operators": some(chance, *OPERATORS),
    }


def hours(chance: Random) -> dict[str, str]:
    return {"open": chance.choice(["07:00", "08:30"]), "close": chance.choice(["20:00", "22:30"])}


def an_action(chance: Random) -> dict[str, str]:
    return {"action": chance.choice(["off", "count", "refuse"])}


RULE_SETTINGS: dict[str, Callable[[Random], Any]] = {
    "hours": lambda chance: {one: hours(chance) for one in some(chance, *OPERATORS)},
    "service_advertising": lambda chance: {"action": chance.choice(["count", "refuse"])},
    "blacklist": lambda chance: {"enforced_by": some(chance, *OPERATORS)},
    "header_stops": lambda chance: {"applies_to": some(chance, *TYPES)},
    "verified_owners": lambda chance: {
        "prefixes": some(chance, *PREFIXES),
        "since": chance.choice(["2019-03-06", "2026-11-22"]),
    },
    "blocked_routes": lambda chance: {one: some(chance, *PREFIXES) for one in some(chance, *OPERATORS)},
    "pattern_calls": lambda chance: {"most_recipients": chance.choice([1, 2])},
    "declared_recipients": an_action,
    "declared_purposes": an_action,
    "parts": lambda chance: {"limit": chance.randint(1, 3)},
    "forbidden_matter": lambda chance: {"matters": some(chance, "card_number", "gambling")},
    "filtered_words": lambda chance: {
        "match": chance.choice(["word", "substring"]),
        "words": chance.choice([["برند", "ساعت"], ["برند"], ["ساعت"]]),
        "lines": some(chance, *TYPES),
        "operators": some(chance, *OPERATORS),
    },
    "links": lambda chance: {
        "policy": {one: chance.choice(["allow", "registered", "deny"]) for one in some(chance, *TYPES)},
        "detector": chance.choice(["strict_url", "domain_like"]),
    },
    "sender_name": lambda chance: {"required_on": some(chance, *TYPES)},
    "salutation": lambda chance: {"required_on": some(chance, *PREFIXES)},
    "footer": lambda chance: {"required_on": some(chance, *TYPES)},
    "blackouts": lambda chance: [a_blackout(chance) for _ in range(chance.randint(1, 3))],
    "daily_cap": lambda chance: {
        "by_prefix": {one: chance.randint(1, 6) for one in some(chance, *PREFIXES)},
        **({"every_line": chance.randint(1, 6)} if chance.random() < 0.5 else {}),
    },
    "duplicates": lambda chance: {"window": chance.choice([1, 60, HOUR, DAY])},
}
"""How each group of rules may be set; a profile holds a few, so that most messages come to the later rules."""


def a_profile(chance: Random) -> dict[str, Any]:
    names = chance.sample(sorted(RULE_SETTINGS), chance.randint(0, 6))
    return {name: RULE_SETTINGS[name](chance) for name in names}


def a_message(chance: Random) -> Message:
    numbers = [number for number, _ in LINES]
    second = chance.choice([chance.randrange(3 * DAY), chance.randrange(72) * HOUR])
    return Message(
        account=mostly(chance, "panel", "other"),
        line=mostly(chance, chance.choice(numbers), "3000999999"),
        to=chance.choice([*SUBSCRIBERS[:-1] * 3, SUBSCRIBERS[-1]]),
        text=chance.choice(TEXTS),
        at=second,
        recipients=chance.randint(1, 3),
    )


def engine_of(lines: list[Line], profile: dict[str, Any]) -> PolicyEngine:
    """The same world as its table says it; hours are those of the profile alone."""
    written = {**profile, "hours": {}}
    for blackout in (settings := [dict(one) for one in profile.get("blackouts", [])]):
        del blackout["since_second"], blackout["until_second"]
    if "blackouts" in profile:
        written["blackouts"] = settings
    world = build_world(
        {
            "extends": "demo",
            "profile": written,
            "ported": [{"number": "989129990003", "operator": "irancell"}],
            "stopped_headers": [{"line": one.number, "number": number} for one in lines for number in one.stopped_by],
            "accounts": [{"system_id": "other", "password": "other"}],
            "lines": [
                {
                    "number": one.number,
                    "type": one.type,
                    "account": one.account,
                    "state": one.state,
                    "owner": {"kind": "legal", "name": "کارگاه", "verified": one.verified},
                    "purpose": one.purpose,
                    "domains": one.domains,
                    **({} if one.recipients is None else {"recipients": one.recipients}),
                }
                for one in lines
            ],
        }
    )
    hours = type(world.profile).model_validate({"name": "h", "title": "h", "hours": profile.get("hours", {})}).hours
    changed = world.profile.model_copy(update={"hours": hours})
    return PolicyEngine(Registers(world.model_copy(update={"profile": changed}), seed=0))


def decided(engine: PolicyEngine, message: Message, number: int) -> Decision:
    now = MIDNIGHT.timestamp() + message.at
    carried = Carried(number, message.recipients)
    judged = engine.judge(message.account, message.line, message.to.number, message.text.text, now, carried)
    verdict = judged.verdict
    if verdict.is_accepted and judged.sending is not None:
        engine.traffic.put(judged.sending)
    until = None if verdict.until is None else round(verdict.until - MIDNIGHT.timestamp())
    return Decision(verdict.rule, verdict.clause, verdict.violation, until, refused=not verdict.is_accepted)


PLAIN = [Line(number, kind) for number, kind in LINES]


@pytest.fixture(scope="module", autouse=True)
def _texts_are_read_once() -> Iterator[None]:
    """Every engine classifies anew, and these are many engines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.policy.engine.classify", lru_cache(classify))
        yield


def compare(lines: list[Line], profile: dict[str, Any], messages: list[Message]) -> list[str | None]:
    """Asks both of each message in its turn; the rules that answered."""
    engine = engine_of(lines, profile)
    table = restatement.Operator(lines, profile, MIDNIGHT)
    rules = []
    for number, message in enumerate(sorted(messages, key=lambda one: one.at), 1):
        expected = table.decide(message)
        assert decided(engine, message, number) == expected, (message, lines, profile)
        rules.append(expected.rule)
    return rules


def compare_at_random(seed: int, length: int) -> list[str | None]:
    """Draws an operator and its traffic; a longer traffic begins as a shorter one does, so that failures shrink."""
    chance = Random(seed)
    lines = [a_line(chance, *one) for one in LINES]
    profile = a_profile(chance)
    messages = [a_message(chance)]
    while len(messages) < length:
        again = messages[-1]._replace(at=messages[-1].at + chance.choice([0, 1, 59, 60, HOUR]))
        messages.append(again if chance.random() < 0.3 else a_message(chance))
    return compare(lines, profile, messages)


@given(st.integers(0, 2**64), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_the_engine_decides_as_the_table_says(seed: int, length: int) -> None:
    compare_at_random(seed, length)


def test_every_rule_is_met_in_random_traffic() -> None:
    met = {rule for seed in range(150) for rule in compare_at_random(seed, 30)}
    met.add("empty-balance")  # random accounts pay later; tests/delivery/test_money.py has those that do not
    assert met == {None, *(rule.id for rule in RULES)}


@pytest.mark.parametrize(
    ("profile", "messages"),
    [
        ({}, [Message("panel", "3000200020", one, ORDER, 12 * HOUR) for one in SUBSCRIBERS]),
        ({}, [Message("panel", "3000200020", one, SALE, 12 * HOUR) for one in SUBSCRIBERS]),
        ({}, [Message("panel", "3000100010", one, FOOTED_ADVERT, 23 * HOUR) for one in SUBSCRIBERS]),
        ({"duplicates": {"window": 60}}, [Message("panel", "3000200020", SUBSCRIBERS[0], BANK, 5)] * 3),
        (
            {"pattern_calls": {"most_recipients": 1}},
            [Message("panel", "2000300030", SUBSCRIBERS[0], CODE, 5, recipients) for recipients in (1, 2)],
        ),
    ],
)
def test_cells_of_the_table(profile: dict[str, Any], messages: list[Message]) -> None:
    compare(PLAIN, profile, messages)
