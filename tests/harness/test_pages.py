"""The pages and files that are made from the scenarios and the language's models are what these say."""

from harness.steps import STEPS
from tools import scenarios_page, steps_page


def test_the_index_of_scenarios_is_what_the_files_say() -> None:
    assert scenarios_page.PAGE.read_text("utf-8") == scenarios_page.page(), "run python -m tools.scenarios_page"


def test_the_reference_of_the_language_is_what_the_models_say() -> None:
    assert steps_page.PAGE.read_text("utf-8") == steps_page.page(), "run python -m tools.steps_page"


def test_every_step_and_every_scenario_is_on_a_page() -> None:
    reference, index = steps_page.page(), scenarios_page.page()
    assert [step.key for step in STEPS if f"\n### {step.key}\n" not in reference] == []
    files = [file.name for file in scenarios_page.FOLDER.rglob("*.yaml")]
    assert [file for file in files if f"/{file})" not in index] == []
