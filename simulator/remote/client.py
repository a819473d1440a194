"""The operator's HTTP API as the commands of this folder use it: by `khatban_client`, with what a command line adds."""

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, ParamSpec

import click

from khatban_client.errors import OperatorError, RefusedError
from khatban_client.http import Http

DEFAULT_URL = "http://127.0.0.1:8775"
TOKEN_VARIABLE = "KHATBAN_HTTP_TOKEN"  # noqa: S105 - where it is, not what it is
"""Says the operator's token."""
REFUSED, UNREACHABLE = 2, 3
"""Exit statuses, as elsewhere: what was asked cannot be; there is no operator."""
_PATIENCE = 120.0
"""Seconds; a list of many millions takes the operator some of them."""

_TOKEN = "khatban.token"  # noqa: S105 - likewise
"""Under which a command's context keeps the token."""

P = ParamSpec("P")


class RemoteError(Exception):
    """The operator did not do it; `errors` are its (path, message) pairs, if it named any."""

    def __init__(self, message: str, status: int = REFUSED, errors: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.errors = tuple(errors)


class Remote:
    """An operator that runs elsewhere; every method raises `RemoteError` when it refuses or cannot be reached."""

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self._http = Http(url, _token(), _origin())
        except ValueError as error:
            raise RemoteError(str(error)) from None

    def get(self, path: str, **query: Any) -> Any:
        """What is at a path."""
        return self._ask("GET", path, query=query)

    def post(self, path: str, body: Any) -> Any:
        """Sends JSON, and gives the answer."""
        return self._ask("POST", path, body=body)

    def put(self, path: str, body: Any) -> Any:
        """Puts JSON in a place, and gives the answer."""
        return self._ask("PUT", path, body=body)

    def delete(self, path: str) -> None:
        """Takes away what is at a path."""
        self._ask("DELETE", path)

    def change(self, kind: str, **fields: Any) -> int:
        """Makes a change; its number in the journal."""
        return int(self.post("/changes", {"kind": kind, **_given(fields)})["id"])

    def upload(self, path: str, pieces: Iterable[bytes], **query: Any) -> Any:
        """Sends text of any length, piece by piece, and gives the answer."""
        with self._told():
            return self._http.upload(path, pieces, query, patience=_PATIENCE)

    def download(self, path: str, **query: Any) -> Iterator[bytes]:
        """Text of any length, piece by piece."""
        with self._told():
            yield from self._http.download(path, query, patience=_PATIENCE)

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        with self._told():
            return self._http.ask(method, path, patience=_PATIENCE, **more)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except RefusedError as error:
            raise _refusal(error) from error
        except OperatorError as error:
            msg = (
                f"no operator answers at {self._url}: {error}; `khatban serve` starts one, --url says where another is"
            )
            raise RemoteError(msg, UNREACHABLE) from error


def _token() -> str | None:
    """The operator's token, if the user has one."""
    context = click.get_current_context(silent=True)
    token = (context and context.meta.get(_TOKEN)) or os.environ.get(TOKEN_VARIABLE)
    if not token:
        return None
    if not (token.isascii() and token.isprintable()):
        raise RemoteError("the token cannot be shown: it is Latin letters, digits and -._~+/=")
    return str(token)


def _origin() -> str:
    """Which command asks, for the operator's log of mutations."""
    context = click.get_current_context(silent=True)
    return "" if context is None else context.command_path


def _note_token(context: click.Context, _parameter: click.Parameter, file: Path | None) -> None:
    """Keeps the token of a file for the command's `Remote`; a token among the options would be seen by everybody."""
    if file is not None:
        context.meta[_TOKEN] = file.read_text("utf-8", errors="replace").strip()


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was not given."""
    return {name: value for name, value in values.items() if value is not None}


def _refusal(error: RefusedError) -> RemoteError:
    problem = error.problem
    if not problem.detail:
        return RemoteError(f"HTTP {problem.status} from something that is no operator", UNREACHABLE)
    return RemoteError(problem.detail, errors=[(fault.path, fault.message) for fault in problem.errors])


def remote_command(function: Callable[P, None]) -> Callable[P, None]:
    """A command with the options --url and --token-file; what goes wrong is told in a line, and by the exit status."""

    @functools.wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
        except RemoteError as error:
            _fail(error)

    told = click.option(
        "--token-file",
        type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
        envvar=f"{TOKEN_VARIABLE}_FILE",
        expose_value=False,
        callback=_note_token,
        help=f"Holds the operator's token, where it asks for one; else {TOKEN_VARIABLE} may say it.",
    )(told)
    return click.option(
        "--url", default=DEFAULT_URL, show_default=True, envvar="KHATBAN_URL", help="Where the operator's HTTP side is."
    )(told)


def _fail(error: RemoteError) -> NoReturn:
    click.echo(f"khatban: {error}", err=True)
    for path, message in error.errors:
        if message not in str(error):
            click.echo(f"  {path}: {message}", err=True)
    sys.exit(error.status)
