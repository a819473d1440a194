"""Three operators in one process, as docs/operators.md shows them: what is shared between them, and what is not."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import trio

from simulator.serving.app import serve
from simulator.serving.config import Config
from simulator.serving.config_file import load_config
from simulator.serving.starting import Addresses
from simulator.smpp.consts import CommandStatus
from tests.admin.loopback import Reply, call
from tests.docs.blocks import blocks_of
from tests.esme import Esme

PROMOTIONAL = "3000100010"
SUBSCRIBER, ANOTHER = "989129990001", "989121234567"
ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. فروشگاه نمونه، خیابان بهار، پلاک ۱۲ لغو۱۱"
BLACKLISTED = 0x401


def example(folder: Path) -> Config:
    """The configuration of the documentation, on free ports, with no hours in its way."""
    [text] = [block.text for block in blocks_of("docs/operators.md") if block.language == "toml"]
    path = folder / "operators.toml"
    path.write_text(re.sub(r"port = \d+", "port = 0", text).replace("profile.name", "profile.hours = {}\nprofile.name"))
    return load_config(path)


@asynccontextmanager
async def running(config: Config) -> AsyncIterator[Mapping[str, Addresses]]:
    send, receive = trio.open_memory_channel[dict[str, Addresses]](1)

    async def run() -> None:
        def tell(operators: Any) -> None:
            send.send_nowait({operator.name: operator.addresses for operator in operators})

        await serve(config, seed=1, announce=tell)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(run)
        with trio.fail_after(20):
            addresses = await receive.receive()
        yield addresses
        nursery.cancel_scope.cancel()


async def post(at: Addresses, target: str, table: Mapping[str, Any]) -> Reply:
    return await call(at.http[1], "POST", target, json.dumps(table).encode(), {"content-type": "application/json"})


async def change(at: Addresses, **table: Any) -> None:
    reply = await post(at, "/api/v1/changes", table)
    assert reply.status == 201, reply.body


async def statuses(operators: Mapping[str, Addresses], to: str) -> dict[str, int]:
    """How each operator answers a promotion."""
    answers = {}
    for name, at in operators.items():
        async with await trio.open_tcp_stream(*at.smpp) as stream:
            esme = Esme(stream)
            await esme.bind()
            answers[name] = (await esme.submit(PROMOTIONAL, to, ADVERT)).command_status
            await esme.unbind()
    return answers


def blacklisted(*, mci: bool, irancell: bool, rightel: bool) -> dict[str, int]:
    listed = {"mci": mci, "irancell": irancell, "rightel": rightel}
    return {name: BLACKLISTED if is_so else CommandStatus.ESME_ROK for name, is_so in listed.items()}


async def test_an_opt_out_is_in_force_where_the_blacklist_is_shared_and_nowhere_else(tmp_path: Path) -> None:
    async with running(example(tmp_path)) as operators:
        assert await statuses(operators, SUBSCRIBER) == blacklisted(mci=False, irancell=False, rightel=False)
        await change(operators["mci"], kind="opt-out", number=SUBSCRIBER)
        assert await statuses(operators, SUBSCRIBER) == blacklisted(mci=True, irancell=True, rightel=False)
        await change(operators["irancell"], kind="opt-in", number=SUBSCRIBER)
        assert await statuses(operators, SUBSCRIBER) == blacklisted(mci=False, irancell=False, rightel=False)
        await change(operators["rightel"], kind="opt-out", number=SUBSCRIBER)
        assert await statuses(operators, SUBSCRIBER) == blacklisted(mci=False, irancell=False, rightel=True)


async def test_a_shared_blacklist_is_as_it_was_left_after_a_restart(tmp_path: Path) -> None:
    config = example(tmp_path)
    files = [operator.files.model_copy(update={"store": tmp_path / operator.name}) for operator in config.operators]
    kept = [one.model_copy(update={"files": each}) for one, each in zip(config.operators, files, strict=True)]
    config = config.model_copy(update={"operators": tuple(kept)})
    async with running(config) as operators:
        await change(operators["irancell"], kind="opt-out", number=SUBSCRIBER)
        await change(operators["mci"], kind="opt-in", number=SUBSCRIBER)
        await change(operators["irancell"], kind="opt-in", number=ANOTHER)
        await change(operators["mci"], kind="opt-out", number=ANOTHER)
    async with running(config) as operators:
        assert await statuses(operators, SUBSCRIBER) == blacklisted(mci=False, irancell=False, rightel=False)
        assert await statuses(operators, ANOTHER) == blacklisted(mci=True, irancell=True, rightel=False)


async def test_a_reset_of_one_leaves_the_others_and_the_shared_list_as_they_are(tmp_path: Path) -> None:
    async with running(example(tmp_path)) as operators:
        await change(operators["mci"], kind="suspend-line", line=PROMOTIONAL, reason="complaints")
        await change(operators["mci"], kind="opt-out", number=SUBSCRIBER)
        suspended = await statuses(operators, SUBSCRIBER)
        assert suspended == {**blacklisted(mci=True, irancell=True, rightel=False), "mci": 0x0A}
        assert (await post(operators["mci"], "/api/v1/reset", {})).status == 200
        assert await statuses(operators, SUBSCRIBER) == blacklisted(mci=True, irancell=True, rightel=False)
