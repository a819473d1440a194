"""The clients that a worker keeps."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import harness.cast
from harness.cast import Cast
from harness.driver import DriverSpec


class Client:
    """Stands for a client's process, and writes down what is done with it."""

    done: Sequence[str] = ()

    def __init__(self, spec: DriverSpec, _log: Path) -> None:
        self.name = spec.name

    def start(self) -> None:
        Client.done = (*Client.done, f"{self.name} starts")

    def stop(self) -> None:
        Client.done = (*Client.done, f"{self.name} ends")


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cast:
    monkeypatch.setattr(harness.cast, "ProcessDriver", Client)
    monkeypatch.setattr(Client, "done", ())
    return Cast(tmp_path, seed=1)


def spec(name: str, *, needs_quiet: bool = False) -> DriverSpec:
    return DriverSpec(name=name, title="a client", command=["false"], needs_quiet=needs_quiet)


def test_scenarios_of_two_clients_in_turn_start_each_once(cast: Cast) -> None:
    clients = [cast.driver(spec(name)) for name in ("one", "two", "one", "two")]
    assert clients[:2] == clients[2:]
    cast.stop()
    assert Client.done == ("one starts", "two starts", "one ends", "two ends")


def test_a_client_that_has_to_be_alone_is_alone(cast: Cast) -> None:
    cast.driver(spec("one"))
    cast.driver(spec("quiet", needs_quiet=True))
    cast.driver(spec("one"))
    cast.stop()
    assert Client.done == ("one starts", "one ends", "quiet starts", "quiet ends", "one starts", "one ends")
