"""The pages and files that are made from the scenarios and the language's models are what these say."""

import re
from pathlib import Path

from harness.references import Catalogue, unknown_references
from harness.scenario_files import load_scenarios
from harness.steps import STEPS
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from tools import scenarios_page, steps_page
from tools.scenario_index import ROOT


def test_the_index_of_scenarios_is_what_the_files_say() -> None:
    assert scenarios_page.PAGE.read_text("utf-8") == scenarios_page.page(), "run python -m tools.scenarios_page"


def test_the_reference_of_the_language_is_what_the_models_say() -> None:
    assert steps_page.PAGE.read_text("utf-8") == steps_page.page(), "run python -m tools.steps_page"


def test_every_step_and_every_scenario_is_on_a_page() -> None:
    reference, index = steps_page.page(), scenarios_page.page()
    assert [step.key for step in STEPS if f"\n### {step.key}\n" not in reference] == []
    files = [file.name for file in scenarios_page.FOLDER.rglob("*.yaml")]
    assert [file for file in files if f"/{file})" not in index] == []


BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
STEP = "steps: [wait: {for: 1s}]\n"


def test_every_example_of_the_page_is_a_scenario_without_mistakes(tmp_path: Path) -> None:
    blocks = BLOCK.findall((ROOT / "docs" / "scenarios.md").read_text("utf-8"))
    for number, block in enumerate(blocks):
        title = "" if "title:" in block else "title: A part of a scenario\n"
        (tmp_path / f"{number}.yaml").write_text(title + block + ("" if "steps:" in block else STEP), encoding="utf-8")
    catalogue = Catalogue(frozenset(rule.id for rule in RULES), frozenset(load_clauses()))
    scenarios = load_scenarios([tmp_path])
    assert len(scenarios) > len(blocks) >= 5, "one of them has a table"
    assert [str(problem) for scenario in scenarios for problem in unknown_references(scenario, catalogue)] == []
