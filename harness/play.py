"""Plays one scenario on fresh operators and says what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from harness.account import account_of
from harness.driver import Driver, DriverError
from harness.given import THE_OPERATOR
from harness.operator_api import Message, Operator, OperatorError
from harness.results import Failure, ScenarioResult, Verdict
from harness.scenario import PlacedStep, Scenario
from harness.stage import Scene, Stage, StepError
from harness.step import StepOutcome, Tolerated, Unmet

Now = Callable[[], datetime]
Told = dict[str, Any]
"""A change or a violation in the operator's API form."""
_BROKEN = (DriverError, OperatorError, StepError)


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario's result, with every message that the operators held after it, every change and every violation.

    `account` tells the scenario step by step: the same scenario, seed and client give the same text.
    """

    result: ScenarioResult
    messages: tuple[Message, ...] = ()
    account: str = ""
    changes: tuple[Told, ...] = ()
    violations: tuple[Told, ...] = ()


@dataclass(slots=True)
class _Course:
    """How a scenario went, so far."""

    verdict: Verdict
    failures: list[Failure]
    outcomes: list[str]
    messages: tuple[Message, ...] = ()
    changes: tuple[Told, ...] = ()
    violations: tuple[Told, ...] = ()


def play(scenario: Scenario, driver: Driver, operators: Mapping[str, Operator], scene: Scene, now: Now) -> Played:
    """Plays a scenario; whatever goes wrong becomes part of its result.

    Args:
        scenario: What to play.
        driver: The client, started.
        operators: Those that the scenario gives, by name, ready; their worlds and clocks are replaced.
        scene: What else the stage needs; the scenario's own clock replaces its start and speed.
        now: Real time with its zone, for the result's `started`.
    """
    started, began = now(), scene.clock()
    given = scenario.header.given
    scene = replace(scene, start=given.clock.start, speed=given.clock.speed)
    course, account = _Course(Verdict.PASS, [], []), ""
    if missing := sorted(scenario.needs() - driver.capabilities):
        lacks = f"{driver.name} cannot: {', '.join(missing)}"
        course.verdict = Verdict.UNSUPPORTED
        course.failures.append(Failure(where=f"{scenario.file}:1", step="", expected=(), got=lacks))
    elif _prepare(scenario, operators, course):
        stage = Stage(driver, operators, scene)
        _run_steps(scenario, stage, course)
        _leave(scenario, stage, course)
        account = account_of(scenario, stage, course.outcomes, course.messages)
    result = ScenarioResult(
        id=scenario.id,
        file=scenario.file,
        title=scenario.header.title,
        clauses=scenario.header.clauses,
        spec=scenario.header.spec,
        advice=scenario.header.advice or "",
        driver=driver.name,
        verdict=course.verdict,
        seconds=round(scene.clock() - began, 4),
        started=started.isoformat(timespec="milliseconds"),
        failures=tuple(course.failures),
        message_ids=tuple(message["id"] for message in course.messages),
    )
    return Played(result, course.messages, account, course.changes, course.violations)


def _prepare(scenario: Scenario, operators: Mapping[str, Operator], course: _Course) -> bool:
    """Has every operator begin anew; False if one cannot."""
    clock = scenario.header.given.clock
    try:
        for name, world in scenario.header.given.worlds.items():
            operators[name].reset(world, clock.start, clock.speed)
    except OperatorError as error:
        course.verdict = Verdict.ERROR
        course.failures.append(_broken(f"{scenario.file}:1", "given", error, ()))
        return False
    return True


def _run_steps(scenario: Scenario, stage: Stage, course: _Course) -> None:
    """Runs the steps until the end, or one that leaves nothing to go on with; the worst of what they said counts."""
    for number, placed in enumerate(scenario.steps, start=1):
        stage.transcript.step = number
        try:
            outcome = placed.step.run(stage)
        except _BROKEN as error:
            course.verdict = Verdict.ERROR
            course.failures.append(_broken(placed.where, placed.step.key, error, stage.transcript.around()))
            course.outcomes.append(f"{type(error).__name__}: {error}")
            return
        course.outcomes.append(_told(outcome))
        if outcome is None:
            continue
        course.failures.append(_failure(placed, outcome, stage.transcript.around()))
        if isinstance(outcome, Unmet):
            course.verdict = Verdict.FAIL
            if outcome.final:
                return
        elif course.verdict is Verdict.PASS:
            course.verdict = Verdict.NON_STRICT


def _leave(scenario: Scenario, stage: Stage, course: _Course) -> None:
    """Closes what is open, and asks every operator for what it holds, also where something broke before."""
    stage.transcript.step += 1
    try:
        stage.leave()
        course.messages = tuple(_held(stage.operators))
        course.changes = _told_by(stage.operators, lambda operator: operator.changes())
        course.violations = _told_by(stage.operators, lambda operator: operator.violations({}))
    except _BROKEN as error:
        course.verdict = Verdict.ERROR
        course.failures.append(_broken(f"{scenario.file}:1", "", error, stage.transcript.around()))


def _held(operators: Mapping[str, Operator]) -> list[Message]:
    """What the operators hold; each counts its own messages, so of several the id is told with the operator's name."""
    return [
        message if name == THE_OPERATOR else {**message, "id": f"{name}/{message['id']}"}
        for name, operator in operators.items()
        for message in operator.messages()
    ]


def _told_by(operators: Mapping[str, Operator], ask: Callable[[Operator], list[Told]]) -> tuple[Told, ...]:
    """What each operator tells, with its name; empty of the only one."""
    return tuple({**told, "told_by": name} for name, operator in operators.items() for told in ask(operator))


def _told(outcome: StepOutcome) -> str:
    if outcome is None:
        return ""
    return f"expected {'any of ' * (len(outcome.expected) > 1)}{', '.join(outcome.expected)}; got {outcome.got}"


def _failure(placed: PlacedStep, outcome: Unmet | Tolerated, around: tuple[str, ...]) -> Failure:
    return Failure(
        where=placed.where,
        step=placed.step.key,
        expected=outcome.expected,
        got=outcome.got,
        reason=outcome.reason,
        around=around,
    )


def _broken(where: str, step: str, error: Exception, around: tuple[str, ...]) -> Failure:
    return Failure(where=where, step=step, expected=(), got=f"{type(error).__name__}: {error}", around=around)
