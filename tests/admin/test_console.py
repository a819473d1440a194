"""The console's files over HTTP: what is served, as what, and what is not."""

import re
from pathlib import Path, PurePosixPath

import pytest

from simulator.admin.console import CONSOLE_PATH, MEDIA_TYPES, WEB
from tests.admin.api import running_api
from tests.admin.loopback import call

FILES = sorted(file.relative_to(WEB).as_posix() for file in WEB.rglob("*") if file.is_file())
REFERENCES = {
    ".html": re.compile(r"""(?:href|src)="([^"]+)\""""),
    ".js": re.compile(r"""^(?:import|export|\}) ?[^;]*?from "([^"]+)";$""", re.MULTILINE),
    ".css": re.compile(r"""url\("([^"]+)"\)"""),
}
"""How a file of the console asks for another."""
ASKING = [name for name in FILES if PurePosixPath(name).suffix in REFERENCES]


def asked_by(name: str) -> set[Path]:
    text = (WEB / name).read_text("utf-8")
    return {((WEB / name).parent / found).resolve() for found in REFERENCES[PurePosixPath(name).suffix].findall(text)}


async def test_the_root_leads_to_the_console() -> None:
    async with running_api() as api:
        for target in ("/", "/console"):
            reply = await api.get(target)
            assert (reply.status, reply.headers["location"]) == (307, CONSOLE_PATH)


async def test_every_file_is_served_as_what_it_is() -> None:
    async with running_api() as api:
        for name in FILES:
            reply = await api.get(CONSOLE_PATH + name)
            assert reply.status == 200, name
            assert reply.headers["content-type"] == MEDIA_TYPES[PurePosixPath(name).suffix], name
            assert reply.body == (WEB / name).read_bytes(), name
        assert (await api.get(CONSOLE_PATH)).body == (WEB / "index.html").read_bytes()


async def test_the_policy_of_the_page_lets_nothing_in_from_elsewhere() -> None:
    async with running_api() as api:
        policy = (await api.get(CONSOLE_PATH)).headers["content-security-policy"]
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives.pop("require-trusted-types-for") == "'script'"
    assert set(directives.values()) == {"'none'", "'self'"}
    assert directives["default-src"] == "'none'"


async def test_a_file_that_has_not_changed_is_not_sent_again() -> None:
    async with running_api() as api:
        first = await api.get(CONSOLE_PATH + "main.js")
        again = await call(api.port, "GET", CONSOLE_PATH + "main.js", b"", {"if-none-match": first.headers["etag"]})
        other = await call(api.port, "GET", CONSOLE_PATH + "main.js", b"", {"if-none-match": '"another"'})
    assert (first.headers["cache-control"], again.status, again.body) == ("no-cache", 304, b"")
    assert (other.status, other.body) == (200, first.body)


@pytest.mark.parametrize(
    "target", ["../console.py", "%2e%2e/console.py", "views", "views/", "fonts/../main.js", "/etc/passwd", "main.js/"]
)
async def test_nothing_else_is_served(target: str) -> None:
    async with running_api() as api:
        reply = await api.get(CONSOLE_PATH + target)
        assert (reply.status, reply.headers["content-type"]) == (404, "application/problem+json")


def test_every_file_that_is_asked_for_is_there_and_every_file_is_asked_for() -> None:
    asked = {file.relative_to(WEB).as_posix() for name in ASKING for file in asked_by(name)}
    drawn = {"icons.svg", "index.html", "fonts/OFL.txt"}
    assert asked | drawn == set(FILES)
