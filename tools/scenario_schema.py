"""Writes scenarios/schema.json, by which editors complete and check scenario files, from the language's models.

python -m tools.scenario_schema

A test holds the file to what this would write. It starts nothing. What only a reader of the whole file can know, such
as whether a session is bound where a step needs one, is left to `khatban lint`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from harness.drivers import DRIVERS
from harness.examples import KEY as EXAMPLES
from harness.given import Clock, Given, GivenOperator, Server
from harness.scenario import Header
from harness.step import Step
from harness.steps import STEPS
from simulator.changing.changes import CHANGE_KINDS
from simulator.registry.world import World, shipped_worlds
from simulator.smpp.consts import CommandId, CommandStatus
from simulator.smpp.pdus import PDU_TYPES
from simulator.trouble.faults import FAULT_KINDS
from tools.scenario_index import ROOT
from tools.step_docs import docs_of

FILE = ROOT / "scenarios" / "schema.json"

Form = dict[str, Any]

_AT = "#/$defs/"
_STATUS = "CommandStatus"
_PLACEHOLDER = {"type": "string", "pattern": "<[a-z][a-z0-9_-]*>"}
"""A column of the examples may stand wherever a text, a number or a word may."""
_NUMBER = {"type": "string", "pattern": "^[+-]?[0-9][0-9A-Fa-fx.]*$"}
_TEXT = {"type": ["string", "number", "boolean"]}
"""A scalar is text to Khatban, whatever an editor takes it for."""
_NOTHING = {"enum": [None, ""]}
"""What a key without a value holds, to an editor and to Khatban."""
_LEFT_OUT = frozenset({"title", "default", "discriminator", "format", "examples", "ge", "le", "gt", "lt"})
_PDUS = [CommandId(code).name.lower() for code in PDU_TYPES]
_WORDS: Mapping[tuple[str, str], Iterable[str]] = {
    ("fault", "name"): FAULT_KINDS,
    ("change", "kind"): CHANGE_KINDS,
    ("send", "pdu"): _PDUS,
    ("expect_pdu", "pdu"): _PDUS,
    ("Given", "client"): [driver.name for driver in DRIVERS],
}
"""The fields that are words of a list which their models leave to others."""


class _Forms(GenerateJsonSchema):
    """Pydantic's forms; what has none of its own, as a file of numbers that was read, is a text."""

    def handle_invalid_for_json_schema(self, schema: core_schema.CoreSchema, error_info: str) -> JsonSchemaValue:
        del schema, error_info
        return {"type": "string"}


def schema() -> Form:
    """The JSON Schema of a scenario file."""
    definitions: Form = {}
    world = _world(definitions)
    definitions[_STATUS] = {"enum": [*CommandStatus.__members__]}
    for model in (Clock, Server, GivenOperator, Given):
        definitions[model.__name__] = _model(model, model.__name__, definitions)
    definitions["GivenOperator"]["properties"]["world"] = world
    definitions["Given"]["properties"]["world"] = world
    header = _model(Header, "Header", definitions)
    header["properties"]["given"] = {"anyOf": [{"$ref": f"{_AT}Given"}, _NOTHING]}
    row = {"type": "object", "minProperties": 1, "additionalProperties": _TEXT}
    table = {"type": "object", "minProperties": 1, "additionalProperties": row}
    steps = {step.key: _step(step, definitions) for step in STEPS}
    one = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": False, "properties": steps}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of Khatban",
        "type": "object",
        "required": ["title", "steps"],
        "additionalProperties": False,
        "properties": {
            **header["properties"],
            EXAMPLES: {"description": "A scenario for each row: its name, and a text for each column.", **table},
            "steps": {"type": "array", "minItems": 1, "items": one},
        },
        "$defs": dict(sorted(definitions.items())),
    }


def _world(definitions: Form) -> Form:
    """A world by name, or a mapping that may leave out whatever the world has that it extends."""
    form = World.model_json_schema(schema_generator=_Forms)
    for name, inner in form.pop("$defs").items():
        definitions[name] = _without_required(_written(inner))
    world = _without_required(_written(form))
    world["properties"] = {"extends": {"enum": list(shipped_worlds())}, **world["properties"]}
    definitions["World"] = world
    return {"anyOf": [{"enum": list(shipped_worlds())}, {"$ref": f"{_AT}World"}]}


def _step(step: type[Step], definitions: Form) -> Form:
    form = _model(step, step.key, definitions)
    return form if form.get("required") else {"anyOf": [form, _NOTHING]}


def _model(model: type[BaseModel], name: str, definitions: Form) -> Form:
    """A model of the language, with what its docstring says of it and of its fields."""
    form = model.model_json_schema()
    for inner, what in form.pop("$defs", {}).items():
        definitions.setdefault(inner, _written(what))
    form = dict(_written(form))
    docs = docs_of(model)
    form["description"] = docs.summary
    for field, info in model.model_fields.items():
        key = info.alias or field
        own = form["properties"][key]
        if (name, key) in _WORDS:
            own = {"anyOf": [{"enum": sorted(_WORDS[name, key])}, _PLACEHOLDER]}
        form["properties"][key] = {"description": docs.fields[field], **own}
    return form


def _written(form: Any) -> Any:
    """A form as a file may write it, where everything is text and a column of the examples may stand in its place."""
    if isinstance(form, list):
        return [_written(inner) for inner in form]
    if not isinstance(form, dict):
        return form
    if "properties" in form:
        inner = {name: _written(value) for name, value in form["properties"].items()}
        rest = {key: value for key, value in form.items() if key not in {*_LEFT_OUT, "properties"}}
        return {**_written(rest), "properties": inner}
    bare = {key: value for key, value in form.items() if key not in _LEFT_OUT}
    if "anyOf" in bare:
        return _either([_written(inner) for inner in bare["anyOf"] if inner != {"type": "null"}])
    if "enum" in bare or "pattern" in bare or bare.get("type") in ("integer", "number", "boolean"):
        return _either([_scalar(bare), _PLACEHOLDER])
    if bare.get("type") == "string" and "const" not in bare:
        return {**{key: value for key, value in bare.items() if key != "type"}, **_TEXT}
    return {key: _written(value) for key, value in bare.items()}


def _scalar(form: Form) -> Form:
    if "enum" in form and not all(isinstance(word, str) for word in form["enum"]):
        return _TEXT  # a number that files write by its name
    if form == {"type": "integer"}:
        return _TEXT  # likewise: a command_status may be any number, or a name
    if form.get("type") in ("integer", "number"):
        return _either([form, _NUMBER])
    if form.get("type") == "boolean":
        return {"enum": ["true", "false", "yes", "no", True, False]}
    if "pattern" in form:
        kinds = ["string", "number"] if re.search(form["pattern"], "5") else ["string"]
        return {"type": kinds, "pattern": form["pattern"]}
    return {"$ref": f"{_AT}{_STATUS}"} if form["enum"] == [*CommandStatus.__members__] else {"enum": form["enum"]}


def _either(forms: list[Form]) -> Form:
    """Any of the forms, each once, without nesting."""
    flat: list[Form] = []
    for form in forms:
        for inner in form["anyOf"] if set(form) == {"anyOf"} else [form]:
            if inner not in flat:
                flat.append(inner)
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def _without_required(form: Form) -> Form:
    return {key: value for key, value in form.items() if key != "required"}


def written() -> str:
    """The whole file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
