"""The profile over HTTP."""

from tests.admin.api import running_api


async def test_every_value_is_told_with_its_basis() -> None:
    async with running_api() as api:
        told = (await api.get("/api/v1/profile")).json()
    assert told["name"] == "standard"
    settings = {setting["path"]: setting for setting in told["settings"]}
    assert settings["hours.mci.open"]["value"] == "07:00:00"
    assert settings["hours.mci.open"]["basis"].startswith("clause hours.promotional-window")
    assert settings["answers.promotion-to-blacklisted.command_status"]["value"] == "0x00000401"
    assert settings["flat_status"] == {"path": "flat_status", "value": None, "basis": "default"}
