"""Where a page's blocks are run, one after the other: a folder of its own, and an operator once one is needed."""

import contextlib
import os
import re
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from click.testing import CliRunner

from harness.operator_api import OperatorApi
from harness.operator_process import OperatorProcess
from khatban import main
from tests.docs.blocks import ROOT
from tests.docs.reader import READERS, Reader, prepared
from tests.docs.shell import Command, check, is_ours
from tests.khatban_pytest.project import Project

REFUSED: Final = 1
"""With this status a command says that what it was asked for is not so; with more, that it could not be asked."""

_ENDLESS: Final = frozenset({"serve", "demo", "load"})
"""These take minutes, or run until they are ended; `serve` is what the stage has started."""
_FILES_FIRST: Final = frozenset({"audit", "export", "ledger", "lint", "report", "run", "snapshot"})
"""These are run on files that the page has; without such a file they are only checked."""
_OTHERS: Final = frozenset({"make", "pip", "pytest", "apt-get", "docker", "npm", "jq", "tshark"})
"""These change the machine, are run by tests of their own, or look at what an endless command would write."""
_PATIENCE: Final = 50
_CURL: Final = 'curl() { command curl --silent --show-error --fail-with-body --noproxy "*" --max-time 30 "$@"; }\n'


class Stage:
    """A context manager; leaving it ends the operator.

    Args:
        page: Whose blocks are run.
        folder: For all that they write.
    """

    def __init__(self, page: str, folder: Path) -> None:
        self._reader = READERS.get(page, Reader())
        self._operator_folder = folder / "operator"
        self.project = Project(folder)
        self.folder = self.project.folder
        self._open = contextlib.ExitStack()
        self._variables: dict[str, str] = {}
        for name, content in self._reader.files.items():
            (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @cached_property
    def operator(self) -> OperatorApi:
        """The page's operator, as its reader finds it."""
        self._operator_folder.mkdir()
        api = self._open.enter_context(OperatorProcess(self._operator_folder, seed=1)).api
        self._open.enter_context(prepared(api, self._reader))
        return api

    def here(self, text: str) -> str:
        """With the addresses of the page's operator where those of `khatban serve` stand."""
        if not re.search(r"\b[28]775\b|127\.0\.0\.1|localhost", text):
            return text
        http = self.operator.url.removesuffix("/api/v1").removeprefix("http://")
        return re.sub(r"(?:127\.0\.0\.1|localhost):8775", http, text).replace("2775", str(self.operator.smpp[1]))

    def write(self, name: str, text: str) -> None:
        """Writes a file of the page."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.here(text) if path.suffix == ".py" else text, "utf-8")

    def run(self, command: Command) -> None:
        """Runs a command, or looks whether there is such a command where it cannot be run."""
        with contextlib.chdir(self.folder):
            has_files = check(command)
        if found := re.fullmatch(r"([A-Z]+)=(\S+)", command.written):
            self._variables[found[1]] = self.here(found[2])
        elif command.is_simple and is_ours(command.words[0]):
            if has_files and self._can_be_run(command.words[1:]):
                self._run_ours(command)
        elif command.words[0] not in _OTHERS and "khatban serve" not in command.written:
            self._run_in_shell(command)

    def _can_be_run(self, words: list[str]) -> bool:
        if words[0] in _ENDLESS:
            return False
        return words[0] not in _FILES_FIRST or any((self.folder / word).exists() for word in words[1:])

    def _run_ours(self, command: Command) -> None:
        words = [self.here(word) for word in command.words[1:]]
        with contextlib.chdir(self.folder):
            done = CliRunner().invoke(main, words, env={"KHATBAN_URL": self.operator.url.removesuffix("/api/v1")})
        assert done.exit_code in (0, REFUSED), f"{command.written}\n{done.output}"
        assert done.exit_code == 0 or isinstance(done.exception, SystemExit), repr(done.exception)
        if command.shown is not None:
            assert _is_shown(command.shown, done.output), f"{command.written}\n{done.output}"

    def _run_in_shell(self, command: Command) -> None:
        self._variables.setdefault("KHATBAN_URL", self.operator.url.removesuffix("/api/v1"))
        here = os.pathsep.join((str(self.folder), str(ROOT)))
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", _CURL + self.here(command.written)],
            cwd=self.folder,
            env=os.environ | self._variables | {"PATH": path, "PYTHONPATH": here},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        said = f"{command.written}\n{done.stdout}{done.stderr}"
        if command.refused_with:
            assert f'"status":{command.refused_with}' in done.stdout, said
        else:
            assert done.returncode in (0, REFUSED), said
        if command.shown is not None:
            assert _is_shown(command.shown, done.stdout), said


def _is_shown(shown: str, said: str) -> bool:
    """Whether a page shows what was said; `...` stands for anything."""
    pattern = re.escape(shown.strip()).replace(re.escape("..."), ".*")
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None
