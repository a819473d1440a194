"""`khatban violations`: what the lines of a running operator did against the rules, listed and exported."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from simulator.remote.client import Remote, RemoteError, remote_command


def _filters(function: Callable[..., None]) -> Callable[..., None]:
    """The options by which violations are chosen."""
    for option in (
        click.option("--until", help="Earlier than a moment."),
        click.option("--since", help="At a moment (ISO 8601; Tehran's time without an offset) or later."),
        click.option("--clause", help="Those against a clause."),
        click.option("--rule", help="Those that a rule found."),
        click.option("--account", help="Those of an account's messages."),
        click.option("--line", help="Those of a line, in any form."),
    ):
        function = option(function)
    return function


@click.command("list")
@_filters
@click.option("--limit", type=click.IntRange(0, 1000), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@remote_command
def list_violations(*, as_json: bool, url: str, **filters: Any) -> None:
    """List violations, the earliest first."""
    found = Remote(url).get("/violations", **filters)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for violation in found["violations"]:
        counts = "" if violation["counts"] else ", forgiven"
        told = f"{violation['outcome']}{counts}: {violation['clause']}"
        click.echo(f"{violation['at']}  {violation['line']} to {violation['recipient']}  {told}")
    click.echo(f"{found['total']} in all")


@click.command()
@_filters
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write. [default: standard output]"
)
@remote_command
def export(*, out: Path | None, url: str, **filters: Any) -> None:
    """Write all violations that fit as CSV."""
    table = b"".join(Remote(url).download("/violations.csv", **filters))
    if out is None:
        sys.stdout.buffer.write(table)
        return
    try:
        out.write_bytes(table)
    except OSError as error:
        msg = f"{out}: {error.strerror}"
        raise RemoteError(msg) from error


COMMANDS: Final[Mapping[str, click.Command]] = {"list": list_violations, "export": export}
