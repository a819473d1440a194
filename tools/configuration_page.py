"""Writes docs/configuration.md, what a configuration file may hold, from the models that check it.

python -m tools.configuration_page

A test holds the page to what this would write. It starts nothing.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import BaseModel

from simulator.profiles.profile import Profile
from simulator.registry.accounts import Account
from simulator.registry.keywords import Keyword
from simulator.registry.lines import Line
from simulator.registry.pattern import Pattern
from simulator.registry.subscribers import Handsets
from simulator.registry.world import PortedNumber, StoppedHeader
from simulator.serving.config import ClockSettings, Files, RetentionSettings, ServerSettings, SharedBlacklist
from tools.markdown import cell, table
from tools.parameters import Parameter, parameters_of
from tools.scenario_index import ROOT

PAGE = ROOT / "docs" / "configuration.md"

INTRODUCTION = """\
# The configuration file

This page is written by `python -m tools.configuration_page` from the models that check the file; do not edit it.

`khatban serve --config FILE` reads one TOML file. It holds a world, which a scenario has as `given.world` and a reset
over HTTP as `world`, and how the operator is served. Whatever nobody knows (a key, a line's number, a rule) stops the
start before a port opens, with file, line and path. Options of the command line win over the file.

```toml title="operator.toml"
extends = "demo"                      # the shipped world that the rest of the file adds to, or replaces

[server]
port = 2776
http_port = 8776

[clock]
start = "2026-11-22T10:00"            # Tehran's time

[profile]
name = "mci"

[[lines]]
number = "3000200021"
type = "dedicated_service"
account = "panel"
```

Several operators in one file have all of this under `[operators.<name>]` ([operators.md](operators.md)).
"""


class Section(NamedTuple):
    """A table of the file."""

    title: str
    about: str
    model: type[BaseModel]
    without: tuple[str, ...] = ()


SECTIONS = (
    Section("[server]", "How the operator is served.", ServerSettings),
    Section("[clock]", "Where the operator's clock begins, and how fast it runs.", ClockSettings),
    Section("[retention]", "How much the store keeps; see [store.md](store.md).", RetentionSettings),
    Section("[files]", "What is written; only for operators of `[operators.<name>]`, others take options.", Files),
    Section("[[accounts]]", "Who may bind; see [accounts.md](accounts.md).", Account),
    Section("[[lines]]", "Registered originators; see [lines.md](lines.md).", Line),
    Section("[[patterns]]", "Texts approved for shared service lines.", Pattern),
    Section("[[subscribers]]", "Handsets that are not simply on; see [delivery.md](delivery.md).", Handsets),
    Section("[[ported]]", "Numbers that another operator serves.", PortedNumber),
    Section("[[stopped_headers]]", "Lines that subscribers stopped.", StoppedHeader),
    Section("[[keywords]]", "Words by which a line's messages go elsewhere, or are answered.", Keyword),
    Section(
        "[blacklists.<name>]", "A blacklist that operators share; see [operators.md](operators.md).", SharedBlacklist
    ),
    Section(
        "[profile]",
        "How this operator answers, over the profile that `name` says; `answers` and `basis` are told in "
        "[profiles.md](profiles.md).",
        Profile,
        ("answers", "basis"),
    ),
)

WORLD = """\
## The world's other keys

| key | |
|---|---|
| `extends` | the shipped world to start from: `demo` |
| `blacklist` | numbers and ranges that are on it from the start |
| `blacklist_files` | files of such numbers, beside this file |
| `faults` | what goes wrong from the start; see [faults.md](faults.md) |
| `magic_suffixes` | whether numbers bring faults and handsets with them; see [magic-numbers.md](magic-numbers.md) |
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *("\n".join(_section(section)) + "\n" for section in SECTIONS), WORLD])


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {section.title}", "", section.about, "")
    rows = map(_row, parameters_of(section.model, but=section.without))
    yield from table(("key", "type", "default", "meaning"), rows)


def _row(parameter: Parameter) -> Iterable[str]:
    choices = f": {', '.join(parameter.choices)}" if parameter.choices else ""
    written = f"`{cell(parameter.type)}`{choices}"
    return f"`{parameter.path}`", written, f"`{cell(parameter.default)}`", cell(parameter.meaning) or "–"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
