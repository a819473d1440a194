"""`python -m tests.benchmarks.policy`: what the policy takes of a message in steady traffic, facts and all rules.

A campaign to a hundred thousand subscribers, over lines of every type: a few texts that come again and again, every
recipient another. Of many short runs the best
counts, in time of the processor, for what else the machine does only adds to it.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from simulator.messages import Outcome
from simulator.policy.engine import PolicyEngine
from simulator.policy.rule import Carried
from simulator.profiles.profile_file import shipped_profiles
from simulator.registry.registers import Registers
from simulator.registry.world import build_world
from tests.center.test_operator import NOON

MESSAGES, RUNS = 1_000, 100

ADVERT = "فروشگاه نهال: مبلمان راحتی، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱"
ORDER = "مشتری گرامی، سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه لغو۱۱"
CODE = "کد ورود شما به فروشگاه نمونه: 48213"
ON_LINES: Mapping[str, tuple[str, str]] = {
    "promotional": ("3000100010", ADVERT),
    "dedicated": ("3000200020", ORDER),
    "shared, by pattern": ("2000300030", CODE),
    "Samantel": ("9999123456", ORDER),
}

EVERYTHING: Mapping[str, Any] = {
    "parts": {"limit": 8},
    "forbidden_matter": {"matters": ["card_number", "payment_link", "gambling"]},
    "filtered_words": {"match": "substring", "words": ["قمار"]},
    "links": {"policy": {"promotional": "deny", "dedicated_service": "registered", "samantel": "registered"}},
    "sender_name": {"required_on": ["promotional", "dedicated_service"]},
    "salutation": {"required_on": ["3000"]},
    "footer": {"required_on": ["promotional", "dedicated_service", "samantel"]},
    "verified_owners": {"prefixes": ["3000", "5000"]},
    "blocked_routes": {"irancell": ["5000"], "rightel": ["1000", "5000"]},
    "declared_recipients": {"action": "refuse"},
    "declared_purposes": {"action": "refuse"},
    "pattern_calls": {"most_recipients": 1},
    "blackouts": [
        {"since": "2026-06-17", "until": "2026-06-19", "scope": "bulk", "cause": "election"},
        {"since": "2026-11-22T00:00", "until": "2026-11-23T00:00", "scope": "all", "operators": ["taliya"]},
    ],
    "daily_cap": {"by_prefix": {"09": 500}, "every_line": 1_000_000_000},
    "duplicates": {"window": 86_400, "remembered": 200_000},
}
"""Every rule switched on, as strict as lets this traffic pass."""

LINES = [
    {
        "number": "3000200020",
        "type": "dedicated_service",
        "account": "panel",
        "recipients": ["989120000000-989129999999"],
        "purpose": ["order_status", "shipment_tracking", "otp"],
    }
]


def worlds() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The shipped profiles, and one with every rule on."""
    for name in shipped_profiles():
        yield name, {"extends": "demo", "profile": {"name": name}}
    yield "every rule on", {"extends": "demo", "profile": EVERYTHING, "lines": LINES}


def microseconds(table: Mapping[str, Any], line: str, text: str) -> tuple[float, float]:
    """What one message takes at best, and the share of messages that were accepted."""
    engine = PolicyEngine(Registers(build_world(table), seed=0))
    recipients = [f"98912{number:07d}" for number in range(2_000_000, 2_000_000 + MESSAGES)]
    best, accepted, number = float("inf"), 0, 0
    for run in range(RUNS):
        now = NOON + 86_400.0 * run  # nothing of the last run is a duplicate
        began = time.process_time()
        for number, recipient in enumerate(recipients, number + 1):  # noqa: B020 - goes on counting
            judged = engine.judge("panel", line, recipient, text, now, Carried(number))
            if judged.verdict.is_accepted:
                accepted += 1
                if judged.sending is not None:
                    engine.traffic.put(judged.sending)
        best = min(best, time.process_time() - began)
    assert judged.verdict.trace[-1].outcome is not Outcome.COUNTED
    return best / MESSAGES * 1e6, accepted / (RUNS * MESSAGES)


def main() -> None:
    """Measures and prints the table."""
    table = Table("profile", "line", "microseconds a message", "accepted")
    for name, world in worlds():
        for kind, (line, text) in ON_LINES.items():
            each, accepted = microseconds(world, line, text)
            table.add_row(name, kind, f"{each:.1f}", f"{accepted:.0%}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
