"""Tokens in files, and the names of an operator."""

from pathlib import Path

import pytest

from simulator.admin.access import Access, Token, TokenError, is_called, is_loopback
from tests.admin.loopback import call, serving


def test_a_token_is_read_without_the_white_space_around_it(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("  0123456789abcdef\n")
    token = Token.read(file)
    assert token.fits("0123456789abcdef")
    assert not token.fits("0123456789abcde")
    assert not token.fits("")


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (None, "No such file"),
        (b"short", "at least 16 characters"),
        (b"\xff" * 20, "is text"),
        (b"two words and more of them", "without spaces"),
        ("رمزی که کسی حدس نمی‌زند".encode(), "Latin letters"),
    ],
)
def test_what_is_no_token_is_said(tmp_path: Path, octets: bytes | None, message: str) -> None:
    file = tmp_path / "token"
    if octets is not None:
        file.write_bytes(octets)
    with pytest.raises(TokenError, match=message):
        Token.read(file)


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("localhost", True),
        ("LocalHost:8775", True),
        ("localhost.", True),
        ("console.localhost:8775", True),
        ("127.0.0.1:8775", True),
        ("127.1.2.3", True),
        ("[::1]:8775", True),
        ("192.168.1.5:8775", True),
        ("khatban:8775", True),
        ("Khatban", True),
        ("evil.test", False),
        ("127.0.0.1.evil.test", False),
        ("localhost.evil.test", False),
        ("evillocalhost", False),
        ("[evil.test]", False),
        ("[", False),
        ("", False),
        (":8775", False),
        ("khatban.evil.test", False),
    ],
)
def test_which_names_are_ours(host: str, is_ours: bool) -> None:
    assert is_called(host, ("khatban",)) == is_ours


async def test_a_request_by_the_name_of_another_is_refused() -> None:
    async with serving(access=Access(names=("khatban",))) as port:
        for host, status in (("khatban:8775", 200), ("localhost", 200), ("evil.test", 421)):
            for method in ("GET", "POST"):
                reply = await call(port, method, "/", b"abc", {"host": host})
                assert reply.status == status
        assert "'evil.test'" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("address", "is_so"), [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("0.0.0.0", False), ("::", False)]
)
def test_what_only_this_machine_reaches(address: str, is_so: bool) -> None:
    assert is_loopback(address) == is_so
