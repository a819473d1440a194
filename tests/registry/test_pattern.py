from typing import Any

import pytest
from pydantic import ValidationError

from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.pattern_syntax import VariableType
from simulator.registry.world import WorldError, build_world

BASE = {"name": "otp", "line": "2000300030", "text": "کد ورود به سامانه نمونه: %code%"}


def test_a_pattern_without_more_is_an_approved_one() -> None:
    pattern = Pattern.model_validate(BASE)
    assert pattern.state is PatternState.APPROVED
    assert [tuple(variable) for variable in pattern.template().variables] == [("code", "string", 40, None)]


def test_declared_variables_are_typed() -> None:
    pattern = Pattern.model_validate({**BASE, "variables": {"code": {"type": "integer", "max": 6}}})
    assert pattern.template().variables[0][1:3] == (VariableType.INTEGER, 6)


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"state": "rejected"}, "has a reason"),
        ({"reason": "no sender"}, "only a rejected one"),
        ({"state": "pending", "reason": "no sender"}, "only a rejected one"),
        ({"variables": {"cod": {}}}, "no variable 'cod'"),
        ({"syntax": "hash", "variables": {"code": {}}}, "no variable 'code'"),
        ({"variables": {"code": {"type": "text"}}}, "'string', 'integer'"),
        ({"variables": {"code": {"max": 0}}}, "greater than or equal to 1"),
        ({"text": ""}, "at least 1 character"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_pattern_that_cannot_be(over: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Pattern.model_validate({**BASE, **over})


def test_a_world_knows_the_accounts_of_its_patterns() -> None:
    table = {"extends": "demo", "patterns": [{**BASE, "account": "nobody"}]}
    with pytest.raises(WorldError, match="pattern 'otp': there is no account 'nobody'"):
        build_world(table)


def test_a_fault_in_a_pattern_has_its_path() -> None:
    table = {"extends": "demo", "patterns": [{**BASE, "name": "x", "state": "rejected"}]}
    with pytest.raises(WorldError, match=r"^patterns\[1\]: a rejected pattern has a reason"):
        build_world(table)
