from pathlib import Path

import pytest

from harness.problems import Problem
from harness.scenario import Scenario
from harness.scenario_files import load_file, load_scenarios
from harness.steps.submit import Submit

TABLE = """\
title: A text about <kind> is refused
clauses: [<clause>]
examples:
  discount: {kind: a discount, clause: service.no-discount, text: "۵۰٪ <kind>"}
  lottery: {kind: a lottery, clause: service.no-lottery-contest, text: قرعه‌کشی}
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989123456701", text: "<text>. <kind>"}
  - expect_verdict: {outcome: refused, clause: <clause>}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    read = load_file(written(folder, text), "a")
    return [str(each).removeprefix(f"{folder}/") for each in read if isinstance(each, Problem)]


def test_each_row_is_a_scenario_of_its_own(tmp_path: Path) -> None:
    scenarios = load_scenarios([written(tmp_path, TABLE)])
    assert [(one.id, one.header.title, one.header.clauses) for one in scenarios] == [
        ("a/discount", "A text about a discount is refused", ("service.no-discount",)),
        ("a/lottery", "A text about a lottery is refused", ("service.no-lottery-contest",)),
    ]
    texts = [placed.step.text for one in scenarios for placed in one.steps if isinstance(placed.step, Submit)]
    assert texts == ["۵۰٪ <kind>. a discount", "قرعه‌کشی. a lottery"], "what a cell holds is not filled again"
    assert [placed.where.rpartition(":")[2] for placed in scenarios[1].steps] == ["7", "8", "9"]


def test_without_a_table_angle_brackets_are_text(tmp_path: Path) -> None:
    text = TABLE.replace("examples:\n", "").replace("  discount", "#").replace("  lottery", "#")
    [scenario] = load_file(written(tmp_path, text), "a")
    assert isinstance(scenario, Scenario)
    assert (scenario.id, scenario.header.title) == ("a", "A text about <kind> is refused")


def test_what_a_cell_makes_wrong_is_told_of_the_cell(tmp_path: Path) -> None:
    text = TABLE.replace("outcome: refused", "outcome: <kind>")
    assert problems(tmp_path, text) == [
        "a.yaml:4:20: examples.discount.kind: Input should be 'accepted' or 'refused'",
        "a.yaml:5:19: examples.lottery.kind: Input should be 'accepted' or 'refused'",
    ]


def test_what_is_wrong_whatever_a_row_says_is_told_once(tmp_path: Path) -> None:
    found = problems(tmp_path, TABLE.replace("bind:", "bnd:"))
    assert [one for one in found if "bnd" in one] == ["a.yaml:7:5: steps[0].bnd: unknown step; did you mean 'bind'?"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("<kind> is", "<knd> is", "a.yaml:1:8: title: no column of the examples is <knd>; did you mean 'kind'?"),
        ("kind: a lottery, ", "", "a.yaml:5:3: examples.lottery: this row has no kind"),
        ("text: قرعه", "more: x, text: قرعه", "a.yaml:4:3: examples.discount: this row has no more"),
        ("  lottery:", "  A lottery:", "a.yaml:5:3: examples.A lottery: a row's name is small letters"),
        ("kind: a lottery", "Kind: a lottery", "a.yaml:5:13: examples.lottery.Kind: a column's name is a small letter"),
        ("kind: a lottery", "kind: [a]", "a.yaml:5:19: examples.lottery.kind: expected a text"),
    ],
)
def test_tables_that_do_not_fit_their_scenario(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    found = problems(tmp_path, TABLE.replace(old, new))
    assert [one[: len(complaint)] for one in found][:1] == [complaint]


@pytest.mark.parametrize("table", ["[]", "{}", "x", "{discount: x}", "{discount: {}}"])
def test_what_is_no_table(tmp_path: Path, table: str) -> None:
    [problem] = problems(tmp_path, f"title: x\nexamples: {table}\nsteps: [unbind: ]\n")
    assert "expected a mapping of" in problem


def test_a_column_that_nothing_uses_is_a_mistake(tmp_path: Path) -> None:
    text = TABLE.replace("kind: a discount", "kind: a discount, more: x").replace("kind: a lottery", "kind: b, more: x")
    assert problems(tmp_path, text) == ["a.yaml:4:32: examples.discount.more: <more> stands nowhere in the scenario"]
