"""The distributions as they are published: the sdist of this tree, and the wheel of that sdist."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Built(NamedTuple):
    """The two files."""

    sdist: Path
    wheel: Path


def build(folder: Path) -> Built:
    """Builds both into a folder; the wheel from what the sdist holds, so that nothing is missing there."""
    _hatch("sdist", ROOT, folder)
    [sdist] = folder.glob("*.tar.gz")
    unpacked = folder / "unpacked"
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    [source] = unpacked.iterdir()
    _hatch("wheel", source, folder)
    [wheel] = folder.glob("*.whl")
    return Built(sdist, wheel)


def outside(*path: Path) -> dict[str, str]:
    """The environment of a program that knows nothing of the checkout; it looks for modules in `path` first."""
    kept = {name: value for name, value in os.environ.items() if name in {"HOME", "LANG", "PATH", "TMPDIR"}}
    return {**kept, "PYTHONPATH": os.pathsep.join(map(str, path))} if path else kept


def _hatch(target: str, source: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, env=outside(), check=True, capture_output=True)
