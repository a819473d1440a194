"""The operators under test as a process of the runner's, and the HTTP side that the harness has of each."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import khatban_client.process
from harness.given import THE_OPERATOR
from harness.operator_api import OperatorApi
from harness.setup import Setup
from khatban_client import launch
from khatban_client.process import StartError

__all__ = ["OperatorProcess", "StartError"]

_USUAL = Setup()


class OperatorProcess(khatban_client.process.OperatorProcess):
    """One operator, or several, in a child process; see its base.

    Args:
        folder: Takes its log; and its configuration, store and ready file while it runs.
        seed: Its seed.
        options: More options of `khatban serve`, for an operator of the usual setup.
        setup: What has to be settled when it starts.
    """

    def __init__(self, folder: Path, seed: int, options: Sequence[str] = (), setup: Setup = _USUAL) -> None:
        super().__init__(folder, seed, options)
        self._setup = setup

    @property
    def apis(self) -> Mapping[str, OperatorApi]:
        """The HTTP side of each operator by its name; the only one has the name `THE_OPERATOR`.

        Raises:
            StartError: It is not running.
        """
        return {name: OperatorApi(operator) for name, operator in self.operators.items()}

    @property
    def api(self) -> OperatorApi:
        """The HTTP side of the only operator.

        Raises:
            StartError: It is not running.
        """
        return self.apis[THE_OPERATOR]

    @property
    def _config_file(self) -> Path:
        return self._folder / "operator.toml"

    def _command(self) -> list[str]:
        if self._setup.is_usual:
            return super()._command()
        self._config_file.write_text(self._setup.configuration(), encoding="utf-8")
        files = ["--config", str(self._config_file), "--ready-file", str(self._ready_file)]
        return launch.command("khatban", "serve", "--seed", str(self._seed), *files)

    def stop(self) -> None:
        """As its base; the configuration goes as well."""
        super().stop()
        self._config_file.unlink(missing_ok=True)
