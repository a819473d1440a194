"""`khatban snapshot`: a prepared world out of a running operator or a store, and into a running operator."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from simulator.center.snapshot import Snapshot, SnapshotError
from simulator.remote.client import Remote, RemoteError, remote_command
from simulator.serving.config import ConfigError
from simulator.serving.config_file import load_config
from simulator.serving.snapshot_file import read_snapshot, snapshot_of_store, write_snapshot
from simulator.store import StoreError

_existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--store", type=_existing_file, help="Take it of this store file rather than of a running operator.")
@click.option(
    "--config", type=_existing_file, help="With --store: the TOML file with its world. [default: the demo world]"
)
@click.option("--operator", "name", help="With --config: whose world, where it names several operators.")
@remote_command
def save(*, file: Path, store: Path | None, config: Path | None, name: str | None, url: str) -> None:
    """Write the world of a running operator, or of a store, to a new FILE.

    A running operator tells no passwords; with --store they are those of --config.
    """
    if config and not store:
        raise RemoteError("--config goes with --store only: a running operator has its world")
    try:
        taken = _of_store(store, config, name) if store else Snapshot.parse(Remote(url).get("/snapshot"))
        write_snapshot(taken, file)
    except (ConfigError, SnapshotError, StoreError) as error:
        raise RemoteError(str(error)) from error
    click.echo(f"{file}: a world with {len(taken.changes):,} changes")


def _of_store(store: Path, config: Path | None, name: str | None) -> Snapshot:
    wall = datetime.datetime.now(datetime.UTC).timestamp()
    return snapshot_of_store(store, load_config(config).operator(name).world, wall)


@click.command()
@click.argument("file", type=_existing_file)
@remote_command
def load(*, file: Path, url: str) -> None:
    """Have a running operator begin anew from FILE; it forgets its messages.

    To start an operator with it instead: khatban serve --snapshot FILE.
    """
    try:
        snapshot = read_snapshot(file)
    except SnapshotError as error:
        raise RemoteError(str(error)) from error
    begun = Remote(url).post("/reset", {"snapshot": snapshot.model_dump(mode="json")})
    click.echo(f"{url}: begun anew at {begun['now']}")


COMMANDS: Final[Mapping[str, click.Command]] = {str(command.name): command for command in (save, load)}
"""In the order of the help page."""
