"""The commands of `khatban line` that ask for service lines, and follow and decide requests."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from simulator.numbers.line_plan import OwnerKind
from simulator.profiles.service_terms import Route
from simulator.registry.provisioning.request import RequestState
from simulator.remote.client import Remote, RemoteError, remote_command
from simulator.remote.inputs import PIECE, numbers_of, owner_of, papers_of

REQUEST_REFUSED: Final = 1
"""The exit status when the operator understood the request, and said no."""

_request = click.argument("number", type=click.IntRange(min=1), metavar="REQUEST")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_papers = click.option("--papers", type=_file, help="A file of papers: TOML with [[documents]], or a JSON list.")
_customers = click.option("--customers", type=_file, help="A file of the customers' numbers.")


@click.command()
@click.argument("route", type=click.Choice([str(route) for route in Route]))
@click.argument("line", required=False)
@_papers
@_customers
@click.option("--account", help="Who asks; the line's account if left out.")
@click.option("--owner", default="", help="The owner's name, where the operator is to give a line out.")
@click.option(
    "--owner-kind", type=click.Choice([str(kind) for kind in OwnerKind]), default="natural", show_default=True
)
@click.option("--identity", default="", help="The owner's national code or identifier, likewise.")
@click.option("--digits", default="", help="The number that the owner would like.")
@click.option("--represents", default="", help="The company for which the owner asks.")
@click.option("--draft", is_flag=True, help="Do not hand it in yet.")
@remote_command
def ask(
    *,
    line: str | None,
    account: str | None,
    papers: Path | None,
    customers: Path | None,
    draft: bool,
    url: str,
    **given: str,
) -> None:
    """Ask to make LINE a service line by a ROUTE; without LINE, for a Samantel line of drawn digits.

    Exit status: 0 asked, 1 refused by the operator, 2 it cannot even be asked, 3 there is no operator.
    """
    remote = Remote(url)
    documents = papers_of(papers) if papers else []
    lists = list(numbers_of(customers).pieces(PIECE)) if customers else []
    whole: dict[str, Any] = {name: given[name] for name in ("route", "digits", "represents")}
    whole |= {"line": line, "account": account, "documents": documents, "owner": None if line else owner_of(given)}
    remote.change("ask-for-service", **whole, hand_in=not (draft or lists))
    found = remote.get("/requests", line=line, account=account, limit=0)["total"]
    number = remote.get("/requests", line=line, account=account, offset=found - 1)["requests"][0]["id"]
    for piece in lists:
        remote.change("supply-document", request=number, document=_customer_list(piece.dumped()))
    if lists and not draft:
        remote.change("hand-in-request", request=number)
    _tell(remote.get(f"/requests/{number}"))


def _customer_list(recipients: list[str] | str) -> dict[str, Any]:
    return {"kind": "customer-list", "recipients": recipients}


def _tell(request: Mapping[str, Any]) -> None:
    """Prints a request; a refusal ends the command with its status."""
    click.echo(_line(request))
    for reason in request["reasons"]:
        click.echo(f"  {reason['why']} (clause {reason['clause']})")
    if request["state"] == "refused":
        raise click.exceptions.Exit(REQUEST_REFUSED)


def _line(request: Mapping[str, Any]) -> str:
    line = request["granted_line"] or request["line"] or "a new line"
    due = f", next step {request['due']}" if request["due"] else ""
    return f"request {request['id']}: {line}, {request['route']}, {request['state']}{due}"


@click.command()
@click.option("--line", help="Those for a line.")
@click.option("--account", help="Those of an account.")
@click.option("--route", type=click.Choice([str(route) for route in Route]))
@click.option("--state", type=click.Choice([str(state) for state in RequestState]))
@click.option("--limit", type=click.IntRange(0, 1000), default=100, show_default=True)
@_as_json
@remote_command
def requests(*, as_json: bool, url: str, **filters: Any) -> None:
    """List the requests for service lines."""
    found = Remote(url).get("/requests", **filters)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for request in found["requests"]:
        click.echo(_line(request))


@click.command()
@_request
@_as_json
@remote_command
def request(*, number: int, as_json: bool, url: str) -> None:
    """Show a request: its papers, its steps, and what stands against it."""
    found = Remote(url).get(f"/requests/{number}")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(_line(found))
    for paper in found["documents"]:
        click.echo(f"  paper {paper['kind']}")
    for step in found["steps"]:
        click.echo(f"  {step['at']}  {step['event']}")
    for reason in found["reasons"]:
        click.echo(f"  {reason['why']} (clause {reason['clause']})")


@click.command()
@_request
@_papers
@_customers
@remote_command
def supply(*, number: int, papers: Path | None, customers: Path | None, url: str) -> None:
    """Add papers to a draft."""
    remote = Remote(url)
    documents = papers_of(papers) if papers else []
    lists = numbers_of(customers).pieces(PIECE) if customers else ()
    documents += [_customer_list(piece.dumped()) for piece in lists]
    if not documents:
        msg = "nothing to supply: give --papers or --customers"
        raise RemoteError(msg)
    for document in documents:
        remote.change("supply-document", request=number, document=document)
    _tell(remote.get(f"/requests/{number}"))


@click.command("hand-in")
@_request
@remote_command
def hand_in(*, number: int, url: str) -> None:
    """Hand a draft in."""
    _change_and_tell(url, "hand-in-request", number)


@click.command()
@_request
@remote_command
def withdraw(*, number: int, url: str) -> None:
    """Take a request back."""
    _change_and_tell(url, "withdraw-request", number)


@click.command()
@_request
@remote_command
def grant(*, number: int, url: str) -> None:
    """Grant a request now, as the operator's staff."""
    _change_and_tell(url, "grant-service", number)


@click.command()
@_request
@click.option("--reason", required=True, help="Why; the account is told.")
@click.option("--clause", help="The clause that the reason stands on.")
@remote_command
def refuse(*, number: int, reason: str, clause: str | None, url: str) -> None:
    """Refuse a request now, as the operator's staff."""
    change = Remote(url).change("refuse-request", request=number, reason=reason, clause=clause)
    click.echo(f"refused, by change {change}")


def _change_and_tell(url: str, kind: str, number: int) -> None:
    remote = Remote(url)
    remote.change(kind, request=number)
    _tell(remote.get(f"/requests/{number}"))


COMMANDS: Final = (ask, requests, request, supply, hand_in, withdraw, grant, refuse)
"""In the order of the documentation."""
