"""What Prometheus reads."""

import re
from pathlib import Path

import trio
from prometheus_client.parser import text_string_to_metric_families

from simulator.admin.metrics.families import FAMILIES, LAG
from simulator.smpp.pdus import SubmitSm
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, Api, running_api
from tests.admin.loopback import call
from tests.admin.resources.test_events import listening
from tests.esme import connected

PAGE = Path(__file__).parents[3] / "docs" / "metrics.md"


async def metrics(api: Api) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, in the order of their names."""
    text = (await api.get("/metrics")).body.decode()
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(each.name, *(value for _, value in sorted(each.labels.items()))): each.value for each in samples}


async def test_what_happened_is_counted() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        await api.esme.submit(DEDICATED, FREE, ORDER)
        await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
        await api.post("/api/v1/clock/jump", {"by": 60})
        await api.esme.receipt()
        await api.esme.receipt()
        await api.post("/api/v1/changes", {"kind": "suspend-line", "line": DEDICATED, "reason": "complaints"})
        await api.post("/api/v1/mo", {"from": FREE, "to": PROMOTIONAL, "text": "سلام"})
        await api.post("/api/v1/faults", {"name": "throttled"})
        found = await metrics(api)
        assert (
            found.items()
            >= {
                ("khatban_messages_total", "panel", "", "accepted"): 2,
                ("khatban_messages_total", "panel", "promotion-to-blacklisted", "refused"): 1,
                ("khatban_messages_ended_total", "DELIVERED"): 2,
                ("khatban_messages_ended_total", "REJECTED"): 1,
                ("khatban_messages_under_way",): 0,
                ("khatban_receipts_total", "made"): 2,
                ("khatban_receipts_total", "sent"): 2,
                ("khatban_mo_messages_total", "made"): 1,
                ("khatban_changes_total", "http"): 1,
                ("khatban_faults_on", "throttled"): 1,
                ("khatban_sessions", "panel", "transceiver"): 1,
                ("khatban_bind_attempts_total", "ESME_ROK"): 1,
                ("khatban_store_writable",): 1,
                ("khatban_http_requests_total", "POST", "/api/v1/clock/jump", "200"): 1,
            }.items()
        )
        assert found["khatban_store_commits_total",] == api.operator.commits
        assert found["khatban_clock_seconds",] > 1.7e9
        assert found["khatban_http_connections",] >= 1


async def test_what_goes_on_when_the_operator_begins_anew() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        await api.post("/api/v1/reset", {})
        async with connected(api.operator) as esme:
            await esme.bind()
            await esme.submit(PROMOTIONAL, LISTED, ADVERT)
            found = await metrics(api)
        assert found["khatban_messages_total", "panel", "", "accepted"] == 1
        assert found["khatban_messages_total", "panel", "promotion-to-blacklisted", "refused"] == 1
        assert found["khatban_resets_total",] == 1


async def test_binds_that_are_refused_and_broken_pdus_are_counted() -> None:
    async with running_api() as api:
        async with connected(api.operator) as esme:
            await esme.bind(password="wrong")
        await api.esme.send(SubmitSm(source_addr=DEDICATED, destination_addr=FREE, esm_class=3, priority_flag=9))
        await api.esme.response()
        found = await metrics(api)
        assert found["khatban_bind_attempts_total", "ESME_RINVPASWD"] == 1
        assert sum(value for name, value in found.items() if name[0] == "khatban_malformed_pdus_total") == 1
        assert found["khatban_connections",] == 1


async def test_who_listens_is_counted_and_refusals_have_no_route() -> None:
    async with running_api() as api, listening(api):
        await call(api.port, "BREW", "/api/v1/nothing")
        await call(api.port, "GET", "/livez", headers={"host": "evil.test"})
        found = await metrics(api)
        assert found["khatban_event_readers",] == 1
        assert found["khatban_http_requests_total", "OTHER", "", "404"] == 1
        assert found["khatban_http_requests_total", "GET", "", "421"] == 1


async def test_openmetrics_is_written_for_who_asks_for_it() -> None:
    async with running_api() as api:
        reply = await call(api.port, "GET", "/metrics", headers={"accept": "application/openmetrics-text"})
        assert reply.headers["content-type"].startswith("application/openmetrics-text")
        assert reply.body.endswith(b"# EOF\n")


async def test_operators_count_for_themselves() -> None:
    async with running_api() as one, running_api() as other:
        await one.esme.submit(DEDICATED, FREE, ORDER)
        await trio.lowlevel.checkpoint()
        assert ("khatban_messages_total", "panel", "", "accepted") in await metrics(one)
        assert ("khatban_messages_total", "panel", "", "accepted") not in await metrics(other)


def test_the_page_has_every_metric_with_its_labels() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|([^|]*)\|", PAGE.read_text("utf-8"), re.MULTILINE)
    said = [(name, kind, tuple(re.findall(r"`(\w+)`", labels))) for name, kind, labels in rows]
    families = [
        (family.name + ("_total" if family.kind == "counter" else ""), family.kind, family.labels)
        for family in FAMILIES
    ]
    assert said == [*families, (LAG, "histogram", ())]
