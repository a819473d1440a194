"""Changes of keywords: given to a line, and taken from it."""

from typing import Literal

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.lines import known_account, line_of
from simulator.registry.keywords import Keyword
from simulator.registry.registers import Registers


class SetKeyword(Change):
    """Messages to a line that begin with a word go to an account, or are answered, from now on."""

    kind: Literal["set-keyword"] = "set-keyword"
    keyword: Keyword

    def apply(self, registers: Registers, at: float) -> None:
        """Gives the line the keyword."""
        del at
        line = line_of(registers, self.keyword.line)
        if self.keyword.account:
            known_account(registers, self.keyword.account, "keyword.account")
        registers.keywords.put(self.keyword.model_copy(update={"line": line.number}))


class RemoveKeyword(Change):
    """A word means nothing any more on a line."""

    kind: Literal["remove-keyword"] = "remove-keyword"
    line: str
    word: str

    def apply(self, registers: Registers, at: float) -> None:
        """Takes the keyword from the line."""
        del at
        line = line_of(registers, self.line)
        if not registers.keywords.remove(line.number, self.word):
            raise ChangeError("word", f"line {line.number} has no keyword {self.word!r}")


CHANGES = (SetKeyword, RemoveKeyword)
