"""The sections of the report, in the order of the page."""

from reports.section import Section
from reports.sections import clauses, decisions, failures, refusals_by_line, refusals_by_rule, summary

SECTIONS: tuple[Section, ...] = (
    summary.SECTION,
    failures.SECTION,
    clauses.SECTION,
    refusals_by_rule.SECTION,
    refusals_by_line.SECTION,
    decisions.SECTION,
)
