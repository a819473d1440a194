"""Wireshark's dissector as a witness: what tshark reads in a capture."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def tshark(capture: Path, port: int, *arguments: str) -> str:
    """What tshark says of a capture in which `port` speaks SMPP; checksums are looked at too.

    The test fails where tshark could have been installed, and is skipped elsewhere.
    """
    command = shutil.which("tshark")
    if command is None and shutil.which("apt-get"):
        pytest.fail("tshark is not installed; as root, `make test` installs it, or `apt-get install tshark`")
    if command is None:
        pytest.skip("tshark is not installed, and this machine has no apt-get to install it with")
    options = ["-d", f"tcp.port=={port},smpp", "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]
    read = subprocess.run(
        [command, "-n", "-r", str(capture), *options, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=50,
        check=False,
    )
    assert read.returncode == 0, read.stderr
    return read.stdout


def fields(capture: Path, port: int, *names: str) -> list[list[str]]:
    """For each packet the values of each field, those of one field joined by `|`."""
    wanted = [part for name in names for part in ("-e", name)]
    layout = ["-T", "fields", "-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=|"]
    return [line.split("\t") for line in tshark(capture, port, *layout, *wanted).splitlines()]


def values(capture: Path, port: int, name: str) -> list[str]:
    """Every value of a field, in the order of the packets."""
    return [value for [cell] in fields(capture, port, name) for value in cell.split("|") if value]


def faults(capture: Path, port: int) -> Sequence[str]:
    """The packets in which Wireshark finds a fault: of SMPP, of TCP, of a checksum."""
    found = "_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0"
    return tshark(capture, port, "-Y", found).splitlines()
