from pathlib import Path

import pytest

from harness.references import Catalogue
from harness.results import Failure, RunMeta, RunWriter, ScenarioResult, Verdict
from harness.run_request import RunRequest, UsageError
from harness.selection import select_jobs

KNOWN = Catalogue(frozenset(), frozenset())
TEXT = "title: {title}\nclauses: [{clause}]\ngiven: {{client: {client}}}\nsteps: [wait: {{for: 1s}}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "scenarios"
    for name, title, clause, client in (
        ("regulatory/discount", "A discount is refused", "service.no-discount", "smpplib"),
        ("regulatory/lottery", "A lottery is refused", "service.no-lottery-contest", "smpplib"),
        ("protocol/bind", "A bind is answered", "line.active", "wire"),
    ):
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(title=title, clause=clause, client=client))
    return folder


def selected(folder: Path, *filters: str, drivers: tuple[str, ...] = (), rerun: Path | None = None) -> list[str]:
    paths = () if rerun else (folder,)
    request = RunRequest(paths=paths, out=folder, known=KNOWN, drivers=drivers, filters=filters, rerun=rerun)
    jobs = select_jobs(request)
    assert [job.number for job in jobs] == list(range(1, len(jobs) + 1))
    return [f"{job.spec.name} {job.scenario.id}" for job in jobs]


def test_a_scenario_is_played_by_the_client_that_it_names(folder: Path) -> None:
    assert selected(folder) == ["wire protocol/bind", "smpplib regulatory/discount", "smpplib regulatory/lottery"]


def test_several_drivers_play_each_scenario(folder: Path) -> None:
    assert selected(folder, "lottery", "bind", drivers=("smpplib", "wire")) == [
        "smpplib protocol/bind",
        "smpplib regulatory/lottery",
        "wire protocol/bind",
        "wire regulatory/lottery",
    ]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (("discount",), ["discount"]),
        (("regulatory/*",), ["discount", "lottery"]),
        (("regulatory/* !lottery",), ["discount"]),
        (("!regulatory/*",), ["bind"]),
        (("clause:service.no-*",), ["discount", "lottery"]),
        (("clause:service.no-discount", "client:wire"), ["bind", "discount"]),
        (("title:refused !title:*lottery*",), ["discount"]),
        (("step:wait client:smpplib",), ["discount", "lottery"]),
    ],
)
def test_filters_take_by_patterns(folder: Path, filters: tuple[str, ...], names: list[str]) -> None:
    assert [one.rpartition("/")[2] for one in selected(folder, *filters)] == names


@pytest.mark.parametrize(
    ("filters", "drivers", "complaint"),
    [
        (("tilte:x",), (), "a filter cannot be about 'tilte'; did you mean 'title'?"),
        (("nothing-like-it",), (), "no scenario is left to run"),
        ((), ("smplib",), "there is no driver 'smplib'; did you mean 'smpplib'?"),
    ],
)
def test_what_cannot_be_selected(
    folder: Path, filters: tuple[str, ...], drivers: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        selected(folder, *filters, drivers=drivers)
    assert str(caught.value) == complaint


def former_run(folder: Path, scenarios: Path, *verdicts: tuple[str, str, Verdict]) -> Path:
    meta = RunMeta(
        version="1", started="2026-11-22T10:00:00.000+03:30", seed=7, drivers=("smpplib", "wire"), jobs=1,
        profile="standard", python="3.11", platform="Linux", scenarios=len(verdicts),
    )  # fmt: skip
    with RunWriter(folder, meta) as writer:
        writer.write_catalogue({"rules": [], "clauses": []})
        for driver, scenario, verdict in verdicts:
            failures = (Failure(where="a:1", step="", expected=(), got="x"),)
            result = ScenarioResult(
                id=scenario, file=str(scenarios / f"{scenario}.yaml"), title="x", clauses=(), driver=driver,
                verdict=verdict, seconds=0.1, started="2026-11-22T10:00:01.000+03:30",
                failures=() if verdict is Verdict.PASS else failures,
            )  # fmt: skip
            writer.add(result, [], "")
        writer.finish("2026-11-22T10:00:02.000+03:30")
    return folder


def test_what_failed_or_broke_runs_again_with_the_same_client(folder: Path, tmp_path: Path) -> None:
    run = former_run(
        tmp_path / "run",
        folder,
        ("smpplib", "regulatory/discount", Verdict.PASS),
        ("smpplib", "regulatory/lottery", Verdict.FAIL),
        ("wire", "regulatory/discount", Verdict.ERROR),
        ("wire", "protocol/bind", Verdict.UNSUPPORTED),
    )
    assert selected(folder, rerun=run) == ["smpplib regulatory/lottery", "wire regulatory/discount"]
    assert selected(folder, rerun=run, drivers=("wire",)) == ["wire regulatory/discount"]


def test_a_run_in_which_nothing_failed_leaves_nothing_to_run(folder: Path, tmp_path: Path) -> None:
    run = former_run(tmp_path / "run", folder, ("smpplib", "regulatory/discount", Verdict.PASS))
    with pytest.raises(UsageError, match="nothing failed or broke in this run"):
        selected(folder, rerun=run)
