"""Writes docs/rules.md, the rules and the clauses that they stand on, from the code and the tables.

python -m tools.rules_page

A test holds the page to what this would write. It starts nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.policy.clauses import Clause, load_clauses
from simulator.policy.rule import Example, Rule, Sent
from simulator.policy.rules import RULES
from simulator.policy.vendor_codes import VendorCode, load_vendor_codes
from simulator.profiles.profile import Answer, Profile, RuleAnswer, Style
from simulator.profiles.profile_file import profile_table, shipped_profiles
from simulator.smpp.consts import status_name
from tools.markdown import cell, right_to_left, table
from tools.parameters import Parameter, parameters, shown
from tools.scenario_index import ROOT, Cited, shipped_scenarios

PAGE = ROOT / "docs" / "rules.md"

INTRODUCTION = """\
# Rules

This page is written by `python -m tools.rules_page` from the rules (`simulator/policy/rules/`), the clauses, the
vendors' codes, the shipped profiles and the scenarios; do not edit it.

A message is held against the rules in this order, and the first that refuses it decides. A rule says that and why; how
the sender learns of it is the profile's business ([profiles.md](profiles.md)). A rule whose parameters leave it off has
nothing against any message.

Clauses are told in our own words. *Confidence*: `seed`, the article from which the project was made says so; `several`
independent public sources do; a `single` one does; `inferred`, it is our reading of these. What vendors show has the
marks of [vendor_codes.toml](../simulator/policy/vendor_codes.toml).
"""

_HOLDABLE = 'Its refusals end by themselves, so a profile may hold messages back instead (`style = "hold"`).'

_CONFIDENCE: Mapping[str, str] = {
    "seed": "the project's seed article",
    "several": "several sources",
    "single": "one source",
    "inferred": "inferred",
}


def page() -> str:
    """The whole page."""
    clauses, scenarios = load_clauses(), shipped_scenarios()
    cited = {clause for rule in RULES for clause in rule.clauses}
    others = [clause for name, clause in clauses.items() if name not in cited]
    sections = [
        _contents(),
        *("\n".join(_rule(rule, clauses, scenarios)) + "\n" for rule in RULES),
        "\n".join(_registration(others, scenarios)) + "\n",
    ]
    return "\n".join([INTRODUCTION, *sections])


def _contents() -> str:
    rows = ((str(number), f"[`{rule.id}`](#{rule.id})", rule.title) for number, rule in enumerate(RULES, 1))
    return "\n".join(table(("", "rule", "what is forbidden"), rows)) + "\n"


def _rule(rule: Rule, clauses: Mapping[str, Clause], scenarios: Sequence[Cited]) -> Iterator[str]:
    yield from (f"## {rule.id}", "", f"**{rule.title}.** {rule.rationale}", "")
    if rule.passes_in_time:
        yield from (_HOLDABLE, "")
    yield from ("### Clauses", "")
    for name in rule.clauses:
        yield from _clause(clauses[name])
    if rows := [_parameter(each) for each in parameters(rule)]:
        yield from ("### Parameters", "", *table(("in the profile", "type", "default", "meaning"), rows), "")
    yield from _examples(rule.examples)
    yield from ("### Answers", "", *table(("profile", "told", "refund"), _answers(rule)), "")
    yield from _vendors(load_vendor_codes()[rule.id])
    about = [one for one in scenarios if rule.id in one.rules or one.clauses.intersection(rule.clauses)]
    yield from _scenarios(about)


def _parameter(parameter: Parameter) -> Iterable[str]:
    choices = f": {', '.join(parameter.choices)}" if parameter.choices else ""
    written = f"`{cell(parameter.type)}`{choices}"
    return f"`{parameter.path}`", written, f"`{cell(parameter.default)}`", cell(parameter.meaning)


def _clause(clause: Clause) -> Iterator[str]:
    since = "" if clause.since == "unknown" else f", since {clause.since}"
    yield f"**{clause.id}** · {clause.document}, {clause.section}{since} · *{_CONFIDENCE[clause.confidence]}*"
    yield from ("", clause.statement_en, "", right_to_left(clause.statement_fa), "")


def _examples(examples: tuple[Example, ...]) -> Iterator[str]:
    for heading, is_refused in (("Refused", True), ("Let pass", False)):
        if fitting := [example for example in examples if example.is_refused is is_refused]:
            yield from (f"### {heading}", "")
            for example in fitting:
                yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield f"- {example.shows}: {_sent(example.message)}"
    if example.world:
        yield f"  with `{shown(dict(example.world))}`"
    yield from ("", f"  {right_to_left(example.message.text)}", "")
    for before in example.after:
        yield from (f"  after {_sent(before)}", "", f"  {right_to_left(before.text)}", "")


def _sent(sent: Sent) -> str:
    return f"`{sent.source}` → `{sent.to}`, {sent.at.replace('T', ' ')}"


def _answers(rule: Rule) -> Iterator[tuple[str, str, str]]:
    for name in shipped_profiles():
        profile = Profile(name=name, **profile_table(name))
        answer = profile.answers.get(rule.id, RuleAnswer())
        answers = {"": answer, **answer.by_prefix}
        told = {prefix: _told(one, profile.flat_status) for prefix, one in answers.items()}
        refunds = {prefix: "yes" if one.refund else "no" for prefix, one in answers.items()}
        yield f"`{name}`", _by_prefix(told), _by_prefix(refunds)


def _by_prefix(said: dict[str, str]) -> str:
    """What is said of all lines, and of those prefixes of which something else is said."""
    prefixes: dict[str, list[str]] = {}
    for prefix, words in said.items():
        prefixes.setdefault(words, []).append(prefix)
    others = (f"{', '.join(each)}: {words}" for words, each in prefixes.items() if each[0])
    return "; ".join((said[""], *others))


def _told(answer: Answer, flat_status: int | None) -> str:
    if answer.style is Style.SUBMIT:
        return f"at submit, {status_name(flat_status or answer.command_status)}"
    if answer.style is Style.SILENT:
        return "accepted, and never heard of again"
    if answer.style is Style.HOLD:
        return "accepted, and held until it may pass"
    return f"by receipt, {answer.state.name} err {answer.err}"


def _vendors(codes: tuple[VendorCode, ...]) -> Iterator[str]:
    if not codes:
        yield from ("No vendor's code for it is known.", "")
        return
    moments = {"submit": "error of the API", "delivery": "status afterwards"}
    rows = ((code.vendor, moments[code.moment], f"`{code.code}`", code.meaning, code.source) for code in codes)
    yield from ("### What vendors show", "", *table(("vendor", "as", "code", "meaning", "source"), rows), "")


def _scenarios(scenarios: Iterable[Cited]) -> Iterator[str]:
    if listed := [f"- [{one.title}](../{one.path})" for one in scenarios]:
        yield from ("### Scenarios", "", *listed)
    else:
        yield "No scenario shows it yet."


def _registration(clauses: Iterable[Clause], scenarios: Sequence[Cited]) -> Iterator[str]:
    yield from ("## Clauses of registration", "")
    yield from ("These are enforced when a line is registered or made a service line ([lines.md](lines.md)).", "")
    for clause in clauses:
        yield from _clause(clause)
        for one in scenarios:
            if clause.id in one.clauses:
                yield f"- [{one.title}](../{one.path})"
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
