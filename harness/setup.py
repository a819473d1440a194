"""What has to be settled when an operator's process starts: how many operators, what they share, how they are served.

All else of a scenario, its worlds and its clock, is given to a running operator by a reset.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.given import Given


@dataclass(frozen=True, slots=True)
class Setup:
    """Scenarios of the same setup may be played on the same process, one after another.

    Attributes:
        operators: The names of several operators, each with the shared blacklist that it holds, if any.
        blacklists: The numbers of each shared blacklist, by name.
        server: The settings of `[server]` that are not as usual (docs/operators.md), by name.
    """

    operators: tuple[tuple[str, str | None], ...] = ()
    blacklists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    server: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, given: Given) -> "Setup":
        """What a scenario needs."""
        return cls(
            tuple((name, operator.blacklist) for name, operator in given.operators.items()),
            tuple(given.blacklists.items()),
            tuple(given.server.written.items()),
        )

    @property
    def is_usual(self) -> bool:
        """Whether it is one operator as `khatban serve` starts it."""
        return self == Setup()

    @property
    def lasts(self) -> bool:
        """Whether a reset brings the whole of it back: it leaves shared blacklists as they were changed."""
        return not self.blacklists

    def configuration(self) -> str:
        """The configuration file that starts it, on any free ports."""
        server = {"port": "0", "http_port": "0", **dict(self.server)}
        settings = f"server = {{ {', '.join(f'{name} = {value}' for name, value in server.items())} }}"
        return "\n".join([*self._tables(settings), ""])

    def _tables(self, settings: str) -> Iterator[str]:
        if not self.operators:
            yield from ('extends = "demo"', settings)
        for name, blacklist in self.operators:
            yield from (f"[operators.{name}]", 'extends = "demo"', settings)
            if blacklist is not None:
                yield f'blacklist = "{blacklist}"'
        for name, numbers in self.blacklists:
            listed = ", ".join(f'"{number}"' for number in numbers)
            yield from (f"[blacklists.{name}]", f"numbers = [{listed}]")
