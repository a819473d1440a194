"""`/api/v1/verify`: whether the messages came that a test expects, with the nearest misses explained."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Final, Self

import trio
from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.admin.expectations import Arrived, Checker, Difference, Expectation, arrived, distance
from simulator.admin.message_filters import MessageFilters
from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.admin.waiting import LOOK_SHARE, MAX_WAIT, wait_until
from simulator.center.operator import Operator
from simulator.messages import Fate, message_id
from simulator.smpp.consts import MessageState

MAX_LOOKED_AT: Final = 10_000
"""Messages that one request is held against; a test begins with few, or says which it means."""
_SLICE = 500
"""Messages that are read in one turn of the event loop, some milliseconds."""
_NEAREST, _UNEXPECTED, _COMPARED = 3, 20, 50
"""So many near misses, and messages that nobody expected, are told; so many of the nearest are compared by text."""


class Among(MessageFilters):
    """Which messages are looked at."""

    model_config = ConfigDict(extra="forbid")


class Verification(BaseModel):
    """What should have come."""

    model_config = ConfigDict(extra="forbid")

    expected: list[Expectation] = Field(
        max_length=200, description="Each by itself; a message may fit several. Empty, with `only`: nothing came."
    )
    only: bool = Field(default=False, strict=True, description="Whether anything else that came is wrong.")
    among: Among = Field(default=Among(), description="Only these are looked at; the filters of GET /api/v1/messages.")
    wait: float = Field(
        default=0.0,
        ge=0,
        le=MAX_WAIT,
        strict=True,
        description="Seconds to wait until it is so; what is so already takes no time.",
    )

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.expected and not self.only:
            msg = "nothing is expected: say `only` if nothing should have come"
            raise ValueError(msg)
        return self


class Came(BaseModel):
    """A message that came, in short; the parts of a text are one."""

    ids: list[str] = Field(description="Of its parts; of a message that came whole, one.")
    received_at: Moment
    account: str
    line: str
    to: str
    text: str
    verdict: Fate | None
    rule: str | None
    state: str

    @classmethod
    def of(cls, message: Arrived) -> Self:
        """The form of a message."""
        first = message.first
        return cls(
            ids=_ids(message),
            received_at=tehran_moment(first.received_at),
            account=first.account,
            line=first.line or first.source,
            to=first.recipient or first.destination,
            text=message.text,
            verdict=first.verdict and first.verdict.outcome,
            rule=first.verdict and first.verdict.rule,
            state=MessageState(first.state).name,
        )


class NearMiss(BaseModel):
    """A message that does not fit, and why not."""

    message: Came
    differences: list[Difference]


class Result(BaseModel):
    """What became of one expectation."""

    expected: dict[str, Any] = Field(description="As it was given.")
    met: bool
    found: int = Field(description="How many messages fit.")
    ids: list[str] = Field(description="Those of the messages that fit.")
    why: str | None = Field(description="What is wrong; null where it is met.")
    nearest: list[NearMiss] = Field(description="Where too few came: the messages that come nearest, the best first.")


class Report(BaseModel):
    """Whether all is as expected."""

    met: bool
    looked_at: int = Field(description="How many messages were looked at; the parts of a text are one.")
    results: list[Result] = Field(description="In the order of the expectations.")
    unexpected: list[Came] = Field(description="With `only`: the first of the messages that no expectation fits.")
    unexpected_count: int = Field(description="With `only`: how many there are.")


_EXAMPLE = {
    "expected": [
        {"line": "3000200020", "to": "09129990001", "text": "سفارش", "verdict": "accepted", "count": 1},
        {"line": "3000100010", "to": "09121110001", "verdict": "refused", "rule": "promotion-to-blacklisted"},
    ],
    "only": True,
    "wait": 5,
}


def router(operator: Operator) -> APIRouter:
    """Verifications against an operator's messages."""
    routes = APIRouter(prefix="/api/v1/verify", tags=["verify"])

    @routes.post("")
    async def verify(wanted: Annotated[Verification, Body(examples=[_EXAMPLE])], request: Request) -> Report:
        """Holds expected messages against what came. The answer is 200 whether they came or not: `met` says it."""
        checkers = [Checker(expectation, operator.registers.lines) for expectation in wanted.expected]
        until = trio.current_time() + wanted.wait
        while True:
            seen, began = operator.commits, trio.current_time()
            report = _report(wanted, checkers, await _came(operator, wanted))
            left = until - trio.current_time()
            if report.met or left <= 0:
                return report
            await trio.sleep(min(left, (trio.current_time() - began) / LOOK_SHARE))
            await wait_until(partial(_has_more, operator, seen), operator, until - trio.current_time(), request)
            if not _has_more(operator, seen):
                return report

    return routes


def _has_more(operator: Operator, commits: int) -> bool:
    """Whether anything was written down since."""
    return operator.commits != commits


async def _came(operator: Operator, wanted: Verification) -> list[Arrived]:
    """What came, read in slices: the SMPP sessions of the same event loop have their turns in between."""
    query = wanted.among.query(limit=_SLICE)
    total = operator.inquiries.count(query)
    if total > MAX_LOOKED_AT:
        why = f"{total} messages came, and {MAX_LOOKED_AT} are looked at: say which (among.after, among.since, ...)"
        raise ProblemError(
            problem(422, "too many messages to look at", kind=INVALID_REQUEST, errors=[("body.among", why)])
        )
    messages = []
    for offset in range(0, total, _SLICE):
        messages += operator.inquiries.find(wanted.among.query(limit=_SLICE, offset=offset))
        await trio.lowlevel.checkpoint()
    return arrived(messages)


def _report(wanted: Verification, checkers: Sequence[Checker], came: Sequence[Arrived]) -> Report:
    differences = [[checker.differences(message) for message in came] for checker in checkers]
    results = [
        _result(expectation, checker, came, found)
        for expectation, checker, found in zip(wanted.expected, checkers, differences, strict=True)
    ]
    unexpected = [
        message for place, message in enumerate(came) if wanted.only and all(found[place] for found in differences)
    ]
    return Report(
        met=all(result.met for result in results) and not unexpected,
        looked_at=len(came),
        results=results,
        unexpected=[Came.of(message) for message in unexpected[:_UNEXPECTED]],
        unexpected_count=len(unexpected),
    )


def _result(
    expectation: Expectation, checker: Checker, came: Sequence[Arrived], differences: Sequence[list[Difference]]
) -> Result:
    fitting = [message for message, found in zip(came, differences, strict=True) if not found]
    at_least, at_most = expectation.bounds
    is_missing = len(fitting) < at_least
    is_met = not is_missing and (at_most is None or len(fitting) <= at_most)
    return Result(
        expected=expectation.asked(),
        met=is_met,
        found=len(fitting),
        ids=[id_ for message in fitting for id_ in _ids(message)],
        why=None if is_met else _why(len(fitting), at_least, at_most, len(came)),
        nearest=_nearest(checker, came, differences) if is_missing else [],
    )


def _why(found: int, at_least: int, at_most: int | None, came: int) -> str:
    wanted = (
        f"{at_least}" if at_least == at_most else f"at least {at_least}" if found < at_least else f"at most {at_most}"
    )
    fit = "no message fits" if not found else "1 message fits" if found == 1 else f"{found} messages fit"
    return f"{fit}, expected {wanted}" + ("" if came else "; none came at all")


def _nearest(checker: Checker, came: Sequence[Arrived], differences: Sequence[list[Difference]]) -> list[NearMiss]:
    """Those that are nearest, of equal ones those whose text is."""
    far = {at: distance(found) for at, found in enumerate(differences) if found}
    misses = sorted(far, key=lambda at: (far[at], -at))[:_COMPARED]
    best = sorted(misses, key=lambda at: (far[at], -checker.likeness(came[at]), at))
    return [NearMiss(message=Came.of(came[at]), differences=differences[at]) for at in best[:_NEAREST]]


def _ids(message: Arrived) -> list[str]:
    return [message_id(part.number) for part in message.parts]
