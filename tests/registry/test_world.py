from pathlib import Path
from typing import Any

import pytest

from simulator.numbers.numbering import MobileOperator
from simulator.profiles.profile import Style
from simulator.registry.world import WorldError, build_world, shipped_world


def faults(table: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(WorldError) as caught:
        build_world(table)
    return dict(caught.value.errors)


def test_the_demo_world_is_what_the_documentation_says() -> None:
    world = shipped_world("demo")
    assert [(line.number, line.type.value) for line in world.lines] == [
        ("3000100010", "promotional"),
        ("3000200020", "dedicated_service"),
        ("2000300030", "shared_service"),
        ("9999123456", "samantel"),
    ]
    assert {line.account for line in world.lines} == {"panel"}
    assert world.patterns[0].text == "کد ورود شما به فروشگاه نمونه: %code%"
    assert world.profile.hours[MobileOperator.MCI].open.hour == 7
    assert MobileOperator.IRANCELL not in world.profile.hours


def test_an_extension_replaces_and_joins() -> None:
    world = build_world(
        {
            "extends": "demo",
            "profile": {"sanctions": {"strikes": 1}},
            "lines": [
                {"number": "3000100010", "account": "panel", "state": "suspended"},
                {"number": "10001234", "account": "panel"},
            ],
            "blacklist": ["09129990000"],
        }
    )
    assert {line.number: line.state.value for line in world.lines}["3000100010"] == "suspended"
    assert len(world.lines) == 5
    assert world.profile.sanctions.strikes == 1
    assert world.profile.hours, "what is not overridden stays"
    assert len(world.blacklist) == 3


def test_unknown_keys_are_refused_with_their_path() -> None:
    assert faults({"extends": "demo", "lines": [{"number": "3000", "account": "panel", "colour": "red"}]}) == {
        "lines[4].colour": "unknown key"
    }


def test_all_faults_are_reported_at_once() -> None:
    found = faults({"extends": "demo", "blacklist": ["02188776655"], "lines": [{"number": "30x", "account": "panel"}]})
    assert set(found) == {"blacklist[2]", "lines[4].number"}
    assert "'02188776655' is not an Iranian mobile number" in found["blacklist[2]"]


@pytest.mark.parametrize(
    ("line", "clause"),
    [
        ({"number": "999912345", "type": "samantel"}, "samantel.ten-digits"),
        ({"number": "3000123456", "type": "samantel"}, "samantel.ten-digits"),
        ({"number": "3000123456", "type": "dedicated_service", "owner": {"kind": "natural"}}, "dedicated.legal-owner"),
    ],
)
def test_a_registration_that_a_clause_forbids(line: dict[str, Any], clause: str) -> None:
    found = faults({"extends": "demo", "lines": [{"account": "panel", **line}]})
    assert clause in found["lines[4]"]


def test_a_natural_person_may_hold_a_samantel_line() -> None:
    world = build_world(
        {
            "extends": "demo",
            "lines": [{"number": "9999000001", "type": "samantel", "account": "panel", "owner": {"kind": "natural"}}],
        }
    )
    assert world.lines[-1].owner.kind.value == "natural"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"extends": "dmeo"}, "did you mean 'demo'?"),
        ({"extends": "demo", "profile": {"name": "standart"}}, "did you mean 'standard'?"),
        ({"extends": "demo", "lines": [{"number": "3000111", "account": "nobody"}]}, "there is no account 'nobody'"),
        (
            {"extends": "demo", "patterns": [{"name": "x", "line": "3000100010", "text": "%a% b"}]},
            "not a shared service line",
        ),
        ({"extends": "demo", "accounts": [{"system_id": "a", "password": "b"}] * 2}, "occurs 2 times"),
        ({"extends": "demo", "blacklist": ["09121110009-09121110000"]}, "ends before it begins"),
        ({"extends": "demo", "profile": {"hours": {"mci": {"open": "22:00", "close": "07:00"}}}}, "it must open first"),
        (
            {"extends": "demo", "profile": {"answers": {"x": {"command_status": "ESME_RNONSENSE"}}}},
            "neither a command_status name",
        ),
        ({}, "Field required"),
        ({"extends": "demo", "lines": "3000"}, "valid tuple"),
        ({"extends": "demo", "lines": ["3000"]}, "valid dictionary"),
        ({"extends": "demo", "lines": [{"number": ["x"]}]}, "valid string"),
        ({"extends": "demo", "profile": "standard"}, "valid dictionary"),
        ({"extends": "demo", "blacklist": {"a": 1}}, "valid tuple"),
    ],
)
def test_a_fault_says_what_to_do(table: dict[str, Any], says: str) -> None:
    assert any(says in message for message in faults(table).values())


def test_the_profile_answers_by_the_longest_prefix() -> None:
    profile = shipped_world("demo").profile
    assert profile.answer_to("promotion-to-blacklisted", "3000100010").style is Style.SUBMIT
    late = profile.answer_to("promotion-to-blacklisted", "20001234")
    assert (late.style, late.state.name, late.err) == (Style.RECEIPT, "UNDELIVERABLE", "016")


@pytest.mark.parametrize(
    ("fault", "path", "message"),
    [
        ({"name": "late-respnse"}, "faults[0]", "there is no fault 'late-respnse'; did you mean 'late-response'?"),
        ({"after": 1}, "faults[0]", "a fault needs its name"),
        ({"name": "late-response", "aftr": 2}, "faults[0].aftr", "unknown key"),
        ({"name": "reset", "reset": 1}, "faults[0].reset", "unknown key"),
        ({"name": "throttled", "status": "ESME_NO"}, "faults[0].status", "'ESME_NO' is neither a command_status name"),
        ({"name": "unknown-tlv", "tag": "0x1g"}, "faults[0].tag", "Input should be a valid integer"),
        (
            {"name": "throttled", "scope": {"destination": "0912*"}},
            "faults[0].scope.destination",
            "String should match",
        ),
    ],
)
def test_a_fault_that_cannot_be_is_named_with_its_place(fault: dict[str, object], path: str, message: str) -> None:
    with pytest.raises(WorldError) as caught:
        build_world({"extends": "demo", "faults": [fault]})
    [(where, what)] = caught.value.errors
    assert where == path
    assert what.startswith(message)


def test_faults_are_joined_and_read_from_text_as_scenarios_write_it() -> None:
    written = {"name": "unknown-tlv", "tag": "0x1500", "count": "5", "share": "0.1", "scope": {"line": "3000200020"}}
    [fault] = build_world({"extends": "demo", "faults": [written]}).faults
    assert fault.model_dump(exclude_defaults=True) == {
        "tag": 0x1500,
        "count": 5,
        "share": 0.1,
        "scope": {"line": "3000200020"},
    }


def test_only_the_demo_world_has_magic_numbers_unasked() -> None:
    assert build_world({"extends": "demo"}).magic_suffixes
    assert not build_world({"accounts": [{"system_id": "a", "password": "b"}]}).magic_suffixes


def test_ported_numbers_and_stopped_headers_are_read_in_any_form() -> None:
    world = build_world(
        {
            "extends": "demo",
            "ported": [{"number": "0912 999 0001", "operator": "irancell"}],
            "stopped_headers": [{"line": "3000200020", "number": "۰۹۱۲۹۹۹۰۰۰۱"}],
        }
    )
    assert (world.ported[0].number, world.ported[0].operator) == ("989129990001", MobileOperator.IRANCELL)
    assert world.stopped_headers[0].number == "989129990001"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"ported": [{"number": "021", "operator": "mci"}]}, "'021' is not an Iranian mobile number"),
        ({"ported": [{"number": "09121110001", "operator": "x"}]}, "Input should be 'mci'"),
        (
            {"ported": [{"number": "09121110001", "operator": "mci"}, {"number": "+989121110001", "operator": "mci"}]},
            "ported: number 989121110001 occurs 2 times",
        ),
        ({"stopped_headers": [{"line": "3000", "number": "09121110001"}]}, "stopped_headers: there is no line 3000"),
        ({"lines": [{"number": "8999", "account": "panel"}]}, "line 8999: 8999 is a short code of the profile"),
        ({"blacklist_files": ["x.txt"]}, "only a configuration file may name files"),
        ({"blacklist_files": [1]}, "Input should be an instance of NumberFile"),
        ({"profile": {"short_codes": {"x": {"block": ["1"], "allow": ["2"]}}}}, "String should match pattern"),
        ({"profile": {"header_stops": {"rejoin": ["۱۱"]}}}, "'11' occurs more than once"),
        ({"profile": {"blacklist": {"effective_delay": -1}}}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_of_subscribers_wishes(table: dict[str, Any], says: str) -> None:
    assert says in "; ".join(faults({"extends": "demo", **table}).values())


def test_files_of_numbers_are_read_from_their_folder(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("number\n09129990001\n09129990010-09129990019\n", "utf-8")
    table = {"extends": "demo", "blacklist_files": ["list.csv"]}
    assert len(build_world(table, tmp_path).listed_numbers()) == 31
    with pytest.raises(WorldError, match=r"blacklist_files\[0\]: .*none.txt: No such file"):
        build_world({"extends": "demo", "blacklist_files": ["none.txt"]}, tmp_path)
    (tmp_path / "list.csv").write_text("09129990001\n0912\n", "utf-8")
    with pytest.raises(WorldError, match=r"blacklist_files\[0\]: .*list.csv:2: '0912' is not"):
        build_world(table, tmp_path)
