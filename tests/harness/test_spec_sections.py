"""The table of the specification's sections, and what a citation must be."""

from pathlib import Path

import pytest

from harness.problems import ProblemsError
from harness.scenario_files import load_scenarios
from harness.spec_sections import known_section, spec_sections

SCENARIO = """\
title: A bind is answered
spec: ["SMPP 3.4, 4.1.1", "{citation}"]
steps:
  - bind: {{as: panel, password: panel}}
"""


@pytest.mark.parametrize(
    ("citation", "heading"),
    [
        ("SMPP 3.4, 4.4.1", "submit_sm syntax"),
        ("SMPP 3.4, 5.2.12", "esm_class"),
        ("SMPP 3.4, Appendix B", "delivery receipt format"),
        ("SMPP 5.0, 4.7.12", "esm_class"),
        ("SMPP 5.0, 4.8.4.18", "congestion_state"),
    ],
)
def test_a_section_has_its_heading(citation: str, heading: str) -> None:
    assert spec_sections()[known_section(citation)] == heading


def test_the_sections_of_fields_are_numbered_without_gaps() -> None:
    """As they are in the documents: a line that was lost would show."""
    for parent, count in (
        ("SMPP 3.4, 5.2", 28),
        ("SMPP 3.4, 5.3.2", 44),
        ("SMPP 5.0, 4.7", 31),
        ("SMPP 5.0, 4.8.4", 64),
    ):
        assert [number for number in range(1, count + 2) if f"{parent}.{number}" not in spec_sections()] == [count + 1]


@pytest.mark.parametrize("citation", ["SMPP 3.4, 4.8.4.18", "SMPP 3.4 4.1.1", "SMPP 3.3, 4.1.1", "4.1.1"])
def test_a_citation_that_leads_nowhere_is_a_mistake_at_its_place(tmp_path: Path, citation: str) -> None:
    (tmp_path / "bind.yaml").write_text(SCENARIO.format(citation=citation), encoding="utf-8")
    with pytest.raises(ProblemsError, match=f"bind.yaml:2:27: spec\\[1\\]: there is no section '{citation}'"):
        load_scenarios([tmp_path])
