"""The files of a report: whole, escaped, masked, harmless to open, and the same every time."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.results import Verdict
from reports.command import Request, run_report
from reports.formats.csv import neutral
from reports.language import Language, languages
from reports.render import ROWS_SHOWN, page_name
from reports.run import RunError
from reports.sections import SECTIONS, audits, comparison, load
from tests.reports.builder import Pairs, busy_run, failing, message, refused, result, write_run

VOID = {"meta", "br", "link", "img", "hr", "input"}
SHOWN = [section for section in SECTIONS if section not in (comparison.SECTION, load.SECTION, audits.SECTION)]
NASTY = "<script>alert(1)</script>\"'&<img src=x onerror=y>"


class Page(HTMLParser):
    """A page taken apart; an element that is closed out of order or never is an assertion."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def write_report(run_dir: Path, out: Path | None = None, **options: Any) -> Path:
    """The English page of the report that `khatban report` makes of a run directory."""
    [folder] = run_report(Request((run_dir,), out, **options)).folders
    return folder / "index.html"


def read(page: Path) -> Page:
    return Page(page.read_text(encoding="utf-8"))


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write_report(busy_run(tmp_path / "run"))


def test_the_page_lies_in_the_run_directory_unless_told(tmp_path: Path) -> None:
    run_dir = busy_run(tmp_path / "run")
    assert write_report(run_dir) == run_dir / "report" / "index.html"
    assert write_report(run_dir, tmp_path / "else" / "where") == tmp_path / "else" / "where" / "index.html"


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_every_section_stands_on_the_page_of_each_language(page: Path, language: Language) -> None:
    parsed = read(page.parent / page_name(language))
    assert [attrs["id"] for tag, attrs in parsed.tags if tag == "section"] == [section.id for section in SHOWN]
    assert parsed.tags[0] == ("html", {"lang": language.code, "dir": language.direction})
    for section in SHOWN:
        assert language.say(section.title) in parsed.text


def test_the_page_asks_nobody_for_anything(page: Path) -> None:
    parsed = read(page)
    asking = {"src", "href", "action", "srcset", "data", "poster"}
    addresses = [value for _, attrs in parsed.tags for name, value in attrs.items() if name in asking]
    assert addresses
    for address in addresses:
        assert address is not None
        assert address.startswith("#") or (page.parent / address).is_file()
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"url\(.{8}", text) == ['url("data:fo']
    assert not re.search(r"@import|https?://|<link|<iframe", text)
    policy = next(attrs["content"] for _, attrs in parsed.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-")


def test_ids_are_unique_and_every_table_is_linked_to_its_csv(page: Path) -> None:
    parsed = read(page)
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    linked = {attrs["href"] for tag, attrs in parsed.tags if tag == "a" and str(attrs["href"]).endswith(".csv")}
    assert linked == {f"tables/{path.name}" for path in (page.parent / "tables").iterdir()}
    assert "tables/clauses-matrix.csv" in linked


def test_persian_reads_from_right_to_left_with_its_latin_runs_isolated(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "تا <bdi>۱۰</bdi> آذر! <bdi>shop.example.ir</bdi></span>" in text
    assert '<span dir="rtl" lang="fa">جشنواره پاییزه فروشگاه نمونه: <bdi>۳۰</bdi>٪ تخفیف روی همهٔ کیف‌ها' in text


def test_what_the_operator_says_in_english_is_read_as_such_whatever_it_quotes(tmp_path: Path) -> None:
    why = "the fixed part «کد ورود شما به فروشگاه نمونه:» is missing, changed or out of its place"
    facts = {"fits": "no approved pattern", "nearest": "otp", "why": why}
    sent = refused(1, "unapproved-pattern", "shared.approved-pattern", facts=facts)
    page = write_report(write_run(tmp_path / "run", [(result(1), [sent])]))
    text = page.with_name("index.fa.html").read_text(encoding="utf-8")
    assert '<span dir="ltr" lang="en">the fixed part «<bdi dir="rtl" lang="fa">کد ورود' in text


def test_nothing_of_a_run_becomes_markup(tmp_path: Path) -> None:
    nasty = failing(1, where=NASTY, step=NASTY, expected=(NASTY,), got=NASTY, reason=NASTY)
    fields = {name: getattr(nasty, name) for name in ("verdict", "failures")}
    bad = result(1, id="s/1", title=NASTY, file=NASTY, clauses=(NASTY,), driver=NASTY, **fields)
    content = {"label": NASTY, "category": NASTY, "evidence": [{"start": 0, "end": 1, "quote": NASTY, "reason": ""}]}
    sent = refused(1, NASTY, NASTY, line=NASTY, line_type=NASTY, to=NASTY, text=NASTY + "متن فارسی دراز است" * 9)
    sent["verdict"]["content"] = content
    catalogue = {
        "rules": [{"id": NASTY, "title": NASTY, "rationale": NASTY, "clauses": [NASTY]}],
        "clauses": [{"id": NASTY, "document": NASTY, "section": NASTY, "statement_en": NASTY, "statement_fa": NASTY}],
    }
    events = [{"at": 0, "direction": NASTY, "event": NASTY, NASTY: NASTY}]
    page = write_report(write_run(tmp_path / "run", [(bad, [sent])], catalogue=catalogue, transcripts={"s/1": events}))
    parsed = read(page)
    assert [tag for tag, _ in parsed.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in parsed.tags]
    assert not [name for _, attrs in parsed.tags for name in attrs if name.startswith("on")]
    assert parsed.text.count(NASTY) > 10


@given(st.text(min_size=1, max_size=40))
def test_a_cell_never_begins_like_a_formula(text: str) -> None:
    shown = neutral(text)
    assert shown[0] not in "=+-@\t\r"
    assert shown in (text, f"'{text}")
    assert neutral(shown) == shown


def test_formulas_are_neutral_in_every_csv(tmp_path: Path) -> None:
    formula = "=cmd|' /C calc'!A0"
    bad = result(1, title=formula, clauses=("+clause", "@clause"))
    sent = [refused(1, "-rule", formula, line="=1+1", text=formula, to="+989121110001")]
    page = write_report(write_run(tmp_path / "run", [(bad, sent)]))
    cells = [cell for path in (page.parent / "tables").iterdir() for row in rows(path) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {f"'{formula}", "'-rule", "'+clause", "'=1+1", "'+98912•••0001"} <= set(cells)


def test_csv_is_for_excel_and_json_for_programs_and_they_agree(page: Path) -> None:
    told = json.loads((page.parent / "report.json").read_text(encoding="utf-8"))
    assert [section["id"] for section in told["sections"]] == [section.id for section in SHOWN]
    for table in (table for section in told["sections"] for table in section["tables"]):
        path = page.parent / table["csv"]
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        heading, *lines = rows(path)
        assert heading == [column["title"] for column in table["columns"]]
        assert len(lines) == len(table["rows"])
        for line, row in zip(lines, table["rows"], strict=True):
            for cell, value in zip(line, row.values(), strict=True):
                assert cell == ("" if value is None else neutral(value) if isinstance(value, str) else str(value))


def test_subscriber_numbers_are_hidden_in_every_file(tmp_path: Path) -> None:
    number = "989121110001"
    bad = failing(1, got=f"receipt for {number}", reason="0912 111 0001 is on the blacklist", expected=(number,))
    sent = [refused(1, "promotion-to-blacklisted", "blacklist.no-promotion", to=number, text=f"شماره {number}")]
    events = [{"at": 0, "direction": "sent", "event": "sent", "to": number}]
    page = write_report(write_run(tmp_path / "run", [(bad, sent)], transcripts={"regulatory/scenario-1": events}))
    for path in (path for path in page.parent.rglob("*") if path.is_file()):
        if path.suffix == ".xlsx":
            continue  # made of the same content as the JSON, which test_formats holds it to
        text = path.read_text(encoding="utf-8")
        assert "1110001" not in text
        assert "111 0001" not in text
    assert read(page).text.count("98912•••0001") == 7


def test_the_same_run_is_the_same_bytes(tmp_path: Path) -> None:
    run_dir = busy_run(tmp_path / "run")
    one, two = write_report(run_dir, tmp_path / "one").parent, write_report(run_dir, tmp_path / "two").parent
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert len(files) > 10
    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    assert all((one / each).read_bytes() == (two / each).read_bytes() for each in files)


def test_an_empty_run_gives_an_honest_page(tmp_path: Path) -> None:
    text = read(write_report(write_run(tmp_path / "run"))).text
    for sentence in ("No scenario ran", "Nothing was refused.", "No message was sent."):
        assert sentence in text
    assert "✓" not in text.replace("✓PASS", "")


def test_an_unfinished_run_says_so(tmp_path: Path) -> None:
    text = read(write_report(write_run(tmp_path / "run", [(result(), [])], finished=False, planned=3))).text
    assert "UNFINISHED" in text
    assert "This run was not finished" in text
    assert "2 did not run" in text


def test_a_long_table_is_cut_on_the_page_and_whole_in_the_csv(tmp_path: Path) -> None:
    total = ROWS_SHOWN + 3
    sent = [refused(number, "service-advertising", "service.no-discount") for number in range(total)]
    page = write_report(write_run(tmp_path / "run", [(result(), sent)]))
    assert f"The first {ROWS_SHOWN} of {total} rows" in read(page).text
    assert len(rows(page.parent / "tables" / "refusals-by-rule-messages.csv")) == total + 1


def test_control_characters_are_shown_by_their_pictures(tmp_path: Path) -> None:
    page = write_report(write_run(tmp_path / "run", [(failing(1, got="a\x00b\x1b[31m"), [message()])]))
    text = page.read_text(encoding="utf-8")
    assert "a␀b␛[31m" in text
    assert not set(map(chr, range(32))) & set(text) - set("\n\t")


def test_every_verdict_has_a_sign_and_a_word(tmp_path: Path) -> None:
    pairs: Pairs = [(result(number, verdict=verdict), []) for number, verdict in enumerate(Verdict)]
    text = read(write_report(write_run(tmp_path / "run", pairs))).text
    assert "✓PASS" in text
    assert "✕FAIL" in text
    assert "≈NON_STRICT" in text
    assert "–UNSUPPORTED" in text
    assert "!ERROR" in text


def test_half_a_surrogate_pair_from_the_wire_does_not_stop_a_report(tmp_path: Path) -> None:
    half = "x\ud83d"
    sent = refused(1, half, half, line=half, text=half, to=half, facts={half: half})
    transcripts = {"regulatory/scenario-1": [{"event": half, half: half}]}
    run_dir = write_run(tmp_path / "run", [(failing(1), [sent])], transcripts=transcripts)
    assert read(write_report(run_dir)).text.count("x\ufffd") > 5


def test_a_broken_run_writes_nothing(tmp_path: Path) -> None:
    run_dir = busy_run(tmp_path / "run")
    (run_dir / "messages.jsonl").write_text("{}\n")
    with pytest.raises(RunError, match=r"messages\.jsonl:1: "):
        write_report(run_dir)
    assert not (run_dir / "report").exists()
