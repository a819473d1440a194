"""`khatban blacklist`: a running operator's blacklist, from the command line."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import quote

import click

from simulator.numbers.number_lists import list_pieces
from simulator.numbers.numbering import MobileOperator
from simulator.remote.client import Remote, RemoteError, remote_command

_LINE = re.compile(r"body\.line\[(\d+)\]")

_operator = click.option(
    "--operator", type=click.Choice([str(operator) for operator in MobileOperator]), help="The operator on whose list."
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command()
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@_operator
@remote_command
def add(*, numbers: tuple[str, ...], operator: str | None, url: str) -> None:
    """Put numbers, or ranges FIRST-LAST, on the list, at once."""
    number = Remote(url).change("list-numbers", numbers=numbers, operator=operator)
    click.echo(f"listed, by change {number}")


@click.command()
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@_operator
@remote_command
def remove(*, numbers: tuple[str, ...], operator: str | None, url: str) -> None:
    """Take numbers, or ranges FIRST-LAST, off the list, at once."""
    number = Remote(url).change("unlist-numbers", numbers=numbers, operator=operator)
    click.echo(f"taken off, by change {number}")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--remove", is_flag=True, help="Take the numbers off the list instead.")
@_operator
@remote_command
def import_list(*, file: Path, remove: bool, operator: str | None, url: str) -> None:
    """Put all numbers of a file on the list: plain text or CSV, perhaps gzipped; all by one change, or nothing."""
    try:
        taken = Remote(url).upload("/blacklist/import", _pieces(file), listed=not remove, operator=operator)
    except RemoteError as error:
        raise _located(error, file) from error
    click.echo(f"{taken['numbers']} numbers {'taken off' if remove else 'listed'}, by change {taken['id']}")


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        yield from list_pieces(file)
    except ValueError as error:
        raise RemoteError(str(error)) from error
    except OSError as error:
        msg = f"{file}: {error.strerror}"
        raise RemoteError(msg) from error


def _located(error: RemoteError, file: Path) -> RemoteError:
    """What is wrong with a line, with the file's name before it."""
    for path, message in error.errors:
        if line := _LINE.fullmatch(path):
            return RemoteError(f"{file}:{line[1]}: {message}", error.status)
    return error


@click.command()
@click.argument("number")
@_as_json
@remote_command
def check(*, number: str, as_json: bool, url: str) -> None:
    """Say what the operator knows of a number: whether it is listed, since when, and which headers it stopped."""
    state = Remote(url).get(f"/blacklist/numbers/{quote(number, safe='')}")
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
        return
    click.echo(f"{state['number']}  served by {state['served_by']}, rules of {state['rules_of']}")
    listed = "on the blacklist" if state["listed"] else "not on the blacklist"
    ignored = "" if state["enforced"] else ", which this operator does not enforce"
    click.echo(f"  {listed}{_since(state)}{_next(state, 'on', 'off')}{ignored}")
    for header in state["headers"]:
        stopped = "stopped" if header["stopped"] else "not stopped"
        click.echo(f"  header {header['line']}: {stopped}{_since(header)}{_next(header, 'stopped', 'open')}")


def _since(state: Mapping[str, Any]) -> str:
    return f" since {state['since']}" if state["since"] else ""


def _next(state: Mapping[str, Any], on: str, off: str) -> str:
    return f", {on if state['next']['on'] else off} from {state['next']['at']}" if state["next"] else ""


@click.command()
@_as_json
@remote_command
def count(*, as_json: bool, url: str) -> None:
    """Say how many are on the list."""
    summary = Remote(url).get("/blacklist")
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
        return
    click.echo(summary["count"])
    for operator, number in summary["by_operator"].items():
        click.echo(f"  {operator} {number}")


@click.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write. [default: standard output]"
)
@_operator
@remote_command
def export(*, out: Path | None, operator: str | None, url: str) -> None:
    """Write all numbers of the list, one a line."""
    pieces = Remote(url).download("/blacklist/export", operator=operator)
    first = next(pieces, b"")  # whatever is refused is refused before the file is touched
    with _opened(out) as file:
        file.write(first)
        for piece in pieces:
            file.write(piece)


def _opened(out: Path | None) -> "nullcontext[BinaryIO] | BinaryIO":
    if out is None:
        return nullcontext(sys.stdout.buffer)
    try:
        return out.open("wb")
    except OSError as error:
        msg = f"{out}: {error.strerror}"
        raise RemoteError(msg) from error


COMMANDS: Final[Mapping[str, click.Command]] = {
    str(command.name): command for command in (add, remove, import_list, check, count, export)
}
"""In the order of the help page."""
