"""Snapshots: what was prepared is there again, from a file, over HTTP and over a restart."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from khatban import main
from simulator.center.operator import Operator
from simulator.center.snapshot import VERSION, Prepared, Snapshot, SnapshotError
from simulator.changing.change import Change
from simulator.changing.changes.lines import RegisterLine, SuspendLine
from simulator.changing.changes.patterns import HandInPattern
from simulator.changing.journal import Origin
from simulator.registry.lines import Line, LineState
from simulator.registry.pattern import Pattern
from simulator.registry.world import World, build_world, shipped_world, shipped_worlds
from simulator.serving.config_file import load_config
from simulator.serving.snapshot_file import prepared_in, read_snapshot, snapshot_of_store, write_snapshot
from simulator.store import Store, StoreError
from tests.admin.api import NOON, running_api
from tests.test_cli import serving

DEMO = shipped_world("demo")
WALL = NOON.timestamp()
CHANGES: tuple[Change, ...] = (
    RegisterLine(line=Line(number="3000777777", account="panel")),
    SuspendLine(line="3000777777", reason="شکایت"),
    HandInPattern(pattern=Pattern(name="pin", line="2000300030", text="رمز شما: %code%")),
)


def operator(first: World | Prepared = DEMO, store: Store | None = None, wall: float = WALL) -> Operator:
    return Operator(first, store or Store(), seed=1, real=lambda: 0.0, wall=lambda: wall)


def prepare(one: Operator) -> None:
    for change in CHANGES:
        one.change(change, Origin.HTTP)


def is_prepared(one: Operator) -> bool:
    line = one.registers.lines.get("3000777777")
    pattern = one.registers.patterns.get(("2000300030", "pin"))
    return line is not None and line.state is LineState.SUSPENDED and pattern is not None


def document(one: Operator) -> dict[str, Any]:
    taken: dict[str, Any] = json.loads(one.snapshot().text())
    return taken


@pytest.fixture
def prepared() -> Operator:
    one = operator()
    prepare(one)
    return one


@pytest.mark.parametrize("name", shipped_worlds())
def test_a_world_comes_back_as_it_was(name: str) -> None:
    world = shipped_world(name)
    taken = Snapshot.of(world, (), WALL, with_passwords=True)
    assert Snapshot.parse(json.loads(taken.text())).prepared() == Prepared(world, (), WALL)


def test_a_world_with_everything_in_it_comes_back_as_it_was() -> None:
    world = build_world(
        {
            "extends": "demo",
            "profile": {"title": "another", "default_alphabet": "latin1"},
            "accounts": [
                {
                    "system_id": "narrow",
                    "password": "x",
                    "bind_types": ["transmitter", "receiver"],
                    "addresses": ["192.0.2.0/24"],
                    "throughput": {"rate": 2.5},
                    "lists": {"ours": ["09121234567"]},
                }
            ],
            "faults": [{"name": "half-open"}],
        }
    )
    taken = Snapshot.of(world, (), WALL, with_passwords=True)
    assert Snapshot.parse(json.loads(taken.text())).prepared().world == world
    assert taken.text() == Snapshot.of(world, (), WALL, with_passwords=True).text()
    assert "Infinity" not in taken.text()
    assert "NaN" not in taken.text()


def test_the_numbers_of_a_world_s_files_are_in_the_snapshot(tmp_path: Path) -> None:
    (tmp_path / "numbers.txt").write_text("09121234567\n09351110000-09351110009\n")
    (tmp_path / "khatban.toml").write_text('extends = "demo"\nblacklist_files = ["numbers.txt"]\n')
    one = operator(load_config(tmp_path / "khatban.toml").operators[0].world)
    prepare(one)
    taken = Snapshot.parse(document(one)).prepared(DEMO)
    assert taken.journal[0].kind == "list-numbers"
    other = operator(taken)
    assert is_prepared(other)
    for moment in (1.0, WALL):
        assert other.registers.blacklist.numbers(moment) == one.registers.blacklist.numbers(moment)
    assert Snapshot.parse(document(other)).prepared(DEMO) == taken._replace(not_before=other.clock.now())


def test_what_was_changed_is_changed_where_it_is_loaded(prepared: Operator) -> None:
    taken = Snapshot.parse(document(prepared)).prepared(DEMO)
    other = operator(taken)
    assert is_prepared(other)
    assert document(other)["changes"] == document(prepared)["changes"]
    assert other.change(SuspendLine(line="3000200020", reason="x"), Origin.HTTP) == len(CHANGES) + 1
    other.reset(None, None, None)
    assert is_prepared(other), "an operator goes back to what it began with"
    assert len(document(other)["changes"]) == len(CHANGES)
    other.reset({"extends": "demo"}, None, None)
    assert not is_prepared(other)


def test_an_operator_tells_no_password_and_needs_one_to_load(prepared: Operator) -> None:
    taken = document(prepared)
    assert [account["system_id"] for account in taken["world"]["accounts"]] == ["panel"]
    assert "password" not in json.dumps(taken["world"]["accounts"])
    other = build_world({"accounts": [{"system_id": "other", "password": "secret"}]})
    with pytest.raises(SnapshotError, match=r"world\.accounts\[0\]\.password: .* no account 'panel' here"):
        Snapshot.parse(taken).prepared(other)
    known = Snapshot.parse(taken).prepared(other, DEMO)
    assert known.world == DEMO


def test_an_operator_loads_what_it_told_also_from_another_world(prepared: Operator) -> None:
    taken = prepared.snapshot()
    prepared.reset({"accounts": [{"system_id": "other", "password": "secret"}]}, None, None)
    assert not is_prepared(prepared)
    prepared.load(taken, None, None)
    assert is_prepared(prepared)


def test_the_clock_does_not_run_backwards(prepared: Operator) -> None:
    prepared.jump(WALL + 3600)
    taken = prepared.snapshot()
    store = Store()
    assert operator(taken.prepared(DEMO), store).clock.now() == pytest.approx(WALL + 3600)
    assert operator(taken.prepared(DEMO), store, WALL + 10).clock.now() == pytest.approx(WALL + 3610)
    assert operator(taken.prepared(DEMO), wall=WALL + 7200).clock.now() == WALL + 7200
    prepared.load(taken, None, None)
    assert prepared.clock.now() == pytest.approx(WALL + 3600)
    prepared.load(taken, NOON, 2.0)
    assert (prepared.clock.now(), prepared.clock.speed) == (WALL, 2.0)


def test_a_store_that_began_with_a_snapshot_goes_on_and_another_is_refused(prepared: Operator) -> None:
    first, store = prepared.snapshot().prepared(DEMO), Store()
    operator(first, store).change(SuspendLine(line="3000200020", reason="x"), Origin.HTTP)
    again = operator(first, store)
    assert is_prepared(again)
    assert len(document(again)["changes"]) == len(CHANGES) + 1
    other = Store()
    operator(DEMO, other).change(SuspendLine(line="3000200020", reason="x"), Origin.HTTP)
    with pytest.raises(StoreError, match="did not begin with the changes that were prepared"):
        operator(first, other)


BROKEN = [
    ([], "no snapshot of Khatban's"),
    ({"world": {}}, "no snapshot of Khatban's"),
    (
        {"khatban": "snapshot", "version": VERSION + 1},
        r"later version of Khatban \(snapshot version 2, this one reads 1",
    ),
    ({"khatban": "snapshot", "version": "1"}, "version: "),
    ({"khatban": "snapshot", "version": 1, "colour": "red"}, "(?s)now: Field required.*colour: Extra inputs"),
]


@pytest.mark.parametrize(("value", "fault"), BROKEN)
def test_what_is_no_snapshot_is_refused(tmp_path: Path, value: object, fault: str) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(value))
    with pytest.raises(SnapshotError, match=fault) as told:
        read_snapshot(path)
    assert all(line.startswith(f"{path}: ") for line in str(told.value).splitlines())


def test_what_does_not_fit_is_named_by_its_place(prepared: Operator, tmp_path: Path) -> None:
    faults: list[tuple[Any, str]] = [
        (lambda taken: taken["world"].update(colour="red"), "world.colour: unknown key"),
        (lambda taken: taken["world"]["lines"][0].update(number="1"), "world.lines[0].number: "),
        (
            lambda taken: taken["changes"][1]["change"].update(kind="suspnd-line"),
            "changes[1].change: there is no change",
        ),
        (
            lambda taken: taken["changes"][1]["change"].update(line="4000"),
            "changes[1].change.line: there is no line '4000'",
        ),
        (lambda taken: taken["changes"][1]["change"].update(why="x"), "changes[1].change: why: "),
    ]
    for spoil, fault in faults:
        taken = document(prepared)
        spoil(taken)
        path = tmp_path / "snapshot.json"
        path.write_text(json.dumps(taken))
        with pytest.raises(SnapshotError) as told:
            prepared_in(path, DEMO)
        assert str(told.value).startswith(f"{path}: {fault}")


def test_a_file_is_written_whole_for_its_owner_only_and_over_nothing(prepared: Operator, tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    write_snapshot(prepared.snapshot(), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_snapshot(path) == prepared.snapshot()
    with pytest.raises(SnapshotError, match="is there already"):
        write_snapshot(prepared.snapshot(), path)
    with pytest.raises(SnapshotError, match="No such file or directory"):
        write_snapshot(prepared.snapshot(), tmp_path / "none" / "snapshot.json")
    assert list(tmp_path.iterdir()) == [path]
    for unreadable, fault in ((tmp_path, "Is a directory"), (tmp_path / "none", "No such file")):
        with pytest.raises(SnapshotError, match=fault):
            read_snapshot(unreadable)
    path.write_bytes(b"\xff")
    with pytest.raises(SnapshotError, match="not JSON"):
        read_snapshot(path)


def test_a_store_s_snapshot_is_that_of_the_operator_that_would_go_on_with_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    running = operator(store=store)
    prepare(running)
    running.jump(WALL + 3600)
    taken = snapshot_of_store(tmp_path / "store.db", DEMO, WALL + 1)
    assert taken.now.timestamp() == pytest.approx(WALL + 3601, abs=1e-5)
    assert is_prepared(operator(taken.prepared()))
    with pytest.raises(SnapshotError, match="no account 'panel'"):
        snapshot_of_store(tmp_path / "store.db", build_world({"accounts": [{"system_id": "x", "password": "x"}]}), WALL)
    with pytest.raises(StoreError, match="there is no such file"):
        snapshot_of_store(tmp_path / "none.db", DEMO, WALL)
    running.close()


async def test_over_http_a_snapshot_is_taken_and_loaded() -> None:
    async with running_api() as api:
        prepare(api.operator)
        taken = (await api.get("/api/v1/snapshot")).json()
        assert taken == document(api.operator) | {"now": taken["now"]}
        assert (await api.post("/api/v1/reset", {"world": {"extends": "demo"}})).status == 200
        assert not is_prepared(api.operator)
        reply = await api.post("/api/v1/reset", {"snapshot": taken, "clock": {"speed": 5}})
        assert (reply.status, reply.json()["speed"]) == (200, 5)
        assert is_prepared(api.operator)


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ({"snapshot": {}}, "body.snapshot"),
        (
            {"snapshot": {"khatban": "snapshot", "version": 1, "now": NOON.isoformat(), "world": {}}},
            "body.snapshot.world.accounts",
        ),
        ({"snapshot": {}, "world": {}}, "body"),
    ],
)
async def test_over_http_what_cannot_be_loaded_changes_nothing(wanted: dict[str, object], path: str) -> None:
    async with running_api() as api:
        prepare(api.operator)
        reply = await api.post("/api/v1/reset", wanted)
        assert reply.status == 422
        assert [error["path"] for error in reply.json()["errors"]] == [path]
        assert is_prepared(api.operator)


def khatban(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_commands_save_load_and_serve(tmp_path: Path) -> None:
    store, file, told = tmp_path / "store.db", tmp_path / "snapshot.json", tmp_path / "told.json"
    running = operator(store=Store(store))
    prepare(running)
    running.close()
    result = khatban("snapshot", "save", file, "--store", store)
    assert (result.exit_code, result.output) == (0, f"{file}: a world with 3 changes\n")
    with serving(tmp_path, "--snapshot", str(file)) as (_process, addresses):
        url = "http://{}:{}".format(*addresses["http"])
        assert khatban("snapshot", "save", told, "--url", url).exit_code == 0
        result = khatban("snapshot", "load", told, "--url", url)
        assert (result.exit_code, result.output[: len(url)]) == (0, url)
        told.write_text(json.dumps({"khatban": "snapshot", "version": 1, "now": NOON.isoformat(), "world": {}}))
        result = khatban("snapshot", "load", told, "--url", url)
        assert result.exit_code == 2
        assert "body.snapshot.world.accounts: " in result.output
    result = khatban("snapshot", "load", file, "--url", url)
    assert result.exit_code == 3
    assert "no operator answers" in result.output


def test_the_commands_name_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "snapshot.json"
    file.write_text("{}")
    for arguments, fault in (
        (("serve", "--snapshot", file), "no snapshot of Khatban's"),
        (("snapshot", "load", file), "no snapshot of Khatban's"),
        (("snapshot", "save", tmp_path / "x", "--config", file), "--config goes with --store only"),
        (("snapshot", "save", tmp_path / "x", "--store", file), "not readable as a store"),
    ):
        result = khatban(*arguments)
        assert result.exit_code == 2
        assert fault in result.output
    several = tmp_path / "several.toml"
    several.write_text('[operators.one]\nextends = "demo"\n')
    result = khatban("serve", "--config", several, "--snapshot", file)
    assert "--snapshot is for one operator" in result.output
