import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.time.clock import OperatorClock

seconds = st.floats(0, 1e6)


@given(start=st.floats(0, 4e9), speed=st.floats(0.01, 1e4), passed=seconds, due=seconds)
def test_real_time_and_the_operators_are_one_line(start: float, speed: float, passed: float, due: float) -> None:
    real = [100.0]
    clock = OperatorClock(lambda: real[0], start, speed)
    assert clock.now() == start
    real[0] += passed
    assert clock.now() == pytest.approx(start + passed * speed, abs=1e-6 * max(speed, 1))
    assert clock.real_time_of(start + due) == pytest.approx(100.0 + due / speed, abs=1e-5 / speed + 1e-6)


@pytest.mark.parametrize("speed", [-1.0, float("nan")])
def test_a_clock_goes_forward(speed: float) -> None:
    with pytest.raises(ValueError, match="below zero"):
        OperatorClock(lambda: 0.0, 0.0, speed)


def test_a_clock_stands_still_and_goes_on() -> None:
    real = [100.0]
    clock = OperatorClock(lambda: real[0], 1000.0)
    real[0] += 5
    clock.run(0.0)
    real[0] += 50
    assert clock.now() == 1005.0
    assert clock.real_time_of(1005.0) <= real[0]
    assert clock.real_time_of(1006.0) == float("inf")
    clock.run(2.0)
    real[0] += 1
    assert clock.now() == 1007.0


def test_a_jump_goes_forward_and_keeps_the_speed() -> None:
    real = [100.0]
    clock = OperatorClock(lambda: real[0], 1000.0, 10.0)
    clock.jump(5000.0)
    real[0] += 1
    assert clock.now() == 5010.0
    with pytest.raises(ValueError, match="forward only"):
        clock.jump(5009.0)
