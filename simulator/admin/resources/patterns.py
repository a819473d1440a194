"""`/api/v1/patterns`: the texts handed in for shared service lines, and what the staff would object to in each.

What is decided of them are changes: `hand-in-pattern`, `approve-pattern`, `reject-pattern`, `withdraw-pattern`.
"""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from simulator.admin.pages import Page
from simulator.admin.problems import ProblemError, problem
from simulator.center.operator import Operator
from simulator.policy.patterns import Finding, review
from simulator.registry.lines import LineBook
from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.pattern_syntax import Syntax, Variable, VariableType


class VariableForm(BaseModel):
    """A place of a pattern that a value stands in."""

    name: str
    type: VariableType
    max: int = Field(description="Characters that it may hold.")
    blanks: int | None = Field(description="How many blanks it may hold; null for any number.")

    @classmethod
    def of(cls, variable: Variable) -> Self:
        """The form of a variable."""
        return cls(**variable._asdict())


class PatternForm(BaseModel):
    """A pattern of a shared service line."""

    id: str = Field(
        description="The line's number, a colon, and what the pattern is called.", examples=["2000300030:otp"]
    )
    line: str
    name: str
    account: str = Field(description="Whose it is; the line's, where it names none.")
    text: str
    syntax: Syntax = Field(description="How its text marks variables.")
    variables: list[VariableForm] = Field(description="In the order of the text.")
    sender: str = Field(description="The name by which the text tells who sends it; empty if nothing was declared.")
    state: PatternState
    reason: str | None = Field(description="Why it was rejected.")

    @classmethod
    def of(cls, pattern: Pattern, lines: LineBook, **more: Any) -> Self:
        """The form of a pattern; `more` are the fields of a form that says more."""
        template, line = pattern.template(), lines.get(pattern.line)
        return cls(
            id=f"{pattern.line}:{pattern.name}",
            line=pattern.line,
            name=pattern.name,
            account=pattern.account or (line.account if line else ""),
            text=pattern.text,
            syntax=template.syntax,
            variables=[VariableForm.of(variable) for variable in template.variables],
            sender=pattern.sender,
            state=pattern.state,
            reason=pattern.reason or None,
            **more,
        )


class FindingForm(BaseModel):
    """One reason why a pattern should not be approved."""

    code: str = Field(examples=["adjacent-variables"])
    says: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """The form of a finding."""
        return cls(**finding._asdict())


class ReviewedPattern(PatternForm):
    """A pattern, and what stands against it."""

    review: list[FindingForm] = Field(
        description="Empty if it can be approved. The decision is the staff's: it may be approved all the same."
    )


class Patterns(BaseModel):
    """A page of patterns, in the order of their handing in."""

    patterns: list[PatternForm]
    total: int = Field(description="How many fit the filters, on all pages together.")


class Filters(Page):
    """Which patterns; all that are given must fit."""

    account: str | None = Field(default=None, max_length=40)
    line: str | None = Field(default=None, max_length=40, description="The line, in any form.")
    state: PatternState | None = None


def router(operator: Operator) -> APIRouter:
    """The patterns of an operator."""
    routes = APIRouter(prefix="/api/v1/patterns", tags=["patterns"])

    @routes.get("")
    async def list_patterns(filters: Annotated[Filters, Query()]) -> Patterns:
        """The patterns that fit."""
        lines = operator.registers.lines
        line = lines.find(filters.line) if filters.line else None
        number = line.number if line else filters.line
        forms = (PatternForm.of(pattern, lines) for pattern in operator.registers.patterns)
        fitting = [
            form
            for form in forms
            if number in (None, form.line)
            and filters.account in (None, form.account)
            and filters.state in (None, form.state)
        ]
        return Patterns(patterns=fitting[filters.offset : filters.offset + filters.limit], total=len(fitting))

    @routes.get("/{id:path}")
    async def get_pattern(id: str) -> ReviewedPattern:  # noqa: A002 - the name that the documentation shows
        """One pattern with its review."""
        written, _, name = id.partition(":")
        line = operator.registers.lines.find(written)
        pattern = operator.registers.patterns.get((line.number if line else written, name))
        if pattern is None:
            raise ProblemError(problem(404, f"there is no pattern {id!r}"))
        findings = [FindingForm.of(finding) for finding in review(pattern)]
        return ReviewedPattern.of(pattern, operator.registers.lines, review=findings)

    return routes
