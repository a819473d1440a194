"""The page about lines, made of the plan and the requirements: `python -m tools.lines_page > docs/lines.md`.

A test holds the page to what is made here.
"""

import sys
from collections.abc import Iterable
from typing import Final

from simulator.numbers.line_plan import KINDS, LineKind
from simulator.profiles.service_terms import Route
from simulator.registry.provisioning.requirements import BY_PREFIX, REQUIREMENTS, Requirement
from simulator.registry.registration import spoken

_INTRODUCTION: Final = """\
# Lines

A line is registered in a world file, or while the operator runs. What its digits say is this; the rest (its type, its
owner, its account) is an attribute of the registration. This page is made by `python -m tools.lines_page`.

| line | aggregator | digits on sale | also given | born as | may serve | receives | sources |
|---|---|---|---|---|---|---|---|
"""

_REGISTRATION: Final = """
A fixed line and a SIM card are registered with their zero; a name has up to 11 Latin letters, digits, spaces and
`&._-`, and begins with a letter. ESMEs may write a number bare, with 98, +98 or 0098, in Latin, Persian or Arabic
digits.

```toml
[[lines]]
number = "3000200020"
type = "dedicated_service"            # left out: what its kind is born as
account = "panel"
owner = { kind = "legal", name = "شرکت نمونه", identity = "14100000004", verified = true }
use = "dedicated"                     # or "shared": a panel's, from which many send
purpose = ["order_status", "otp"]     # what it was declared to send; left out: anything
recipients = ["09121110000-09121110009"]   # or recipients_file = "customers.csv", beside this file
receives = true                       # left out: what its kind does
expires = 2027-11-22                  # the last day of its term; left out: never
```

## Becoming a service line

`POST /api/v1/changes` with `ask-for-service` is the one way, by the route `dedicated`, `shared` or `samantel`. What
stands against the request (the owner, the digits, each missing paper) is the answer at once: it is `refused`, with
every reason and its clause. Otherwise it is in review, and granted when it is due on the operator's clock; what the
papers declare (purpose, customers) is then registered with the line.

| route | lines | papers |
|---|---|---|
"""

_PROVISIONING: Final = """
```sh
curl localhost:8775/api/v1/changes --json '{"kind": "ask-for-service", "route": "samantel", "account": "panel",
  "owner": {"kind": "natural", "name": "کارگاه نمونه"}, "documents": [{"kind": "business-licence", "number": "0453"}]}'
curl localhost:8775/api/v1/requests/1                    # in-review, and when the next step is due
curl localhost:8775/api/v1/clock/jump --json '{"by": 900000}'
curl localhost:8775/api/v1/requests/1                    # granted, and the number that was drawn
curl localhost:8775/api/v1/changes --json '{"kind": "transfer-line", "line": "3000200020", "account": "panel2"}'
curl 'localhost:8775/api/v1/lines/3000200020'            # what it is now, its history, sanctions and requests
curl 'localhost:8775/api/v1/violations.csv?line=3000200020'
```

```sh
khatban line ask dedicated 3000100010 --papers papers.toml --customers customers.csv
khatban line ask shared 2000300030 --papers pattern.toml --draft    # then: supply, hand-in
khatban line requests --state in-review
khatban line grant 2                  # now, as the staff; also: refuse, withdraw
khatban line show 3000100010
khatban line suspend 3000100010 --reason complaints --until 2027-01-01
khatban line renew 3000100010         # also: close, reinstate, transfer, amend, register, kinds
khatban violations export --line 3000100010 --out violations.csv
```

A file of papers is TOML with one `[[documents]]` for each, or a JSON list; `GET /api/v1/changes/kinds` has what each
says. A draft (`"hand_in": false`) takes more papers with `supply-document`, tells what still stands against it, and is
handed in with `hand-in-request`. The body of a request holds about 250,000 numbers; of a longer list the commands make
several changes.

## Terms

All in the profile; these are the defaults.

```toml
[profile.office]
weekend = ["thu", "fri"]              # ["fri"] before 2025
opens = "08:00"
closes = "16:00"                      # what is asked later counts as asked on the next working day
closed_days = []                      # such as "1405-12-10": closed besides the official holidays
working_days = []                     # official holidays that are struck, because the moon was seen on another day

[profile.provisioning]
draft_days = 30                       # then a draft lapses
term_days = 365                       # so long a service line is good; it is renewed for as long
grace_days = 30                       # so long a line whose term is over can be renewed; then its number is lost
promissory_note = 500_000_000         # rial, for a 3000 line
licence_days = 60                     # so long a licence for a 9000 line must be good

[profile.provisioning.dedicated]      # two to six months, drawn from the seed, on a working day
least = 60
most = 180
unit = "days"                         # or least = 20, most = 20, unit = "working_days"
# batch_day = 19                      # requests are taken up at the close of the 19th of the Jalali month

[profile.provisioning.samantel]       # a working week at least
least = 5
most = 5

[profile.sanctions]                   # what a line's violations lead to, since its last reinstatement
warning = 1
# suspension = 2                      # from the second on each suspends the line
suspension_days = 7.0
strikes = 3                           # closes it
```

Official holidays that follow the moon are known for 1403 to 1406 (`simulator/time/holidays/`); in other years only
the ten of the solar calendar count. A suspension by sanction ends by itself, and the violations before it still count;
after `reinstate-line` none does. A line that goes to another account stays what it is, also a service line.
"""


def page() -> str:
    """The whole page."""
    rows = [_row(_kind_cells(kind)) for kind in KINDS]
    routes = [_row(cells) for cells in _route_cells()]
    return _INTRODUCTION + "".join(rows) + _REGISTRATION + "".join(routes) + _PROVISIONING


def _kind_cells(kind: LineKind) -> list[str]:
    return [
        f"**{kind.name}**",
        kind.aggregator or "–",
        spoken(kind.lengths) if kind.lengths else "not published",
        spoken(kind.on_request) if kind.on_request else "–",
        str(kind.born).replace("_", " "),
        "yes" if kind.service else "no",
        "yes" if kind.receives else "no",
        kind.mark,
    ]


def _route_cells() -> Iterable[list[str]]:
    for route in Route:
        others = ", ".join(BY_PREFIX) if route is Route.DEDICATED else ""
        yield [f"`{route}`", f"all but {others}" if others else _LINES[route], _papers(REQUIREMENTS[route])]
        if others:
            yield from ([f"`{route}`", prefix, _papers(papers)] for prefix, papers in BY_PREFIX.items())


_LINES: Final = {
    Route.SHARED: "a shared service line, or one's own that becomes one",
    Route.SAMANTEL: "9999, ten digits; without a line, one of drawn digits",
}


def _papers(papers: Iterable[Requirement]) -> str:
    return "; ".join(
        " or ".join(f"`{kind}`" for kind in paper.any_of) + (f" ({paper.where})" if paper.where else "")
        for paper in papers
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
