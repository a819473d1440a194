"""JUnit XML, which every CI server shows: a suite for each client, a case for each scenario.

A failed expectation is a failure, a scenario that broke an error, one that the client cannot play is skipped; one that
is NON_STRICT passes, and its case's output says what was tolerated.
"""

import re
from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from harness.failure_text import failure_text, summary_text
from harness.output import Output
from harness.results import ScenarioResult, StoredRun, Verdict

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference (its section 2.2)."""
_KINDS = {Verdict.FAIL: Failure, Verdict.ERROR: Error, Verdict.UNSUPPORTED: Skipped}


def _write(run: StoredRun, path: Path) -> None:
    document = JUnitXml("khatban")
    for driver in run.meta.drivers:
        document.add_testsuite(_suite(run, driver))
    document.update_statistics()  # type: ignore[no-untyped-call] # junitparser types it nowhere
    document.write(str(path), pretty=True)


def _suite(run: StoredRun, driver: str) -> TestSuite:
    suite = TestSuite(driver)
    suite.timestamp = run.meta.started
    for name in ("version", "seed", "profile", "python", "platform"):
        suite.add_property(name, str(getattr(run.meta, name)))
    for result in run.results:
        if result.driver == driver:
            suite.add_testcase(_case(result))
    return suite


def _case(result: ScenarioResult) -> TestCase:
    family, _, name = result.id.rpartition("/")
    case = TestCase(name, family or "scenarios", result.seconds)
    if result.failures and result.verdict in _KINDS:
        told = _KINDS[result.verdict](_valid(summary_text(result.failures[0])), result.verdict)
        told.text = _text(result)
        case.result = [told]
    elif result.failures:
        case.system_out = _text(result)
    return case


def _text(result: ScenarioResult) -> str:
    return _valid("\n".join([result.title, *(failure_text(failure) for failure in result.failures)]))


def _valid(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


JUNIT = Output("junit", "JUnit XML, for CI servers", _write)
