"""Problem details as octets."""

import json

from hypothesis import given
from hypothesis import strategies as st

from simulator.admin.problems import ProblemResponse, encode_json, problem

ANY_TEXT = st.lists(st.characters() | st.sampled_from("\ud800\udfff")).map("".join)


@given(ANY_TEXT)
def test_any_text_becomes_valid_utf_8_and_json(text: str) -> None:
    said = json.loads(encode_json([text]).decode("utf-8"))[0]
    # The two halves of a pair come back as the one character that they are.
    assert said.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")


def test_persian_stays_readable() -> None:
    assert "خط‌بان".encode() in encode_json(["خط‌بان"])


def test_a_problem_has_the_members_of_rfc_9457() -> None:
    response = ProblemResponse(problem(422, "no", errors=[("body.to", "missing")]), headers={"connection": "close"})
    assert response.status_code == 422
    assert response.media_type == "application/problem+json"
    assert response.headers["connection"] == "close"
    value = json.loads(bytes(response.body))
    assert isinstance(value.pop("title"), str)
    assert value == {
        "type": "about:blank",
        "status": 422,
        "detail": "no",
        "errors": [{"path": "body.to", "message": "missing"}],
    }
