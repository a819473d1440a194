"""A value of the profile is changed while the operator runs, and is in force for the very next message."""

import datetime
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.changing.change import ChangeError
from simulator.changing.changes.profile import RestoreProfileValue, SetProfileValue, changed_profile
from simulator.changing.journal import Origin
from simulator.numbers.numbering import TEHRAN
from simulator.profiles.profile_listing import settings_of
from simulator.registry.registers import Registers
from simulator.registry.world import build_world
from simulator.serving.config import registers_of
from simulator.serving.config_file import load_config
from simulator.smpp.consts import CommandStatus
from simulator.store import Store
from tests.center.test_operator import ADVERT, DEDICATED, FREE, LISTED, NOON, ORDER, PROMOTIONAL, make_operator
from tests.esme import Esme, connected

DEMO = build_world({"extends": "demo"})


def changed(operator: Operator, path: str, value: Any) -> None:
    operator.change(SetProfileValue(path=path, value=value), Origin.HTTP)


async def status(esme: Esme, line: str, to: str, text: str) -> int:
    return (await esme.submit(line, to, text, registered_delivery=0)).command_status


async def test_each_part_of_the_operator_goes_by_the_new_value() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        assert await status(esme, PROMOTIONAL, FREE, ADVERT) == 0
        changed(operator, "hours.mci", {"open": "08:00", "close": "09:00"})
        assert await status(esme, PROMOTIONAL, FREE, ADVERT) == 0x403
        operator.change(RestoreProfileValue(path="hours.mci"), Origin.HTTP)
        assert await status(esme, PROMOTIONAL, FREE, ADVERT) == 0

        changed(operator, "flat_status", "ESME_RSUBMITFAIL")
        assert await status(esme, PROMOTIONAL, LISTED, ADVERT) == CommandStatus.ESME_RSUBMITFAIL
        changed(operator, "blacklist.enforced_by", [])
        assert await status(esme, PROMOTIONAL, LISTED, ADVERT) == 0

        changed(operator, "filtered_words", {"match": "word", "words": ["سفارش"]})
        assert await status(esme, DEDICATED, FREE, ORDER) != 0, "texts that were read before are read anew"
        operator.change(RestoreProfileValue(path="filtered_words"), Origin.HTTP)

        changed(operator, "daily_cap.every_line", 1)
        assert await status(esme, DEDICATED, FREE, ORDER) == 0
        assert await status(esme, DEDICATED, FREE, ORDER) != 0
        changed(operator, "daily_cap.every_line", 3)
        assert await status(esme, DEDICATED, FREE, ORDER) == 0, "what was sent since is remembered"
        assert operator._books.center._engine.traffic.sent_today(DEDICATED, int(NOON)) == 2

        changed(operator, "overload.window", "ESME_RTHROTTLED")
        assert operator.window_status == CommandStatus.ESME_RTHROTTLED
        changed(operator, "overload.storage", "ESME_RSYSERR")
        assert operator.storage_status == CommandStatus.ESME_RSYSERR
        changed(operator, "binds.wrong_password", "ESME_RBINDFAIL")
        async with connected(operator) as another:
            assert (await another.bind(password="x")).command_status == CommandStatus.ESME_RBINDFAIL


async def test_sanctions_and_deliveries_go_by_the_new_value() -> None:
    operator = make_operator()
    async with connected(operator) as esme:
        await esme.bind()
        changed(operator, "sanctions.strikes", 1)
        await status(esme, DEDICATED, FREE, ADVERT)
        assert operator.registers.lines.find(DEDICATED) is not None
        assert await status(esme, DEDICATED, FREE, ORDER) == 0x0A, "one strike closed the line"
        changed(operator, "delivery.mode", "manual")
        await status(esme, PROMOTIONAL, FREE, ADVERT)
        assert operator.inquiries.entry("0000000003") is not None
        due = operator.next_due()
        assert due is not None
        assert due > trio.current_time() + 86_400


async def test_it_stays_over_a_restart_and_goes_with_a_reset(tmp_path: Path) -> None:
    for run in range(2):
        operator = make_operator(Store(tmp_path / "store"))
        async with connected(operator) as esme:
            await esme.bind()
            if run == 0:
                changed(operator, "hours.mci.close", "11:00")
            assert await status(esme, PROMOTIONAL, FREE, ADVERT) == 0x403
            if run == 1:
                operator.reset(None, datetime.datetime.fromtimestamp(NOON, TEHRAN), None)
        operator.close()
    assert operator.registers.profile_values == {}


def test_what_was_set_last_counts_and_is_told_with_its_basis() -> None:
    registers = Registers(DEMO)
    SetProfileValue(path="hours.mci.open", value="06:00").apply(registers, NOON)
    SetProfileValue(path="hours.mci", value={"open": "05:00", "close": "23:00"}).apply(registers, NOON)
    told = {setting.path: (setting.value, setting.basis) for setting in settings_of(registers.profile)}
    assert told["hours.mci.open"] == ("05:00:00", "changed in this run")
    SetProfileValue(path="hours.mci.open", value="04:00").apply(registers, NOON)
    assert list(registers.profile_values) == ["hours.mci", "hours.mci.open"]
    RestoreProfileValue(path="hours.mci").apply(registers, NOON)
    assert registers.profile.hours == changed_profile(DEMO.profile, {"hours.mci.open": "04:00"}).hours
    RestoreProfileValue(path="hours.mci.open").apply(registers, NOON)
    assert registers.profile == DEMO.profile.model_copy(update={"basis": registers.profile.basis})
    assert registers.profile.basis == DEMO.profile.basis


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        ("hours.mci.open", "23:00", "value", "hours.mci: the window opens at 23:00"),
        ("hours.mci.opens", "07:00", "value", "hours.mci.opens: there is no such value; did you mean 'open'?"),
        ("sanction.strikes", 1, "value", "sanction: there is no such value; did you mean 'sanctions'?"),
        ("sanctions.strikes", None, "value", "sanctions.strikes: Input should be a valid integer"),
        ("sanctions.strikes.more", 1, "path", "strikes is a value, which has nothing below it"),
        ("name", "mci", "path", "name is no value of the profile"),
        ("basis.hours", "me", "path", "basis.hours is no value of the profile"),
        ("answers.no-such-rule", {"style": "silent"}, "value", "answers.no-such-rule: there is no rule"),
        ("answers.link.style", "hold", "value", "answers.link.style: refusals of link do not end"),
        ("blacklist.shared", True, "path", "the lists are kept as at the start"),
        ("short_codes.300040", {"block": ["1"], "allow": ["2"]}, "value", "300040 is the number of a line"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(path: str, value: Any, where: str, why: str) -> None:
    registers = Registers(build_world({"extends": "demo", "lines": [{"number": "300040", "account": "panel"}]}))
    change = SetProfileValue(path=path, value=value)
    with pytest.raises(ChangeError) as refused:
        change.apply(registers, NOON)
    assert refused.value.where == where
    assert why in refused.value.why
    assert (registers.profile, registers.profile_values) == (DEMO.profile, {})


def test_what_was_not_changed_is_not_restored() -> None:
    registers = Registers(DEMO)
    SetProfileValue(path="flat_status", value="ESME_RSUBMITFAIL").apply(registers, NOON)
    with pytest.raises(ChangeError, match="flat_statu was not changed; did you mean 'flat_status'"):
        RestoreProfileValue(path="flat_statu").apply(registers, NOON)


async def test_a_null_is_kept_in_the_journal(tmp_path: Path) -> None:
    operator = make_operator(Store(tmp_path / "store"), profile={"flat_status": "ESME_RSUBMITFAIL"})
    changed(operator, "flat_status", None)
    changed(operator, "parts", {"limit": None, "reference_bits": 16})
    operator.close()
    operator = make_operator(Store(tmp_path / "store"), profile={"flat_status": "ESME_RSUBMITFAIL"})
    assert operator.registers.profile.flat_status is None
    assert operator.registers.profile_values == {
        "flat_status": None,
        "parts": {"limit": None, "reference_bits": 16},
    }
    operator.close()


def test_the_settings_of_a_shared_blacklist_are_not_the_profiles(tmp_path: Path) -> None:
    file = tmp_path / "k.toml"
    file.write_text('[blacklists.all]\n[operators.one]\nextends = "demo"\nblacklist = "all"\n', "utf-8")
    config = load_config(file)
    [registers] = registers_of(config.operators, config.blacklists, seed=0)
    with pytest.raises(ChangeError, match="operators share"):
        SetProfileValue(path="blacklist.effective_delay", value=5).apply(registers, NOON)
    SetProfileValue(path="flat_status", value="ESME_RSUBMITFAIL").apply(registers, NOON)
