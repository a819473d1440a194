"""Accounts over HTTP."""

from tests.admin.api import running_api


async def test_accounts_are_told_without_their_passwords() -> None:
    async with running_api() as api:
        reply = await api.get("/api/v1/accounts")
        assert reply.json() == [{"system_id": "panel", "binds": 1, "balance": None}]
        assert (await api.get("/api/v1/accounts/panel")).json() == reply.json()[0]
        assert (await api.get("/api/v1/accounts/nobody")).status == 404


async def test_a_balance_is_topped_up() -> None:
    world = {"extends": "demo", "accounts": [{"system_id": "panel", "password": "panel", "balance": 5}]}
    async with running_api() as api:
        assert (await api.post("/api/v1/reset", {"world": world})).status == 200
        change = {"kind": "top-up", "account": "panel", "rials": 37}
        assert (await api.post("/api/v1/changes", change)).status == 201
        assert (await api.get("/api/v1/accounts/panel")).json()["balance"] == 42
        assert (await api.post("/api/v1/changes", change | {"account": "nobody"})).status == 409
        assert (await api.post("/api/v1/changes", change | {"rials": 0})).status == 422
