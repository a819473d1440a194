"""The result of an audit as one HTML page that needs nothing else."""

from pathlib import Path
from typing import Final

import jinja2

from harness.audit.check import Outcome
from harness.audit.display import pdu_line
from harness.audit.result import AuditResult

_TEMPLATE: Final = "page.html"
_ORDER: Final = (Outcome.FAIL, Outcome.WARN, Outcome.PASS, Outcome.NOT_SEEN)


def page(result: AuditResult) -> str:
    """The page: the grade, what was not good with its evidence, and every check."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    checks = sorted(result.checks, key=lambda check: _ORDER.index(check.outcome))
    return environment.get_template(_TEMPLATE).render(result=result, checks=checks, pdu_line=pdu_line)


def write_page(result: AuditResult, path: Path) -> None:
    """Writes the page.

    Raises:
        OSError: It cannot be written.
    """
    path.write_text(page(result), encoding="utf-8")
