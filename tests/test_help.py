"""What the command says of itself: soon, of every command by example, and nothing that is not so."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile

import click
import pytest

from khatban import main
from simulator.remote import GROUPS

HEAVY = {
    *("fastapi", "httpx", "hypercorn", "jinja2", "locust", "matplotlib", "numpy", "pandas", "prometheus_client"),
    *("pydantic", "pyroaring", "rich", "smpplib", "sqlite3", "ssl", "starlette", "trio", "yaml"),
}
CONTEXT = click.Context(main, info_name="khatban")


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())


def examples() -> Iterator[str]:
    """Every example of every help, without what is said of it."""
    for command in (main, *COMMANDS.values()):
        _, _, written = (command.help or "").partition("Examples:\n")
        for line in written.splitlines():
            if "khatban " in line:
                yield line[line.index("khatban ") :].partition("   ")[0]


def words_of(example: str) -> Iterator[str]:
    lexer = shlex.shlex(example, posix=True, punctuation_chars="|>")
    lexer.whitespace_split = True
    return iter(lexer)


def test_every_command_is_shown_by_example_by_itself_or_by_its_group() -> None:
    told = {path for path, command in COMMANDS.items() if "Examples:\n" in (command.help or "")}
    assert {path for path in COMMANDS if path not in told and path[:1] not in told} == set()
    assert {(name,) for name in GROUPS} <= told


@pytest.mark.parametrize("example", sorted(set(examples())))
def test_an_example_is_a_command_with_options_that_there_are(example: str) -> None:
    _, *words = takewhile(lambda word: word not in {"|", ">"}, words_of(example))
    command: click.Command = main
    while isinstance(command, click.Group):
        found = command.get_command(CONTEXT, words.pop(0))
        assert found is not None, example
        command = found
    context = click.Context(command, info_name="khatban")
    values, _, _ = command.make_parser(context).parse_args(words)
    for parameter in command.params:
        value = values.get(str(parameter.name))
        if isinstance(parameter.type, click.Choice) and isinstance(value, str):
            parameter.type.convert(value, parameter, context)


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, khatban; khatban.main(['--help'], standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert "Commands:" in done.stdout
    assert not HEAVY & {name.partition(".")[0] for name in done.stderr.split()}
