"""Nothing that an operator writes or answers tells a password or the token, whoever used them, rightly or wrongly."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import trio

from simulator.smpp.pdus import BindTransceiver
from tests.center.test_operator import DEDICATED, FREE, ORDER
from tests.esme import Esme
from tests.test_cli import serving

PASSWORD, WRONG_PASSWORD, OUTBIND_PASSWORD, NEW_PASSWORD = "s3cr3tpw", "wr0ngpw!", "c4llback", "n3wpassw"
TOKEN, WRONG_TOKEN = "a-token-that-nobody-guesses", "a-token-that-is-a-wrong-one"
SECRETS = (PASSWORD, WRONG_PASSWORD, OUTBIND_PASSWORD, NEW_PASSWORD, TOKEN, WRONG_TOKEN)
WORLD = f"""
extends = "demo"
[[accounts]]
system_id = "panel"
password = "{PASSWORD}"
"""


async def use(host: str, port: int) -> None:
    """Binds in every way that there is."""
    for kind, password in ((BindTransceiver, WRONG_PASSWORD), (BindTransceiver, PASSWORD)):
        async with await trio.open_tcp_stream(host, port) as stream:
            esme = Esme(stream)
            if not (await esme.bind(password=password, kind=kind)).command_status:
                await esme.submit(DEDICATED, FREE, ORDER)
                await esme.unbind()
    async with await trio.open_tcp_stream(host, port) as stream:  # a bind that cannot be read
        await stream.send_all(b"\0\0\0\x1e\0\0\0\x09\0\0\0\0\0\0\0\1panel\0" + PASSWORD.encode())


def ask(url: str) -> list[str]:
    """All that HTTP answers to one who shows the token, one who shows another, and one who fills in the form."""
    with httpx.Client(base_url=url, headers={"authorization": f"Bearer {TOKEN}"}) as http:
        answers = [
            http.get("/api/v1/clock", headers={"authorization": f"Bearer {WRONG_TOKEN}"}),
            http.post("/login", data={"token": WRONG_TOKEN}, headers={"origin": url}),
            http.post("/login", data={"token": TOKEN}, headers={"origin": url}),
            http.post("/api/v1/outbinds", json={"host": "127.0.0.1", "port": 1, "password": OUTBIND_PASSWORD}),
            http.post("/api/v1/outbinds", json={"host": "", "port": -1, "password": OUTBIND_PASSWORD * 9}),
            http.post(
                "/api/v1/reset", json={"world": {"accounts": [{"system_id": "x", "password": NEW_PASSWORD * 9}]}}
            ),
            http.post(
                "/api/v1/reset",
                json={"world": {"extends": "demo", "accounts": [{"system_id": "panel", "password": NEW_PASSWORD}]}},
            ),
            *(http.get(path) for path in ("/api/v1/snapshot", "/api/v1/mutations", "/api/v1/accounts", "/metrics")),
        ]
        assert {answer.status_code for answer in answers} >= {200, 303, 401, 422}
        assert NEW_PASSWORD[:3] not in http.get("/api/v1/sessions").text
        return [f"{answer.headers}{answer.text}" for answer in answers]


def test_an_operator_that_says_all_it_can_tells_no_secret(tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_text(WORLD, "utf-8")
    (tmp_path / "token").write_text(TOKEN, "utf-8")
    lines, capture = tmp_path / "wire.jsonl", tmp_path / "wire.pcapng"
    options = ("--verbose", "--wire-log", str(lines), "--pcap", str(capture))
    files = ("--config", str(tmp_path / "world.toml"), "--http-token-file", str(tmp_path / "token"))
    with serving(tmp_path, *options, *files) as (process, addresses):
        told = [(tmp_path / "ready.json").read_text("utf-8")]
        trio.run(use, *addresses["smpp"])
        told += ask("http://{}:{}".format(*addresses["http"]))
        process.terminate()
        told += process.communicate(timeout=20)
    told += [file.read_bytes().decode("latin-1") for file in (lines, capture)]
    assert "bind_transceiver" in told[-2]
    assert [secret for secret in SECRETS if any(secret in each for each in told)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        'extends = "demo"\n[[accounts]]\nsystem_id = "panel"\npassword = "far-too-long-a-secret"\n',
        'extends = "demo"\n[[accounts]]\nsystem_id = "panel"\npasword = "far-too-long-a-secret"\n',
        'extends = "demo"\n[[accounts]]\nsystem_id = "panel"\npassword = ["far-too-long-a-secret"]\n',
    ],
)
def test_a_configuration_that_is_wrong_is_told_without_its_passwords(tmp_path: Path, wrong: str) -> None:
    config = tmp_path / "world.toml"
    config.write_text(wrong, "utf-8")
    command = [
        sys.executable,
        "-m",
        "khatban",
        "explain",
        "--config",
        str(config),
        "--from",
        "1",
        "--to",
        "2",
        "--text",
        "3",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert f"{config}:" in done.stderr
    assert "far-too-long" not in done.stdout + done.stderr


def test_a_token_that_cannot_be_used_is_not_told(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("short secret", "utf-8")
    command = [
        sys.executable,
        "-m",
        "khatban",
        "serve",
        "--http-port",
        "0",
        "--port",
        "0",
        "--http-token-file",
        str(token),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "at least 16 characters" in done.stderr
    assert "short secret" not in done.stderr
