"""A set with decisions to come, against a plain list of decisions."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from pyroaring import BitMap

from simulator.numbers.timed_set import TimedSet

BITS = st.integers(0, 5)


class Model(RuleBasedStateMachine):
    """The last decision on a number whose moment has come counts; time only goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.set = TimedSet(BitMap([0, 1]))
        self.decisions: list[tuple[float, frozenset[int], bool]] = [(-1.0, frozenset({0, 1}), True)]
        self.now = 0.0

    @rule(bit=BITS, present=st.booleans(), delay=st.sampled_from([0, 0, 5, 20]))
    def one(self, bit: int, present: bool, delay: float) -> None:
        self.set.put(bit, present=present, moment=self.now + delay, now=self.now)
        self.decisions.append((self.now + delay, frozenset({bit}), present))

    @rule(bits=st.frozensets(BITS), present=st.booleans(), delay=st.sampled_from([0, 0, 5, 20]))
    def many(self, bits: frozenset[int], present: bool, delay: float) -> None:
        self.set.put(BitMap(bits), present=present, moment=self.now + delay, now=self.now)
        self.decisions.append((self.now + delay, bits, present))

    @rule(seconds=st.sampled_from([1, 5, 30]))
    def time_goes_on(self, seconds: float) -> None:
        self.now += seconds

    def expected(self, bit: int, now: float) -> bool:
        due = [present for moment, bits, present in self.decisions if moment <= now and bit in bits]
        return bool(due) and due[-1]

    @invariant()
    def every_number_stands_where_the_decisions_put_it(self) -> None:
        for now in (self.now, self.now + 5, self.now + 100):
            held = {bit for bit in range(7) if self.expected(bit, now)}
            assert {bit for bit in range(7) if self.set.holds(bit, now)} == held
            assert set(self.set.at(now)) == held
            assert {bit for bit in range(7) if self.set.standing(bit, now).present} == held

    @invariant()
    def the_next_change_is_the_first_at_which_it_changes(self) -> None:
        moments = sorted({moment for moment, _, _ in self.decisions if moment > self.now})
        for bit in range(7):
            standing = self.set.standing(bit, self.now)
            changes = [moment for moment in moments if self.expected(bit, moment) is not standing.present]
            assert standing.next == ((changes[0], not standing.present) if changes else None)


TestModel = Model.TestCase
TestModel.settings = settings(deadline=None)


def test_since_says_when_it_came_to_be_so() -> None:
    numbers = TimedSet(BitMap([1]))
    assert numbers.standing(1, 0) == (True, None, None)
    numbers.put(1, present=False, moment=10, now=10)
    numbers.put(1, present=False, moment=20, now=20)
    assert numbers.standing(1, 20) == (False, 10, None), "to be told again changes nothing"
    numbers.put(BitMap([1, 2]), present=True, moment=30, now=30)
    numbers.put(BitMap([2, 3]), present=True, moment=40, now=40)
    assert [numbers.standing(bit, 50).since for bit in (1, 2, 3, 4)] == [30, 30, 40, None]
    numbers.put(1, present=False, moment=90, now=50)
    assert numbers.standing(1, 60) == (True, 30, (90, False))
    assert numbers.standing(1, 95) == (False, 90, None)


@given(st.lists(st.tuples(BITS, st.booleans())))
def test_without_delay_nothing_waits(decisions: list[tuple[int, bool]]) -> None:
    numbers = TimedSet()
    for moment, (bit, present) in enumerate(decisions):
        numbers.put(bit, present=present, moment=moment, now=moment)
        assert numbers.holds(bit, moment) is present
    assert not numbers._waiting


def test_since_of_the_first_list() -> None:
    numbers = TimedSet(BitMap([6]))
    numbers.put(BitMap([1, 2, 3, 6]), present=True, moment=10, now=10)
    assert numbers.standing(6, 10) == (True, None, None)
    numbers.put(BitMap([3, 4]), present=True, moment=20, now=20)
    numbers.put(2, present=False, moment=30, now=30)
    assert [numbers.standing(bit, 40) for bit in (1, 2, 3, 4, 5)] == [
        (True, 10, None),
        (False, 30, None),
        (True, 10, None),
        (True, 20, None),
        (False, None, None),
    ]
    numbers.put(BitMap([1, 2]), present=False, moment=50, now=50)
    numbers.put(BitMap([1]), present=True, moment=60, now=60)
    assert [numbers.standing(bit, 60).since for bit in (1, 2, 3)] == [60, 30, 10]
