"""Waiting for a container."""

from typing import Self


class HttpWaitStrategy:
    """Waits until a port answers."""

    def __init__(self, port: int, path: str | None = "/") -> None:
        self.port, self.path = port, path

    def for_status_code(self, code: int) -> Self:
        """Which answer is waited for."""
        assert code == 200
        return self
