"""`khatban blacklist` against a running operator."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import trio

import khatban
from tests.admin.api import FREE, LISTED, Api, running_api


class Said(NamedTuple):
    status: int
    out: str
    err: str


async def khatban_blacklist(api: Api | str, *arguments: str) -> Said:
    url = api if isinstance(api, str) else f"http://127.0.0.1:{api.port}"
    command = [sys.executable, khatban.__file__, "blacklist", *arguments, "--url", url]
    done = await trio.run_process(command, capture_stdout=True, capture_stderr=True, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


async def test_numbers_are_put_on_the_list_and_taken_off() -> None:
    async with running_api() as api:
        said = await khatban_blacklist(api, "add", "09129990001", "09129990010 - 09129990019", "--operator", "mci")
        assert said == (0, "listed, by change 1\n", "")
        assert (await khatban_blacklist(api, "count")).out == "31\n  mci 21\n  irancell 10\n"
        assert (await khatban_blacklist(api, "remove", f"+{FREE}")).out == "taken off, by change 2\n"
        assert json.loads((await khatban_blacklist(api, "count", "--json")).out)["count"] == 30


async def test_a_number_is_checked() -> None:
    async with running_api() as api:
        for change in (
            {"kind": "port-number", "number": LISTED, "operator": "irancell"},
            {"kind": "opt-out", "number": LISTED},
            {"kind": "stop-header", "number": LISTED, "line": "3000200020"},
        ):
            await api.post("/api/v1/changes", change)
        said = await khatban_blacklist(api, "check", "0912 111 0001")
        number, listed, header = said.out.splitlines()
        assert number == f"{LISTED}  served by irancell, rules of irancell"
        assert listed.startswith("  on the blacklist since 2026-11-22T12:00:0")
        assert header.startswith("  header 3000200020: stopped since 2026-11-22T12:00:0")
        assert json.loads((await khatban_blacklist(api, "check", FREE, "--json")).out)["listed"] is False
        said = await khatban_blacklist(api, "check", "021-8877?")
        assert (said.status, said.out) == (2, "")
        assert "path.number: '021-8877?' is not an Iranian mobile number" in said.err


async def test_a_list_goes_in_and_comes_out(tmp_path: Path) -> None:
    numbers = [str(number) for number in range(989_190_000_000, 989_190_300_000, 3)]
    file = tmp_path / "list.csv.gz"
    file.write_bytes(gzip.compress("\n".join(["number,name", *(f"{number},x" for number in numbers)]).encode()))
    out = tmp_path / "out.txt"
    async with running_api() as api:
        assert (await khatban_blacklist(api, "import", str(file))).out == "100000 numbers listed, by change 1\n"
        assert (await khatban_blacklist(api, "export", "--out", str(out))).status == 0
        assert set(numbers) < set(out.read_text().split())
        said = await khatban_blacklist(api, "import", str(out), "--remove")
        assert said.out == "100020 numbers taken off, by change 2\n"
        assert (await khatban_blacklist(api, "export")).out == ""


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"09121119999\n0912\n" + b"09121119999\n" * 300_000, "{file}:2: '0912' is not an Iranian mobile number"),
        (gzip.compress(b"09121119999\n" * 100_000)[:-9], "{file}: this is no whole gzip file"),
    ],
)
async def test_a_list_that_cannot_be_taken_changes_nothing(tmp_path: Path, octets: bytes, message: str) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(octets)
    async with running_api() as api:
        said = await khatban_blacklist(api, "import", str(file))
        assert (said.status, said.out) == (2, "")
        assert message.format(file=file) in said.err
        assert (await api.get("/api/v1/changes")).json()["total"] == 0


async def test_without_an_operator() -> None:
    said = await khatban_blacklist("http://127.0.0.1:1", "count")
    assert said.status == 3
    assert said.err.startswith("khatban: no operator answers at http://127.0.0.1:1: ")


def test_help_imports_no_client() -> None:
    script = "import sys, khatban\ntry: khatban.main(['--help'])\nexcept SystemExit: print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
    assert "blacklist" in done.stdout
