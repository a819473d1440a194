from typing import Any

import pytest

from simulator.policy.patterns.requests import RequestError, answer_match, answer_review

MATCH: dict[str, Any] = {
    "id": 7,
    "pattern": "کد ورود شما به سامانه نمونه: %code%",
    "variables": {"code": {"type": "number", "max": 6}},
    "text": "كد ورود شما به سامانه نمونه: ۴۸۲۱۳",
}


@pytest.mark.parametrize(
    ("over", "matches", "why"),
    [
        ({}, True, "fits"),
        ({"text": "کد ورود شما به سامانه نمونه: abc"}, False, "variable 'code' is not a number: «abc»"),
        ({"text": "کد ورود شما به سامانه نمونه: abc", "variables": {}}, True, "fits"),
        ({"text": "کد ورود شما به سامانه نمونه: 1234567"}, False, "too long: 7 characters, at most 6"),
        ({"variables": {"code": {"type": "string"}, "other": {"max": 3}}}, True, "fits"),
        ({"pattern": "کد {0}", "text": "کد 12"}, False, "the fixed part «کد {0}» is missing"),
    ],
)
def test_match(over: dict[str, Any], *, matches: bool, why: str) -> None:
    answer = answer_match({**MATCH, **over})
    assert (answer["id"], answer["matches"]) == (7, matches)
    assert why in answer["why"]


def test_variables_may_be_left_out() -> None:
    request = {key: value for key, value in MATCH.items() if key != "variables"}
    assert answer_match(request)["matches"] is True


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ([], '"id"'),
        ({"pattern": "a", "text": "a"}, '"id"'),
        ({**MATCH, "pattern": 1}, '"pattern" that is a string'),
        ({**MATCH, "text": None}, '"text" that is a string'),
        ({**MATCH, "variables": []}, "to map names"),
        ({**MATCH, "variables": {"code": "number"}}, "variable 'code': expected an object"),
        ({**MATCH, "variables": {"code": {"type": "text"}}}, '"type" is one of string, integer'),
        ({**MATCH, "variables": {"code": {"type": []}}}, '"type" is one of string, integer'),
        ({**MATCH, "variables": {"code": {"max": 0}}}, "whole number from 1"),
        ({**MATCH, "variables": {"code": {"max": True}}}, "whole number from 1"),
        ({**MATCH, "variables": {"code": {"max": "6"}}}, "whole number from 1"),
    ],
)
def test_a_request_that_cannot_be_read(request_: object, says: str) -> None:
    with pytest.raises(RequestError, match=says):
        answer_match(request_)


def test_review() -> None:
    assert answer_review({"id": 1, "pattern": MATCH["pattern"]}) == {"id": 1, "approvable": True, "findings": []}
    refused = answer_review({"id": 2, "pattern": "کد شما به بهارستان: %code%", "sender": "نمونه"})
    assert [finding["code"] for finding in refused["findings"]] == ["no-sender-name"]
    assert answer_review({"id": 3, "pattern": "سامانه نمونه: #A#", "syntax": "hash"})["approvable"] is True


@pytest.mark.parametrize(
    ("over", "says"),
    [({"pattern": ""}, "text: "), ({"syntax": "x"}, "syntax: "), ({"sender": 3}, "sender: ")],
)
def test_a_review_that_cannot_be(over: dict[str, Any], says: str) -> None:
    with pytest.raises(RequestError, match=says):
        answer_review({"id": 1, "pattern": "a", **over})
