"""Writes docs/audit.md: what an audit is, every check, how a grade is made, and the grades of the well-known clients.

python -m tools.audit_page

The clients' results lie in docs/audits/, one file each; the page says how they were measured. A test holds the page to
what this would write. It starts nothing.
"""

from collections.abc import Iterator
from typing import Final

from harness.audit.check import Outcome, Severity
from harness.audit.checks import CHECKS, FAMILIES
from harness.audit.clients import DRIVER_DECIDES
from harness.audit.grading import BEST_WITH_CRITICAL, CREDITS, GRADES, LEAST_SEEN, WEIGHTS
from harness.audit.result import RESULT_FORMAT, AuditResult, CheckResult, read_result
from tools.markdown import cell, table
from tools.scenario_index import ROOT

PAGE: Final = ROOT / "docs" / "audit.md"
RESULTS: Final = ROOT / "docs" / "audits"
CLIENTS: Final = ("smpplib", "node", "net-smpp", "aiosmpplib", "kannel")
"""The clients of the table; each has a result and is a driver."""

INTRODUCTION = f"""\
# The audit

This page is written by `python -m tools.audit_page`; do not edit it.

`khatban audit` watches a client and grades what it does on the wire, by {len(CHECKS)} checks: what SMPP 3.4 and 5.0
and the GSM specifications ask of it, what operators are known to refuse, and whether it keeps the operator's rules.
Each check says where it is written, shows the PDUs that it stands on, and what to do.

```sh
khatban audit --for 5m                                  # your client, live, against an operator on port 2775
khatban audit --command './send.sh' --html audit.html   # the same, with the client started for you
khatban audit --driver smpplib --json smpplib.json      # a client that Khatban drives
khatban audit capture.pcapng --all                      # what tcpdump, Wireshark or `khatban serve --pcap` wrote
khatban audit wire.jsonl                                # what `khatban serve --wire-log` wrote
```

## A live audit

It starts an operator with the demo world and plays, one after another: ordinary traffic, silence, late and
unknown answers, receipts in other operators' dialects, throttling, a full queue, an unbind, a connection that breaks,
refused binds ([faults.md](faults.md)). A phase is over when it has bitten and the client has had time to react, or
when its share of the time is over. **Have the client bind as `panel` with password `panel` to 127.0.0.1:2775, send
from line `3000200020` without a pause, texts short and long, in Persian and English, and let it run on whatever
happens.** What it does not do was not seen: a client that sends no long text is not judged by its splitting.

`--command` starts a program and tells it where to bind by its environment: `KHATBAN_HOST`, `KHATBAN_PORT`,
`KHATBAN_SYSTEM_ID`, `KHATBAN_PASSWORD`, `KHATBAN_SOURCE` (the line) and `KHATBAN_API` (the operator's HTTP
address). It may bind as often as it likes; when it ends, the audit does. `--config` gives the operator another
world, `--watch` leaves out the faults, `--record wire.jsonl` keeps the wire log whose lines the result names. For
an operator that runs already: `--operator http://127.0.0.1:8775 --wire-log wire.jsonl`, with the wire log that it
writes.

A driver does what it is told, so that checks of when to bind, submit, repeat and what to send say nothing of a
library and are left out; of Kannel, which queues, repeats and addresses by itself, only those of binds and
contents.

## A recording

In a capture each TCP connection that speaks SMPP is looked at, whichever port it has; `--port` looks at one.
Segments are put in order. Where the capture lost some, or a snaplen cut them, the result says so, and no answer is
missed in what was not seen. Connections behind TLS cannot be read; the wire log of the operator can. A capture does
not know the operator's verdicts: the checks of compliance are NOT SEEN there, in a wire log they are.

## Outcomes

| outcome | |
|---|---|
| PASS | every occasion went well, and there was at least one |
| WARN | permitted, or nowhere forbidden, but known to make trouble |
| FAIL | at least one occasion went wrong |
| NOT SEEN | the traffic gave no occasion |

The exit status is 0 if no check failed, 1 if some did, 2 for a recording or an option that cannot be used, 3 if the
operator or the client could not be started, or went away.
"""


def page() -> str:
    """The whole page."""
    parts = (INTRODUCTION, *_grades(), "", *_clients(), "", *_shape(), "", *_catalogue())
    return "\n".join(parts) + "\n"


def _grades() -> Iterator[str]:
    weights = ", ".join(f"{severity} {weight}" for severity, weight in WEIGHTS.items())
    earned = ", ".join(f"{outcome} {credit:g}" for outcome, credit in CREDITS.items())
    yield from ("## The grade", "")
    yield "Score = 100 × Σ(weight × credit) / Σ(weight), over the checks that had an occasion;"
    yield f"weights: {weights}; credits: {earned}."
    yield ""
    yield from table(("grade", "score from"), ((letter, f"{least:g}") for letter, least in GRADES))
    yield ""
    one, two, more = BEST_WITH_CRITICAL[1:]
    yield f"With one critical failure the grade is {one} at best, with two {two}, with more {more}. Where fewer than"
    yield f"{LEAST_SEEN} checks had an occasion there is no grade."
    yield ""
    yield "| severity | what a failure costs |"
    yield "|---|---|"
    yield f"| {Severity.CRITICAL} | messages are lost, sent twice or spoiled, a session ends, or a line is closed |"
    yield f"| {Severity.MAJOR} | the specification forbids it, and some operators refuse it |"
    yield f"| {Severity.MINOR} | operators live with it |"


def _clients() -> Iterator[str]:
    results = {name: read_result(RESULTS / f"{name}.json") for name in CLIENTS}
    yield from ("## The well-known clients", "")
    yield "Measured live, each by its driver. What a library leaves to its user, the driver does as"
    yield "[clients.md](clients.md) advises: for the npm package smpp and Net::SMPP it splits texts, chooses their"
    yield "coding, and answers the operator's requests, which they would leave unanswered."
    yield from ("", '```sh data-checked="ten minutes, and five clients"', "for client in " + " ".join(CLIENTS) + "; do")
    yield "  khatban audit --driver $client --for 110s --json docs/audits/$client.json"
    yield from ("done", "python -m tools.audit_page", "```", "")
    rows = ([f"[{name}](audits/{name}.json)", *_standing(result)] for name, result in results.items())
    yield from table(("client", "grade", "score", "PASS", "WARN", "FAIL", "NOT SEEN"), rows)
    yield ""
    yield f"{len(DRIVER_DECIDES)} of the NOT SEEN are what a driver decides."
    for name, result in results.items():
        yield from ("", f"### {name}", "")
        for check in result.checks:
            if check.outcome in (Outcome.FAIL, Outcome.WARN):
                yield f"- **{check.outcome}** `{check.id}` ({check.severity}): {cell(_why(check))}"


def _standing(result: AuditResult) -> list[str]:
    score = "–" if result.score is None else f"{result.score:g}"
    return [result.grade or "–", score, *(str(result.outcomes[each]) for each in _OUTCOMES)]


def _why(check: CheckResult) -> str:
    times = check.failed or check.warned
    return f"{check.findings[0].why} ({times} of {check.occasions} occasions)"


def _shape() -> Iterator[str]:
    yield from ("## The result", "")
    yield f"`--json` writes an object; `format` is {RESULT_FORMAT} and changes with the shape. Times are ISO 8601, UTC."
    yield from ("", *table(("key", ""), _KEYS), "")
    yield "Of a check:"
    yield from ("", *table(("key", ""), _CHECK_KEYS))


def _catalogue() -> Iterator[str]:
    yield from ("## The checks", "")
    yield "Sections are of SMPP 3.4 and 5.0, of 3GPP TS 23.038 and 23.040, or name the operator's rules"
    yield "([rules.md](rules.md))."
    for family, checks in FAMILIES.items():
        yield from ("", f"### {family.capitalize()}", "")
        rows = (
            (f"`{check.id}`", check.severity, cell(check.section), cell(check.title), cell(check.advice))
            for check in checks
        )
        yield from table(("check", "severity", "where", "a good client", "advice"), rows)


_OUTCOMES = (Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.NOT_SEEN)
_KEYS = (
    ("`format`, `khatban`", "version of this shape, and of Khatban"),
    ("`client`", "who was audited, as `--client` or the driver says; may be empty"),
    ("`source`", "`kind` (`live`, `wire-log` or `capture`) and `name`"),
    ("`began`, `seconds`", "when it began, and for how long it was watched"),
    ("`sessions`, `pdus`", "how many connections and PDUs were seen"),
    ("`grade`, `score`", "as above; null where too little, or nothing, was seen"),
    ("`outcomes`", "how many checks ended with each outcome; all four are there"),
    ("`notes`", "what is to be known of the source, as sentences: octets that were missed, connections passed over"),
    ("`checks`", "every check, in the order of this page"),
)
_CHECK_KEYS = (
    ("`id`, `family`, `title`, `section`, `severity`, `advice`", "as in the catalogue"),
    ("`outcome`", "PASS, WARN, FAIL or NOT SEEN"),
    ("`occasions`, `warned`, `failed`", "how often it was put to the test, was odd, went wrong"),
    (
        "`findings`",
        "the first five of the worst kind, or the first where it passed: `outcome`, `why`, and PDUs in `evidence`",
    ),
    (
        "`evidence`",
        "`frame` (line of the log, packet of the capture), `time`, `session`, `sender`, the header, and `fields`",
    ),
)

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
