"""The console as somebody sees it in a browser, and what the browser complains of meanwhile."""

from typing import Literal

import trio
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Request, expect

from harness.operator_process import OperatorProcess
from tests.web import lively

PATIENCE = 20_000
"""Milliseconds for what is to appear, on a machine that has much else to do."""

_WISHES = """({language, theme}) => {
  localStorage.setItem("khatban.language", language);
  localStorage.setItem("khatban.theme", theme);
}"""
_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  console.error(`CSP: ${violatedDirective} ${blockedURI}`);
});
"""

expect.set_options(timeout=PATIENCE)


class Console:
    """A page of the console, in a browser that knows nothing of any other."""

    def __init__(
        self,
        browser: Browser,
        operator: OperatorProcess,
        *,
        language: Literal["en", "fa"] = "en",
        theme: Literal["light", "dark"] = "light",
        size: tuple[int, int] = (1360, 850),
    ) -> None:
        self.operator = operator
        self._complaints: list[str] = []
        self._excused: list[str] = []
        self._root = operator.api.url.removesuffix("/api/v1")
        self._context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        self._context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE)
        wishes = f'{{"language": "{language}", "theme": "{theme}"}}'
        self.page.add_init_script(f"if (!localStorage['khatban.language']) ({_WISHES})({wishes}); {_VIOLATIONS}")
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._crash)
        self.page.on("request", self._look_outside)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(message.text)

    def _crash(self, error: Error) -> None:
        self._complaints.append(f"{error.message}\n{error.stack}")

    def _look_outside(self, request: Request) -> None:
        if not request.url.startswith(self._root):
            self._complaints.append(f"asked for {request.url}")

    def excuse(self, status: int) -> None:
        """The browser may complain of answers with this status: the test asks for them."""
        self._excused.append(f"the server responded with a status of {status}")

    def close(self) -> list[str]:
        """What the browser complained of, beyond what is excused."""
        self._context.close()
        return [each for each in self._complaints if not any(excuse in each for excuse in self._excused)]

    def go(self, place: str) -> None:
        """Opens a place of the console, such as `#/messages`, and waits until its view stands."""
        self.page.goto(f"{self._root}/console/{place}")
        expect(self.page.locator(".stage > *").first).to_be_attached()

    def __call__(self, selector: str, has_text: str | None = None) -> Locator:
        """What is there by a CSS selector, and has a text in it."""
        return self.page.locator(selector, has_text=has_text)

    @property
    def place(self) -> str:
        """The address behind the `#`."""
        return str(self.page.evaluate("location.hash"))

    def send(self, *messages: lively.Sent) -> None:
        """Sends messages by SMPP, and returns when all are answered."""
        trio.run(lively.send, self.operator.api.smpp, messages)

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the first such element, in pixels."""
        box = self(selector).first.bounding_box()
        assert box is not None, f"{selector} is not to be seen"
        return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]

    def style(self, selector: str, name: str) -> str:
        """A property as it was computed for the first such element."""
        return str(self(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name))
