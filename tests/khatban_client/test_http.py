import json
import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from khatban_client.errors import OperatorError, RefusedError
from khatban_client.http import Address, Http
from khatban_client.resources.clock import Time
from tests.khatban_client.canned import Call, Reply, answering

PROBLEM = {
    "type": "urn:khatban:problem:invalid-world",
    "title": "Unprocessable Content",
    "status": 422,
    "detail": "the world cannot be",
    "errors": [{"path": "lines[0].number", "message": "not a number"}],
}


def ask(reply: Reply) -> object:
    with answering(lambda _: reply) as canned:
        return Http(canned.url).ask("GET", "/rules")


def test_a_call_is_sent_below_the_api_with_its_query_body_and_token() -> None:
    with answering(lambda _: Reply({"yes": [1]})) as canned:
        http = Http(canned.url, token="t0ken")
        query = {"to": "+98 912", "since": datetime(2026, 11, 22, tzinfo=UTC), "listed": True, "rule": None}
        assert http.ask("POST", "/reset", query=query, body={"text": "سلام"}) == {"yes": [1]}
    [call] = canned.calls
    assert (call.method, call.path) == ("POST", "/api/v1/reset")
    assert call.query == {"to": "+98 912", "since": "2026-11-22T00:00:00+00:00", "listed": "true"}
    assert json.loads(call.body) == {"text": "سلام"}
    assert (call.headers["Authorization"], call.headers["Content-Type"]) == ("Bearer t0ken", "application/json")


def test_an_empty_answer_is_none() -> None:
    assert ask(Reply(b"", 204)) is None


def test_a_refusal_bears_the_problem_with_every_fault() -> None:
    with pytest.raises(RefusedError) as refused:
        ask(Reply(PROBLEM, 422))
    assert refused.value.status == 422
    assert refused.value.problem.type == "urn:khatban:problem:invalid-world"
    assert [fault.path for fault in refused.value.problem.errors] == ["lines[0].number"]
    assert str(refused.value) == "GET /rules: 422 the world cannot be; lines[0].number: not a number"


@pytest.mark.parametrize("body", [b"no", b"[]", b'"no"', b'{"errors": 3}'])
def test_a_refusal_by_something_else_bears_its_status(body: bytes) -> None:
    with pytest.raises(RefusedError, match="GET /rules: 502 Bad Gateway"):
        ask(Reply(body, 502))


def test_an_answer_that_is_no_json_is_named() -> None:
    with pytest.raises(OperatorError, match="GET /rules: expected JSON, got 'no'"):
        ask(Reply(b"no"))


def test_an_operator_that_is_gone_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(OperatorError, match="GET /rules: ConnectionRefusedError"):
            Http(f"http://127.0.0.1:{taken.getsockname()[1]}").ask("GET", "/rules")


def test_an_operator_that_answers_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        http = Http(f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(OperatorError, match="GET /rules: TimeoutError"):
            http.ask("GET", "/rules", patience=0.05)


@pytest.mark.parametrize("answer", [{"speed": 1.0}, {"now": "soon", "speed": 1.0}, []])
def test_an_answer_of_another_shape_is_no_value(answer: object) -> None:
    with answering(lambda _: Reply(answer)) as canned, pytest.raises(OperatorError, match="GET /clock: not the answer"):
        Http(canned.url).read(Time, "/clock")


def test_a_list_is_fetched_page_by_page() -> None:
    held = [{"id": number} for number in range(2500)]

    def page(call: Call) -> Reply:
        offset, limit = (int(call.query[name]) for name in ("offset", "limit"))
        return Reply({"messages": held[offset : offset + limit], "total": len(held)})

    with answering(page) as canned:
        assert Http(canned.url).pages("/messages", "messages", {"to": "989121234567"}) == held
    assert [call.query["to"] for call in canned.calls] == ["989121234567"] * 3


@pytest.mark.parametrize("answer", [{}, {"messages": []}, {"messages": None, "total": 0}, []])
def test_a_page_without_its_entries_is_named(answer: object) -> None:
    with answering(lambda _: Reply(answer)) as canned, pytest.raises(OperatorError, match="GET /messages: expected"):
        Http(canned.url).pages("/messages", "messages", {})


@pytest.mark.parametrize("url", ["127.0.0.1:8775", "ftp://127.0.0.1", "http://", "http://host/elsewhere", "http://a?b"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is no address of an operator"):
        Http(url)


def test_a_proxy_in_front_may_speak_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with answering(lambda _: Reply({"yes": True}), context) as canned:
        assert Http(canned.url).ask("GET", "/rules") == {"yes": True}


def test_addresses_stand_in_urls() -> None:
    assert (str(Address("127.0.0.1", 1)), str(Address("::1", 2))) == ("127.0.0.1:1", "[::1]:2")
    assert Http("http://[::1]:8775").address == ("::1", 8775)


def test_the_environment_says_the_token_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHATBAN_HTTP_TOKEN", "of-the-environment")
    url = "http://127.0.0.1:8775"
    assert Http(url)._headers["Authorization"] == "Bearer of-the-environment"
    assert Http(url, token="given")._headers["Authorization"] == "Bearer given"
    monkeypatch.delenv("KHATBAN_HTTP_TOKEN")
    assert "Authorization" not in Http(url)._headers
