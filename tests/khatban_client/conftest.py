"""One operator process for the tests of the client; each begins with it anew, at ten in the morning of a Sunday."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from khatban_client import Operator
from khatban_client.process import OperatorProcess

MORNING = datetime.fromisoformat("2026-11-22T10:00:00+03:30")


@pytest.fixture(scope="session")
def running_operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with OperatorProcess(tmp_path_factory.mktemp("operator")) as process:
        yield process.operator


@pytest.fixture
def operator(running_operator: Operator) -> Operator:
    running_operator.reset(start=MORNING, speed=20.0)
    return running_operator
