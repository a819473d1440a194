"""`khatban export` as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from khatban import main
from simulator.export import Mask
from simulator.export.progress import progress_bar
from simulator.export.tables import TABLES
from tests.export.stores import small_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    small_store(path)
    return path


def khatban(*arguments: object, **environment: str) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)], env={"KHATBAN_MASK_KEY": None, **environment})


def test_it_says_what_it_wrote_and_where(store: Path, tmp_path: Path) -> None:
    result = khatban(store, "--out", tmp_path / "out", "--table", "receipts", "--table", "changes")
    assert (result.exit_code, result.output) == (0, f"{tmp_path / 'out'}: 1 receipts, 1 changes\n")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "changes.jsonl",
        "export.json",
        "receipts.jsonl",
    ]


def test_one_table_goes_to_standard_output(store: Path) -> None:
    result = khatban(store, "--out", "-", "--table", "messages")
    assert [json.loads(line)["number"] for line in result.stdout.splitlines()] == [1, 2, 3, 4, 5, 6]
    assert result.stderr == ""


def test_a_key_that_was_drawn_is_told_and_masks_alike(store: Path) -> None:
    wanted = ("--out", "-", "--table", "messages")
    drawn = khatban(store, *wanted, "--mask")
    assert drawn.stderr.startswith("the key of the mask, for another export that masks alike: ")
    key = drawn.stderr.split()[-1]
    recipient = "989123456789"
    assert Mask(key).number(recipient) in drawn.stdout
    assert recipient not in drawn.stdout
    for again in (khatban(store, *wanted, "--mask-key", key), khatban(store, *wanted, KHATBAN_MASK_KEY=key)):
        assert (again.stdout, again.stderr) == (drawn.stdout, "")
    kept = khatban(store, *wanted, "--mask-key", key, "--keep-texts")
    assert recipient not in kept.stdout
    assert "۰۹۱۲ ۱۲۳ ۴۵ ۶۷" in kept.stdout


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ((), "either --out or --to"),
        (("--out", "x", "--to", "postgresql://"), "either --out or --to"),
        (("--to", "postgresql://"), "--to needs --operator"),
        (("--to", "x", "--operator", "x", "--format", "csv"), "--format and --table do not go with --to"),
        (("--to", "x", "--operator", "x", "--mask"), "--mask with --to needs --mask-key"),
        (("--out", "x", "--operator", "x"), "go with --to only"),
        (("--out", "x", "--anew"), "go with --to only"),
        (("--out", "-"), "--out - takes one --table"),
        (("--out", "x", "--keep-texts"), "--keep-texts goes with --mask only"),
        (("--out", "x", "--table", "message"), "there is no table 'message'; did you mean 'messages'?"),
        (("--out", "x", "--mask-key", "short"), "--mask-key: a key for masking has from 8"),
        (("--out", "x", "--format", "xlsx"), "'xlsx' is not one of"),
    ],
)
def test_options_that_do_not_go_together_are_named(store: Path, options: tuple[str, ...], fault: str) -> None:
    result = khatban(store, *options)
    assert result.exit_code == 2
    assert fault in result.output


@pytest.mark.parametrize(
    ("module", "options", "extra"),
    [
        ("pyarrow", ("--format", "parquet", "--out"), "khatban[parquet]"),
        ("psycopg", ("--operator", "x", "--to"), "khatban[postgres]"),
    ],
)
def test_an_extra_that_is_not_installed_is_named(
    store: Path, tmp_path: Path, module: str, options: tuple[str, ...], extra: str
) -> None:
    program = f"import sys; sys.modules[{module!r}] = None; from khatban import main; main()"
    command = [sys.executable, "-c", program, "export", str(store), *options, str(tmp_path / "out")]
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    assert done.returncode == 3
    assert f"pip install '{extra}'" in done.stderr
    assert not list(tmp_path.glob("*out*"))


def test_a_bar_is_shown_to_who_watches_and_to_nobody_else() -> None:
    with progress_bar(Console(force_terminal=False)) as progress:
        assert progress is None
    console = Console(force_terminal=True, width=80, record=True)
    with console.capture() as shown, progress_bar(console) as progress:
        assert progress is not None
        progress("messages", 0, 10)
        progress("messages", 10, None)
    assert "messages" in shown.get()
    assert "10/10" in shown.get()


def test_the_documentation_names_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
    for table in TABLES:
        assert f"`{table.name}`" in page
