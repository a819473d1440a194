"""`khatban messages`: what a running operator was sent, listed, and verified against what should have come."""

import json
import sys
from collections.abc import Mapping
from typing import IO, Any, Final

import click

from simulator.remote.client import Remote, RemoteError, remote_command

NOT_MET: Final = 1
"""The exit status where not everything came as expected."""
_TEXT: Final = 60


@click.command("list")
@click.option("--line", help="The line, or the originator as it was written.")
@click.option("--to", help="The recipient, in any form.")
@click.option("--account", help="Those of an account.")
@click.option("--verdict", type=click.Choice(["accepted", "refused"]))
@click.option("--rule", help="Those that a rule refused or counted.")
@click.option("--state", help="Those in a message_state, such as DELIVERED.")
@click.option("--text", help="A part of the text.")
@click.option("--wait", type=click.FloatRange(0, 60), help="Seconds to wait until one fits.")
@click.option("--limit", type=click.IntRange(0, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@remote_command
def list_messages(*, as_json: bool, url: str, **filters: Any) -> None:
    """List messages, the latest first."""
    found = Remote(url).get("/messages", order="newest", **filters)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for message in found["messages"]:
        click.echo(_told(message))
    click.echo(f"{found['total']} in all")


def _told(message: Mapping[str, Any]) -> str:
    verdict = message["verdict"]
    decided = "waits" if verdict is None else verdict["outcome"]
    if verdict and verdict["rule"]:
        decided += f" ({verdict['rule']})"
    text = " ".join(message["text"].split())
    shown = text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…"
    way = f"{message['line']} to {message['to']}"
    return f"{message['id']}  {message['received_at']}  {way}  {decided}, {message['state']}: {shown}"


@click.command()
@click.argument("expected", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--wait", type=click.FloatRange(0, 60), help="Seconds to wait until it is so.")
@click.option("--only", is_flag=True, default=None, help="Whatever else came is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@remote_command
def verify(*, expected: IO[str], wait: float | None, only: bool | None, as_json: bool, url: str) -> None:
    """Hold what came against a JSON file: a list of expectations, or a whole body of POST /api/v1/verify.

    Exit status: 0 all came as expected, 1 something did not.

    \b
    Example:
      echo '[{"to": "09129990001", "text": "سفارش", "verdict": "accepted"}]' | khatban messages verify --wait 5
    """  # noqa: D301 - click takes the escape for a paragraph that is not to be wrapped
    try:
        read = json.load(expected)
    except ValueError as error:
        msg = f"{expected.name}: not JSON: {error}"
        raise RemoteError(msg) from error
    body = {"expected": read} if isinstance(read, list) else read
    given = {name: value for name, value in (("wait", wait), ("only", only)) if value is not None}
    report = Remote(url).post("/verify", body | given if isinstance(body, dict) else body)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _tell(report)
    sys.exit(0 if report["met"] else NOT_MET)


def _tell(report: Mapping[str, Any]) -> None:
    for number, result in enumerate(report["results"], 1):
        asked = json.dumps(result["expected"], ensure_ascii=False)
        click.echo(f"{'met' if result['met'] else 'NOT MET'}  {number}: {asked}")
        if result["why"]:
            click.echo(f"  {result['why']}")
        for miss in result["nearest"]:
            click.echo(f"  near: {_came(miss['message'])}")
            for difference in miss["differences"]:
                note = f" ({difference['note']})" if difference["note"] else ""
                actual = json.dumps(difference["actual"], ensure_ascii=False)
                click.echo(f"    {difference['field']}: {actual}{note}")
    for message in report["unexpected"]:
        click.echo(f"unexpected: {_came(message)}")
    if len(report["unexpected"]) < report["unexpected_count"]:
        click.echo(f"{report['unexpected_count']} unexpected in all")


def _came(message: Mapping[str, Any]) -> str:
    return f"{', '.join(message['ids'])}  {message['line']} to {message['to']}"


COMMANDS: Final[Mapping[str, click.Command]] = {"list": list_messages, "verify": verify}
