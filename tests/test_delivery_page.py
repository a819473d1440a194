"""docs/delivery.md says of handsets what the table says."""

from pathlib import Path

from simulator.profiles.handset import OUTCOMES, HandsetState
from simulator.registry.subscribers import MAGIC_HANDSETS

PAGE = Path(__file__).parent.parent / "docs" / "delivery.md"


def test_the_table_of_handsets() -> None:
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.read_text("utf-8").splitlines()]
    rows = {row[0].strip("`"): row for row in cells if len(row) == 5 and row[0].startswith("`")}
    assert set(rows) == set(HandsetState)
    for suffix, state in MAGIC_HANDSETS.items():
        outcome = OUTCOMES[state]
        _, digits, ends, err, network = rows[state]
        assert (digits, err) == (suffix, outcome.err)
        assert outcome.state.name in ends
        assert ("tried again" in ends) is outcome.may_be_tried_again
        assert network.removeprefix("GSM ").split(",")[0] == str(outcome.network_error or "–")
