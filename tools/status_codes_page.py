"""Writes docs/status-codes.md: each command_status and err value with what the operator means by it.

python -m tools.status_codes_page

A test holds the page to what this would write. It starts nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from simulator.policy.rules import RULES
from simulator.profiles.handset import OUTCOMES
from simulator.profiles.profile import Profile, RuleAnswer, Style
from simulator.profiles.profile_file import profile_table, shipped_profiles
from simulator.smpp.consts import VENDOR_STATUSES, CommandStatus, status_name
from tools.markdown import table
from tools.scenario_index import ROOT

PAGE = ROOT / "docs" / "status-codes.md"

INTRODUCTION = """\
# Status codes

This page is written by `python -m tools.status_codes_page` from the shipped profiles, the handsets and SMPP's table; do
not edit it.

No Iranian operator publishes what it answers by SMPP: the values of refusals are this project's own choice, marked
"assumed" in [profiles.md](profiles.md), and can be set otherwise rule by rule. What panels show for each rule stands in
[rules.md](rules.md). With `profile.flat_status` all refusals at submit look alike.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_at_submit(), "", *_by_receipt(), "", *_names(), ""])


def _answers() -> Iterator[tuple[str, str, RuleAnswer]]:
    """Every rule's answer at every shipped profile."""
    for name in shipped_profiles():
        profile = Profile(name=name, **profile_table(name))
        for rule in RULES:
            yield name, rule.id, profile.answers.get(rule.id, RuleAnswer())


def _told(users: Mapping[str, list[str]]) -> str:
    """Rules, each with the profiles that have it so; all of them without saying."""
    everywhere = len(shipped_profiles())
    return ", ".join(
        f"[`{rule}`](rules.md#{rule})" + ("" if len(names) == everywhere else f" ({', '.join(names)})")
        for rule, names in users.items()
    )


def _at_submit() -> Iterator[str]:
    yield from ("## Refusals at submit", "", "`command_status` of submit_sm_resp, by the rule that refused.", "")
    statuses: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for profile, rule, answer in _answers():
        if answer.style is Style.SUBMIT:
            statuses[answer.command_status][rule].append(profile)
    rows = ((f"0x{code:08X}", f"`{_name(code)}`", _told(statuses[code])) for code in sorted(statuses))
    yield from table(("command_status", "name", "rule (and profiles, where not all)"), rows)


def _name(code: int) -> str:
    return "vendor's own" if code in VENDOR_STATUSES else status_name(code)


def _by_receipt() -> Iterator[str]:
    yield from ("## err of receipts", "", "Refusals that are told afterwards, and what handsets bring about.", "")
    refusals: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for profile, rule, answer in _answers():
        for told in (answer, *answer.by_prefix.values()):
            if told.style is Style.RECEIPT and profile not in refusals[told.err, told.state.name][rule]:
                refusals[told.err, told.state.name][rule].append(profile)
    rows = [(err, state, _told(users)) for (err, state), users in refusals.items()]
    rows += [(outcome.err, outcome.state.name, f"handset `{handset}`") for handset, outcome in OUTCOMES.items()]
    yield from table(("err", "state", "because of"), sorted(rows))


def _names() -> Iterator[str]:
    yield from ("## SMPP's own names", "", "What each PDU is answered with is in [pics.md](pics.md).", "")
    rows = ((f"0x{status:08X}", f"`{status.name}`", "5.0" if status >= 0x100 else "3.4") for status in CommandStatus)
    yield from table(("command_status", "name", "since"), rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
