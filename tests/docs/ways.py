"""How the blocks of each language are run, or looked at."""

import json
import re
import textwrap
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from harness.drivers import DRIVERS
from harness.references import Catalogue, unknown_references
from harness.scenario_files import load_scenarios
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from simulator.serving.config_file import load_config
from tests.docs.blocks import ROOT, Block
from tests.docs.shell import check, check_syntax, commands_of, shown_commands
from tests.docs.stage import Stage

_STEP = "steps: [wait: {for: 1s}]\n"


def shell(block: Block, stage: Stage) -> None:
    """Each command is run, or checked."""
    check_syntax(block.text)
    for command in commands_of(block.text):
        check(command) if block.checked else stage.run(command)


def console(block: Block, stage: Stage) -> None:
    """Each command prints what is shown."""
    for command in shown_commands(block.text):
        check(command) if block.checked else stage.run(command)


def python(block: Block, stage: Stage) -> None:
    """A file is there for the commands that run it, a suite is run at the page's end; anything else is compiled."""
    compile(block.text, str(block), "exec")
    if block.title:
        stage.write(block.title, block.text)


def toml(block: Block, stage: Stage) -> None:
    """A configuration of drivers, of another program, or of the operator: then as one on the demo world."""
    table = tomllib.loads(block.text)
    drivers = {spec.name: spec for spec in DRIVERS}
    if block.title:
        stage.write(block.title, block.text)
    if table.keys() <= drivers.keys() or table.keys() <= {"tool", "documents"}:
        return
    begun = "" if table.keys() & {"extends", "operators"} else 'extends = "demo"\n'
    path = stage.folder / f"line-{block.line}.toml"
    path.write_text(begun + block.text, "utf-8")
    load_config(path)


def in_yaml(block: Block, stage: Stage) -> None:
    """A scenario without mistakes, whole or a part of one; or a file of another program."""
    table = yaml.safe_load(block.text)
    if block.title:
        stage.write(block.title, block.text)
    if isinstance(table, dict) and table.keys() & {"given", "steps"}:
        path = stage.folder / f"line-{block.line}" / "scenario.yaml"
        path.parent.mkdir()
        title = "" if "title" in table else "title: A part of a scenario\n"
        path.write_text(title + block.text + ("" if "steps" in table else _STEP), "utf-8")
        catalogue = Catalogue(frozenset(rule.id for rule in RULES), frozenset(load_clauses()))
        unknown = [
            problem for scenario in load_scenarios([path]) for problem in unknown_references(scenario, catalogue)
        ]
        assert not unknown, unknown


def in_json(block: Block, _stage: Stage) -> None:
    """It can be read."""
    json.loads(block.text)


def to_read(_block: Block, _stage: Stage) -> None:
    """Nothing that a machine would take."""


def elsewhere(block: Block, _stage: Stage) -> None:
    """In a language that only a program of the repository can vouch for."""
    assert block.checked or block.title, "neither a piece of a file that is run, nor excused"


WAYS: Final[Mapping[str, Callable[[Block, Stage], None]]] = {
    "console": console,
    "dockerfile": elsewhere,
    "ini": elsewhere,
    "js": elsewhere,
    "json": in_json,
    "mermaid": to_read,
    "perl": elsewhere,
    "python": python,
    "sh": shell,
    "sql": elsewhere,
    "text": to_read,
    "toml": toml,
    "yaml": in_yaml,
}


def is_piece(block: Block) -> bool:
    """Whether the block is said to be a piece of a file of the repository."""
    return "/" in block.title and (ROOT / block.title).is_file()


def stands_in(piece: str, path: Path) -> bool:
    """Whether a file has these lines, one after the other, at any one depth of indentation."""
    wanted, lines = piece.splitlines(), path.read_text("utf-8").splitlines()
    windows = ("\n".join(lines[at : at + len(wanted)]) for at in range(len(lines)))
    return any(textwrap.dedent(window) == "\n".join(wanted) for window in windows)


def play(block: Block, stage: Stage) -> None:
    """Runs a block, or looks at it, by the way of its language."""
    assert block.language in WAYS, f"no way is known to run {block.language!r}"
    if is_piece(block):
        assert stands_in(block.text, ROOT / block.title), f"not a piece of {block.title}"
    else:
        WAYS[block.language](block, stage)


def run_suite(blocks: list[Block], stage: Stage) -> None:
    """Runs the tests that a page has in files of its own; those pass of whose failure nothing is shown."""
    files = [block for block in blocks if re.match(r"test_\w+\.py$|.*\.khatban\.yaml$", block.title)]
    if not any(block.language == "python" for block in files):
        return
    shown: Mapping[str, str] = {block.title: block.text for block in blocks if block.language == "text" and block.title}
    outcome = stage.project.run()
    names = {block.title: set(re.findall(r"def (test_\w+)", block.text)) for block in files if block.title not in shown}
    failing: Any = {
        name for block in files if block.title in shown for name in re.findall(r"def (test_\w+)", block.text)
    }
    assert set(outcome.failed) == failing, outcome.output
    assert outcome.passed.issuperset(name for each in names.values() for name in each), outcome.output
    said = re.sub(r"^E +", "", outcome.output, flags=re.MULTILINE)
    assert [line for text in shown.values() for line in text.splitlines() if line.strip() not in said] == []
