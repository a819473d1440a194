"""Plays one scenario on a fresh operator world and says what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from harness.driver import Driver, DriverError
from harness.operator_api import Message, Operator, OperatorError
from harness.results import Failure, ScenarioResult, Verdict
from harness.scenario import PlacedStep, Scenario
from harness.stage import Scene, Stage, StepError
from harness.step import Tolerated, Unmet

Now = Callable[[], datetime]
_BROKEN = (DriverError, OperatorError, StepError)


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario's result with every message that the operator held after it."""

    result: ScenarioResult
    messages: tuple[Message, ...]


def play(scenario: Scenario, driver: Driver, operator: Operator, scene: Scene, now: Now) -> Played:
    """Plays a scenario; whatever goes wrong becomes part of its result.

    Args:
        scenario: What to play.
        driver: The client, started.
        operator: The operator, ready; its world and clock are replaced.
        scene: What else the stage needs; the scenario's own speed replaces its speed.
        now: Real time with its zone, for the result's `started`.
    """
    started, began = now(), scene.clock()
    missing = sorted(scenario.needs() - driver.capabilities)
    messages: tuple[Message, ...] = ()
    if missing:
        lacks = f"{driver.name} cannot: {', '.join(missing)}"
        verdict, failures = Verdict.UNSUPPORTED, [Failure(where=f"{scenario.file}:1", step="", expected=(), got=lacks)]
    else:
        verdict, failures, messages = _play(scenario, driver, operator, scene)
    result = ScenarioResult(
        id=scenario.id,
        file=scenario.file,
        title=scenario.header.title,
        clauses=scenario.header.clauses,
        driver=driver.name,
        verdict=verdict,
        seconds=round(scene.clock() - began, 4),
        started=started.isoformat(timespec="milliseconds"),
        failures=tuple(failures),
        message_ids=tuple(message["id"] for message in messages),
    )
    return Played(result, messages)


def _play(
    scenario: Scenario, driver: Driver, operator: Operator, scene: Scene
) -> tuple[Verdict, list[Failure], tuple[Message, ...]]:
    given, failures = scenario.header.given, list[Failure]()
    stage = Stage(driver, operator, replace(scene, speed=given.clock.speed))
    try:
        operator.reset(given.world, given.clock.start, given.clock.speed)
    except OperatorError as error:
        return Verdict.ERROR, [_broken(f"{scenario.file}:1", "given", error)], ()
    verdict = _run_steps(scenario, stage, failures)
    try:
        stage.leave()
        messages = tuple(operator.messages())
    except _BROKEN as error:
        failures.append(_broken(f"{scenario.file}:1", "", error))
        return Verdict.ERROR, failures, ()
    return verdict, failures, messages


def _run_steps(scenario: Scenario, stage: Stage, failures: list[Failure]) -> Verdict:
    """Runs the steps until the end or the first that leaves nothing to go on with; the worst of what they said."""
    verdict = Verdict.PASS
    for placed in scenario.steps:
        try:
            outcome = placed.step.run(stage)
        except _BROKEN as error:
            failures.append(_broken(placed.where, placed.step.key, error))
            return Verdict.ERROR
        if outcome is None:
            continue
        failures.append(_failure(placed, outcome))
        if isinstance(outcome, Unmet):
            verdict = Verdict.FAIL
            if outcome.final:
                break
        elif verdict is Verdict.PASS:
            verdict = Verdict.NON_STRICT
    return verdict


def _failure(placed: PlacedStep, outcome: Unmet | Tolerated) -> Failure:
    return Failure(
        where=placed.where, step=placed.step.key, expected=outcome.expected, got=outcome.got, reason=outcome.reason
    )


def _broken(where: str, step: str, error: Exception) -> Failure:
    return Failure(where=where, step=step, expected=(), got=f"{type(error).__name__}: {error}")
