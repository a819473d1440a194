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


async def test_a_changed_value_is_told_with_what_it_was() -> None:
    async with running_api() as api:
        assert (await api.get("/api/v1/profile")).json()["changed"] == []
        for path, value in (("hours.mci.open", "09:30"), ("hours.irancell", {"open": "08:00", "close": "20:00"})):
            change = {"kind": "set-profile-value", "path": path, "value": value}
            assert (await api.post("/api/v1/changes", change)).status == 201
        told = (await api.get("/api/v1/profile")).json()
        assert told["changed"] == [
            {"path": "hours.mci.open", "value": "09:30", "was": "07:00:00"},
            {"path": "hours.irancell", "value": {"open": "08:00", "close": "20:00"}, "was": None},
        ]
        settings = {setting["path"]: (setting["value"], setting["basis"]) for setting in told["settings"]}
        assert settings["hours.mci.open"] == ("09:30:00", "changed in this run")
        assert settings["hours.irancell.close"] == ("20:00:00", "changed in this run")
        restoration = {"kind": "restore-profile-value", "path": "hours.mci.open"}
        assert (await api.post("/api/v1/changes", restoration)).status == 201
        assert len((await api.get("/api/v1/profile")).json()["changed"]) == 1
