"""The command, as a user meets it; `serve` in a process of its own."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import smpplib.client
import smpplib.smpp
from click.testing import CliRunner, Result

from khatban import main
from simulator.policy.rules import RULES
from simulator.store import MessageQuery, Store


def khatban(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    ready = folder / "ready.json"
    command = [sys.executable, "-m", "khatban", "serve", "--port", "0", "--http-port", "0", "--ready-file", str(ready)]
    process = subprocess.Popen([*command, *options], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 30
        while not ready.exists():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield process, json.loads(ready.read_text())
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_announces_itself_and_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as (process, addresses):
        assert set(addresses) == {"smpp", "http"}
        host, port = addresses["http"]
        assert httpx.get(f"http://{host}:{port}/readyz").status_code == 200
        socket.create_connection(tuple(addresses["smpp"])).close()
        process.send_signal(number)
        output, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")
        assert f":{addresses['smpp'][1]}" in output
        assert not (tmp_path / "ready.json").exists()


def test_serve_unbinds_its_sessions_before_it_ends_and_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with serving(tmp_path, "--store", str(store)) as (process, addresses):
        client = smpplib.client.Client(*addresses["smpp"], timeout=10, allow_unknown_opt_params=True)
        client.connect()
        client.bind_transceiver(system_id="panel", password="panel")
        client.send_message(
            source_addr="3000200020", destination_addr="09129990001", short_message=b"Order 4512 was sent"
        )
        client.read_once()
        process.terminate()
        assert client.read_pdu().command == "unbind"
        answer = smpplib.smpp.make_pdu("unbind_resp", client=client)
        client.send_pdu(answer)
        assert process.wait(20) == 0
        client.disconnect()
    kept = Store(store)
    assert [found.text for found in kept.find(MessageQuery())] == ["Order 4512 was sent"]
    kept.close()


def test_serve_listens_on_loopback_only(tmp_path: Path) -> None:
    with serving(tmp_path) as (_process, addresses):
        assert {addresses["smpp"][0], addresses["http"][0]} == {"127.0.0.1"}


def test_a_port_that_is_taken_is_a_clear_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "khatban", "serve", "--port", port, "--http-port", "0"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 3
    assert result.stderr.startswith(f"khatban: cannot listen on 127.0.0.1 port {port}: ")
    assert result.stderr.endswith("; --port and --http-port choose others, 0 any free one\n")


@pytest.mark.parametrize("option", ["--wire-log", "--pcap"])
def test_a_log_that_cannot_be_written_is_a_clear_error(tmp_path: Path, option: str) -> None:
    command = [sys.executable, "-m", "khatban", "serve", "--port", "0", "--http-port", "0", option, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (result.returncode, result.stderr) == (3, f"khatban: cannot write {tmp_path}: Is a directory\n")


def test_a_bad_configuration_names_file_line_and_path_and_opens_no_port(tmp_path: Path) -> None:
    config = tmp_path / "world.toml"
    config.write_text(
        'extends = "demo"\nblacklist = ["021"]\n\n[server]\nport = 99999\n\n[[lines]]\nnumber = "3000"\n'
        'account = "nobody"\n\n[[lines]]\nnumber = "30x"\naccount = "panel"\n'
    )
    result = khatban("serve", "--config", str(config))
    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert any(f"{config}:5: server.port: " in line for line in lines)
    assert any(f"{config}:2: blacklist[2]: '021' is not an Iranian mobile number" in line for line in lines)
    assert any(f"{config}:12: lines[5].number: " in line for line in lines)


@pytest.mark.parametrize(
    ("content", "says"), [("lines = [", "not TOML"), ("\xff", "not TOML"), ('extends = "x"', "there is no world 'x'")]
)
def test_a_file_that_is_no_configuration(tmp_path: Path, content: str, says: str) -> None:
    config = tmp_path / "world.toml"
    config.write_bytes(content.encode("latin-1"))
    result = khatban("explain", "--config", str(config), "--from", "1", "--to", "2", "--text", "3")
    assert result.exit_code == 2
    assert says in result.output


def test_explain_prints_the_verdict_its_clause_and_the_trace() -> None:
    result = khatban("explain", "--from", "3000200020", "--to", "09121110000", "--text", "۵۰٪ تخفیف کفش تا جمعه")
    assert result.exit_code == 0
    assert "REFUSED by service-advertising-to-blacklisted" in result.output
    assert "service.no-advertising-to-blacklisted" in result.output
    assert "لیست سیاه" in result.output
    assert "unregistered-line" in result.output


def test_explain_at_night_and_as_json() -> None:
    arguments = ("explain", "--from", "3000100010", "--to", "09129990000", "--text", "حراج", "--json", "--at")
    night = json.loads(khatban(*arguments, "2026-11-22 23:00").output)
    assert (night["verdict"]["outcome"], night["verdict"]["rule"]) == ("refused", "promotion-outside-hours")
    assert night["verdict"]["clause"] == "hours.promotional-window"
    day = json.loads(khatban(*arguments, "2026-11-22 11:00").output)
    assert day["verdict"]["outcome"] == "accepted"
    assert [step["rule"] for step in day["verdict"]["trace"]] == [rule.id for rule in RULES]


def test_classify_reads_and_writes_json_lines() -> None:
    texts = ["کد ورود شما: 12345", "تخفیف ۵۰ درصدی همهٔ کفش‌ها فقط تا جمعه"]
    requests = "\n".join(json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)) + "\n\n"
    answers = [json.loads(line) for line in khatban("classify", stdin=requests).output.splitlines()]
    assert [(answer["id"], answer["label"], answer["category"]) for answer in answers] == [
        (0, "service", "otp"),
        (1, "promotional", "discount"),
    ]
    for answer in answers:
        for span in answer["evidence"]:
            assert texts[answer["id"]][span["start"] : span["end"]] == span["quote"]


def test_half_a_surrogate_pair_goes_through_as_an_escape() -> None:
    result = khatban("classify", stdin='{"id": "\\ud83d", "text": "\\ud83d سلام"}\n')
    assert result.exit_code == 0
    assert json.loads(result.output)["id"] == "\ud83d"


@pytest.mark.parametrize(("line", "says"), [("{", "not JSON"), ("[]", '"id"'), ('{"id": 1, "text": 2}', '"text"')])
def test_classify_names_the_line_at_fault(line: str, says: str) -> None:
    result = khatban("classify", stdin='{"id": 1, "text": "a"}\n' + line + "\n")
    assert result.exit_code == 2
    assert ":2: " in result.output
    assert says in result.output


def test_match_reads_and_writes_json_lines() -> None:
    pattern = {"pattern": "کد ورود به سامانه نمونه: %code%", "variables": {"code": {"type": "number", "max": 6}}}
    texts = ["کد ورود به سامانه نمونه: ۴۸۲۱۳", "کد ورود به سامانه نمونه: 4821345"]
    requests = "\n\n".join(json.dumps({"id": n, **pattern, "text": text}) for n, text in enumerate(texts))
    assert [json.loads(line) for line in khatban("match", stdin=requests).output.splitlines()] == [
        {"id": 0, "matches": True, "why": "fits"},
        {"id": 1, "matches": False, "why": "variable 'code' is too long: 7 characters, at most 6: «4821345»"},
    ]


def test_review_reads_and_writes_json_lines() -> None:
    result = khatban("review", stdin=json.dumps({"id": "a", "pattern": "کد ورود به سامانه نمونه"}))
    answer = json.loads(result.output)
    assert (answer["id"], answer["approvable"], answer["findings"][0]["code"]) == ("a", False, "no-variable")


@pytest.mark.parametrize("command", ["match", "review"])
@pytest.mark.parametrize(
    ("line", "says"), [("{", "not JSON"), ("[]", '"id"'), ('{"id": 1, "pattern": 2}', '"pattern"')]
)
def test_patterns_commands_name_the_line_at_fault(command: str, line: str, says: str) -> None:
    good = json.dumps({"id": 1, "pattern": "a %b%", "text": "a b"})
    result = khatban(command, stdin=f"{good}\n{line}\n")
    assert result.exit_code == 2
    assert ":2: " in result.output
    assert says in result.output


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("3000100010", "at submit, by command_status 0x00000403"),
        ("20004001", "the message is held"),
        ("500012345", "not at all"),
    ],
)
def test_explain_says_how_a_promotion_at_night_is_told_by_prefix(tmp_path: Path, line: str, told: str) -> None:
    config = tmp_path / "world.toml"
    lines = "".join(f'[[lines]]\nnumber = "{number}"\naccount = "panel"\n' for number in ("20004001", "500012345"))
    config.write_text(f'extends = "demo"\nprofile.name = "mci"\n{lines}')
    text = ("--text", "کفش نهال رسید لغو۱۱", "--at", "2026-11-22 23:30", "--config", str(config))
    assert told in khatban("explain", "--from", line, "--to", "09129990001", *text).output


def test_explain_shows_what_vendors_show_for_a_refusal() -> None:
    arguments = ("explain", "--from", "3000100010", "--to", "09121110001", "--text", "سلام")
    assert "as error   Magfa 27, Melipayamak 35" in (said := khatban(*arguments).output)
    assert "as status  Kavenegar 14" in said
    vendors = json.loads(khatban(*arguments, "--json").output)["verdict"]["vendors"]
    assert vendors[0] == {
        "vendor": "Magfa",
        "moment": "submit",
        "code": "27",
        "meaning": "the recipient is on the blacklist",
        "source": "several",
    }
    allowed = khatban("explain", "--from", "3000200020", "--to", "09129990001", "--text", "سفارش شما ثبت شد", "--json")
    assert json.loads(allowed.output)["verdict"]["vendors"] == []


SEVERAL = """
[operators.mci]
extends = "demo"
server = { port = 0, http_port = 0 }

[operators.irancell]
extends = "demo"
server = { port = 0, http_port = 0 }
files = { store = "irancell.db" }
"""


def test_several_operators_start_and_stop_together(tmp_path: Path) -> None:
    (tmp_path / "several.toml").write_text(SEVERAL)
    ready = tmp_path / "ready.json"
    command = [sys.executable, "-m", "khatban", "serve", "--config", str(tmp_path / "several.toml")]
    process = subprocess.Popen([*command, "--ready-file", str(ready)], text=True, stdout=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 30
        while not ready.exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        operators = json.loads(ready.read_text())["operators"]
        assert {name: set(doors) for name, doors in operators.items()} == {
            "mci": {"smpp", "http"},
            "irancell": {"smpp", "http"},
        }
        for doors in operators.values():
            host, port = doors["http"]
            assert httpx.get(f"http://{host}:{port}/readyz").status_code == 200
            socket.create_connection(tuple(doors["smpp"])).close()
        process.terminate()
        output, _ = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert all(f":{doors['smpp'][1]}\n" in output for doors in operators.values())
    assert output.startswith("mci\n")
    assert not ready.exists()
    assert (tmp_path / "irancell.db").exists()


def test_one_operator_that_cannot_open_its_port_stops_the_start_of_all(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        config = SEVERAL.replace("files = {", f'[operators.last]\nextends = "demo"\nserver.port = {port}\nfiles = {{')
        (tmp_path / "several.toml").write_text(config)
        command = [sys.executable, "-m", "khatban", "serve", "--config", str(tmp_path / "several.toml")]
        ready = tmp_path / "ready.json"
        result = subprocess.run(
            [*command, "--ready-file", str(ready)], capture_output=True, text=True, timeout=30, check=False
        )
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr.startswith(f"khatban: operator last: cannot listen on 127.0.0.1 port {port}: ")
    assert [file.name for file in tmp_path.iterdir()] == ["several.toml"]


@pytest.mark.parametrize("option", [("--port", "1"), ("--store", "x"), ("--http-port", "1"), ("--wire-log", "x")])
def test_what_only_one_operator_can_be_told_is_refused_for_several(tmp_path: Path, option: tuple[str, str]) -> None:
    (tmp_path / "several.toml").write_text(SEVERAL)
    result = khatban("serve", "--config", str(tmp_path / "several.toml"), *option)
    assert result.exit_code == 2
    assert f"{option[0]} is for one operator" in result.output


def test_explain_asks_the_operator_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "several.toml").write_text(
        f"{SEVERAL}profile.hours.irancell = {{ open = 08:00:00, close = 09:00:00 }}\n"
    )
    night = ("--from", "3000100010", "--to", "09359990001", "--text", "سلام", "--at", "2026-11-22 23:30", "--json")
    ask = ("explain", "--config", str(tmp_path / "several.toml"), *night)
    outcomes = {
        name: json.loads(khatban(*ask, "--operator", name).output)["verdict"]["outcome"] for name in ("mci", "irancell")
    }
    assert outcomes == {"mci": "accepted", "irancell": "refused"}
    unnamed = khatban(*ask)
    assert (unnamed.exit_code, "say which: mci, irancell" in unnamed.output) == (2, True)


def test_profile_shows_every_value_with_its_basis() -> None:
    said = khatban("profile", "standard").output
    assert "hours.mci.open" in said
    assert "clause hours.promotional-window" in said
    settings = json.loads(khatban("profile", "standard", "--json").output)["settings"]
    assert {"path": "sanctions.strikes", "value": 3} in [
        {"path": each["path"], "value": each["value"]} for each in settings
    ]
    unknown = khatban("profile", "standart")
    assert (unknown.exit_code, "did you mean 'standard'?" in unknown.output) == (2, True)


def refused_start(*options: str) -> str:
    command = [sys.executable, "-m", "khatban", "serve", "--port", "0", "--http-port", "0", *options]
    result = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode in (2, 3), result
    return result.stderr


def test_a_damaged_store_is_a_clear_error_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path).close()
    octets = path.read_bytes()[:-4096]
    path.write_bytes(octets)
    said = refused_start("--store", str(path), "--check-store")
    assert said == f"khatban: {path}: damaged: {len(octets)} octets of {len(octets) + 4096} are left\n"
    assert path.read_bytes() == octets


def test_a_second_operator_on_the_same_store_is_refused(tmp_path: Path) -> None:
    store = str(tmp_path / "store.db")
    with serving(tmp_path, "--store", store, "--durability", "power"):
        assert refused_start("--store", store) == f"khatban: {store}: another operator runs on it\n"


def test_settings_of_the_store_that_cannot_be_are_named_with_their_line(tmp_path: Path) -> None:
    config = tmp_path / "run.toml"
    config.write_text('extends = "demo"\n[server]\ndurability = "often"\n[retention]\nmessages = 0\nyears = 1\n')
    said = refused_start("--config", str(config))
    assert f"{config}:3: server.durability: " in said
    assert f"{config}:5: retention.messages: " in said
    assert f"{config}:6: retention.years: " in said
