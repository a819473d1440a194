"""The address of a PostgreSQL database, and what may be told of it: never its password."""

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from simulator.export.errors import ExportError

CONNECT_TIMEOUT = 15
"""Seconds."""
_HIDDEN = "•••"


class Address:
    """Where a database is, as libpq reads it: `postgresql://user@host/database` or `host=... dbname=...`."""

    def __init__(self, address: str) -> None:
        """Reads the address.

        Raises:
            ExportError: It is none. What libpq says of it is kept back: it quotes pieces of the address.
        """
        try:
            self._parameters: dict[str, Any] = conninfo_to_dict(address)
        except psycopg.Error:
            msg = "not an address of a PostgreSQL database, such as postgresql://user@host/database"
            raise ExportError(msg) from None
        self._parameters.setdefault("application_name", "khatban export")
        self._parameters.setdefault("connect_timeout", CONNECT_TIMEOUT)

    def __str__(self) -> str:
        """The database by its name and host."""
        host, port, name = (self._parameters.get(key) for key in ("host", "port", "dbname"))
        return f"database {name or '(default)'} on {host or 'this machine'}{f':{port}' if port else ''}"

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection, on which a transaction begins with the first command.

        Raises:
            psycopg.Error: There is none; see `error`.
        """
        return psycopg.connect(**self._parameters)

    def error(self, error: psycopg.Error) -> ExportError:
        """What went wrong, without what is secret in the address, and without the rows that PostgreSQL quotes."""
        told = (error.diag.message_primary or str(error)).strip()
        for key, value in self._parameters.items():
            if "password" in key and value:
                told = told.replace(str(value), _HIDDEN)
        return ExportError(f"{self}: {told}")
