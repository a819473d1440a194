"""The rules in the order in which they judge: who sends, to whom, what, and when. The first refusal ends the trace."""

from simulator.policy.rule import Rule
from simulator.policy.rules import (
    closed_line,
    invalid_recipient,
    promotion_outside_hours,
    promotion_to_blacklisted,
    service_advertising,
    service_advertising_to_blacklisted,
    unapproved_pattern,
    unregistered_line,
)

RULES: tuple[Rule, ...] = (
    unregistered_line.RULE,
    closed_line.RULE,
    invalid_recipient.RULE,
    unapproved_pattern.RULE,
    service_advertising_to_blacklisted.RULE,
    service_advertising.RULE,
    promotion_to_blacklisted.RULE,
    promotion_outside_hours.RULE,
)
