"""The sections of the report, in the order of the page."""

from reports.section import Section
from reports.sections import (
    clauses,
    comparison,
    content,
    decisions,
    environment,
    failures,
    hours,
    leakage,
    operators,
    refusals_by_line,
    refusals_by_rule,
    states,
    summary,
)

SECTIONS: tuple[Section, ...] = (
    summary.SECTION,
    comparison.SECTION,
    failures.SECTION,
    leakage.SECTION,
    clauses.SECTION,
    decisions.SECTION,
    refusals_by_rule.SECTION,
    refusals_by_line.SECTION,
    hours.SECTION,
    operators.SECTION,
    content.SECTION,
    states.SECTION,
    environment.SECTION,
)
