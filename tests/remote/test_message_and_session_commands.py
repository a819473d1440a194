"""`khatban messages` and `khatban sessions` against a running operator."""

import json
from pathlib import Path

from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, running_api
from tests.remote.test_line_commands import run


async def test_messages_are_listed_and_verified(tmp_path: Path) -> None:
    expected = tmp_path / "expected.json"
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
        said = await run(api, "messages", "list", "--verdict", "refused")
        assert f"{PROMOTIONAL} to {LISTED}  refused (promotion-to-blacklisted), REJECTED: حراج" in said.out
        assert said.out.endswith("1 in all\n")
        expected.write_text(json.dumps([{"to": FREE}, {"to": LISTED, "verdict": "accepted"}]), "utf-8")
        said = await run(api, "messages", "verify", str(expected))
        assert said.status == 1
        assert said.out.splitlines() == [
            f'met  1: {{"to": "{FREE}"}}',
            f'NOT MET  2: {{"to": "{LISTED}", "verdict": "accepted"}}',
            "  no message fits, expected at least 1",
            f"  near: 0000000002  {PROMOTIONAL} to {LISTED}",
            '    verdict: "refused" (refused by promotion-to-blacklisted under blacklist.no-promotion)',
            f"  near: 0000000001  {DEDICATED} to {FREE}",
            f'    to: "{FREE}"',
        ]
        expected.write_text(json.dumps({"expected": [{"to": FREE}, {"to": LISTED}], "only": True}), "utf-8")
        assert (await run(api, "messages", "verify", str(expected))).status == 0
        expected.write_text("{", "utf-8")
        said = await run(api, "messages", "verify", str(expected))
        assert (said.status, said.err.startswith(f"khatban: {expected}: not JSON")) == (2, True)


async def test_sessions_are_listed_unbound_and_cut_off() -> None:
    async with running_api() as api:
        said = await run(api, "sessions", "list")
        assert said.out.startswith("1  panel  transceiver  -  since 2026-11-22T12:00:0")
        assert (await run(api, "sessions", "unbind", "1")).out == "session 1 is unbound\n"
        assert (await run(api, "sessions", "list")).out == "0 in all\n"
        said = await run(api, "sessions", "drop", "1")
        assert (said.status, said.err) == (2, "khatban: no session 1 is bound\n")
        [mutation, _] = (await api.get("/api/v1/mutations")).json()["mutations"]
        assert mutation["origin"].endswith("sessions unbind")
