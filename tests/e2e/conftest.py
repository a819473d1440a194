"""One operator process for all end-to-end tests, captured from end to end; each test begins with it anew."""

from collections.abc import Iterator

import pytest

from harness.operator_process import OperatorProcess
from tests.e2e.operator import Operator
from tests.wire_log.tshark import faults, values


@pytest.fixture(scope="session")
def running_operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    folder = tmp_path_factory.mktemp("operator")
    capture = folder / "suite.pcapng"
    with OperatorProcess(folder, seed=1, options=("--pcap", str(capture))) as process:
        operator = Operator(process)
        yield operator
        port = operator.smpp[1]
    assert faults(capture, port) == [], "Wireshark finds no malformed packet in what all clients and the operator said"
    assert values(capture, port, "smpp.command_id"), "and reads it as SMPP"


@pytest.fixture
def operator(running_operator: Operator) -> Operator:
    running_operator.reset()
    return running_operator
