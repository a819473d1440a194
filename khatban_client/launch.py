"""How a program of ours is started from anybody's process: this Python, our own packages, whatever else is around.

The folder in which the user works, and his PYTHONPATH, may hold packages of the same names as the operator's own
(`simulator`, `reports`...); so the child looks for modules in the standard library first, then beside this package,
and only then elsewhere. It ends with its parent, however that ends: the end of its standard input is a SIGTERM to it.
"""

import os
import signal
import site
import sys
import threading
from pathlib import Path

_OURS = Path(__file__).resolve().parents[1]


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of ours as a program; its standard input must be a pipe that stays open."""
    return _command("watched", module, *arguments)


def reading_command(module: str, *arguments: str) -> list[str]:
    """Likewise for a program that reads its standard input, and ends with it by itself."""
    return _command("reading", module, *arguments)


def _command(*arguments: str) -> list[str]:
    # E: what the environment says is for the user's own Python. P: nothing from this folder. S: see `_run`.
    return [sys.executable, "-E", "-P", "-S", str(Path(__file__).resolve()), *arguments]


def _run(manner: str, module: str) -> None:
    sys.path.append(str(_OURS))
    site.main()  # what -S has put off, so that what is installed comes behind
    import runpy  # noqa: PLC0415 - which looks for what it runs where it should from here on only

    if manner == "watched":
        threading.Thread(target=_end_with_the_parent, name="parent", daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end_with_the_parent() -> None:
    # The descriptor itself: a buffered reader would be locked by this thread when the interpreter ends.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    _run(sys.argv.pop(1), sys.argv.pop(1))
