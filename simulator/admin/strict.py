"""Nothing of a request is silently ignored: unknown or repeated query parameters, unknown keys, bodies without JSON.

What an operation knows is read from the OpenAPI document, or from what that is made of, so that the documented and the
accepted cannot differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError

from simulator.admin.problems import INVALID_REQUEST, Problem, ProblemError, problem
from simulator.wording import hint, path_of

Schema = Mapping[str, Any]


async def refuse_unknown_query(request: Request) -> None:
    """A dependency of every operation.

    Raises:
        ProblemError: 422, naming every query parameter that the operation does not have, or that is given twice.
    """
    sent = [name for name, _ in request.query_params.multi_items()]
    if not sent:
        return
    # Of these FastAPI makes the document; to make all of it takes as long as a hundred requests.
    asked = replace(request.scope["route"].dependant, path_params=[], header_params=[], cookie_params=[])
    known = [parameter.alias for parameter in get_flat_params(asked)]
    errors = [
        (f"query.{name}", "given more than once" if name in known else f"unknown parameter{hint(name, known)}")
        for name in dict.fromkeys(sent)
        if name not in known or sent.count(name) > 1
    ]
    if errors:
        raise ProblemError(problem(422, "the query is not understood", kind=INVALID_REQUEST, errors=errors))


def validation_problem(request: Request, error: RequestValidationError) -> Problem:
    """What is wrong with a request that the models refused."""
    faults = error.errors()
    if _lacks_json_type(request, faults):
        return problem(415, "the body must be JSON, and its Content-Type must say so: application/json")
    broken = next((fault for fault in faults if fault["type"] == "json_invalid"), None)
    if broken is not None:
        return problem(400, f"the body is not JSON: {broken['ctx']['error']} at character {broken['loc'][-1]}")
    operation, document = _operation(request), request.app.openapi()
    errors = [(path_of(fault["loc"]), _message(fault, operation, document)) for fault in faults]
    return problem(422, "the request is not valid", kind=INVALID_REQUEST, errors=errors)


def methods_of(request: Request) -> list[str]:
    """The methods of the path that a request reached; none for a path that the document does not have."""
    route = request.scope.get("route")
    operations: Schema = request.app.openapi()["paths"].get(getattr(route, "path", ""), {})
    return [method.upper() for method in operations]


def _operation(request: Request) -> Schema:
    """The OpenAPI description of the operation that a request reached."""
    document: Schema = request.app.openapi()
    operation: Schema = document["paths"].get(request.scope["route"].path_format, {}).get(request.method.lower(), {})
    return operation


def _lacks_json_type(request: Request, faults: Sequence[Any]) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = media_type == "application/json" or media_type.endswith("+json")
    return not is_json and any(tuple(fault["loc"]) == ("body",) and fault["type"] != "missing" for fault in faults)


def _message(fault: Mapping[str, Any], operation: Schema, document: Schema) -> str:
    if fault["type"] != "extra_forbidden":
        return str(fault["msg"]).removeprefix("Value error, ")
    _, *parents, key = fault["loc"]
    return f"unknown key{hint(str(key), _known_keys(operation, document, parents))}"


def _known_keys(operation: Schema, document: Schema, parents: Iterable[int | str]) -> list[str]:
    """The keys of the object at `parents` in the body of an operation."""
    schema = _resolved(operation["requestBody"]["content"]["application/json"]["schema"], document)
    for step in parents:
        schema = _resolved(schema.get("properties", {}).get(step, {}), document)
    return list(schema.get("properties", {}))


def _resolved(schema: Schema, document: Schema) -> Schema:
    """The schema of an object behind a reference or an `or null`."""
    schema = next((choice for choice in schema.get("anyOf", []) if choice.get("type") != "null"), schema)
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema
