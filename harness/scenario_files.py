"""From paths to scenarios: finds the files, checks each, and reports all mistakes of all files together."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from harness.drivers import DRIVERS
from harness.examples import KEY as EXAMPLES
from harness.examples import rows_of
from harness.problems import Problem, ProblemsError
from harness.scenario import Header, PlacedStep, Scenario
from harness.step import AtOperator, Step
from harness.steps import STEPS
from harness.steps.fault import Fault
from harness.world_check import fault_problems, given_problems
from harness.yaml_source import Data, Path_, Placed, read_source
from simulator.wording import hint

FOLDER = "scenarios"
"""A scenario's id is its path below the nearest folder of this name, or else below the folder that was asked for."""
SUFFIX = ".yaml"
_KEYS = frozenset({*Header.model_fields, EXAMPLES, "steps"})
_CLIENTS = frozenset(driver.name for driver in DRIVERS)
_PLAIN_MESSAGES = MappingProxyType(
    {
        "missing": "missing",
        "string_too_short": "must not be empty",
        "string_type": "expected a text",
        "tuple_type": "expected a list",
        "list_type": "expected a list",
        "dict_type": "expected a mapping",
        "model_type": "expected a mapping",
    }
)
"""Pydantic's kinds of errors, in the words of a scenario file."""
M = TypeVar("M", bound=BaseModel)


def shipped_folder() -> Path:
    """The folder of the scenarios that come with Khatban."""
    return Path(str(resources.files(FOLDER)))


def load_scenarios(paths: Sequence[Path]) -> tuple[Scenario, ...]:
    """Reads scenario files, and all below folders: in the order of the files' ids, and in a file of its examples.

    Args:
        paths: Files and folders; none means the shipped scenarios.

    Raises:
        ProblemsError: With every mistake of every file.
    """
    problems: list[Problem] = []
    scenarios: dict[str, Scenario] = {}
    found = {path.resolve(): (file_id, path) for file_id, path in _find(paths or (shipped_folder(),), problems)}
    for file_id, path in sorted(found.values()):
        for read in load_file(_shown(path), file_id):
            if isinstance(read, Problem):
                problems.append(read)
            elif read.id in scenarios:
                reason = f"has the id {read.id}, as has {scenarios[read.id].file}"
                problems.append(Problem(str(path), 0, 0, "", reason))
            else:
                scenarios[read.id] = read
    if problems:
        raise ProblemsError(problems)
    return tuple(scenarios.values())


def load_file(path: Path, file_id: str) -> Sequence[Scenario] | Sequence[Problem]:
    """The scenarios of one file; its mistakes, in the order of its lines, when it has any."""
    source = read_source(path)
    if isinstance(source, Problem):
        return [source]
    problems = list(source.problems)
    rows: list[tuple[str, Placed]] = []
    if isinstance(source.data, dict):
        rows, mistakes = rows_of(source)
        problems += mistakes
    elif not problems:
        problems.append(source.problem((), "expected a mapping with title and steps"))
    scenarios = [_read_scenario(row, f"{file_id}/{name}" if name else file_id, problems) for name, row in rows]
    read = [scenario for scenario in scenarios if scenario is not None]
    # What is wrong whatever a row says is wrong once.
    return sorted(set(problems)) if problems else read


def _find(paths: Iterable[Path], problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    for asked in paths:
        if asked.is_dir():
            files = sorted(asked.rglob(f"*{SUFFIX}"))
            if not files:
                problems.append(Problem(str(asked), 0, 0, "", f"no scenario file (*{SUFFIX}) in this folder"))
            yield from ((_id_of(file, asked), file) for file in files)
        elif asked.suffix == SUFFIX and asked.is_file():
            yield _id_of(asked, asked.parent), asked
        else:
            reason = f"not a scenario file (*{SUFFIX})" if asked.exists() else "there is no such file or folder"
            problems.append(Problem(str(asked), 0, 0, "", reason))


def _shown(path: Path) -> Path:
    """A path as people and editors want it in messages: from the working directory, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _id_of(file: Path, asked: Path) -> str:
    above = [folder for folder in file.resolve().parents if folder.name == FOLDER]
    below = above[0] if above else asked.resolve()
    return file.resolve().relative_to(below).with_suffix("").as_posix()


def _read_scenario(source: Placed, scenario_id: str, problems: list[Problem]) -> Scenario | None:
    header = _read_header(source, problems)
    steps = _read_steps(source, problems)
    if header is None or not steps:
        return None
    problems += _misplaced(source, header, steps)
    return Scenario(scenario_id, source.file, header, steps, source)


def _read_header(source: Placed, problems: list[Problem]) -> Header | None:
    if not isinstance(source.data, dict):
        return None
    unknown = (key for key in source.data if key not in _KEYS)
    problems += [source.problem((key,), f"unknown key{hint(key, _KEYS)}", at_key=True) for key in unknown]
    fields = {key: value for key, value in source.data.items() if key in Header.model_fields}
    if fields.get("given") == "":  # the key alone, without a value: nothing is given
        del fields["given"]
    header = _validated(Header, fields, source, (), problems)
    if header is not None:
        problems += given_problems(header.given, source)
        if (client := header.given.client) is not None and client not in _CLIENTS:
            problems.append(
                source.problem(("given", "client"), f"there is no driver {client!r}{hint(client, _CLIENTS)}")
            )
    return header


def _read_steps(source: Placed, problems: list[Problem]) -> tuple[PlacedStep, ...]:
    """The steps; none where one of them cannot be read."""
    written = source.data.get("steps") if isinstance(source.data, dict) else None
    if not isinstance(written, list) or not written:
        problems.append(source.problem(("steps",), "missing: a list of at least one step"))
        return ()
    read = [_read_step(source, index, data, problems) for index, data in enumerate(written)]
    steps = [step for step in read if step is not None]
    if len(steps) < len(read):
        return ()
    problems += _complaints(source, steps)
    lines = (source.value_at(("steps", index)).line for index in range(len(steps)))
    return tuple(PlacedStep(step, f"{source.file}:{line}") for step, line in zip(steps, lines, strict=True))


def _complaints(source: Placed, steps: Sequence[Step]) -> Iterator[Problem]:
    for index, step in enumerate(steps):
        complaint = step.complaint(steps[:index])
        if complaint is not None:
            yield source.problem(("steps", index, step.key), complaint, at_key=True)


def _misplaced(source: Placed, header: Header, steps: Sequence[PlacedStep]) -> Iterator[Problem]:
    """Steps at an operator that is not given, and faults that there cannot be."""
    operators = header.given.operators
    for index, placed in enumerate(steps):
        step = placed.step
        path: Path_ = ("steps", index, step.key)
        if isinstance(step, AtOperator):
            if step.at_operator is None and operators:
                yield source.problem(path, f"say `at_operator`: {', '.join(operators)}", at_key=True)
            elif step.at_operator is not None and step.at_operator not in operators:
                known = hint(step.at_operator, operators) if operators else "; the scenario gives no `operators`"
                yield source.problem((*path, "at_operator"), f"there is no operator {step.at_operator!r}{known}")
        if isinstance(step, Fault):
            yield from fault_problems(step.table, source, path)


def _read_step(source: Placed, index: int, data: Data, problems: list[Problem]) -> Step | None:
    path: Path_ = ("steps", index)
    if not isinstance(data, dict) or len(data) != 1:
        problems.append(
            source.problem(path, f"a step is one of {', '.join(kind.key for kind in STEPS)} with its fields")
        )
        return None
    [(key, fields)] = data.items()
    kinds = {kind.key: kind for kind in STEPS}
    if key not in kinds:
        problems.append(source.problem((*path, key), f"unknown step{hint(key, kinds)}", at_key=True))
        return None
    return _validated(kinds[key], fields or {}, source, (*path, key), problems)


def _validated(model: type[M], fields: Any, source: Placed, path: Path_, problems: list[Problem]) -> M | None:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            at = (*path, *_existing(source, path, fault["loc"]))
            unknown = fault["type"] == "extra_forbidden"
            message = _message(model, fault["type"], fault["msg"], fault["loc"])
            problems.append(source.problem(at, message, at_key=unknown))
        return None


def _existing(source: Placed, path: Path_, location: tuple[int | str, ...]) -> Path_:
    """A fault's location without what pydantic adds to it for alternatives, but with a missing key at its end."""
    data = _value_at(source.data, path)
    for index, part in enumerate(location):
        if isinstance(data, dict) and part not in data:
            return location[: index + 1]
        if not isinstance(data, dict | list) or (isinstance(data, list) and not isinstance(part, int)):
            return location[:index]
        data = _value_at(data, (part,))
    return location


def _value_at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]
    return data


def _message(model: type[BaseModel], kind: str, message: str, location: tuple[int | str, ...]) -> str:
    if kind == "extra_forbidden":
        return f"unknown key{hint(str(location[-1]), _keys_at(model, location[:-1]))}"
    if kind in _PLAIN_MESSAGES:
        return _PLAIN_MESSAGES[kind]
    return message.removeprefix("Value error, ")


def _keys_at(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """The keys that a model, or the one inside it at `location`, knows."""
    for part in location:
        field = model.model_fields.get(str(part))
        inner = None if field is None else field.annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]
