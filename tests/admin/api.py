"""A real operator with its HTTP API on a loopback port, and an ESME bound to it."""

import datetime
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import trio
import trio.testing

from simulator.admin.access import OPEN, Access
from simulator.admin.app import create_app
from simulator.admin.meters import Meters
from simulator.admin.server import Limits
from simulator.center.operator import Operator
from simulator.numbers.numbering import TEHRAN
from simulator.registry.world import build_world
from simulator.store import Store
from tests.admin.loopback import Reply, call, serving
from tests.esme import Esme, connected

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=TEHRAN)
PROMOTIONAL, DEDICATED = "3000100010", "3000200020"
LISTED, FREE = "989121110001", "989129990001"
ADVERT = "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه. خرید: kafshestan.ir"
ORDER = "سفارش شما با شماره ۴۵۸۲۱ ثبت شد و تا ساعت ۱۸ امروز ارسال می‌شود."


class Api:
    """The HTTP side of an operator as a client meets it; `esme` is bound to its SMPP side."""

    def __init__(self, operator: Operator, port: int, esme: Esme) -> None:
        self.operator = operator
        self.port = port
        self.esme = esme

    async def get(self, target: str) -> Reply:
        return await call(self.port, "GET", target)

    async def post(self, target: str, value: Any, headers: Mapping[str, str] | None = None) -> Reply:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return await call(self.port, "POST", target, body, {"content-type": "application/json", **(headers or {})})

    async def found(self, query: str = "") -> list[str]:
        """The ids of the messages that a query finds."""
        return [message["id"] for message in (await self.get(f"/api/v1/messages?{query}")).json()["messages"]]


@asynccontextmanager
async def running_api(access: Access = OPEN, limits: Limits | None = None) -> AsyncIterator[Api]:
    world = build_world({"extends": "demo"})
    operator = Operator(world, Store(), seed=1, real=trio.current_time, wall=NOON.timestamp)
    operator.ready = True
    meters = Meters()
    app = create_app(operator, meters=meters)
    async with serving(app, limits, access, meters.http) as port, connected(operator) as esme:
        await esme.bind()
        yield Api(operator, port, esme)
