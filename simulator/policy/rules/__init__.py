"""The rules in the order in which they judge: who sends, to whom, what, when, and how often.

The first refusal ends the trace.

Of what a text says, the graver comes first: what is forbidden in it before what is missing from it.
"""

from simulator.policy.rule import Rule
from simulator.policy.rules import (
    blackout,
    blocked_route,
    closed_line,
    daily_cap,
    duplicate,
    empty_balance,
    filtered_word,
    forbidden_matter,
    invalid_recipient,
    link,
    missing_footer,
    missing_salutation,
    promotion_outside_hours,
    promotion_to_blacklisted,
    service_advertising,
    service_advertising_to_blacklisted,
    several_recipients,
    stopped_header,
    too_many_parts,
    unapproved_pattern,
    undeclared_purpose,
    undeclared_recipient,
    unidentified_sender,
    unregistered_line,
    unverified_owner,
)

RULES: tuple[Rule, ...] = (
    unregistered_line.RULE,
    closed_line.RULE,
    unverified_owner.RULE,
    invalid_recipient.RULE,
    blocked_route.RULE,
    several_recipients.RULE,
    undeclared_recipient.RULE,
    unapproved_pattern.RULE,
    service_advertising_to_blacklisted.RULE,
    service_advertising.RULE,
    undeclared_purpose.RULE,
    stopped_header.RULE,
    promotion_to_blacklisted.RULE,
    too_many_parts.RULE,
    forbidden_matter.RULE,
    filtered_word.RULE,
    link.RULE,
    unidentified_sender.RULE,
    missing_salutation.RULE,
    missing_footer.RULE,
    blackout.RULE,
    promotion_outside_hours.RULE,
    daily_cap.RULE,
    duplicate.RULE,
    empty_balance.RULE,
)
