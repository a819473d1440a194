from pathlib import Path

import pytest

from harness.driver import Capability
from harness.problems import ProblemsError
from harness.references import Catalogue, unknown_references
from harness.scenario import Scenario
from harness.scenario_files import load_file, load_scenarios

GOOD = """\
title: A text is answered
clauses: [line.active]
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989123456701", text: سلام, name: first}
  - expect_response: {status: ESME_ROK, of: first}
  - unbind:
"""
BIND = "bind: {as: panel, password: panel}"


def written(folder: Path, text: str, name: str = "a.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    """The mistakes of a file without its folder's name."""
    read = load_file(written(folder, text), "a")
    assert not any(isinstance(each, Scenario) for each in read), "no mistake was found"
    return [str(problem).removeprefix(f"{folder}/") for problem in read]


def test_a_good_file_becomes_a_scenario_with_places(tmp_path: Path) -> None:
    [scenario] = load_scenarios([written(tmp_path, GOOD)])
    assert (scenario.id, scenario.header.title, scenario.header.clauses) == (
        "a",
        "A text is answered",
        ("line.active",),
    )
    assert scenario.header.given.world == {"extends": "demo"}
    clock = scenario.header.given.clock
    assert (clock.start.isoformat(), clock.speed) == ("2026-11-22T10:00:00+03:30", 0.0)
    assert [(placed.step.key, placed.where.rpartition(":")[2]) for placed in scenario.steps] == [
        ("bind", "4"), ("submit", "5"), ("expect_response", "6"), ("unbind", "7"),
    ]  # fmt: skip
    assert scenario.needs() == {Capability.TRANSCEIVER}


def test_an_empty_given_is_nothing_given(tmp_path: Path) -> None:
    assert isinstance(load_file(written(tmp_path, "given:\n" + GOOD), "a")[0], Scenario)


def test_a_text_that_may_need_splitting_needs_a_client_that_splits(tmp_path: Path) -> None:
    [scenario] = load_scenarios([written(tmp_path, GOOD.replace("سلام", "ب" * 71))])
    assert scenario.needs() == {Capability.TRANSCEIVER, Capability.LONG_TEXT}


def test_all_mistakes_of_a_file_are_found_in_one_pass(tmp_path: Path) -> None:
    text = """\
titel: x
title: ""
clauses: none
given:
  clok: {start: now}
  clock: {start: yesterday, speed: fast}
steps:
  - bnd: {as: panel}
  - submit: {form: "3000", to: "98", text: [a], receipt: maybe}
  - expect_response: {status: ESME_OK}
  - expect_receipt: {state: DELIVERED, within: soon}
  - expect_verdict: {}
  - bind: {as: panel, password: panel}
    unbind:
"""
    found = problems(tmp_path, text)
    expected = [
        "a.yaml:1:1: titel: unknown key; did you mean 'title'?",
        "a.yaml:2:8: title: must not be empty",
        "a.yaml:3:10: clauses: expected a list",
        "a.yaml:5:3: given.clok: unknown key; did you mean 'clock'?",
        "a.yaml:6:18: given.clock.start: 'yesterday' is no Tehran time; write it as 2026-11-22 10:00",
        "a.yaml:6:36: given.clock.speed: Input should be a valid number, unable to parse string as a number",
        "a.yaml:8:5: steps[0].bnd: unknown step; did you mean 'bind'?",
        "a.yaml:9:13: steps[1].submit.from: missing",
        "a.yaml:9:14: steps[1].submit.form: unknown key; did you mean 'from'?",
        "a.yaml:9:44: steps[1].submit.text: expected a text",
        "a.yaml:9:58: steps[1].submit.receipt: 'maybe' is neither yes nor no",
        "a.yaml:10:31: steps[2].expect_response.status: 'ESME_OK' is no command_status; did you mean 'ESME_ROK'?",
        "a.yaml:11:29: steps[3].expect_receipt.state: Input should be 'DELIVRD', 'UNDELIV', 'REJECTD'",
        "a.yaml:11:48: steps[3].expect_receipt.within: 'soon' is no duration; write a number and ms, s, m, h or d",
        "a.yaml:12:21: steps[4].expect_verdict: expects nothing; give at least one of outcome, rule, clause",
        "a.yaml:13:5: steps[5]: a step is one of bind, submit, expect_response, expect_receipt, expect_verdict",
    ]
    assert len(found) == len(expected)
    assert [problem for problem, start in zip(found, expected, strict=True) if not problem.startswith(start)] == []


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        ("[]", "a.yaml:3:8: steps: missing: a list of at least one step"),
        ("[unbind: ]", "a.yaml:3:9: steps[0].unbind: there is no session here"),
        ("[expect_nothing: {for: 1s}]", "steps[0].expect_nothing: there is no session here"),
        ("[expect_response: {status: ESME_ROK}]", "nothing has been submitted before this"),
        (
            "[bind: {as: a, password: b}, bind: {as: a, password: b}]",
            "there is a session already; give each a `name`, or end that one first",
        ),
        ("[submit: {from: a, to: b, text: c}]", "steps[0].submit: there is no session here"),
        (
            "[bind: {as: a, password: b}, submit: {from: a, to: b, text: c}, expect_receipt: {state: DELIVRD, of: x}]",
            "no submit before this has the name 'x'",
        ),
        (
            "[bind: {as: a, password: b}, submit: &s {from: a, to: b, text: c}, submit: *s]",
            "steps[2].submit: an alias",
        ),
        (
            f"[{BIND}, submit: {{from: a, to: b, text: c, name: n}}, submit: {{from: d, to: e, text: f, name: n}}]",
            "there is another submit of the name 'n'",
        ),
        (
            "[bind: {as: a, password: b, type: duplex}]",
            "steps[0].bind.type: Input should be 'transceiver', 'transmitter'",
        ),
        ("[bind: panel]", "steps[0].bind: expected a mapping"),
        ("[[bind]]", "steps[0]: a step is one of"),
    ],
)
def test_steps_that_make_no_sense(tmp_path: Path, steps: str, complaint: str) -> None:
    [problem, *_] = problems(tmp_path, f"title: x\nclauses: [c]\nsteps: {steps}\n")
    assert complaint in problem


WORLDS = [
    ("demmo", "demmo", "given.world.extends: there is no world 'demmo'; did you mean 'demo'?"),
    ("{extends: demo, linse: []}", "linse", "given.world.linse: unknown key"),
    (
        "{extends: demo, lines: [{number: 30x, account: panel}]}",
        "30x, ",
        "given.world.lines[0].number: a line is 3 to 15 digits",
    ),
    (
        '{extends: demo, lines: [{number: "3000100010", account: panel}, {number: "3000", account: panel, sort: x}]}',
        "sort",
        "given.world.lines[1].sort: unknown key",
    ),
    ("{extends: demo, blacklist: [x]}", "x]", "given.world.blacklist[0]: 'x' is not an Iranian mobile number"),
    ("{extends: demo, profile: standard}", "standard", "given.world.profile: expected a mapping"),
    ("{extends: demo, lines: 3000}", "3000", "given.world.lines: expected a list"),
    ("{extends: demo, profile: {sanctions: {strikes: few}}}", "few", "given.world.profile.sanctions.strikes: Input"),
    ("[]", "[]", "given.world: expected a mapping"),
]


@pytest.mark.parametrize(("world", "culprit", "complaint"), WORLDS, ids=[complaint for _, _, complaint in WORLDS])
def test_a_world_that_cannot_be_is_refused_at_its_place(
    tmp_path: Path, world: str, culprit: str, complaint: str
) -> None:
    line = f"given: {{world: {world}}}"
    [problem, *_] = problems(tmp_path, GOOD.replace("clauses:", f"{line}\nclauses:"))
    assert problem.startswith(f"a.yaml:2:{line.index(culprit) + 1}: {complaint}")


@pytest.mark.parametrize("text", ["", "- a\n", "text"])
def test_a_file_that_is_no_mapping(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == ["a.yaml:1:1: expected a mapping with title and steps"]


def test_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("bind", "bnd"))
    written(tmp_path, "", "b.yaml")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    with pytest.raises(ProblemsError) as caught:
        load_scenarios([tmp_path, tmp_path / "nothing.yaml", tmp_path / "empty"])
    files = {Path(problem.file).name for problem in caught.value.problems}
    assert files == {"a.yaml", "b.yaml", "c.yaml", "nothing.yaml", "empty"}


def test_ids_are_paths_below_the_folder_named_scenarios(tmp_path: Path) -> None:
    family = tmp_path / "scenarios" / "regulatory"
    one, two = written(family, GOOD, "one.yaml"), written(family / "deep", GOOD, "two.yaml")
    assert [scenario.id for scenario in load_scenarios([family])] == ["regulatory/deep/two", "regulatory/one"]
    assert [scenario.id for scenario in load_scenarios([two, one, one])] == ["regulatory/deep/two", "regulatory/one"]


def test_ids_elsewhere_are_paths_below_the_folder_that_was_asked_for(tmp_path: Path) -> None:
    written(tmp_path / "mine" / "x", GOOD)
    assert [scenario.id for scenario in load_scenarios([tmp_path / "mine"])] == ["x/a"]


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    first, second = written(tmp_path / "x", GOOD), written(tmp_path / "y", GOOD)
    with pytest.raises(ProblemsError, match=f"{second}: has the id a, as has {first}"):
        load_scenarios([first, second])


def test_a_folder_without_scenarios_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"no scenario file \(\*\.yaml\) in this folder"):
        load_scenarios([tmp_path])


def test_a_file_of_another_kind_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="not a scenario file"):
        load_scenarios([written(tmp_path, GOOD, "a.txt")])


def test_rules_and_clauses_that_the_operator_does_not_have_are_found(tmp_path: Path) -> None:
    text = GOOD + "  - expect_verdict: {rule: closed-lien, clause: none, exempt: line.activ}\n"
    [scenario] = load_scenarios(
        [written(tmp_path, text.replace("  - unbind:\n", "").replace("line.active", "line.aktive"))]
    )
    catalogue = Catalogue.of({"rules": [{"id": "closed-line"}], "clauses": [{"id": "line.active"}]})
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in unknown_references(scenario, catalogue)] == [
        "a.yaml:2:11: clauses[0]: unknown clause 'line.aktive'; did you mean 'line.active'?",
        "a.yaml:7:28: steps[3].expect_verdict.rule: unknown rule 'closed-lien'; did you mean 'closed-line'?",
        "a.yaml:7:63: steps[3].expect_verdict.exempt: unknown exempt 'line.activ'; did you mean 'line.active'?",
    ]
