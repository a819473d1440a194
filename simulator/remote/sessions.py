"""`khatban sessions`: who is bound to a running operator, unbound and cut off."""

import json
from collections.abc import Mapping
from typing import Any, Final

import click

from simulator.remote.client import Remote, remote_command

_id = click.argument("id_", metavar="ID", type=click.IntRange(min=1))


@click.command("list")
@click.option("--account", help="Those of an account.")
@click.option("--wait", type=click.FloatRange(0, 60), help="Seconds to wait until one is bound.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@remote_command
def list_sessions(*, as_json: bool, url: str, **filters: Any) -> None:
    """List the bound sessions."""
    found = Remote(url).get("/sessions", **filters)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for session in found["sessions"]:
        click.echo(_told(session))
    click.echo(f"{found['total']} in all")


def _told(session: Mapping[str, Any]) -> str:
    window = "" if session["window"] is None else f" of {session['window']}"
    way = f"{session['account']}  {session['bind_type']}  {session['peer'] or '-'}{' TLS' if session['tls'] else ''}"
    load = f"{session['rate']}/s, {session['in_flight']}{window} in flight, {session['waiting']} waiting"
    return (
        f"{session['id']}  {way}  since {session['bound_at']}"
        f"  submitted {session['submitted']}, delivered {session['delivered']} ({load})"
    )


@click.command()
@_id
@remote_command
def unbind(*, id_: int, url: str) -> None:
    """Send unbind to a session."""
    Remote(url).post(f"/sessions/{id_}/unbind", {})
    click.echo(f"session {id_} is unbound")


@click.command()
@_id
@remote_command
def drop(*, id_: int, url: str) -> None:
    """Cut a session off without a word, as a broken line does."""
    Remote(url).delete(f"/sessions/{id_}")
    click.echo(f"session {id_} is cut off")


COMMANDS: Final[Mapping[str, click.Command]] = {"list": list_sessions, "unbind": unbind, "drop": drop}
