"""A container that is a process: the command of our Dockerfile with its configuration, on loopback and free ports."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[5]
PATIENCE = 30.0


class DockerContainer:
    """The container of our image, and of no other."""

    def __init__(self, image: str) -> None:
        assert image == "khatban:0.1"
        self._mounted: dict[str, str] = {}
        self._exposed: tuple[int, ...] = ()
        self._folder = tempfile.TemporaryDirectory()

    def with_exposed_ports(self, *ports: int) -> Self:
        """Which of the ports of the Dockerfile are wanted."""
        self._exposed = ports
        return self

    def with_volume_mapping(self, host: str | os.PathLike[str], container: str, mode: str = "ro") -> Self:
        """A file of this machine, as the container sees it."""
        assert mode == "ro"
        self._mounted[container] = str(host)
        return self

    def waiting_for(self, strategy: Any) -> Self:
        """When it is there: an `HttpWaitStrategy`."""
        self._strategy = strategy
        return self

    def __enter__(self) -> Self:
        folder = Path(self._folder.name)
        config = (ROOT / "docker" / "khatban.toml").read_text("utf-8").replace("0.0.0.0", "127.0.0.1")
        for container, host in self._mounted.items():
            assert container in config
            config = config.replace(container, host)
        (folder / "khatban.toml").write_text(config, "utf-8")
        ready = folder / "ready.json"
        options = [
            "--port",
            "0",
            "--http-port",
            "0",
            "--ready-file",
            str(ready),
            "--config",
            str(folder / "khatban.toml"),
        ]
        command = [sys.executable, "-m", "khatban", "serve", "--store", str(folder / "store.db"), *options]
        self._process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + PATIENCE
        while not ready.exists():
            assert self._process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.01)
        addresses = json.loads(ready.read_text("utf-8"))
        self._ports = {2775: addresses["smpp"][1], 8775: addresses["http"][1]}
        url = f"http://127.0.0.1:{self._ports[self._strategy.port]}{self._strategy.path}"
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            assert answer.status == 200
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    def get_container_host_ip(self) -> str:
        """Where its ports are."""
        return "127.0.0.1"

    def get_exposed_port(self, port: int) -> int:
        """The port of this machine that leads to one of the container's."""
        assert port in self._exposed
        return int(self._ports[port])
