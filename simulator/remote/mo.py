"""`khatban mo`: subscribers write, to a line or to a short code of a running operator; and what they wrote."""

from collections.abc import Mapping
from typing import Any, Final

import click

from simulator.remote.client import Remote, remote_command


@click.command()
@click.option("--from", "source", required=True, help="The subscriber, in any form.")
@click.option("--to", "destination", required=True, help="A line, or a short code such as 8999.")
@click.option("--text", required=True, help="What is written.")
@remote_command
def send(*, source: str, destination: str, text: str, url: str) -> None:
    """Have a subscriber write to a running operator; what is written back is printed.

    \b
    Examples:
      khatban mo send --from 09121234567 --to 8999 --text 1              no advertising any more
      khatban mo send --from 09121234567 --to 3000200020 --text 'لغو ۱۱'  nothing from this line any more
      khatban mo send --from 09121234567 --to 3000200020 --text 'سلام'    to the account that holds the line
    """  # noqa: D301 - click takes the escape for a paragraph that is not to be wrapped
    received = Remote(url).post("/mo", {"from": source, "to": destination, "text": text})
    click.echo(received["outcome"])
    if received["reply"] is not None:
        click.echo(received["reply"])


@click.command("list")
@click.option("--subscriber", help="Those of a subscriber, by any form of the number.")
@click.option("--line", help="Those to a line.")
@click.option("--limit", type=click.IntRange(0, 1000), default=100, show_default=True)
@remote_command
def list_mo(*, url: str, **filters: Any) -> None:
    """List what subscribers wrote to lines, part by part, the earliest first."""
    found = Remote(url).get("/mo", **filters)
    for message in found["messages"]:
        reached = "acknowledged" if message["acknowledged_at"] else "waits"
        way = f"{message['from']} to {message['to']} ({message['account']}, {reached})"
        click.echo(f"{message['at']}  {way}: {message['text']}")
    click.echo(f"{found['total']} in all")


COMMANDS: Final[Mapping[str, click.Command]] = {"send": send, "list": list_mo}
