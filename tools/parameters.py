"""What a rule reads of the profile: each parameter with its path, type, default and meaning, taken from the sources."""

import ast
import datetime
import inspect
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulator.policy.rule import Rule
from simulator.profiles.profile import Profile
from tools.step_docs import docs_of

_ELSEWHERE = frozenset({"answers", "basis", "name", "title", "flat_status"})
"""What a profile says of all rules alike."""


_FEW = 6
"""So many words are written out; lists of operators and of categories are longer."""


class Parameter(NamedTuple):
    """One value of the profile that a rule looks at."""

    path: str
    type: str
    choices: tuple[str, ...]
    """The words that a value may be, or hold, where they are few."""
    default: str
    meaning: str


def fields_read(rule: Rule) -> list[str]:
    """The fields of the profile that the rule's file names, in the order of the profile."""
    module = sys.modules[rule.judge.__module__]
    tree = ast.parse(inspect.getsource(module))
    named = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id.endswith("profile")
    }
    return [name for name in Profile.model_fields if name in named - _ELSEWHERE]


def parameters(rule: Rule) -> Iterator[Parameter]:
    """The parameters of a rule."""
    for name in fields_read(rule):
        yield from _parameters(Profile, name, "")


def parameters_of(model: type[BaseModel], *, but: Iterable[str] = ()) -> Iterator[Parameter]:
    """All values of a model, those of the models that it holds with their paths; without some of its fields."""
    for name in model.model_fields:
        if name not in but:
            yield from _parameters(model, name, "")


def _parameters(model: type[BaseModel], name: str, at: str) -> Iterator[Parameter]:
    field, path = model.model_fields[name], f"{at}{name}"
    written, meaning = _declared(model)[name]
    below = _models(field.annotation)
    if isinstance(field.annotation, type) and below:
        for inner in below[0].model_fields:
            yield from _parameters(below[0], inner, f"{path}.")
        return
    own = meaning or docs_of(model).fields.get(name) or _of_the_class(below[0] if below else model if at else None, at)
    yield Parameter(path, written, _choices(field.annotation), _default(field), " ".join(own.split()))
    for inner_model in below:
        for inner in inner_model.model_fields:
            yield from _parameters(inner_model, inner, f"{path}{_each(written)}.")


def _each(written: str) -> str:
    """How a path goes on behind a field of such a type: a table has names, a list has entries."""
    return ".<name>" if "dict[" in written else ".<each>" if "tuple[" in written else ""


def _of_the_class(model: type[BaseModel] | None, at: str) -> str:
    """What a class says stands for its fields, where it is one value of another and not an entry of a collection."""
    return "" if model is None or at.endswith(">.") else inspect.getdoc(model) or ""


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation holds, itself or in a collection."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


def _choices(annotation: Any) -> tuple[str, ...]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(one.value) for one in annotation) if len(annotation) <= _FEW else ()
    return tuple(choice for argument in get_args(annotation) for choice in _choices(argument))


@cache
def _declared(model: type[BaseModel]) -> dict[str, tuple[str, str]]:
    """For each field of a class and its bases, its type as it is written, and the docstring below it."""
    declared: dict[str, tuple[str, str]] = {}
    for each in reversed(model.__mro__):
        if not issubclass(each, BaseModel) or each is BaseModel:
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(each))).body[0]
        assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class
        for statement, after in zip(body.body, [*body.body[1:], ast.Pass()], strict=True):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                declared[statement.target.id] = ast.unparse(_Plain().visit(statement.annotation)), _docstring(after)
    return declared


class _Plain(ast.NodeTransformer):
    """Leaves of an annotated type the type alone."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        is_annotated = isinstance(node.value, ast.Name) and node.value.id == "Annotated"
        return node.slice.elts[0] if is_annotated and isinstance(node.slice, ast.Tuple) else node


def _docstring(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return inspect.cleandoc(str(statement.value.value))
    return ""


def _default(field: FieldInfo) -> str:
    return "required" if field.is_required() else shown(field.get_default(call_default_factory=True))


def shown(value: Any) -> str:
    """A value as a profile's file would have it."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset | set) else list(value)
