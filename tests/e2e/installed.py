"""Whether the foreign clients are there. `make test` installs them where it can; only where it cannot may they lack."""

import os
import shutil

import pytest


def need(client: str, *, found: bool) -> None:
    """Goes on where a client is installed; otherwise fails where it could have been installed, and skips elsewhere."""
    if found:
        return
    reason = f"{client} is not installed"
    if shutil.which("apt-get") and os.geteuid() == 0:
        pytest.fail(f"{reason}: `make test` does that", pytrace=False)
    pytest.skip(f"{reason}, and there is no apt-get here, or no right to use it")
