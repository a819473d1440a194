from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.problems import Problem
from harness.yaml_source import MAX_OCTETS, Source, read_source
from simulator.wording import hint, path_of


def test_every_scalar_stays_text() -> None:
    source = Source("a.yaml", "to: 09121234567\nline: 0200010\nreceipt: yes\nnothing: null\nempty:\nlist: [1.0, on]\n")
    assert source.data == {
        "to": "09121234567", "line": "0200010", "receipt": "yes", "nothing": "null", "empty": "", "list": ["1.0", "on"],
    }  # fmt: skip
    assert source.problems == []


def test_places_of_keys_and_values() -> None:
    source = Source("a.yaml", "title: x\nsteps:\n  - bind: {as: panel}\n")
    assert source.value_at(("steps", 0, "bind", "as")) == (3, 16)
    assert source.key_at(("steps", 0, "bind", "as")) == (3, 12)
    assert source.value_at(("steps", 0, "bind", "password")) == (3, 11)
    assert source.value_at(("nothing", "there")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\na: 2\n", "a.yaml:2:1: a: this key occurs twice"),
        ("a: &x 1\nb: *x\n", "a.yaml:2:1: b: an alias"),
        ("a: &x [*x]\n", "a.yaml:1:4: a[0]: an alias"),
        ("a: !!int 1\n", "a.yaml:1:4: a: a tag (tag:yaml.org,2002:int)"),
        ("a: !!python/object:os.system x\n", "a.yaml:1:4: a: a tag"),
        ("? [a]\n: b\n", "a.yaml:1:3: a key must be plain text"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: not YAML: but found another document"),
        ("a: [1\n", "a.yaml:2:1: not YAML: "),
        ("a: \x00\n", "a.yaml:1:1: not YAML: "),
        ("[" * 5000, "a.yaml:1:1: nested too deeply"),
    ],
)
def test_what_would_mislead_is_refused(text: str, complaint: str) -> None:
    [problem, *_] = Source("a.yaml", text).problems
    assert str(problem).startswith(complaint)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    source = Source("a.yaml", text)
    assert all(problem.line >= 1 and problem.message for problem in source.problems)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufefftitle: x\n".encode())
    source = read_source(tmp_path / "a.yaml")
    assert isinstance(source, Source)
    assert source.data == {"title": "x"}


@pytest.mark.parametrize(
    ("octets", "complaint"),
    [(b"title: x\n\xff\n", "not UTF-8"), (b"#" * (MAX_OCTETS + 1), "a scenario file has at most 1000000")],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, octets: bytes, complaint: str) -> None:
    (tmp_path / "a.yaml").write_bytes(octets)
    problem = read_source(tmp_path / "a.yaml")
    assert isinstance(problem, Problem)
    assert complaint in str(problem)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_source(tmp_path / "a.yaml") == Problem(str(tmp_path / "a.yaml"), 0, 0, "", "No such file or directory")


def test_paths_and_hints_are_as_people_write_them() -> None:
    assert path_of(("steps", 1, "submit", "to")) == "steps[1].submit.to"
    assert hint("submitt", ["submit", "bind"]) == "; did you mean 'submit'?"
    assert hint("xyz", ["submit", "bind"]) == "; there are: bind, submit"
    assert hint("xyz", map(str, range(50))) == ""
