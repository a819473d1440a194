"""`khatban clock`: the time of a running operator, read, jumped and run."""

from collections.abc import Mapping
from typing import Any, Final

import click

from simulator.remote.client import Remote, remote_command


def _tell(clock: Mapping[str, Any]) -> None:
    speed = clock["speed"]
    runs = "stands still" if not speed else "runs as the real one" if speed == 1 else f"runs {speed:g} times as fast"
    click.echo(f"{clock['now']}  {runs}")


@click.command()
@remote_command
def show(*, url: str) -> None:
    """Say what time it is at the operator."""
    _tell(Remote(url).get("/clock"))


@click.command()
@click.option("--to", help="A moment: ISO 8601; Tehran's time without an offset.")
@click.option("--by", type=float, help="So many seconds.")
@remote_command
def jump(*, to: str | None, by: float | None, url: str) -> None:
    """Jump forward; what falls due on the way happens in order."""
    body = {name: value for name, value in (("to", to), ("by", by)) if value is not None}
    _tell(Remote(url).post("/clock/jump", body))


@click.command()
@click.argument("speed", type=click.FloatRange(min=0))
@remote_command
def run(*, speed: float, url: str) -> None:
    """Run so many times as fast as the real clock; 0 stands still."""
    _tell(Remote(url).put("/clock/speed", {"speed": speed}))


COMMANDS: Final[Mapping[str, click.Command]] = {"show": show, "jump": jump, "run": run}
