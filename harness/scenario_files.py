"""From paths to scenarios: finds the files, checks each, and reports all mistakes of all files together."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from harness.problems import Problem, ProblemsError
from harness.scenario import Header, PlacedStep, Scenario
from harness.step import Step
from harness.steps import STEPS
from harness.world_check import world_problems
from harness.yaml_source import Data, Path_, Source, read_source
from simulator.wording import hint

FOLDER = "scenarios"
"""A scenario's id is its path below the nearest folder of this name, or else below the folder that was asked for."""
SUFFIX = ".yaml"
_KEYS = frozenset({*Header.model_fields, "steps"})
M = TypeVar("M", bound=BaseModel)


def shipped_folder() -> Path:
    """The folder of the scenarios that come with Khatban."""
    return Path(str(resources.files(FOLDER)))


def load_scenarios(paths: Sequence[Path]) -> tuple[Scenario, ...]:
    """Reads scenario files, and all below folders, in the order of their ids.

    Args:
        paths: Files and folders; none means the shipped scenarios.

    Raises:
        ProblemsError: With every mistake of every file.
    """
    problems: list[Problem] = []
    scenarios: dict[str, Scenario] = {}
    found = {path.resolve(): (scenario_id, path) for scenario_id, path in _find(paths or (shipped_folder(),), problems)}
    for scenario_id, path in sorted(found.values()):
        read = load_scenario(_shown(path), scenario_id)
        if not isinstance(read, Scenario):
            problems += read
        elif scenario_id in scenarios:
            problems.append(
                Problem(str(path), 0, 0, "", f"has the id {scenario_id}, as has {scenarios[scenario_id].file}")
            )
        else:
            scenarios[scenario_id] = read
    if problems:
        raise ProblemsError(problems)
    return tuple(scenarios.values())


def load_scenario(path: Path, scenario_id: str) -> Scenario | list[Problem]:
    """Reads one file; its mistakes, in the order of its lines, when it has any."""
    source = read_source(path)
    if isinstance(source, Problem):
        return [source]
    problems = list(source.problems)
    if not isinstance(source.data, dict):
        return problems or [source.problem((), "expected a mapping with title, clauses and steps")]
    header = _read_header(source, problems)
    steps = _read_steps(source, problems)
    if header is None or problems:
        return sorted(problems)
    return Scenario(scenario_id, source.file, header, steps, source)


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


def _read_header(source: Source, problems: list[Problem]) -> Header | None:
    if not isinstance(source.data, dict):
        return None
    unknown = (key for key in source.data if key not in _KEYS)
    problems += [source.problem((key,), f"unknown key{hint(key, _KEYS)}", at_key=True) for key in unknown]
    fields = {key: value for key, value in source.data.items() if key in Header.model_fields}
    if fields.get("given") == "":  # the key alone, without a value: nothing is given
        del fields["given"]
    header = _validated(Header, fields, source, (), problems)
    if header is not None:
        problems += world_problems(header.given.world, source)
    return header


def _read_steps(source: Source, problems: list[Problem]) -> tuple[PlacedStep, ...]:
    written = source.data.get("steps") if isinstance(source.data, dict) else None
    if not isinstance(written, list) or not written:
        problems.append(source.problem(("steps",), "missing: a list of at least one step"))
        return ()
    read = [_read_step(source, index, data, problems) for index, data in enumerate(written)]
    steps = [step for step in read if step is not None]
    if len(steps) == len(read):
        problems += _complaints(source, steps)
    lines = (source.value_at(("steps", index)).line for index in range(len(read)))
    return tuple(PlacedStep(step, f"{source.file}:{line}") for step, line in zip(steps, lines, strict=False))


def _complaints(source: Source, steps: Sequence[Step]) -> Iterator[Problem]:
    for index, step in enumerate(steps):
        complaint = step.complaint(steps[:index])
        if complaint is not None:
            yield source.problem(("steps", index, step.key), complaint, at_key=True)


def _read_step(source: Source, index: int, data: Data, problems: list[Problem]) -> Step | None:
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


def _validated(model: type[M], fields: Any, source: Source, path: Path_, problems: list[Problem]) -> M | None:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            at = (*path, *_existing(source, path, fault["loc"]))
            unknown = fault["type"] == "extra_forbidden"
            message = _message(model, fault["type"], fault["msg"], fault["loc"])
            problems.append(source.problem(at, message, at_key=unknown))
        return None


def _existing(source: Source, path: Path_, location: tuple[int | str, ...]) -> Path_:
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
    if kind == "missing":
        return "missing"
    if kind == "string_too_short":
        return "must not be empty"
    return message.removeprefix("Value error, ")


def _keys_at(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """The keys that a model, or the one inside it at `location`, knows."""
    for part in location:
        inner = model.model_fields[str(part)].annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]
