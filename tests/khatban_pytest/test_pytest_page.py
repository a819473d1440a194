"""The page about pytest: its files are a project whose tests pass, and its tables are the plugin's."""

import re

import pytest

from khatban_pytest import fixtures
from khatban_pytest.plugin import __all__ as listed
from khatban_pytest.settings import INI
from tests.khatban_pytest.project import OURS, Outcome, Project

PAGE = (OURS / "docs" / "pytest.md").read_text("utf-8")
FILES: list[tuple[str, str]] = re.findall(r"^```(?:python|yaml) (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
SHOWN: list[tuple[str, str]] = re.findall(r"^```text (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
FAILING = "test_an_offer_arrives"


def rows(first: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading, without the heading."""
    _, _, rest = PAGE.partition(f"| {first} |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    project = Project(tmp_path_factory.mktemp("page"))
    for name, content in FILES:
        project.write(name, content)
    return project.run()


def test_its_tests_pass_but_the_one_that_shows_a_failure(outcome: Outcome) -> None:
    written = {name for _, content in FILES for name in re.findall(r"def (test_\w+)", content)}
    assert set(outcome.failed) == {FAILING}, outcome.output
    scenarios = {name.removesuffix(".yaml") for name, _ in FILES if name.endswith(".yaml")}
    assert outcome.passed == (written | scenarios) - {FAILING}


def test_what_it_shows_of_the_failure_is_what_is_said(outcome: Outcome) -> None:
    [(_, shown)] = SHOWN
    said = re.sub(r"^E +", "", outcome.output, flags=re.MULTILINE)
    for line in shown.splitlines():
        assert line.strip() in said


def test_every_fixture_is_told() -> None:
    assert {row[0] for row in rows("fixture")} == set(listed)
    defined = {name for name, value in vars(fixtures).items() if type(value).__name__ == "FixtureFunctionDefinition"}
    assert defined == set(listed)


def test_every_option_is_told_with_its_default() -> None:
    told = {option: (marker, default) for marker, option, default, _ in rows("marker")}
    assert set(told) == {
        f"khatban_{name}" for name in (*INI, "seconds", "operator", "scenarios", "driver", "driver_options")
    }
    for name, (default, _) in INI.items():
        assert told[f"khatban_{name}"] == (name, default or "the world's")
