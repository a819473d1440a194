import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from harness.operator_api import OperatorApi, OperatorError

START = datetime(2026, 11, 22, tzinfo=UTC)


def api(answer: Callable[[httpx.Request], httpx.Response]) -> OperatorApi:
    return OperatorApi(("127.0.0.1", 2775), ("127.0.0.1", 8080), httpx.MockTransport(answer))


def test_reset_sends_world_and_clock() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    with api(answer) as operator:
        assert operator.smpp == ("127.0.0.1", 2775)
        operator.reset({"extends": "demo"}, START, 20.0)
    assert (seen[0].method, str(seen[0].url)) == ("POST", "http://127.0.0.1:8080/api/v1/reset")
    assert json.loads(seen[0].content) == {
        "world": {"extends": "demo"}, "clock": {"start": "2026-11-22T00:00:00+00:00", "speed": 20.0},
    }  # fmt: skip


def test_all_messages_are_fetched_page_by_page() -> None:
    held = [{"id": str(number)} for number in range(2500)]

    def answer(request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        return httpx.Response(200, json={"messages": held[offset : offset + limit], "total": len(held)})

    with api(answer) as operator:
        assert operator.messages() == held


def problem(_: httpx.Request) -> httpx.Response:
    body = {"detail": "The world cannot be", "errors": [{"path": "lines[0].number", "message": "not a number"}]}
    return httpx.Response(422, json=body)


def refused(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


def test_a_refused_world_says_where_and_why() -> None:
    complaint = r"POST /reset: 422 The world cannot be; lines\[0\]\.number: not a number"
    with api(problem) as operator, pytest.raises(OperatorError, match=complaint):
        operator.reset({}, START, 1.0)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (refused, "GET /rules: ConnectError: refused"),
        (lambda _: httpx.Response(500, text="no"), "GET /rules: 500"),
        (lambda _: httpx.Response(200, text="no"), "GET /rules: expected a JSON object, got 'no'"),
        (
            lambda _: httpx.Response(200, json={"rules": []}),
            r"GET /rules: expected rules and clauses, got keys \['rules'\]",
        ),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(
    answer: Callable[[httpx.Request], httpx.Response], complaint: str
) -> None:
    with api(answer) as operator, pytest.raises(OperatorError, match=complaint):
        operator.catalogue()


@pytest.mark.parametrize("body", [{}, {"messages": []}, {"messages": None, "total": 0}])
def test_messages_without_messages_are_refused(body: dict[str, Any]) -> None:
    with api(lambda _: httpx.Response(200, json=body)) as operator, pytest.raises(OperatorError, match="GET /messages"):
        operator.messages()


@pytest.mark.parametrize("status", [409, 422])
def test_a_change_that_cannot_be_is_refused(status: int) -> None:
    body = {"detail": "there cannot be such a change", "errors": [{"path": "body.line", "message": "no line"}]}
    with api(lambda _: httpx.Response(status, json=body)) as operator:
        assert operator.change({"kind": "register-line"}) == "there cannot be such a change; body.line: no line"


def test_a_request_is_asked_for_by_its_number() -> None:
    with api(lambda request: httpx.Response(200, json={"path": request.url.path})) as operator:
        assert operator.request(3) == {"path": "/api/v1/requests/3"}
