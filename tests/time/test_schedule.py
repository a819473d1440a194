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


@given(st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 5))))
def test_numbered_items_of_a_moment_come_first_and_by_their_numbers(given_items: list[tuple[int, int | None]]) -> None:
    items = [(moment, number, place) for place, (moment, number) in enumerate(given_items)]
    unique = [
        item for item in items if item[1] is None or item[1:] == min(one[1:] for one in items if one[1] == item[1])
    ]
    schedule: Schedule[tuple[int, int | None, int]] = Schedule()
    for item in unique:
        schedule.add(item[0], item, item[1])
    popped = [item for _, item in schedule.pop_due(10, len(unique))]
    assert popped == sorted(unique, key=lambda item: (item[0], item[1] is None, item[1] or 0, item[2]))


def test_only_what_falls_due_before_all_others_is_told() -> None:
    told: list[str] = []
    schedule: Schedule[str] = Schedule(lambda: told.append("earlier"))
    for moment in (5.0, 7.0, 3.0, 3.0, 9.0):
        schedule.add(moment, f"at {moment}")
    assert told == ["earlier", "earlier"]
    assert len(schedule) == 5
