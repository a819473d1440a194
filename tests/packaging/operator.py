"""The command `khatban` of some installation, run by itself in a folder that has nothing of ours."""

import contextlib
import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE = 60.0
PAGES = {
    "/readyz": "application/json",
    "/api/v1/openapi.json": "application/json",
    "/api/v1/docs": "text/html",
    "/console/": "text/html",
    "/console/shell.js": "text/javascript",
    "/console/fonts/Vazirmatn.woff2": "font/woff2",
}
"""What HTTP serves from files of the package, and what it says they are."""
REFUSED = ("explain", "--from", "3000200020", "--to", "09121110000", "--text", "۵۰٪ تخفیف کفش تا جمعه")
"""A question whose answer stands on the world, the profile, the clauses and the weights of the classifier."""


class Installation(NamedTuple):
    """Where the command is, and what it runs in."""

    command: Sequence[str]
    folder: Path
    env: Mapping[str, str]

    def khatban(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command, to its end."""
        return subprocess.run(
            [*self.command, *arguments],
            cwd=self.folder,
            env=self.env,
            text=True,
            capture_output=True,
            check=False,
            timeout=10 * PATIENCE,
        )

    @contextmanager
    def serving(self) -> Iterator[str]:
        """An operator that runs; where it answers HTTP."""
        ready = self.folder / "ready.json"
        command = [*self.command, "serve", "--port", "0", "--http-port", "0", "--ready-file", str(ready)]
        with subprocess.Popen(
            command, cwd=self.folder, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                host, port = _written(ready, process)["http"]
                yield f"http://{host}:{port}"
            finally:
                process.terminate()


def _written(ready: Path, process: subprocess.Popen[str]) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(FileNotFoundError):
            return json.loads(ready.read_text("utf-8"))
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    raise AssertionError("the operator did not start")


def kinds_of_pages(url: str) -> dict[str, str]:
    """The media type of each of `PAGES`, as the operator serves it."""
    found = {}
    for page in PAGES:
        with urllib.request.urlopen(url + page, timeout=PATIENCE) as answer:
            assert answer.read(), page
            found[page] = answer.headers.get_content_type()
    return found
