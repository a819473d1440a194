"""One operator to a file: two would give the same numbers to different messages.

The lock is the process's, so it ends with it, however it ends. Whoever reads the file needs none.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.store.file import StoreError


@contextmanager
def held(path: Path | None) -> Iterator[None]:
    """Keeps other operators off the file, which exists; without a path there is nothing to keep them off.

    To be left after the store is closed: to close any handle of the file ends the locks that SQLite has on it.

    Raises:
        StoreError: Another operator has the file.
    """
    if path is None:
        yield
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = f"{path}: another operator runs on it"
            raise StoreError(msg) from error
        yield
