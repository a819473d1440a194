"""docs/api.md: every example works, in the order of the page, and there is one for each resource."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus, urlsplit

from simulator.admin.app import OPENAPI_PATH
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, Api, running_api
from tests.admin.loopback import call
from tests.esme import connected

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^curl (?:[^'\n]|'[^']*')*$", re.MULTILINE)
_REFUSED = re.compile(r"# (4\d\d)$")


class Asked(NamedTuple):
    written: str
    method: str
    target: str
    headers: dict[str, str]
    body: str
    status: int | None
    """The status with which it is refused; None if it is not."""


def examples() -> Iterator[Asked]:
    for block in _BLOCK.findall(PAGE):
        for written in _COMMAND.findall(block):
            yield _read(written)


def _read(written: str) -> Asked:
    refused = _REFUSED.search(written)
    words = iter(shlex.split(written, comments=True)[1:])
    method, target, body, headers, query = "", "", "", {}, []
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name.lower()] = value
        elif word == "--json":
            body, headers["content-type"] = next(words), "application/json"
        elif word == "--data-binary":
            body = next(words)
        elif word == "--data-urlencode":
            name, _, value = next(words).partition("=")
            query.append(f"{name}={quote_plus(value)}")
        elif word != "-G":
            target = word.replace("$K", "/api/v1")
    if query:
        target += "?" + "&".join(query)
    status = int(refused[1]) if refused else None
    return Asked(written, method or ("POST" if body else "GET"), target, headers, body, status)


async def _fill(api: Api) -> None:
    """1: an accepted order; 2: a refused advertisement; 3: on its way."""
    await api.esme.submit(DEDICATED, FREE, ORDER)
    await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
    await api.esme.submit(PROMOTIONAL, FREE, ADVERT, registered_delivery=0)


async def test_every_example_works() -> None:
    asked = list(examples())
    assert len(asked) > 50
    async with running_api() as api, connected(api.operator) as second:
        await second.bind()
        await _fill(api)
        for one in asked:
            target = quote(one.target, safe="/?=&%:+")
            reply = await call(api.port, one.method, target, one.body.encode(), one.headers)
            if one.status is None:
                assert reply.status < 400, (one.written, reply.body.decode())
            else:
                assert reply.status == one.status, (one.written, reply.body.decode())


def test_the_curl_of_a_page_is_read_as_a_shell_reads_it() -> None:
    read = _read('curl -X PUT "$K/clock/speed" --json \'{"speed": 0}\'  # 409')
    assert read[1:] == (
        "PUT",
        "/api/v1/clock/speed",
        {"content-type": "application/json"},
        '{"speed": 0}',
        409,
    )
    assert _read("curl -G \"$K/messages\" --data-urlencode 'text=سلام و'").target.endswith(
        "?text=%D8%B3%D9%84%D8%A7%D9%85+%D9%88"
    )


async def test_there_is_an_example_for_each_resource() -> None:
    async with running_api() as api:
        paths = (await api.get(OPENAPI_PATH)).json()["paths"]
    shown = {urlsplit(one.target).path.split("/")[3] for one in examples()}
    resources = {path.split("/")[3] for path in paths if path.startswith("/api/v1/")}
    assert resources - shown == {"events"}, "shown in docs/events.md"
