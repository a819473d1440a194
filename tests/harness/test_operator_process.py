from pathlib import Path

from harness.operator_process import OperatorProcess


def test_the_real_operator_starts_and_tells_its_rules(tmp_path: Path) -> None:
    with OperatorProcess(tmp_path, 1) as operator:
        assert operator.api.catalogue()["rules"]
        assert operator.api.messages() == []
