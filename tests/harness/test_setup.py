import tomllib
from pathlib import Path
from typing import Any

import pytest

from harness.given import Given
from harness.setup import Setup
from simulator.serving.config_file import load_config


def setup(**given: Any) -> Setup:
    return Setup.of(Given.model_validate(given))


def test_worlds_and_clocks_are_no_matter_of_the_setup() -> None:
    assert setup(world="demo", clock={"start": "2026-11-22 23:00"}).is_usual


@pytest.mark.parametrize(
    ("given", "lasts"),
    [
        ({"server": {"session_init": "500ms", "strict": "no", "window_out": "1"}}, True),
        ({"operators": {"mci": {}, "irancell": {}}}, True),
        ({"operators": {"mci": {"blacklist": "a-b"}}, "blacklists": {"a-b": ["09121110001"]}}, False),
    ],
)
def test_a_setup_is_a_configuration_that_the_operator_takes(tmp_path: Path, given: Any, lasts: bool) -> None:
    made = setup(**given)
    (tmp_path / "operator.toml").write_text(made.configuration(), encoding="utf-8")
    config = load_config(tmp_path / "operator.toml")
    assert [operator.name for operator in config.operators] == list(given.get("operators", [""]))
    assert {operator.server.port for operator in config.operators} == {0}
    assert (made.is_usual, made.lasts) == (False, lasts)


def test_settings_are_written_as_they_were_given() -> None:
    server = {"session_init": "500ms", "strict": "no", "congestion": "7"}
    written = tomllib.loads(setup(server=server).configuration())
    assert written["server"] == {"port": 0, "http_port": 0, "session_init": 0.5, "strict": False, "congestion": 7}


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"world": "demo", "operators": {"mci": {}}}, "either `world` or `operators`"),
        ({"operators": {"mci": {"blacklist": "national"}}}, "no blacklist is given by the name 'national'"),
        ({"blacklists": {"national": []}}, "no operator holds the blacklist 'national'"),
    ],
)
def test_what_cannot_be_given(given: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Given.model_validate(given)
