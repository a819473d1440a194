"""Number portability: which operator serves a number, whatever operator its prefix was given to."""

from collections.abc import Iterable, Iterator

from pyroaring import BitMap

from simulator.numbers.number_sets import OFFSET, bit_of, number_of_bit, numbers_of
from simulator.numbers.numbering import MobileOperator, mobile_operator, normal_mobile, operator_at_sight
from simulator.profiles.optout_settings import Follow


class NumberPortability:
    """The numbers that another operator serves than their prefix's; all in normal form."""

    def __init__(self, follow: Follow = Follow.SERVING, ported: Iterable[tuple[str, MobileOperator]] = ()) -> None:
        self.take(follow)
        self._moved = BitMap()
        self._moved_to: dict[MobileOperator, BitMap] = {}
        for normal, operator in ported:
            self.port(normal, operator)

    def take(self, follow: Follow) -> None:
        """Has the rules follow the one or the other from now on."""
        self._follows_prefix = follow is Follow.PREFIX

    def port(self, normal: str, operator: MobileOperator) -> None:
        """From now on `operator` serves a number."""
        bit = bit_of(normal)
        for others in self._moved_to.values():
            others.discard(bit)
        if mobile_operator(normal) is operator:
            self._moved.discard(bit)
        else:
            self._moved.add(bit)
            self._moved_to.setdefault(operator, BitMap()).add(bit)

    def serving(self, normal: str) -> MobileOperator:
        """The operator that serves a number.

        Raises:
            ValueError: No operator has its prefix.
        """
        bit = int(normal) - OFFSET
        if bit in self._moved:
            return next(operator for operator, bits in self._moved_to.items() if bit in bits)
        return _of_prefix(normal)

    def ruling(self, normal: str) -> MobileOperator:
        """The operator whose rules hold for messages to a number: as the profile says, its server or its prefix's.

        Raises:
            ValueError: No operator has its prefix.
        """
        if not self._follows_prefix and self._moved_to and int(normal) - OFFSET in self._moved:
            return self.serving(normal)
        return _of_prefix(normal)

    def recipient(self, written: str) -> tuple[str, MobileOperator] | tuple[None, None]:
        """The normal form of a mobile number, however it is written, and the operator whose rules hold for it."""
        operator = operator_at_sight(written)
        if operator is not None and not self._moved_to:  # nearly every number of an ESME is in normal form
            return written, operator
        normal = normal_mobile(written)
        return (None, None) if normal is None else (normal, self.ruling(normal))

    def split(self, bits: BitMap) -> Iterator[tuple[MobileOperator, BitMap]]:
        """The parts of a set that the operators serve; what bears no operator's prefix is in none. All are new."""
        stayed = bits - self._moved if self._moved_to else bits
        for operator in MobileOperator:
            part = stayed & numbers_of(operator)
            if moved_here := self._moved_to.get(operator):
                part |= bits & moved_here
            if part:
                yield operator, part

    def __iter__(self) -> Iterator[tuple[str, MobileOperator]]:
        """The ported numbers with their operators, in the order of the numbers."""
        owners = {bit: operator for operator, bits in self._moved_to.items() for bit in bits}
        return ((number_of_bit(bit), owners[bit]) for bit in self._moved)

    def __len__(self) -> int:
        return len(self._moved)


def _of_prefix(normal: str) -> MobileOperator:
    operator = mobile_operator(normal)
    if operator is None:
        msg = f"no operator has the prefix of {normal}"
        raise ValueError(msg)
    return operator
