"""The objects that `khatban match` and `khatban review` read and write; knows the values, not where they come from."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from simulator.policy.patterns.matching import Matcher
from simulator.policy.patterns.reading import Reading
from simulator.policy.patterns.review import review
from simulator.registry.pattern import Pattern
from simulator.registry.pattern_syntax import DEFAULT_MAX, Syntax, VariableType, read_template


class RequestError(ValueError):
    """A request that cannot be read; the message says what was expected."""


def answer_match(request: object) -> dict[str, Any]:
    """Whether a text fits a `%name%` pattern: {"id","pattern","variables","text"} to {"id","matches","why"}.

    Raises:
        RequestError: The request is no such object.
    """
    fields = _object(request, "pattern", "text")
    template = read_template(fields["pattern"], Syntax.PERCENT).typed(_variables(fields.get("variables", {})))
    explanation = Matcher(template).explain(Reading(fields["text"]))
    return {"id": fields["id"], "matches": explanation.matches, "why": explanation.why}


def answer_review(request: object) -> dict[str, Any]:
    """What stands against a pattern: {"id","pattern","sender"?,"syntax"?} to {"id","approvable","findings"}.

    Raises:
        RequestError: The request is no such object.
    """
    fields = _object(request, "pattern")
    given = {key: fields[key] for key in ("sender", "syntax") if key in fields}
    try:
        pattern = Pattern.model_validate({"name": "-", "line": "-", "text": fields["pattern"], **given})
    except ValidationError as error:
        fault = error.errors()[0]
        raise RequestError(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") from None
    findings = review(pattern)
    return {"id": fields["id"], "approvable": not findings, "findings": [finding._asdict() for finding in findings]}


def _object(request: object, *strings: str) -> Mapping[str, Any]:
    if not isinstance(request, dict) or "id" not in request:
        raise RequestError('expected an object with an "id"')
    for key in strings:
        if not isinstance(request.get(key), str):
            raise RequestError(f'expected a "{key}" that is a string')
    return request


def _variables(declared: object) -> dict[str, tuple[VariableType, int]]:
    if not isinstance(declared, dict):
        raise RequestError('expected "variables" to map names to their types')
    return {name: _declared(name, form) for name, form in declared.items()}


def _declared(name: str, form: object) -> tuple[VariableType, int]:
    if not isinstance(form, dict):
        raise RequestError(f'variable {name!r}: expected an object with "type" and "max"')
    kind, most = form.get("type", "string"), form.get("max", DEFAULT_MAX)
    if kind not in list(VariableType):
        raise RequestError(f'variable {name!r}: "type" is one of {", ".join(VariableType)}')
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise RequestError(f'variable {name!r}: "max" is a whole number from 1')
    return VariableType(kind), most
