"""A load goes to this machine only, unless its user says that the target is his."""

import pytest

from harness.load.order import TargetError, check_target, is_said


@pytest.mark.parametrize("address", ["127.0.0.1:2775", "localhost:2775", "[::1]:2775", "127.9.9.9:1"])
def test_this_machine_is_loaded(address: str) -> None:
    check_target(address, is_mine=False)


@pytest.mark.parametrize("address", ["10.0.0.5:2775", "smsc.example:2775", "localhost.example:2775", "0.0.0.0:2775"])
def test_another_one_only_by_its_owner(address: str) -> None:
    with pytest.raises(TargetError, match=f"{address} is another machine.*--target-is-mine"):
        check_target(address, is_mine=False)
    check_target(address, is_mine=True)


def test_the_environment_may_say_so() -> None:
    assert is_said({"KHATBAN_LOAD_TARGET_IS_MINE": "1"})
    assert not is_said({"KHATBAN_LOAD_TARGET_IS_MINE": "no"})
    assert not is_said({})
