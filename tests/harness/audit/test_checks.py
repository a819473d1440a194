"""Each check, with conversations made by hand: one that passes, one that does not, one that gives no occasion."""

import re
from pathlib import Path

import pytest

from harness.audit import checks
from harness.audit.check import Check, Outcome
from harness.audit.checks import CHECKS, FAMILIES
from harness.audit.recording import Recording
from harness.audit.result import CheckResult, judge
from tests.harness.audit.cases import CASES
from tests.harness.audit.cases.case import Case
from tests.harness.audit.talk import Talk

BY_ID = {check.id: check for check in CHECKS}
ALL_CASES = [case for cases in CASES.values() for case in cases]


def judged(case: Case) -> CheckResult:
    return judge(BY_ID[case.check], "family", case.play(Talk()).recording())


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.check}: {case.shows}")
def test_a_case(case: Case) -> None:
    result = judged(case)
    assert result.outcome is case.outcome, result.findings
    assert (result.occasions == 0) == (result.outcome is Outcome.NOT_SEEN)
    assert all(finding.evidence or finding.why.startswith("session") for finding in result.findings)
    assert all(bool(finding.why) == (result.outcome in (Outcome.WARN, Outcome.FAIL)) for finding in result.findings)


def test_every_check_can_pass_and_can_not() -> None:
    for family, family_checks in FAMILIES.items():
        for check in family_checks:
            outcomes = {case.outcome for case in CASES[family] if case.check == check.id}
            assert Outcome.PASS in outcomes, check.id
            assert outcomes & {Outcome.FAIL, Outcome.WARN}, check.id
    assert {case.check for case in ALL_CASES} <= set(BY_ID)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_nothing_is_no_occasion(check: Check) -> None:
    assert list(check.judge(Recording(()))) == []


def test_each_family_is_a_file_of_the_folder() -> None:
    folder = Path(checks.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {family.replace(" ", "_") for family in FAMILIES} == files
    assert list(CASES) == list(FAMILIES)


def test_the_catalogue_is_in_order() -> None:
    assert len(BY_ID) == len(CHECKS) >= 40
    for check in CHECKS:
        assert re.fullmatch(r"[a-z0-9.]+(-[a-z0-9.]+)*", check.id), check.id
        assert check.title.endswith("."), check.id
        assert check.advice.endswith("."), check.id
        assert re.match(r"(3\.4 |5\.0 |23\.0|rules? |every rule)", check.section), check.id
    assert len({check.title for check in CHECKS}) == len(CHECKS)
