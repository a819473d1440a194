import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.built import Built, build, outside
from tests.packaging.operator import Installation


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in a folder of its own; what it depends on is that of these tests."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run(
        [*pip, "--disable-pip-version-check", "--target", str(target), str(built.wheel)], check=True, env=outside()
    )
    elsewhere: Path = tmp_path_factory.mktemp("elsewhere")
    return Installation((str(target / "bin" / "khatban"),), elsewhere, outside(target))
