"""Commands against an operator that asks for its token."""

import sys
from pathlib import Path

import trio

import khatban
from simulator.admin.access import Access, Token
from tests.admin.api import running_api

SECRET = "a-token-that-nobody-guesses"


async def shown_clock(port: int, *options: str, **environment: str) -> tuple[int, str]:
    command = [sys.executable, khatban.__file__, "clock", "show", "--url", f"http://127.0.0.1:{port}", *options]
    done = await trio.run_process(
        command, capture_stdout=True, capture_stderr=True, check=False, env={"PATH": "", **environment}
    )
    return done.returncode, (done.stdout + done.stderr).decode()


async def test_a_token_comes_from_a_file_or_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{SECRET}\n")
    async with running_api(access=Access(Token(SECRET))) as api:
        status, said = await shown_clock(api.port)
        assert (status, said) == (2, "khatban: this operator asks for its token: Authorization: Bearer TOKEN\n")
        assert (await shown_clock(api.port, "--token-file", str(file)))[0] == 0
        assert (await shown_clock(api.port, KHATBAN_HTTP_TOKEN=SECRET))[0] == 0
        status, said = await shown_clock(api.port, KHATBAN_HTTP_TOKEN="رمز" + SECRET)
        assert status == 2
        assert said.startswith("khatban: the token cannot be shown")
        assert SECRET not in said
