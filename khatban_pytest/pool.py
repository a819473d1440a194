"""The operator processes of a test run: one for all tests, or one for each with the next already starting."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khatban_client.process import OperatorProcess


class Pool:
    """Starts operators, each in a folder of its own below one; ends what was not handed out.

    Args:
        folder: Takes their folders.
        has_spare: Whether the next one is started while one is in use.
    """

    def __init__(self, folder: Path, *, has_spare: bool) -> None:
        self._folder, self._has_spare = folder, has_spare
        self._count = 0
        self._spare: OperatorProcess | None = None

    def take(self) -> "OperatorProcess":
        """An operator that runs. Whoever takes it ends it.

        Raises:
            khatban_client.process.StartError: It cannot be started.
        """
        process, self._spare = self._spare or self._made(), None
        process.start()
        if self._has_spare:
            self._spare = self._made()
            self._spare.launch()
        return process

    def close(self) -> None:
        """Ends the spare."""
        if self._spare is not None:
            self._spare.stop()

    def _made(self) -> "OperatorProcess":
        from khatban_client.process import OperatorProcess

        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        return OperatorProcess(folder)
