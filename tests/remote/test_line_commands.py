"""`khatban line` and `khatban violations` against a running operator."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import trio

import khatban
from tests.admin.api import ADVERT, DEDICATED, FREE, PROMOTIONAL, Api, running_api
from tests.registry.provisioning.papers import COMPANY_PAPERS, MAGFA_PAPERS

PAPERS = """
[[documents]]
kind = "business-licence"
number = "0453"
expires = 2028-01-01
"""


class Said(NamedTuple):
    status: int
    out: str
    err: str


async def run(api: Api | str, *arguments: str) -> Said:
    url = api if isinstance(api, str) else f"http://127.0.0.1:{api.port}"
    command = [sys.executable, khatban.__file__, *arguments, "--url", url]
    done = await trio.run_process(command, capture_stdout=True, capture_stderr=True, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


async def line(api: Api | str, *arguments: str) -> Said:
    return await run(api, "line", *arguments)


async def test_lines_are_listed_registered_amended_and_shown(tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("phone,name\n09121110000,Sara\n09121110001-09121110009,others\n", "utf-8")
    async with running_api() as api:
        said = await line(
            api, "register", "1000123456", "--account", "panel", "--owner", "شرکت", "--expires", "2027-01-01"
        )
        assert said == (0, "registered, by change 1\n", "")
        said = await line(api, "list", "--kind", "1000")
        assert said.out == "1000123456  promotional  active  account panel  شرکت (legal)  expires 2027-01-01\n"
        assert json.loads((await line(api, "list", "--type", "samantel", "--json")).out)["total"] == 1
        said = await line(
            api, "amend", "1000123456", "--purpose", "otp", "--recipients", str(customers), "--no-receives"
        )
        assert said.out == "amended, by change 3\n"
        said = await line(api, "show", "۱۰۰۰۱۲۳۴۵۶")
        assert "recipients 10 declared, purpose otp" in said.out
        assert "amend-line (http)" in said.out
        assert (await line(api, "kinds")).out.startswith("1000  Rahyab Rayaneh Gostar  lengths 6, 7")


async def test_the_states_of_a_line() -> None:
    async with running_api() as api:
        for arguments, told in (
            (("suspend", DEDICATED, "--reason", "x", "--until", "2026-12-01"), "suspended"),
            (("reinstate", DEDICATED, "--reason", "x"), "reinstated"),
            (("close", DEDICATED, "--reason", "x"), "closed"),
        ):
            assert (await line(api, *arguments)).out.startswith(told)
        said = await line(api, "close", DEDICATED, "--reason", "x")
        assert (said.status, said.out) == (2, "")
        assert f"{DEDICATED} is closed already" in said.err
        assert "has no term" in (await line(api, "renew", PROMOTIONAL)).err
        assert "there is no account 'x'" in (await line(api, "transfer", PROMOTIONAL, "x")).err


async def test_a_samantel_line_is_asked_for_and_granted(tmp_path: Path) -> None:
    papers = tmp_path / "papers.toml"
    papers.write_text(PAPERS, "utf-8")
    asked = ("ask", "samantel", "--account", "panel", "--owner", "کارگاه", "--identity", "0012345679")
    async with running_api() as api:
        said = await line(api, *asked)
        assert said.status == 1
        why = "  the document business-licence or e-namad or guild-permit is missing (clause samantel.natural-owner)"
        assert said.out.splitlines() == ["request 1: a new line, samantel, refused", why]
        said = await line(api, *asked, "--papers", str(papers))
        assert said.status == 0
        assert said.out.startswith("request 2: a new line, samantel, in-review, next step 2026-11-29T16:00")
        granted = await line(api, "grant", "2")
        number = granted.out.split()[2].removesuffix(",")
        assert number.startswith("9999")
        assert (await line(api, "requests", "--state", "granted")).out.startswith(f"request 2: {number}")
        assert "request 2: samantel, granted" in (await line(api, "show", number)).out


async def test_a_draft_is_completed_and_handed_in(tmp_path: Path) -> None:
    papers, customers = tmp_path / "papers.json", tmp_path / "customers.txt"
    papers.write_text(json.dumps([paper for paper in MAGFA_PAPERS if paper["kind"] != "customer-list"]), "utf-8")
    customers.write_text("\n".join(f"0912{number:07d}" for number in range(0, 600, 2)), "utf-8")
    async with running_api() as api:
        said = await line(api, "ask", "dedicated", PROMOTIONAL, "--draft")
        assert said.out.startswith(f"request 1: {PROMOTIONAL}, dedicated, draft")
        assert "the document pledge is missing (clause dedicated.pledge)" in said.out
        assert (await line(api, "supply", "1")).err == "khatban: nothing to supply: give --papers or --customers\n"
        said = await line(api, "supply", "1", "--papers", str(papers), "--customers", str(customers))
        assert said.out.count("\n") == 1, "nothing stands against it any more"
        assert "in-review" in (await line(api, "hand-in", "1")).out
        shown = await line(api, "request", "1")
        assert "paper customer-list" in shown.out
        assert "handed-in" in shown.out
        assert json.loads((await line(api, "request", "1", "--json")).out)["state"] == "in-review"
        assert (await line(api, "refuse", "1", "--reason", "no")).status == 0
        assert "it cannot be withdrawn" in (await line(api, "withdraw", "1")).err


async def test_customers_in_a_file_are_handed_in_with_the_request(tmp_path: Path) -> None:
    papers, customers = tmp_path / "papers.json", tmp_path / "customers.txt"
    papers.write_text(json.dumps([paper for paper in COMPANY_PAPERS if paper["kind"] != "customer-list"]), "utf-8")
    customers.write_text("09120000000-09129999999\n", "utf-8")
    async with running_api() as api:
        await line(api, "register", "1000123456", "--account", "panel")
        said = await line(api, "ask", "dedicated", "1000123456", "--papers", str(papers), "--customers", str(customers))
        assert said.status == 0, said
        assert "in-review" in said.out
        found = json.loads((await line(api, "request", "1", "--json")).out)
        assert {"kind": "customer-list", "recipients": 10_000_000} in found["documents"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[documents]]\nkind = ", "papers.toml: Invalid value"),
        ("documents = 1", "expected a list of papers"),
        ('[[documents]]\nkind = "pledg"', "body.documents[0]"),
    ],
)
async def test_papers_that_cannot_be(tmp_path: Path, content: str, says: str) -> None:
    papers = tmp_path / "papers.toml"
    papers.write_text(content, "utf-8")
    async with running_api() as api:
        said = await line(api, "ask", "dedicated", PROMOTIONAL, "--papers", str(papers))
        assert said.status == 2
        assert says in said.err


async def test_violations_are_listed_and_exported(tmp_path: Path) -> None:
    out = tmp_path / "violations.csv"
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ADVERT)
        said = await run(api, "violations", "list", "--line", f"98{DEDICATED}")
        assert f"{DEDICATED} to {FREE}  refused: service.no-discount\n1 in all\n" in said.out
        assert json.loads((await run(api, "violations", "list", "--json")).out)["total"] == 1
        assert (await run(api, "violations", "export", "--out", str(out))).status == 0
        assert ADVERT in out.read_text("utf-8")
        assert ADVERT in (await run(api, "violations", "export", "--rule", "service-advertising")).out
        assert "is no ISO 8601 time" in (await run(api, "violations", "list", "--since", "soon")).err


async def test_no_operator() -> None:
    said = await line("http://127.0.0.1:1", "list")
    assert said.status == 3
    assert said.err.startswith("khatban: no operator answers at http://127.0.0.1:1")


def test_help_needs_no_operator() -> None:
    for group, command in (("line", "ask"), ("violations", "export")):
        done = subprocess.run([sys.executable, khatban.__file__, group, "--help"], capture_output=True, check=True)
        assert command in done.stdout.decode()
