"""Reads a plan from TOML; every mistake is told with file, line, path, and what was probably meant."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from harness.load.plan import Plan
from harness.load.shapes import SHAPES
from harness.problems import Problem, ProblemsError
from simulator.wording import hint, line_of, path_of, unknown_tag

_KINDS = tuple(shape.model_fields["kind"].annotation.__args__[0] for shape in SHAPES)  # type: ignore[union-attr] # a Literal


def load_plan(path: Path) -> Plan:
    """The plan in a TOML file.

    Raises:
        ProblemsError: it cannot be read, is no TOML, or has mistakes.
    """
    try:
        return read_plan(path.read_text("utf-8"), str(path), path.parent)
    except OSError as error:
        raise ProblemsError([Problem(str(path), 0, 0, "", error.strerror or str(error))]) from error
    except UnicodeDecodeError as error:
        raise ProblemsError([Problem(str(path), 0, 0, "", f"not UTF-8: {error}")]) from error


def read_plan(text: str, file: str, folder: Path) -> Plan:
    """The plan in a TOML text; `folder` is that from which its files are looked for.

    Raises:
        ProblemsError: as `load_plan`.
    """
    try:
        table = tomllib.loads(text)
        plan = Plan.model_validate(table)
    except tomllib.TOMLDecodeError as error:
        raise ProblemsError([Problem(file, 0, 0, "", f"not TOML: {error}")]) from error
    except ValidationError as error:
        problems = (_problem(file, text, *fault) for fault in _faults(error))
        raise ProblemsError(sorted(set(problems))) from error
    if plan.operator is None or plan.operator.config is None:
        return plan
    config = (folder / plan.operator.config).resolve()
    if not config.is_file():
        raise ProblemsError([_problem(file, text, "operator.config", f"there is no file {config}")])
    return plan.model_copy(update={"operator": plan.operator.model_copy(update={"config": config})})


def _problem(file: str, text: str, path: str, what: str) -> Problem:
    number = line_of(text, path)
    line = text.splitlines()[number - 1] if text else ""
    return Problem(file, number, len(line) - len(line.lstrip()) + 1, path, what)


def _faults(error: ValidationError) -> Iterator[tuple[str, str]]:
    for fault in error.errors(include_url=False):
        location = tuple(step for step in fault["loc"] if step not in (*_KINDS, "[key]") and not _is_branch(step))
        if fault["type"] == "tuple_type":
            continue  # a text in the place of a list of texts: told as the word that it is not
        path = path_of(location)
        if told := unknown_tag(fault, "shape", "kind", _KINDS):
            yield f"{path}.kind", told
        elif fault["type"] == "extra_forbidden":
            yield path, f"unknown key{hint(str(location[-1]), _known(location[:-1]))}"
        else:
            yield path, fault["msg"].removeprefix("Value error, ")


def _is_branch(step: int | str) -> bool:
    """Whether a step of a location names a branch of a union, not a place in the file."""
    return isinstance(step, str) and (step.startswith(("tuple[", "str-enum")) or step == "Kind")


def _known(location: tuple[int | str, ...]) -> Mapping[str, Any]:
    """The keys of the table at a place; none where that is not the same for every plan."""
    model: Any = Plan
    for step in location:
        if isinstance(step, int):
            continue
        if step == "shape":
            return dict.fromkeys(name for shape in SHAPES for name in shape.model_fields)
        model = _table(model.model_fields[step].annotation)
        if model is None:
            return {}
    fields: Mapping[str, Any] = model.model_fields
    return fields


def _table(annotation: Any) -> Any:
    """The model in an annotation such as `Target | None` or `tuple[Line, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _table(part))), None)
