"""Lines, requests and violations by HTTP: what was changed is seen, with its history, its sanctions and its reasons."""

import csv
import io
from typing import Any

import pytest

from simulator.registry.lines import LineState
from tests.admin.api import ADVERT, DEDICATED, FREE, ORDER, PROMOTIONAL, Api, running_api
from tests.esme import connected
from tests.registry.provisioning.papers import ENAMAD, MAGFA_PAPERS, PERSON

SAMANTEL: dict[str, Any] = {"kind": "ask-for-service", "route": "samantel", "account": "panel", "owner": PERSON}
DEDICATED_ROUTE: dict[str, Any] = {"kind": "ask-for-service", "route": "dedicated", "line": PROMOTIONAL}


async def change(api: Api, **table: Any) -> int:
    reply = await api.post("/api/v1/changes", table)
    assert reply.status == 201, reply.body
    return int(reply.json()["id"])


async def jump(api: Api, days: float) -> None:
    assert (await api.post("/api/v1/clock/jump", {"by": days * 86_400})).status == 200


async def test_the_lines_of_the_demo_world() -> None:
    async with running_api() as api:
        found = (await api.get("/api/v1/lines")).json()
        assert found["total"] == 4
        assert [line["kind"] for line in found["lines"]] == ["3000", "3000", "2000", "9999"]
        assert found["lines"][0]["aggregator"] == "Magfa"
        found = (await api.get("/api/v1/lines?type=samantel&state=active&kind=9999&account=panel")).json()
        assert [line["number"] for line in found["lines"]] == ["9999123456"]
        assert (await api.get("/api/v1/lines?limit=1&offset=1")).json()["lines"][0]["number"] == DEDICATED
        assert (await api.get("/api/v1/lines/3000")).status == 404


async def test_the_number_plan() -> None:
    async with running_api() as api:
        kinds = {kind["name"]: kind for kind in (await api.get("/api/v1/line-kinds")).json()}
    assert kinds["3000"]["lengths"] == [8, 9, 10, 12, 14]
    assert kinds["9999"]["born"] == "samantel"
    assert not kinds["alphanumeric"]["receives"]


async def test_a_line_with_its_history_and_sanctions() -> None:
    async with running_api() as api:
        await change(api, kind="amend-line", line=f"+98{DEDICATED}", purpose=["otp"])
        await change(api, kind="suspend-line", line=PROMOTIONAL, reason="another line")
        for _ in range(3):
            await api.esme.submit(DEDICATED, FREE, ADVERT)
        story = (await api.get(f"/api/v1/lines/0098{DEDICATED}")).json()
        assert (story["state"], story["violations"], story["strikes"]) == ("closed", 3, 3)
        assert [line["violations"] for line in (await api.get("/api/v1/lines")).json()["lines"]] == [0, 3, 0, 0]
        assert [entry["change"]["kind"] for entry in story["history"]] == ["amend-line", "warn-line", "close-line"]
        assert [entry["change"]["kind"] for entry in story["sanctions"]] == ["warn-line", "close-line"]
        refused = await api.esme.submit(DEDICATED, FREE, ORDER)
        assert refused.command_status
        await change(api, kind="reinstate-line", line=DEDICATED, reason="it promised")
        assert not (await api.esme.submit(DEDICATED, FREE, ORDER)).command_status
        story = (await api.get(f"/api/v1/lines/{DEDICATED}")).json()
        assert (story["state"], story["violations"]) == ("active", 0)


async def test_a_dedicated_line_from_the_request_to_the_first_message() -> None:
    async with running_api() as api:
        await change(api, **DEDICATED_ROUTE, documents=[], hand_in=False)
        request = (await api.get("/api/v1/requests/1")).json()
        assert request["state"] == "draft"
        assert "dedicated.magfa-papers" in {reason["clause"] for reason in request["reasons"]}
        for paper in MAGFA_PAPERS:
            await change(api, kind="supply-document", request=1, document=paper)
        assert (await api.get("/api/v1/requests/1")).json()["reasons"] == []
        await change(api, kind="hand-in-request", request=1)
        request = (await api.get(f"/api/v1/requests?line=98{PROMOTIONAL}")).json()["requests"][0]
        assert request["state"] == "in-review"
        customers = next(paper for paper in request["documents"] if paper["kind"] == "customer-list")
        assert customers == {"kind": "customer-list", "recipients": 10}
        assert "2027-01" <= request["due"] < "2027-06"
        await jump(api, 200)
        story = (await api.get(f"/api/v1/lines/{PROMOTIONAL}")).json()
        assert story["type"] == "dedicated_service"
        assert story["recipients"] == 10
        assert story["requests"][0]["state"] == "granted"
        kinds = [entry["change"]["kind"] for entry in story["history"]]
        assert kinds == [
            "ask-for-service",
            *["supply-document"] * len(MAGFA_PAPERS),
            "hand-in-request",
            "grant-service",
        ]
        assert story["history"][-1]["origin"] == "operator"
        assert (await api.esme.submit(PROMOTIONAL, FREE, ADVERT)).command_status


async def test_a_samantel_line_that_is_given_out() -> None:
    async with running_api() as api:
        await change(api, **SAMANTEL, documents=[ENAMAD])
        await jump(api, 10)
        request = (await api.get("/api/v1/requests?route=samantel&state=granted")).json()["requests"][0]
        number = request["granted_line"]
        assert (await api.get(f"/api/v1/requests?line={number}")).json()["total"] == 1
        story = (await api.get(f"/api/v1/lines/{number}")).json()
        assert [entry["change"]["kind"] for entry in story["history"]] == ["ask-for-service", "grant-service"]
        assert not (await api.esme.submit(number, FREE, ORDER)).command_status


async def test_a_refused_request_says_why() -> None:
    async with running_api() as api:
        await change(api, **SAMANTEL, digits="9999111111")
        request = (await api.get("/api/v1/requests?account=panel&state=refused")).json()["requests"][0]
        assert [(reason["clause"], reason["document"]) for reason in request["reasons"]] == [
            ("samantel.ten-digits", ""),
            ("samantel.natural-owner", "business-licence or e-namad or guild-permit"),
        ]
        assert request["due"] is None
        assert (await api.get("/api/v1/requests/2")).status == 404


@pytest.mark.parametrize(
    ("table", "status", "where"),
    [
        ({**DEDICATED_ROUTE, "documents": [{"kind": "pledg"}]}, 422, "body.documents[0]"),
        ({**DEDICATED_ROUTE, "documents": [{"kind": "pledge", "colour": 1}]}, 422, "body.documents[0].pledge.colour"),
        ({**DEDICATED_ROUTE, "line": "3000"}, 409, "body.line"),
        ({"kind": "grant-service", "request": 1}, 409, "body.request"),
        (
            {"kind": "register-line", "line": {"number": "99991", "account": "panel"}},
            422,
            "body.line",
        ),
    ],
)
async def test_a_change_that_cannot_be_names_the_place(table: dict[str, Any], status: int, where: str) -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/changes", table)
        assert (reply.status, reply.json()["errors"][0]["path"]) == (status, where)


async def test_violations_as_json_and_csv() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ADVERT)
        await change(api, kind="suspend-line", line=DEDICATED, reason="x")
        await change(api, kind="reinstate-line", line=DEDICATED, reason="x")
        await api.esme.submit(DEDICATED, FREE, "=" + ADVERT)
        found = (await api.get(f"/api/v1/violations?line=98{DEDICATED}")).json()
        assert found["total"] == 2
        assert [violation["counts"] for violation in found["violations"]] == [False, True]
        first = found["violations"][0]
        assert (first["line"], first["rule"], first["clause"]) == (
            DEDICATED,
            "service-advertising",
            "service.no-discount",
        )
        assert (first["account"], first["recipient"], first["outcome"]) == ("panel", FREE, "refused")
        assert first["text"] == ADVERT
        assert (await api.get("/api/v1/violations?limit=1&offset=1")).json()["violations"][0]["id"] == 2
        for query in ("line=3000", "account=x", "rule=x", "clause=x", "until=2026-01-01", "since=2027-01-01"):
            assert (await api.get(f"/api/v1/violations?{query}")).json()["total"] == 0

        reply = await api.get("/api/v1/violations.csv")
        assert reply.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(reply.body.decode("utf-8"), newline="")))
        assert [row["text"] for row in rows] == [ADVERT, "'=" + ADVERT]
        assert [row["counts"] for row in rows] == ["False", "True"]
        assert rows[0]["clause"] == "service.no-discount"


async def test_a_suspension_by_sanction_ends_by_itself() -> None:
    async with running_api() as api:
        table = {"extends": "demo", "profile": {"sanctions": {"suspension": 1, "suspension_days": 2, "warning": 1}}}
        await api.post("/api/v1/reset", {"world": table, "clock": {"start": "2026-11-22T12:00"}})
        async with connected(api.operator) as esme:
            await esme.bind()
            await esme.submit(DEDICATED, FREE, ADVERT)
        story = (await api.get(f"/api/v1/lines/{DEDICATED}")).json()
        assert (story["state"], story["suspended_until"][:16]) == ("suspended", "2026-11-24T12:00")
        await jump(api, 2.1)
        line = api.operator.registers.lines.get(DEDICATED)
        assert line is not None
        assert line.state is LineState.ACTIVE
