"""A PostgreSQL of our own: Debian's programs, a cluster in a temporary directory, a loopback port, and a password."""

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import psycopg

PASSWORD = "rather secret"
USER = "khatban_test"


def programs() -> Path | None:
    """The folder with initdb and postgres: Debian keeps them out of the PATH, one folder a version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    found = folders[-1] if folders else Path(on_path).resolve().parent if on_path else None
    return found if found and (found / "initdb").exists() and (found / "postgres").exists() else None


class Postgres:
    """A server. A context manager: leaving ends it.

    PostgreSQL refuses to be run by root; the cluster is then the user postgres's, whom Debian's package makes.
    """

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self._bin = bin_folder
        self._folder = folder
        self._data = folder / "data"
        self._user = "postgres" if os.geteuid() == 0 else None
        self._end = ExitStack()
        self.port = _free_port()

    def __enter__(self) -> Self:
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        word = self._folder / "password"
        word.write_text(PASSWORD)
        word.chmod(0o644)
        self._run(
            "initdb", "-D", self._data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={word}", "-E", "UTF8", "--no-sync"
        )
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "off"}
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in settings.items())
        with ExitStack() as end:
            end.callback(self._run, "pg_ctl", "stop", "-D", self._data, "-m", "immediate")
            self._run("pg_ctl", "start", "-D", self._data, "-w", "-l", self._folder / "log", "-o", options)
            self._end = end.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end.close()

    def address(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """The address of a database."""
        return f"postgresql://{USER}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Makes a database; its address."""
        with psycopg.connect(self.address(), autocommit=True) as db:
            db.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.address(name)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._bin / program), *map(str, arguments)]
        if self._user:
            command = ["runuser", "-u", self._user, "--", *command]
        # What the server inherits it keeps open: no pipe, or whoever waits for the pipe's end waits for the server's.
        with (self._folder / f"{program}.log").open("ab") as log:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", check=False)
        assert done.returncode == 0, (self._folder / f"{program}.log").read_text("utf-8", "replace")


def rows(address: str, sql: str) -> list[tuple[Any, ...]]:
    """What a query answers."""
    with psycopg.connect(address) as db:
        return db.execute(sql.encode()).fetchall()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
