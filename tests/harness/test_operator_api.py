import json
from datetime import UTC, datetime

import pytest

from harness.operator_api import OperatorApi, OperatorError
from khatban_client import Operator
from tests.khatban_client.canned import Call, Reply, answering

START = datetime(2026, 11, 22, tzinfo=UTC)


def api(url: str) -> OperatorApi:
    return OperatorApi(Operator(url, ("127.0.0.1", 2775)))


def test_reset_sends_world_and_clock() -> None:
    with answering(lambda _: Reply({"now": START.isoformat(), "speed": 20.0})) as canned:
        operator = api(canned.url)
        assert operator.smpp == ("127.0.0.1", 2775)
        operator.reset({"extends": "demo"}, START, 20.0)
    [call] = canned.calls
    assert (call.method, call.path) == ("POST", "/api/v1/reset")
    assert json.loads(call.body) == {
        "world": {"extends": "demo"}, "clock": {"start": "2026-11-22T00:00:00+00:00", "speed": 20.0},
    }  # fmt: skip


def test_all_messages_are_told_as_they_come() -> None:
    held = [{"id": str(number), "anything": None} for number in range(3)]
    with answering(lambda _: Reply({"messages": held, "total": len(held)})) as canned:
        assert api(canned.url).messages() == held


def refuse(_: Call) -> Reply:
    faults = [{"path": "lines[0].number", "message": "not a number"}]
    return Reply({"detail": "The world cannot be", "errors": faults}, 422)


def test_a_refused_world_says_where_and_why() -> None:
    complaint = r"POST /reset: 422 The world cannot be; lines\[0\]\.number: not a number"
    with answering(refuse) as canned, pytest.raises(OperatorError, match=complaint):
        api(canned.url).reset({}, START, 1.0)


def test_a_catalogue_without_its_clauses_is_named() -> None:
    complaint = r"GET /rules: expected rules and clauses, got keys \['rules'\]"
    with answering(lambda _: Reply({"rules": []})) as canned, pytest.raises(OperatorError, match=complaint):
        api(canned.url).catalogue()


@pytest.mark.parametrize("status", [409, 422])
def test_a_change_that_cannot_be_is_refused(status: int) -> None:
    body = {"detail": "there cannot be such a change", "errors": [{"path": "body.line", "message": "no line"}]}
    with answering(lambda _: Reply(body, status)) as canned:
        refused = api(canned.url).change({"kind": "register-line"})
    assert refused == "there cannot be such a change; body.line: no line"


def test_a_change_that_could_not_be_made_is_no_refusal() -> None:
    body = {"detail": "the store cannot be written"}
    with answering(lambda _: Reply(body, 503)) as canned, pytest.raises(OperatorError, match="503 the store cannot"):
        api(canned.url).change({"kind": "register-line"})


def test_a_request_is_asked_for_by_its_number() -> None:
    with answering(lambda call: Reply({"path": call.path})) as canned:
        assert api(canned.url).request(3) == {"path": "/api/v1/requests/3"}
