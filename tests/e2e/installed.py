"""Whether the foreign clients are there. `make test` installs them where it can; only where it cannot may they lack."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NODE_CLIENT = Path(__file__).parent / "clients" / "node"
_SBIN = "/usr/sbin:/usr/local/sbin"


def need(client: str, *, found: bool) -> None:
    """Goes on where a client is installed; otherwise fails where it could have been installed, and skips elsewhere."""
    if found:
        return
    reason = f"{client} is not installed"
    if shutil.which("apt-get") and os.geteuid() == 0:
        pytest.fail(f"{reason}: `make test` does that", pytrace=False)
    pytest.skip(f"{reason}, and there is no apt-get here, or no right to use it")


def need_node_smpp() -> Path:
    """The npm package smpp; gives the folder that holds node_modules."""
    found = bool(shutil.which("node")) and (NODE_CLIENT / "node_modules" / "smpp").is_dir()
    need("the npm package smpp", found=found)
    return NODE_CLIENT


def need_net_smpp() -> None:
    """Perl's Net::SMPP."""
    perl = shutil.which("perl")
    found = perl is not None and subprocess.run([perl, "-MNet::SMPP", "-e", "1"], check=False).returncode == 0
    need("Net::SMPP", found=found)


def need_kannel() -> None:
    """Kannel's bearerbox and smsbox."""
    need("Kannel", found=all(shutil.which(program, path=_SBIN) for program in ("bearerbox", "smsbox")))
