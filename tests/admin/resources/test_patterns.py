"""Patterns with their review, and their way from the desk to the line."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.admin.api import Api, running_api

LINE = "2000300030"


async def hand_in(api: Api, **pattern: Any) -> None:
    change = {"kind": "hand-in-pattern", "pattern": {"line": LINE, **pattern}}
    assert (await api.post("/api/v1/changes", change)).status == 201


async def test_a_pattern_is_told_with_its_variables_and_its_review() -> None:
    async with running_api() as api:
        await hand_in(
            api, name="two/parts", text="%a% %b%", variables={"a": {"type": "number", "max": 5}}, sender="فروشگاه"
        )
        told = (await api.get(f"/api/v1/patterns/{LINE}:{quote('two/parts', safe='')}")).json()
        assert {finding["code"] for finding in told.pop("review")} == {
            "adjacent-variables",
            "only-variables",
            "no-sender-name",
        }
        assert told == {
            "id": f"{LINE}:two/parts",
            "line": LINE,
            "name": "two/parts",
            "account": "panel",
            "text": "%a% %b%",
            "syntax": "percent",
            "variables": [
                {"name": "a", "type": "number", "max": 5, "blanks": None},
                {"name": "b", "type": "string", "max": 40, "blanks": None},
            ],
            "sender": "فروشگاه",
            "state": "pending",
            "reason": None,
        }


async def test_one_that_can_be_approved_has_no_findings_and_is_found_by_any_form_of_its_line() -> None:
    async with running_api() as api:
        told = (await api.get(f"/api/v1/patterns/%2B98{LINE}:otp")).json()
        assert (told["id"], told["state"], told["review"]) == (f"{LINE}:otp", "approved", [])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["otp", "order"]),
        ("state=rejected", ["order"]),
        ("state=approved&account=panel", ["otp"]),
        (f"line=%2B98{LINE}", ["otp", "order"]),
        ("line=3000200020", []),
        ("account=nobody", []),
        ("limit=1&offset=1", ["order"]),
    ],
)
async def test_patterns_are_filtered_and_paged(query: str, names: list[str]) -> None:
    async with running_api() as api:
        await hand_in(api, name="order", text="فروشگاه نمونه: سفارش %number% ثبت شد")
        rejection = {"kind": "reject-pattern", "line": LINE, "pattern": "order", "reason": "too wide"}
        assert (await api.post("/api/v1/changes", rejection)).status == 201
        told = (await api.get(f"/api/v1/patterns?{query}")).json()
        assert [pattern["name"] for pattern in told["patterns"]] == names
        assert told["total"] == (2 if "limit" in query else len(names))
        assert all(pattern["reason"] == "too wide" for pattern in told["patterns"] if pattern["name"] == "order")


@pytest.mark.parametrize("name", ["otp", f"{LINE}:none", f"{LINE}:", "3000:otp", ":"])
async def test_a_pattern_that_is_not_there_is_a_problem(name: str) -> None:
    async with running_api() as api:
        reply = await api.get(f"/api/v1/patterns/{name}")
        assert (reply.status, reply.json()["detail"]) == (404, f"there is no pattern {name!r}")
