"""An operator in a container, begun anew for each test."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

from khatban_client import Operator

IMAGE = os.environ.get("KHATBAN_IMAGE", "khatban:0.1")
SMPP_PORT, HTTP_PORT = 2775, 8775


@pytest.fixture(scope="session")
def running_operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """The container, for the whole run."""
    # The image listens beyond its container, so its HTTP side asks for a token.
    token: Path = tmp_path_factory.mktemp("khatban") / "token"
    token.write_text(secrets.token_hex(32))
    token.chmod(0o644)  # the container's user is another one
    container = (
        DockerContainer(IMAGE)
        .with_exposed_ports(SMPP_PORT, HTTP_PORT)
        .with_volume_mapping(str(token), "/run/secrets/khatban_token", "ro")
        .waiting_for(HttpWaitStrategy(HTTP_PORT, "/readyz").for_status_code(200))
    )
    with container:
        host = container.get_container_host_ip()
        yield Operator(
            f"http://{host}:{container.get_exposed_port(HTTP_PORT)}",
            (host, int(container.get_exposed_port(SMPP_PORT))),
            token.read_text(),
        )


@pytest.fixture
def operator(running_operator: Operator) -> Operator:
    """The operator without anything of the test before."""
    running_operator.reset()
    return running_operator
