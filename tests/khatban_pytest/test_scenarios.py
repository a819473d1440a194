"""Scenario files as tests of a user's project."""

from pathlib import Path

import pytest

from tests.khatban_pytest.project import Outcome, Project, ends_below

GOOD = """
title: A notice to a subscriber is accepted
clauses: [service.any-hour]
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989121234567", text: "سفارش شما فردا می‌رسد."}
  - expect_response: {status: ESME_ROK}
  - unbind:
"""
FAILING = GOOD.replace("status: ESME_ROK", 'status: "0x404"').replace("[service.any-hour]", "[service.no-discount]")
TABLE = """
title: An offer to <whom> is refused
clauses: [blacklist.no-promotion]
examples:
  mci: {whom: a subscriber of MCI, number: "989121110001"}
  irancell: {whom: a subscriber of Irancell, number: "989351110001"}
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000100010", to: "<number>", text: "۵۰٪ تخفیف کفش"}
  - expect_response: {status: "0x401"}
"""
CONFTEST = """
    import pytest

    @pytest.fixture(autouse=True)
    def seen(request, record_property):
        record_property("seen", request.node.name)
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    project = Project(tmp_path_factory.mktemp("user"))
    project.write("pytest.ini", "[pytest]\nkhatban_scenarios =\n    scenarios/*\n")
    project.write("harness/__init__.py", 'raise RuntimeError("the harness of the user")\n')
    project.write("conftest.py", CONFTEST)
    project.write("notice.khatban.yaml", GOOD)
    project.write("deployment.yaml", "kind: Deployment\n")
    project.write("scenarios/failing.yaml", FAILING)
    project.write("scenarios/deep/offers.yaml", TABLE)
    project.write("scenarios/notes.txt", "no scenario\n")
    return project.run()


def test_scenarios_are_tests_and_other_files_are_not(outcome: Outcome) -> None:
    assert outcome.passed == {"notice.khatban", "offers[mci]", "offers[irancell]"}, outcome.output
    assert set(outcome.failed) == {"failing"}


def test_a_failure_says_what_was_expected_and_why_the_operator_decided_otherwise(outcome: Outcome) -> None:
    said = outcome.failed["failing"]
    assert "failing.yaml:7: expect_response" in said
    assert "expected 0x00000404" in said
    assert "got      ESME_ROK" in said
    assert "khatban_pytest" not in said


def test_fixtures_and_properties_are_those_of_any_test(outcome: Outcome) -> None:
    assert outcome.properties["offers[mci]"] == {
        "title": "An offer to a subscriber of MCI is refused",
        "clause": "blacklist.no-promotion",
        "seen": "offers[mci]",
    }


def test_mistakes_of_a_file_are_told_with_their_places(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("wrong.khatban.yaml", GOOD.replace("submit:", "sumbit:").replace("title:", "titel:"))
    outcome = project.run()
    assert outcome.status == pytest.ExitCode.INTERRUPTED
    assert "wrong.khatban.yaml:2:1: titel: unknown key; did you mean 'title'?" in outcome.output
    assert "unknown step; did you mean 'submit'?" in outcome.output


def test_a_client_that_there_is_not_is_told(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("pytest.ini", "[pytest]\nkhatban_driver = smplib\n")
    project.write("notice.khatban.yaml", GOOD)
    outcome = project.run()
    assert "there is no driver 'smplib'; did you mean 'smpplib'?" in outcome.failed["notice.khatban"]


LIMITED = """
    import pytest

    def pytest_collection_modifyitems(items):
        items[0].add_marker(pytest.mark.timeout(2))
"""


def test_a_deadline_leaves_the_next_scenario_its_own_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    project = Project(tmp_path)
    project.write("conftest.py", LIMITED)
    endless = GOOD.replace("steps:", "given: {clock: {speed: 1}}\nsteps:").replace("- unbind:", "- wait: {for: 1h}")
    project.write("a.khatban.yaml", endless)
    project.write("b.khatban.yaml", GOOD)
    outcome = project.run(plugins=("timeout",))
    assert "Timeout" in outcome.failed["a.khatban"], outcome.output
    assert outcome.passed == {"b.khatban"}, outcome.output
    assert ends_below(tmp_path)
