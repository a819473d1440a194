"""The child process that sends by a panel's HTTP API; `harness.driver` says what it reads and writes.

The panel keeps its own session with the operator. What became of a text is the operator's view.
"""

import os
from typing import Any

import httpx

from harness.driver import OPTIONS_VARIABLE
from harness.drivers import child
from harness.drivers.http_driver import HttpOptions
from harness.drivers.own_program import OwnProgram, environment
from harness.drivers.own_system import OwnSession, wait_until_bound
from harness.drivers.templates import filled

REQUEST_PATIENCE = 30.0
_SHOWN = 300


class Panel:
    """The panel's program, where we are to start it: one for one operator, over all scenarios."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._variables: dict[str, str] = {}
        self.program: OwnProgram | None = None

    def serve(self, variables: dict[str, str]) -> None:
        """Starts it, or starts it anew where the operator is another one or the panel is gone."""
        if not self._command:
            return
        if self.program is None or self.program.ended or variables != self._variables:
            self.stop()
            self.program, self._variables = OwnProgram(self._command, variables), variables

    def stop(self) -> None:
        """Ends it."""
        if self.program is not None:
            self.program.stop()


class HttpSession(OwnSession):
    """The panel's session with the operator, as a scenario uses it."""

    def __init__(self, name: str, bind: child.Bind, options: HttpOptions) -> None:
        super().__init__(name, bind)
        self._bind, self._options = bind, options
        self._client = httpx.Client(timeout=REQUEST_PATIENCE)

    def give(self, submit: child.Submit) -> None:
        """Sends the request; one that the panel refuses has still until soon to reach the operator."""
        answer = self._ask(submit)
        if answer.status_code not in self._options.accepts:
            self.doubt(submit.tag, f"the panel answers {answer.status_code}: {_shown(answer)}")
            return
        if self._options.id:
            _id(answer, self._options.id)

    def leave(self) -> None:
        """Closes the connection to the panel."""
        self._client.close()

    def _ask(self, submit: child.Submit) -> httpx.Response:
        options = self._options
        values = {
            "text": submit.text,
            "source": submit.source,
            "destination": submit.destination,
            "receipt": "true" if submit.receipt else "false",
            "tag": submit.tag,
            "system_id": self._bind.system_id,
            "password": self._bind.password,
        }
        body: dict[str, Any] = {"data": filled(options.form, values)} if options.form else {}
        if options.json_body is not None:
            body = {"json": filled(options.json_body, values)}
        elif options.body:
            body = {"content": filled(options.body, values).encode()}
        try:
            return self._client.request(
                options.method,
                filled(options.url, values),
                params=filled(options.query, values) or None,
                headers=filled(options.headers, values),
                **body,
            )
        except httpx.HTTPError as error:
            raise child.ChildError(f"the panel does not answer: {child.reason_of(error)}") from error


def _id(answer: httpx.Response, path: str) -> str:
    """The panel's own id, from its answer."""
    try:
        found = answer.json()
        for key in path.split("."):
            found = found[int(key)] if isinstance(found, list) else found[key]
    except (ValueError, KeyError, IndexError, TypeError):
        raise child.ChildError(f"the panel's answer has no {path}: {_shown(answer)}") from None
    return str(found)


def _shown(answer: httpx.Response) -> str:
    return answer.text[:_SHOWN]


def main() -> None:
    """Runs the child until its standard input ends."""
    options = HttpOptions.model_validate_json(os.environ[OPTIONS_VARIABLE])
    panel = Panel(options.start)

    def bind(name: str, asked: child.Bind) -> OwnSession | None:
        panel.serve(environment(asked))
        session = HttpSession(name, asked, options)
        if wait_until_bound(session, options.patience):
            return session
        gone = f"; {panel.program.ended}" if panel.program and panel.program.ended else ""
        session.close(f"the panel has no session as {asked.system_id} after {options.patience:g} s{gone}")
        return None

    try:
        child.Child("http", options.url, options.can, {"bind": bind}, patience=options.patience).run()
    finally:
        panel.stop()


if __name__ == "__main__":
    main()
