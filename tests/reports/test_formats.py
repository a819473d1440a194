"""The formats beside the page: the list is the folder, and the same numbers stand in each."""

import json
import zipfile
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

import reports.formats
from reports.command import Request, UsageError, run_report
from reports.format import FormatError
from reports.formats import FORMATS, markdown
from reports.formats.xlsx import HEADINGS
from tests.reports.builder import busy_run, failing, message, refused, result, write_run


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    return busy_run(tmp_path / "run")


def written(run_dir: Path, *formats: str, reveal: bool = False) -> Path:
    [folder] = run_report(Request((run_dir,), run_dir / "out", formats, reveal)).folders
    return folder


def test_every_file_of_the_folder_is_listed_once() -> None:
    files = {path.stem for path in Path(reports.formats.__file__).parent.glob("*.py")} - {"__init__"}
    modules = [each for each in vars(reports.formats).values() if isinstance(each, ModuleType)]
    assert {each.__name__.rpartition(".")[2] for each in modules} == files
    assert len(FORMATS) == len(files)


def test_only_what_is_asked_for_is_written(run_dir: Path) -> None:
    assert [path.name for path in written(run_dir, "md").iterdir()] == ["summary.md"]


def test_the_workbook_has_the_numbers_of_the_json(run_dir: Path) -> None:
    folder = written(run_dir, "xlsx", "json")
    book = openpyxl.load_workbook(folder / "report.xlsx")
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert book.sheetnames == [section["title"][:31] for section in told["sections"]]
    for section, sheet in zip(told["sections"], book.worksheets, strict=True):
        assert sheet.freeze_panes == f"A{HEADINGS + 2}"
        place = 1
        for table in section["tables"]:
            for column in table["columns"]:
                rows = range(HEADINGS + 2, HEADINGS + 2 + len(table["rows"]))
                assert sheet.cell(HEADINGS + 1, place).value == column["title"]
                assert [sheet.cell(row, place).value for row in rows] == [row[column["key"]] for row in table["rows"]]
                place += 1
            place += 1


def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path) -> None:
    sent = [refused(1, "-rule", "c", line="=1+1", text="=cmd|' /C calc'!A0")]
    folder = written(write_run(tmp_path / "run", [(result(1, title="=2+2"), sent)]), "xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(folder / "report.xlsx") for row in sheet for cell in row]
    assert {"=1+1", "=2+2", "=cmd|' /C calc'!A0"} <= {cell.value for cell in cells}
    with zipfile.ZipFile(folder / "report.xlsx") as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_the_markdown_tells_outcome_and_failures_without_markup_of_a_run(tmp_path: Path) -> None:
    run_dir = write_run(tmp_path / "run", [(failing(1, got="<b>|`x`| @all\n# no"), [message()])])
    text = (written(run_dir, "md") / markdown.MARKDOWN_FILE).read_text(encoding="utf-8")
    assert text.startswith("## ❌ FAIL: The scenario does not hold\n")
    assert "\\<b\\>\\|\\`x\\`\\| @\u200ball \\# no |" in text


def test_numbers_are_shown_on_demand_only(tmp_path: Path) -> None:
    sent = [refused(1, "promotion-to-blacklisted", "c", to="989121110001")]
    run_dir = write_run(tmp_path / "run", [(result(1), sent)])
    hidden = (written(run_dir, "json") / "report.json").read_text(encoding="utf-8")
    shown = (written(run_dir, "json", reveal=True) / "report.json").read_text(encoding="utf-8")
    assert ("989121110001" in hidden, "989121110001" in shown) == (False, True)
    assert (json.loads(hidden)["revealed"], json.loads(shown)["revealed"]) == (False, True)


def test_a_pdf_without_a_browser_is_a_clear_error(run_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(FormatError, match="a PDF needs one of chromium"):
        written(run_dir, "pdf")


@pytest.mark.parametrize(("user", "is_shut"), [(0, False), (1000, True)])
def test_the_browser_keeps_its_sandbox_unless_it_is_root_s(
    run_dir: Path, monkeypatch: pytest.MonkeyPatch, user: int, is_shut: bool
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("subprocess.run", lambda command, **_options: asked.append(command))
    written(run_dir, "pdf")
    assert [("--no-sandbox" not in command) for command in asked] == [is_shut, is_shut]


def test_several_runs_have_a_folder_each(tmp_path: Path) -> None:
    runs = tuple(busy_run(tmp_path / name) for name in ("one", "two"))
    with pytest.raises(UsageError, match="need --out"):
        run_report(Request(runs))
    folders = run_report(Request(runs, tmp_path / "out", ("json",))).folders
    assert [folder.relative_to(tmp_path).as_posix() for folder in folders] == ["out/one", "out/two"]
    assert all((folder / "report.json").is_file() for folder in folders)
    with pytest.raises(UsageError, match="two sources are called 'one'"):
        run_report(Request((runs[0], runs[0]), tmp_path / "out"))
