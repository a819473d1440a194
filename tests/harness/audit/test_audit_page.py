"""docs/audit.md is what the catalogue and the clients' results say."""

from harness.audit.checks import CHECKS
from harness.audit.result import read_result
from harness.drivers import DRIVERS
from tools import audit_page


def test_the_page_is_what_catalogue_and_results_say() -> None:
    assert audit_page.PAGE.read_text("utf-8") == audit_page.page(), "run python -m tools.audit_page"


def test_the_results_are_of_this_catalogue() -> None:
    for client in audit_page.CLIENTS:
        result = read_result(audit_page.RESULTS / f"{client}.json")
        assert result.client == client
        assert [check.id for check in result.checks] == [check.id for check in CHECKS], f"measure {client} again"


def test_each_client_is_a_driver_and_each_result_is_shown() -> None:
    assert set(audit_page.CLIENTS) <= {driver.name for driver in DRIVERS}
    assert {path.stem for path in audit_page.RESULTS.glob("*.json")} == set(audit_page.CLIENTS)
