"""`khatban line`: a running operator's lines, from the command line; `service` has the requests for service lines."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import click

from simulator.numbers.line_plan import LineType, OwnerKind, Use
from simulator.registry.lines import LineState
from simulator.remote import service
from simulator.remote.client import Remote, remote_command
from simulator.remote.inputs import PIECE, numbers_of, owner_of

_number = click.argument("number")
_reason = click.option("--reason", required=True, help="Why; it stands in the journal.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("list")
@click.option("--account", help="Those of an account.")
@click.option("--kind", help="Those of a row of the number plan, such as 3000.")
@click.option("--type", "line_type", type=click.Choice([str(kind) for kind in LineType]))
@click.option("--state", type=click.Choice([str(state) for state in LineState]))
@click.option("--limit", type=click.IntRange(0, 1000), default=100, show_default=True)
@_as_json
@remote_command
def list_lines(*, as_json: bool, url: str, line_type: str | None, **filters: Any) -> None:
    """List the lines."""
    found = Remote(url).get("/lines", type=line_type, **filters)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in found["lines"]:
        click.echo(_told(line))
    if len(found["lines"]) < found["total"]:
        click.echo(f"{found['total']} in all")


def _told(line: Mapping[str, Any]) -> str:
    until = f" until {line['suspended_until']}" if line["suspended_until"] else ""
    expires = f"  expires {line['expires']}" if line["expires"] else ""
    owner = f"{line['owner']['name'] or 'unnamed'} ({line['owner']['kind']})"
    return f"{line['number']}  {line['type']}  {line['state']}{until}  account {line['account']}  {owner}{expires}"


@click.command()
@_number
@_as_json
@remote_command
def show(*, number: str, as_json: bool, url: str) -> None:
    """Show a line with its history, its sanctions and the requests for it."""
    story = Remote(url).get(f"/lines/{quote(number, safe='')}")
    if as_json:
        click.echo(json.dumps(story, ensure_ascii=False, indent=2))
        return
    click.echo(_told(story))
    declared = "any" if story["recipients"] is None else f"{story['recipients']} declared"
    click.echo(
        f"  kind {story['kind']}, {story['use']}, recipients {declared}, purpose {', '.join(story['purpose']) or 'any'}"
    )
    click.echo(f"  violations {story['violations']} of {story['strikes']}")
    for request in story["requests"]:
        click.echo(f"  request {request['id']}: {request['route']}, {request['state']}")
    for entry in story["history"]:
        change = entry["change"]
        reason = f": {change['reason']}" if "reason" in change else ""
        click.echo(f"  {entry['at']}  {change['kind']} ({entry['origin']}){reason}")


@click.command()
@remote_command
def kinds(*, url: str) -> None:
    """Show the number plan: what the digits of a line say of it."""
    for kind in Remote(url).get("/line-kinds"):
        lengths = ", ".join(map(str, kind["lengths"])) or "any"
        click.echo(
            f"{kind['name']}  {kind['aggregator'] or '-'}  lengths {lengths}  born {kind['born']}  ({kind['mark']})"
        )


@click.command()
@_number
@click.option("--account", required=True, help="Who may send from it.")
@click.option(
    "--type", "line_type", type=click.Choice([str(kind) for kind in LineType]), help="Its kind's own if left out."
)
@click.option("--owner", default="", help="The owner's name.")
@click.option("--owner-kind", type=click.Choice([str(kind) for kind in OwnerKind]), default="legal", show_default=True)
@click.option("--identity", default="", help="The owner's national code or identifier.")
@click.option("--use", type=click.Choice([str(use) for use in Use]), default="dedicated", show_default=True)
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The last day of its term.")
@remote_command
def register(
    *,
    number: str,
    account: str,
    line_type: str | None,
    use: str,
    expires: datetime.datetime | None,
    url: str,
    **owner: str,
) -> None:
    """Register a line."""
    line: dict[str, Any] = {"number": number, "account": account, "owner": owner_of(owner), "use": use}
    if line_type is not None:
        line["type"] = line_type
    if expires is not None:
        line["expires"] = expires.date().isoformat()
    _done("registered", Remote(url).change("register-line", line=line))


@click.command()
@_number
@click.option("--purpose", multiple=True, help="What it is to send; may be given several times.")
@click.option("--recipients", type=_file, help="A file of its recipients, in the place of the former ones.")
@click.option("--add-recipients", type=_file)
@click.option("--remove-recipients", type=_file)
@click.option("--receives/--no-receives", default=None, help="Whether subscribers can write to it.")
@remote_command
def amend(
    *,
    number: str,
    purpose: tuple[str, ...],
    recipients: Path | None,
    add_recipients: Path | None,
    remove_recipients: Path | None,
    receives: bool | None,
    url: str,
) -> None:
    """Put otherwise what is declared of a line. A long list goes in pieces, each a change of its own."""
    remote = Remote(url)
    fields: dict[str, Any] = {"purpose": list(purpose) or None, "receives": receives}
    if recipients is not None:
        fields["recipients"] = []
    last = remote.change("amend-line", line=number, **fields) if any(v is not None for v in fields.values()) else 0
    lists = {"remove_recipients": remove_recipients, "add_recipients": add_recipients or recipients}
    for field, file in lists.items():
        for piece in numbers_of(file).pieces(PIECE) if file else ():
            last = remote.change("amend-line", line=number, **{field: piece.dumped()})
    _done("amended", last)


@click.command()
@_number
@_reason
@click.option("--until", type=click.DateTime(), help="When it ends by itself, in Tehran; never if left out.")
@remote_command
def suspend(*, number: str, reason: str, until: datetime.datetime | None, url: str) -> None:
    """Suspend a line: it sends nothing until it is reinstated."""
    moment = None if until is None else until.isoformat()
    _done("suspended", Remote(url).change("suspend-line", line=number, reason=reason, until=moment))


@click.command()
@_number
@_reason
@remote_command
def close(*, number: str, reason: str, url: str) -> None:
    """Close a line."""
    _done("closed", Remote(url).change("close-line", line=number, reason=reason))


@click.command()
@_number
@_reason
@remote_command
def reinstate(*, number: str, reason: str, url: str) -> None:
    """Reinstate a suspended or closed line, with a clean slate."""
    _done("reinstated", Remote(url).change("reinstate-line", line=number, reason=reason))


@click.command()
@_number
@remote_command
def renew(*, number: str, url: str) -> None:
    """Renew a line for another term."""
    _done("renewed", Remote(url).change("renew-line", line=number))


@click.command()
@_number
@click.argument("account")
@remote_command
def transfer(*, number: str, account: str, url: str) -> None:
    """Give a line to another account; it stays what it is, also a service line."""
    _done("transferred", Remote(url).change("transfer-line", line=number, account=account))


def _done(what: str, change: int) -> None:
    click.echo(f"{what}, by change {change}")


COMMANDS: Final[Mapping[str, click.Command]] = {
    command.name or "": command
    for command in (
        list_lines,
        show,
        kinds,
        register,
        amend,
        suspend,
        close,
        reinstate,
        renew,
        transfer,
        *service.COMMANDS,
    )
}
"""In the order of the documentation."""
