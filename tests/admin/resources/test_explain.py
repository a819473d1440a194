"""Asking for a verdict without sending."""

import pytest

from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, running_api


async def test_a_refusal_is_explained_and_nothing_is_stored() -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/explain", {"from": PROMOTIONAL, "to": "0" + LISTED[2:], "text": ADVERT})
        told = reply.json()
        assert (told["line"], told["line_type"], told["account"]) == (PROMOTIONAL, "promotional", "panel")
        assert (told["to"], told["operator"], told["blacklisted"]) == (LISTED, "mci", True)
        assert (told["verdict"]["rule"], told["verdict"]["clause"]) == (
            "promotion-to-blacklisted",
            "blacklist.no-promotion",
        )
        assert told["answer"]["command_status"] == "0x00000401"
        assert told["verdict"]["content"]["evidence"][0]["quote"].encode() in reply.body, "Persian text is not escaped"
        assert await api.found() == []


async def test_an_acceptance_has_no_answer() -> None:
    async with running_api() as api:
        told = (await api.post("/api/v1/explain", {"from": DEDICATED, "to": FREE, "text": ORDER})).json()
        assert (told["verdict"]["outcome"], told["answer"]) == ("accepted", None)


@pytest.mark.parametrize(
    ("at", "outcome"),
    [("2026-11-22T23:30", "refused"), ("2026-11-22T08:00:00Z", "accepted"), (None, "accepted")],
)
async def test_the_hour_counts(at: str | None, outcome: str) -> None:
    async with running_api() as api:
        draft = {"from": PROMOTIONAL, "to": FREE, "text": ADVERT, "at": at}
        told = (await api.post("/api/v1/explain", draft)).json()
        assert told["verdict"]["outcome"] == outcome
        assert told["at"].endswith("+03:30")


async def test_an_unregistered_line_is_explained() -> None:
    async with running_api() as api:
        told = (await api.post("/api/v1/explain", {"from": "Bank", "to": "12", "text": ""})).json()
        assert (told["line"], told["line_type"], told["verdict"]["rule"]) == ("Bank", None, "unregistered-line")


@pytest.mark.parametrize(
    ("fault", "path"),
    [
        ({"text": "x" * 40_000}, "body.text"),
        ({"to": "9" * 41}, "body.to"),
        ({"from": None}, "body.from"),
        ({"text": "half a pair: \ud83d"}, "body.text"),
        ({"at": "noon"}, "body.at"),
    ],
)
async def test_a_draft_that_cannot_be_is_refused_with_its_path(fault: dict[str, object], path: str) -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/explain", {"from": DEDICATED, "to": FREE, "text": ORDER, **fault})
        assert reply.status == 422
        assert [error["path"] for error in reply.json()["errors"]] == [path]
