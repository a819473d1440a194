"""A dozen kills; `make kill` does a hundred and more."""

from pathlib import Path

import pytest

from tests.soak.kill import soak


@pytest.mark.timeout(240)  # it takes seven seconds on a machine that has nothing else to do
def test_whatever_was_told_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    found = soak(tmp_path, kills=12, seed=1)
    assert found.messages
    assert found.receipts
    assert found.changes
