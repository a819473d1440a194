"""The configuration of one operator and of several, and every fault with file, line and path."""

from pathlib import Path

import pytest

from simulator.serving.config import ConfigError
from simulator.serving.config_file import load_config

TWO = """\
[operators.mci]
extends = "demo"
blacklist = "national"

[operators.mci.server]
port = 2776
http_port = 8776

[operators.irancell]
extends = "demo"
blacklist = "national"
files = { store = "irancell.db" }

[operators.irancell.server]
port = 2777
http_port = 8777

[blacklists.national]
numbers = ["09121234567"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "several.toml"
    path.write_text(text, "utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(ConfigError) as raised:
        load_config(path)
    return [line.removeprefix(str(path)) for line in str(raised.value).splitlines()]


def test_without_a_file_there_is_one_operator_with_the_demo_world() -> None:
    config = load_config(None)
    assert [operator.name for operator in config.operators] == [""]
    assert config.operator(None).world.lines


def test_several_operators_each_have_their_own_world_ports_and_files(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, TWO))
    assert [(one.name, one.server.port, one.files.store, one.blacklist) for one in config.operators] == [
        ("mci", 2776, None, "national"),
        ("irancell", 2777, tmp_path / "irancell.db", "national"),
    ]
    assert config.operator("irancell").server.http_port == 8777


def test_one_operator_may_name_its_files_too(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'extends = "demo"\nfiles = { wire_log = "log.jsonl" }\n'))
    assert config.operator(None).files.wire_log == tmp_path / "log.jsonl"


@pytest.mark.parametrize(
    ("name", "says"),
    [(None, "several operators; say which: mci, irancell"), ("irancel", "'irancel'; did you mean 'irancell'?")],
)
def test_an_operator_that_there_is_not(tmp_path: Path, name: str | None, says: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_config(written(tmp_path, TWO)).operator(name)
    assert says in str(raised.value)


def test_a_configuration_without_names_has_no_operator_of_any_name() -> None:
    with pytest.raises(ConfigError, match="names no operators"):
        load_config(None).operator("mci")


@pytest.mark.parametrize(
    ("change", "to", "fault"),
    [
        ("port = 2777", "port = 99999", ":15: operators.irancell.server.port: "),
        ("port = 2777", "port = 8776", ":15: operators.irancell.server.port: 8776 is that of operators.mci."),
        ('"irancell.db" }', '"a", pcap = "a" }', ":12: operators.irancell.files.pcap: "),
        ('numbers = ["0912', 'numbers = ["0212', ":19: blacklists.national.numbers[0]: "),
        ("numbers", "number", ":19: blacklists.national.number: unknown key"),
        ("[blacklists.national]", "[blacklists.natonal]", ":3: operators.mci.blacklist: there is no table "),
        ("[operators.irancell]", "[operators.Irancell]", ":9: operators.Irancell: a name is small letters"),
        ("[operators.mci]", "magic_suffixes = true\n[operators.mci]", ":1: magic_suffixes: where operators have names"),
        (
            "[operators.irancell.server]\nport = 2777\nhttp_port = 8777\n",
            '[[operators.irancell.lines]]\nnumber = "30x"\naccount = "panel"\n',
            ":15: operators.irancell.lines[4].number: ",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_path(tmp_path: Path, change: str, to: str, fault: str) -> None:
    assert TWO.count(change)
    found = faults(tmp_path, TWO.replace(change, to))
    assert any(line.startswith(fault) for line in found), found


@pytest.mark.parametrize("text", ["operators = 1\n", "[operators]\n", "[operators]\nmci = 1\n"])
def test_operators_that_are_no_tables(tmp_path: Path, text: str) -> None:
    assert ": operators" in faults(tmp_path, text)[0]


def test_who_may_ask_over_http(tmp_path: Path) -> None:
    text = (
        'extends = "demo"\n[server]\nhttp_host = "::1"\nhttp_token_file = "token"\nhttp_names = ["khatban", "a.test"]\n'
    )
    server = load_config(written(tmp_path, text)).operator(None).server
    assert (server.http_host, server.http_token_file) == ("::1", tmp_path / "token")
    assert server.http_names == ("khatban", "a.test")


def test_a_host_name_has_no_port_and_no_scheme(tmp_path: Path) -> None:
    text = 'extends = "demo"\n[server]\nhttp_names = ["khatban:8775"]\n'
    [fault] = faults(tmp_path, text)
    assert fault.startswith(":3: server.http_names[0]:")
