from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.driver import DriverOptionError
from harness.driver_config import driver_options
from harness.drivers.command_driver import COMMAND
from harness.drivers.http_driver import HTTP
from harness.drivers.templates import complaint, filled
from khatban import main


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "drivers.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_table_for_each_driver(tmp_path: Path) -> None:
    file = written(tmp_path, '[kannel]\nport = 2775\n[command]\ncommand = "./a"\npatience = 5\n')
    assert driver_options(file, None) == {"kannel": {"port": 2775}, "command": {"command": "./a", "patience": 5}}
    assert driver_options(file, "./b")["command"] == {"command": "./b", "patience": 5}


def test_without_a_file() -> None:
    assert driver_options(None, None) == {}
    assert driver_options(None, "./b") == {"command": {"command": "./b"}}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[kanel]\n", r"drivers.toml: kanel: there is no driver of this name; did you mean 'kannel'\?"),
        ("kannel = 5\n", r"drivers.toml: kannel: expected a table of its options, \[kannel\]"),
        ("[kannel\n", "drivers.toml: .*line 1"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(DriverOptionError, match=complaint):
        driver_options(written(tmp_path, text), None)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DriverOptionError, match=r"nothing\.toml: No such file"):
        driver_options(tmp_path / "nothing.toml", None)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "driver http: url: Field required"),
        ({"url": "http://x/{txt}"}, r"driver http: url: Value error, there is no \{txt\}; did you mean 'text'\?"),
        ({"url": "http://x", "json": {"a": ["{to}"]}}, r"driver http: json: Value error, there is no \{to\}"),
        ({"url": "http://x", "form": {"a": "1"}, "body": "b"}, "driver http: .*give one of json, form and body"),
        ({"url": "http://x", "can": ["dance"]}, "driver http: can.0: Input should be 'transceiver'"),
    ],
)
def test_a_panels_options_are_checked(options: dict[str, object], complaint: str) -> None:
    with pytest.raises(DriverOptionError, match=complaint):
        HTTP.configured(options)


def test_a_program_is_needed() -> None:
    with pytest.raises(DriverOptionError, match="driver command: command: Field required"):
        COMMAND.configured({})


def test_templates_are_filled_wherever_they_stand() -> None:
    values = {"text": 'او گفت: "سلام"', "destination": "98912"}
    template = {"to": ["{destination}"], "deep": {"text": "{text}!", "count": 1}, "{text}": None}
    assert filled(template, values) == {
        "to": ["98912"],
        "deep": {"text": 'او گفت: "سلام"!', "count": 1},
        "{text}": None,
    }
    assert complaint(template) is None


def test_a_value_that_looks_like_a_template_is_left_alone() -> None:
    assert filled("{text}", {"text": "{destination}", "destination": "98912"}) == "{destination}"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--driver", "command"], "driver command: command: Field required"),
        (["--driver", "http", "--driver-config", "drivers.toml"], "drivers.toml: kanel: there is no driver"),
    ],
)
def test_the_command_line_refuses_what_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "[kanel]\n")
    ended = CliRunner().invoke(main, ["run", *options, "--out", str(tmp_path / "run")])
    assert (ended.exit_code, (tmp_path / "run").exists()) == (2, False)
    assert complaint in ended.output
