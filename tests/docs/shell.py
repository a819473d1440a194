"""The commands of a shell's block, one by one, and what can be said of a command without running it."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

import click

from khatban import main
from tests.docs.blocks import ROOT

_TARGETS = frozenset(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
_REFUSED = re.compile(r"# (4\d\d)$")
_OPERATORS = re.compile(r"[|<>;&`]|\$\(|^\s*(?:for|if|while|\()")


class Command(NamedTuple):
    """A command as it is written; with what it prints, where a console shows that."""

    written: str
    shown: str | None = None

    @property
    def words(self) -> list[str]:
        """As a shell takes them; none of a comment."""
        return shlex.split(self.written.replace("\\\n", " "), comments=True)

    @property
    def is_simple(self) -> bool:
        """Whether it is one program with its arguments, and needs no shell."""
        unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", self.written.partition(" #")[0])
        return _OPERATORS.search(unquoted) is None

    @property
    def refused_with(self) -> str | None:
        """The status of HTTP with which it is refused, if a comment says so."""
        found = _REFUSED.search(self.written)
        return found[1] if found else None


def commands_of(text: str) -> Iterator[Command]:
    """The commands of a script: lines, but for quotes, backslashes and loops that go on on the next."""
    gathered: list[str] = []
    for line in text.splitlines():
        gathered.append(line)
        command = "\n".join(gathered)
        if _is_whole(command):
            if Command(command).words:
                yield Command(command)
            gathered.clear()
    assert not gathered, f"a command has no end: {gathered}"


def _is_whole(command: str) -> bool:
    try:
        words = shlex.split(command, comments=True)
    except ValueError:
        return False
    return not command.endswith("\\") and (words[:1] != ["for"] or words[-1:] == ["done"])


def shown_commands(text: str) -> Iterator[Command]:
    """The commands of what a console shows: each after a `$`, with the lines that it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield Command(command, shown)


def check_syntax(text: str) -> None:
    """Whether a shell can read it."""
    read = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr


def check(command: Command) -> bool:
    """Looks whether the programs that are ours have such commands, options and targets; whether their files are there.

    Raises:
        click.UsageError: It is a command of `khatban` that would not be taken.
    """
    if not command.is_simple:
        return True
    program, *words = command.words
    if program == "make":
        assert _TARGETS.issuperset(word for word in words if "=" not in word), command.written
    return not is_ours(program) or _check_ours(words)


def is_ours(program: str) -> bool:
    """Whether it is the command of Khatban."""
    return program.rpartition("/")[2] == "khatban"


def _check_ours(words: list[str]) -> bool:
    if words[:1] in (["--version"], ["--help"]):
        return True
    command: click.Command = main
    with click.Context(main, info_name="khatban") as context:
        while isinstance(command, click.Group):
            assert words, "a group of commands is no command"
            name, *words = words
            below = command.get_command(context, name)
            assert below is not None, f"there is no command {name!r}"
            command = below
        try:
            command.make_context(command.name, list(words), parent=context).close()
        except click.BadParameter as error:
            if not isinstance(error.param and error.param.type, click.Path):
                raise
            return False
    return True
