"""Those who come by HTTP while a soak goes on: subscribers who write, readers of events and lists, and the faults."""

from random import Random
from typing import Any

import httpx
import trio

from tests.admin.loopback import request
from tests.soak.books import Books
from tests.soak.traffic import DEDICATED, PROMOTIONAL

API = "/api/v1"
FAULTS: tuple[dict[str, Any], ...] = (
    {"name": "throttled", "share": 0.5},
    {"name": "queue-full", "share": 0.5},
    {"name": "late-response", "after": 1.0},
    {"name": "responses-out-of-order"},
    {"name": "no-response", "share": 0.02},
    {"name": "unknown-tlv"},
    {"name": "split-writes", "pause": 0.001},
    {"name": "merged-writes"},
    {"name": "stalled-reads", "seconds": 1.0, "share": 0.01},
    {"name": "slow-reads", "seconds": 1.0, "share": 0.01},
    {"name": "closed-without-unbind", "share": 0.01},
    {"name": "unbind-and-close", "share": 0.01},
    {"name": "reset", "share": 0.01},
    {"name": "cut-in-pdu", "share": 0.01},
    {"name": "bind-refused"},
    {"name": "still-bound", "seconds": 2.0},
)
"""Those after which the books can still be balanced: none makes up a deliver_sm, or takes one for answered."""
FAULT_SECONDS = 4.0
QUIET_SECONDS = 3.0
LISTS = ("messages?limit=100", "messages?verdict=refused&limit=50", "sessions", "accounts", "blacklist", "violations")


class Bystanders:
    """All of them, over one HTTP client."""

    def __init__(self, http: httpx.AsyncClient, books: Books, chance: Random) -> None:
        self._http = http
        self._books = books
        self._chance = chance
        self.bitten = 0
        """How often faults have bitten."""

    async def write(self) -> None:
        """Subscribers write to lines, twice a second; one in ten opts out or in."""
        number = 0
        while True:
            number += 1
            subscriber = f"98912998{number % 10_000:04}"
            if self._chance.random() < 0.1:
                await self._post("mo", {"from": subscriber, "to": "8999", "text": self._chance.choice("12")})
            else:
                name = f"subscriber writes {number}"
                line = self._chance.choice([PROMOTIONAL, DEDICATED])
                with trio.CancelScope(shield=True):  # or nobody would know whether he has written
                    self._books.expect(name)
                    await self._post("mo", {"from": subscriber, "to": line, "text": name})
            await trio.sleep(0.5)

    async def trouble(self) -> None:
        """Faults come and go, one after another in an order that is drawn."""
        while True:
            for fault in self._chance.sample(FAULTS, len(FAULTS)):
                await self._post("faults", {**fault, "span": 60.0})
                await trio.sleep(FAULT_SECONDS)
                await self.calm()
                await trio.sleep(QUIET_SECONDS)

    async def calm(self) -> None:
        """Nothing goes wrong on purpose any more."""
        on = (await self._http.get(f"{API}/faults")).raise_for_status().json()["on"]
        self.bitten += sum(fault["bites"] for fault in on)
        (await self._http.delete(f"{API}/faults")).raise_for_status()

    async def listen(self, pause: float) -> None:
        """Reads events, `pause` seconds after each piece, for some seconds; then leaves, and comes again."""
        url = self._http.base_url
        while True:
            with trio.move_on_after(self._chance.uniform(2, 20)):
                async with await trio.open_tcp_stream(url.host, url.port or 80) as stream:
                    await stream.send_all(request("GET", f"{API}/events"))
                    async for _ in stream:
                        await trio.sleep(pause)

    async def look(self) -> None:
        """Asks for lists, as somebody does before whom the page is open."""
        while True:
            for path in LISTS:
                (await self._http.get(f"{API}/{path}")).raise_for_status()
                await trio.sleep(0.5)

    async def _post(self, path: str, body: dict[str, Any]) -> None:
        (await self._http.post(f"{API}/{path}", json=body)).raise_for_status()
