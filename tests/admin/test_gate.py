"""Who is let through where the operator asks for a token."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
import trio

from simulator.admin.access import Access, Token
from simulator.admin.login import MAX_SESSIONS, SESSION_SECONDS, Sessions
from tests.admin.loopback import Reply, call, serving

SECRET = "a-token-that-nobody-guesses"
SHOWN = {"authorization": f"Bearer {SECRET}"}
PAGE = {"accept": "text/html,*/*"}


@asynccontextmanager
async def guarded() -> AsyncIterator[int]:
    async with serving(access=Access(Token(SECRET))) as port:
        yield port


async def sign_in(port: int, token: str, target: str = "/login", headers: Mapping[str, str] | None = None) -> Reply:
    form = {"content-type": "application/x-www-form-urlencoded", **(headers or {})}
    return await call(port, "POST", target, f"token={token}".encode(), form)


def cookie_of(reply: Reply) -> str:
    return reply.headers["set-cookie"].partition(";")[0]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SHOWN, 200),
        ({"authorization": f"bearer   {SECRET} "}, 200),
        ({}, 401),
        ({"authorization": "Bearer"}, 401),
        ({"authorization": "Bearer another-token-of-somebody"}, 401),
        ({"authorization": f"Basic {SECRET}"}, 401),
        ({"authorization": SECRET}, 401),
        ({"authorization": "Bearer \xff"}, 401),
        ({"cookie": f"khatban={SECRET}"}, 401),
        ({"cookie": "khatban="}, 401),
    ],
)
async def test_who_does_not_show_the_token_is_turned_away(headers: dict[str, str], status: int) -> None:
    async with guarded() as port:
        reply = await call(port, "POST", "/anything", b"abc", headers)
        assert reply.status == status
        if status == 401:
            assert reply.json()["status"] == 401
            assert reply.headers["www-authenticate"].startswith("Bearer")
            assert reply.headers["x-content-type-options"] == "nosniff"


async def test_probes_need_no_token() -> None:
    async with guarded() as port:
        for target in ("/livez", "/readyz"):
            assert (await call(port, "GET", target)).status == 200


async def test_a_browser_signs_in_and_out() -> None:
    async with guarded() as port:
        reply = await call(port, "GET", "/console/", headers=PAGE)
        assert (reply.status, reply.headers["location"]) == (303, "/login?next=/console/")
        form = await call(port, "GET", "/login?next=/console/", headers=PAGE)
        assert (form.status, form.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b'method="post"' in form.body
        assert (await call(port, "GET", "/login/page.css")).status == 200
        reply = await sign_in(port, SECRET, "/login?next=/console/")
        assert (reply.status, reply.headers["location"]) == (303, "/console/")
        for attribute in ("HttpOnly", "SameSite=strict", "Path=/", f"Max-Age={SESSION_SECONDS}"):
            assert attribute in reply.headers["set-cookie"]
        signed_in = {"cookie": cookie_of(reply)}
        assert SECRET not in signed_in["cookie"]
        assert (await call(port, "GET", "/console/", headers=signed_in)).status == 200
        reply = await call(port, "POST", "/logout", headers=signed_in)
        assert (reply.status, reply.headers["location"]) == (303, "/login")
        assert (await call(port, "GET", "/console/", headers=signed_in)).status == 401


async def test_a_wrong_token_shows_the_form_again() -> None:
    async with guarded() as port:
        reply = await sign_in(port, "another-token-of-somebody")
        assert reply.status == 401
        assert b"That is not the token" in reply.body
        assert "set-cookie" not in reply.headers


@pytest.mark.parametrize(
    "target", ["//evil.test/", "/\\evil.test", "https://evil.test/", "evil.test", "/%0d%0aset-cookie:a=b"]
)
async def test_signing_in_leads_to_a_page_of_ours_only(target: str) -> None:
    async with guarded() as port:
        reply = await sign_in(port, SECRET, f"/login?next={target}")
        assert reply.headers["location"] == "/"


async def test_a_page_of_another_site_cannot_sign_a_browser_in_or_out() -> None:
    async with guarded() as port:
        evil = {"origin": "http://evil.test"}
        assert (await sign_in(port, SECRET, headers=evil)).status == 403
        assert (await call(port, "POST", "/logout", headers=evil)).status == 403


@pytest.mark.parametrize(("method", "target"), [("PUT", "/login"), ("GET", "/logout")])
async def test_signing_in_and_out_are_posts(method: str, target: str) -> None:
    async with guarded() as port:
        assert (await call(port, method, target)).status == 405


async def test_a_sign_in_form_is_short() -> None:
    async with guarded() as port:
        assert (await sign_in(port, "x" * 5_000)).status == 413


async def test_neighbours_of_one_host_do_not_share_a_cookie() -> None:
    async with guarded() as port:
        one, other = [
            cookie_of(await sign_in(port, SECRET, headers={"host": f"localhost:{number}"})) for number in (8775, 8776)
        ]
        assert one.partition("=")[0] != other.partition("=")[0]


@pytest.mark.virtual_time
async def test_guessing_gets_slow_and_the_token_does_not() -> None:
    async with guarded() as port:
        began = trio.current_time()
        for _ in range(5):
            await call(port, "GET", "/", headers={"authorization": "Bearer no"})
        assert trio.current_time() - began == pytest.approx(0.5 + 1.0)
        began = trio.current_time()
        await call(port, "GET", "/", headers=SHOWN)
        assert trio.current_time() == began


def test_sign_ins_end_and_are_not_kept_without_number() -> None:
    sessions = Sessions()
    number = sessions.begin(0)
    assert sessions.has(number, SESSION_SECONDS - 1)
    assert not sessions.has(number, SESSION_SECONDS)
    for _ in range(MAX_SESSIONS):
        sessions.begin(0)
    assert not sessions.has(number, 0)


async def test_nothing_of_the_token_is_logged_or_printed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    async with guarded() as port:
        for target in ("/", "/crash"):
            reply = await call(port, "GET", target, headers=SHOWN)
            assert SECRET not in str(reply)
        await sign_in(port, SECRET)
    assert SECRET not in caplog.text
    assert SECRET not in repr(Access(Token(SECRET)))
