"""The programs under examples/ do what their pages say."""

import os
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.kannel import TEMPLATE
from tests.e2e.operator import BLACKLISTED, SUBSCRIBER, Operator
from tests.e2e.test_client_programs import COMMANDS
from tests.e2e.texts import ADVERTISEMENT, LONG, SHORT

EXAMPLES = Path(__file__).parents[2] / "examples"
NODE_MODULES = Path(__file__).parent / "clients" / "node" / "node_modules"
PROGRAMS = {
    "smpplib": [sys.executable, str(EXAMPLES / "python-smpplib" / "send.py")],
    "node": [shutil.which("node") or "node", str(EXAMPLES / "node-smpp" / "send.js")],
    "net_smpp": [shutil.which("perl") or "perl", str(EXAMPLES / "perl-net-smpp" / "send.pl")],
}


@pytest.fixture(params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> list[str]:
    COMMANDS[request.param]()  # fails or skips where the client is not installed
    return PROGRAMS[request.param]


def run(program: list[str], operator: Operator, *arguments: str) -> tuple[int, str]:
    host, port = operator.smpp
    where = {"SMSC_HOST": host, "SMSC_PORT": str(port), "NODE_PATH": str(NODE_MODULES)}
    done = subprocess.run(
        [*program, *arguments], env=os.environ | where, capture_output=True, timeout=30, check=False, text=True
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_text_is_accepted_and_delivered(program: list[str], operator: Operator) -> None:
    status, said = run(program, operator, SUBSCRIBER, SHORT)
    [message] = operator.messages(1, state="DELIVERED")
    assert (status, said) == (0, f"accepted {message['id']}\nreceipt {message['id']} DELIVERED\n")
    assert message["text"] == SHORT


def test_a_long_text_arrives_whole(program: list[str], operator: Operator) -> None:
    status, said = run(program, operator, SUBSCRIBER, LONG)
    parts = operator.messages(said.count("accepted"), state="DELIVERED")
    assert status == 0
    assert "".join(message["text"] for message in parts) == LONG


def test_a_refusal_is_told_by_its_status(program: list[str], operator: Operator) -> None:
    assert run(program, operator, BLACKLISTED, ADVERTISEMENT) == (1, "refused 0x00000404\n")


def test_kannels_configuration_is_the_one_that_is_tested() -> None:
    """It has values in the places of what the tests fill in."""
    values = {"host": "127.0.0.1", "port": "2775", "password": "panel", "panel_password": "kannel"}
    ports = {"admin_port": "13000", "smsbox_port": "13001", "sendsms_port": "13013"}
    tested = string.Template(TEMPLATE.read_text("utf-8")).substitute(values, **ports)
    shown = (EXAMPLES / "kannel" / "kannel.conf").read_text("utf-8")
    assert shown.splitlines()[1:] == tested.splitlines()[1:]
    page = (EXAMPLES / "kannel" / "README.md").read_text("utf-8")
    assert re.search(rf":{ports['sendsms_port']}/cgi-bin/sendsms .*username=panel -d password=kannel", page)


def test_every_example_has_a_page_and_is_listed() -> None:
    folders = {path.parent.name for path in EXAMPLES.glob("*/README.md")}
    assert folders == {path.name for path in EXAMPLES.iterdir() if path.is_dir()}
    listed = re.findall(r"^\| \[([\w-]+)\]\((?:\1)/\)", (EXAMPLES / "README.md").read_text("utf-8"), re.MULTILINE)
    assert set(listed) == folders
