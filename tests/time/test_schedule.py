from hypothesis import given
from hypothesis import strategies as st

from simulator.time.schedule import Schedule


@given(st.lists(st.integers(0, 20)), st.integers(1, 7))
def test_items_fall_due_in_order_and_keep_their_order_within_a_moment(moments: list[int], limit: int) -> None:
    schedule: Schedule[tuple[int, int]] = Schedule()
    for order, moment in enumerate(moments):
        schedule.add(moment, (moment, order))
    popped: list[tuple[int, int]] = []
    for now in range(21):
        while batch := list(schedule.pop_due(now, limit)):
            assert len(batch) <= limit
            assert all(due == item[0] for due, item in batch)
            popped += [item for _, item in batch]
        due = schedule.next_due()
        assert due is None or due > now
    assert popped == sorted((moment, order) for order, moment in enumerate(moments))


def test_only_what_falls_due_before_all_others_is_told() -> None:
    told: list[str] = []
    schedule: Schedule[str] = Schedule(lambda: told.append("earlier"))
    for moment in (5.0, 7.0, 3.0, 3.0, 9.0):
        schedule.add(moment, f"at {moment}")
    assert told == ["earlier", "earlier"]
    assert len(schedule) == 5
