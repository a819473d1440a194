"""Writes scenarios/README.md, the index of the shipped scenarios, from their files.

python -m tools.scenarios_page

A test holds the page to what this would write. It starts nothing.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from harness.scenario import Scenario
from harness.scenario_files import load_scenarios
from harness.spec_sections import spec_sections
from tools.markdown import cell, table
from tools.scenario_index import ROOT, path_of

FOLDER = ROOT / "scenarios"
PAGE = FOLDER / "README.md"

INTRODUCTION = """\
# Scenarios

This page is written by `python -m tools.scenarios_page` from the files beside it; do not edit it.

A scenario is a sentence that shows to be true, or not, when its steps are played on an operator; how one is written is
in [docs/scenarios.md](../docs/scenarios.md). All of them: `khatban run --out DIR`; some: `khatban run
scenarios/regulatory --filter 'clause:blacklist.*' --out DIR`. A file with several examples is a scenario for each.
"""


@cache
def page() -> str:
    """The whole page."""
    families = _families()
    head = ("family", "files", "scenarios", "clauses", "sections of the specification")
    return "\n".join([INTRODUCTION, *table(head, map(_counts, families)), *_sections(families), ""])


Family = tuple[str, list[tuple[str, list[Scenario]]]]
"""A folder, with the scenarios of each of its files."""


def _families() -> list[Family]:
    files = [(path, list(found)) for path, found in groupby(load_scenarios([FOLDER]), path_of)]
    return [(name, list(found)) for name, found in groupby(files, lambda file: file[1][0].id.partition("/")[0])]


def _counts(family: Family) -> Sequence[str]:
    name, files = family
    scenarios = [scenario for _, found in files for scenario in found]
    clauses = {clause for scenario in scenarios for clause in scenario.header.clauses}
    spec = {section for scenario in scenarios for section in scenario.header.spec}
    return f"[{name}](#{name})", *(str(len(counted)) for counted in (files, scenarios, clauses, spec))


def _sections(families: Sequence[Family]) -> Iterator[str]:
    for name, files in families:
        yield from ("", f"## {name}", "")
        yield from table(("what is so", "evidence for"), (_row(path, found) for path, found in files))


def _row(path: str, found: Sequence[Scenario]) -> Sequence[str]:
    first, *others = found
    title = f"[{cell(first.header.title)}]({path.removeprefix('scenarios/')})"
    more = f" and {len(others)} more" if others else ""
    named = dict.fromkeys(each for one in found for each in (*one.header.clauses, *one.header.spec))
    return f"{title}{more}", cell(", ".join(map(_cited, named)))


def _cited(citation: str) -> str:
    """A clause by its id, a section of the specification with its heading."""
    heading = spec_sections().get(citation)
    return f"`{citation}`" if heading is None else f"{citation} {heading}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
