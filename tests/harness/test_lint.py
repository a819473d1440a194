import io
import json
from pathlib import Path
from typing import Any

from rich.console import Console

from harness.lint import lint_scenarios
from harness.references import Catalogue

GOOD = "title: A text\nsteps: [bind: {as: panel, password: panel}, unbind: ]\n"
WRONG = """\
title: A text
clauses: [line.aktive]
given: {client: smplib, world: {extends: demo, faults: [{name: late-respons}]}}
steps:
  - fault: {name: late-response, affter: 2}
  - change: {kind: suspend-lin, line: "3000200020"}
  - change: {kind: anything-goes, refused: there is no change}
  - explain: {from: "3", to: "9", text: x, rule: closed-lien}
"""


def change_faults(table: Any) -> list[tuple[tuple[str, ...], str]]:
    return [] if table["kind"] == "suspend-line" else [(("kind",), f"there is no change {table['kind']!r}")]


KNOWN = Catalogue(frozenset({"closed-line"}), frozenset({"line.active"}), change_faults)


def linted(tmp_path: Path, *texts: str, as_json: bool = False) -> tuple[int, str]:
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    screen = io.StringIO()
    status = lint_scenarios([tmp_path], KNOWN, Console(file=screen, width=300), as_json=as_json)
    return status, screen.getvalue().replace(f"{tmp_path}/", "")


def test_what_is_right_is_said_so(tmp_path: Path) -> None:
    assert linted(tmp_path, GOOD, GOOD) == (0, "2 scenarios, nothing is wrong\n")


def test_mistakes_of_the_files_come_first(tmp_path: Path) -> None:
    status, screen = linted(tmp_path, GOOD, WRONG)
    assert status == 2
    assert screen.splitlines()[:-1] == [
        "1.yaml:3:17: given.client: there is no driver 'smplib'; did you mean 'smpplib'?",
        "1.yaml:3:57: given.world.faults[0]: there is no fault 'late-respons'; did you mean 'late-response'?",
        "1.yaml:5:34: steps[0].fault.affter: unknown key",
    ]


def test_then_what_the_operator_does_not_have(tmp_path: Path) -> None:
    text = WRONG.replace("affter", "after").replace("late-respons}", "late-response}").replace("smplib", "smpplib")
    status, screen = linted(tmp_path, text, as_json=True)
    document = json.loads(screen)
    assert (status, document["scenarios"]) == (2, 1)
    assert [(one["line"], one["column"], one["path"], one["message"]) for one in document["problems"]] == [
        (2, 11, "clauses[0]", "unknown clause 'line.aktive'; did you mean 'line.active'?"),
        (6, 20, "steps[1].change.kind", "there is no change 'suspend-lin'"),
        (8, 50, "steps[3].explain.rule", "unknown rule 'closed-lien'; did you mean 'closed-line'?"),
    ]
