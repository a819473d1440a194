"""One operator process for all end-to-end tests; each test begins with it anew."""

from collections.abc import Iterator

import pytest

from harness.operator_process import OperatorProcess
from tests.e2e.operator import Operator


@pytest.fixture(scope="session")
def running_operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with OperatorProcess(tmp_path_factory.mktemp("operator"), seed=1) as process:
        yield Operator(process)


@pytest.fixture
def operator(running_operator: Operator) -> Operator:
    running_operator.reset()
    return running_operator
