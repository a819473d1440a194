"""Writes docs/scenario-reference.md, what a scenario file may hold, from the language's models.

python -m tools.steps_page

A test holds the page to what this would write. It starts nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from harness.given import Clock, Given, GivenOperator, Server
from harness.scenario import Header
from harness.steps import STEPS
from tools.markdown import cell, table
from tools.scenario_index import ROOT
from tools.step_docs import docs_of

PAGE = ROOT / "docs" / "scenario-reference.md"

INTRODUCTION = """\
# What a scenario file may hold

This page is written by `python -m tools.steps_page` from the language's models in `harness/`; do not edit it. How a
scenario is written, with examples, is in [scenarios.md](scenarios.md).

All values are text. A duration is a number and `ms`, `s`, `m`, `h` or `d`; a time is Tehran's, `2026-11-22 10:00`; a
status is a name such as `ESME_ROK`, or a number such as `0x404`; a name that a scenario gives is small letters, digits
and hyphens. Fields in **bold** must be there.
"""

_FILE = """\
Besides these, `steps` is a list of at least one step, each a mapping of its one name to its fields; `examples` is a
table (see [scenarios.md](scenarios.md#tables-of-examples)).
"""
_GIVEN: Mapping[str, type[BaseModel]] = {
    "`given`": Given,
    "`given.clock`": Clock,
    "`given.server`": Server,
    "`given.operators.<name>`": GivenOperator,
}


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_file(), *_steps()])


def _file() -> Iterator[str]:
    yield from ("## The file", "", *_fields(Header), "", _FILE)
    for title, model in _GIVEN.items():
        yield from (f"### {title}", "", docs_of(model).summary, "", *_fields(model), "")


def _steps() -> Iterator[str]:
    yield from ("## Steps", "", ", ".join(f"[{step.key}](#{step.key})" for step in STEPS) + ".", "")
    for step in STEPS:
        yield from (f"### {step.key}", "", docs_of(step).summary, "")
        if step.model_fields:
            yield from (*_fields(step), "")


def _fields(model: type[BaseModel]) -> Iterator[str]:
    docs = docs_of(model)
    own = sorted(model.model_fields.items(), key=lambda field: not field[1].is_required())
    yield from table(("field", ""), ((_key(name, field), cell(docs.fields[name])) for name, field in own))


def _key(name: str, field: FieldInfo) -> str:
    key: Any = field.alias or name
    return f"**{key}**" if field.is_required() else f"{key}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
