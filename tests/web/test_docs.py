"""The page of the API, and signing in, in a browser."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from harness.operator_process import OperatorProcess


def url_of(process: OperatorProcess) -> str:
    host, port = json.loads(process._ready_file.read_text("utf-8"))["http"]
    return f"http://{host}:{port}"


@contextmanager
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what the browser complains of."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    context.close()


def test_every_operation_is_told_with_what_it_takes_and_answers(browser: Browser, running: OperatorProcess) -> None:
    with watched(browser) as (page, complaints):
        page.goto(f"{url_of(running)}/api/v1/docs")
        operations = page.locator(".operation")
        expect(page.get_by_role("heading", name="messages", exact=True)).to_be_visible()
        document = page.request.get(f"{url_of(running)}/api/v1/openapi.json").json()
        assert operations.count() == sum(len(methods) for methods in document["paths"].values())
        for place in range(operations.count()):
            operations.nth(place).locator("summary").first.click()
        for place in range(operations.count()):
            expect(operations.nth(place).locator(".inside > div").last).to_contain_text("curl")
        page.get_by_placeholder("Find an operation").fill("clock/jump")
        expect(page.locator(".operation:visible summary code")).to_have_text(["/api/v1/clock/jump"])
        expect(page.locator(".operation:visible .inside")).to_contain_text("Tehran's time without an offset")
    assert complaints == []


def test_a_browser_signs_in_and_finds_the_console(browser: Browser, tmp_path: Path) -> None:
    secret = secrets.token_hex(16)
    token = tmp_path / "token"
    token.write_text(secret)
    token_option = ["--http-token-file", str(token)]
    with OperatorProcess(tmp_path, seed=1, options=token_option) as process, watched(browser) as (page, complaints):
        page.goto(f"{url_of(process)}/console/")
        page.get_by_label("The operator’s token").fill("what nobody knows")
        page.get_by_role("button").click()
        expect(page.get_by_text("That is not the token.")).to_be_visible()
        complaints.clear()  # of the 401 that this was
        page.get_by_label("The operator’s token").fill(secret)
        page.get_by_role("button").click()
        page.wait_for_url("**/console/**")
        page.get_by_role("link", name="Sessions").or_(page.get_by_role("link", name="نشست‌ها")).first.click()
        [cookie] = page.context.cookies()
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Strict"
        assert secret not in cookie["value"]
        assert page.evaluate("document.cookie") == ""
    assert complaints == []
