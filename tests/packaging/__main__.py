"""`make wheel`: builds sdist and wheel, and installs the wheel into empty environments, as a stranger would."""

import shutil
import subprocess
import tempfile
import time
import venv
from pathlib import Path

from tests.packaging.built import ROOT, build, outside
from tests.packaging.operator import PAGES, REFUSED, Installation, kinds_of_pages


def main() -> None:
    """Prints what each environment took, and what was tried in it."""
    dist = ROOT / "dist"
    with tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder))
        shutil.rmtree(dist, ignore_errors=True)
        dist.mkdir()
        for file in built:
            print(f"{shutil.copy(file, dist)}: {file.stat().st_size / 1e6:.1f} MB")
        alone = installed(Path(folder) / "alone", str(built.wheel))
        try_the_operator(alone)
        whole = installed(Path(folder) / "whole", f"{built.wheel}[harness,reports]")
        try_the_operator(whole)
        demo = whole.khatban("demo", "--out", "run")
        assert demo.returncode == 0, demo.stdout + demo.stderr
        print(f"  khatban demo: {demo.stdout.strip().splitlines()[0]}")


def installed(folder: Path, requirement: str) -> Installation:
    """An empty environment with what a requirement brings, from wherever this machine's pip takes it."""
    venv.create(folder, with_pip=True)
    empty = size(folder)
    began = time.monotonic()
    pip = [str(folder / "bin" / "pip"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", requirement], check=True)
    took = time.monotonic() - began
    listing = [*pip, "list", "--format", "freeze"]
    listed = subprocess.run(listing, check=True, text=True, capture_output=True).stdout.split()
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    print(f"{Path(requirement).name}: {len(listed) - 1} packages, {size(folder) - empty:.0f} MB, {took:.0f} s")
    return Installation((str(folder / "bin" / "khatban"),), elsewhere, outside())


def size(folder: Path) -> float:
    """Of all files, in MB."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def try_the_operator(installation: Installation) -> None:
    """Help, a verdict, the pages, and what is said of an extra."""
    for arguments in (("--version",), ("--help",), REFUSED, ("profile", "mci")):
        began = time.monotonic()
        done = installation.khatban(*arguments)
        assert done.returncode == 0, done.stderr
        print(f"  khatban {arguments[0]}: {time.monotonic() - began:.2f} s")
    for _ in range(2):  # the first one compiles
        began = time.monotonic()
        with installation.serving() as url:
            took = time.monotonic() - began
            assert kinds_of_pages(url) == PAGES
        print(f"  khatban serve: ready after {took:.2f} s; its pages are there")
    report = installation.khatban("report", ".")
    print(f"  khatban report .: {report.stderr.strip()}")


if __name__ == "__main__":
    main()
