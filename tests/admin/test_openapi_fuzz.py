"""Whatever is sent to the operations of the OpenAPI document, the answers are those that it documents.

`make fuzz-http` sends a hundred times as much.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from harness.operator_process import OperatorProcess
from simulator.admin.app import create_app
from simulator.admin.waiting import MAX_WAIT
from simulator.center.operator import Operator
from simulator.serving.config_file import load_config
from simulator.store import Store

FEW = 5
EXAMPLES = int(os.environ.get("KHATBAN_FUZZ_EXAMPLES", FEW))
"""Of each operation, besides those that schemathesis makes of the schema by itself."""
CLOSED_PORT = 9

BEYOND_THE_SCHEMA: list[Any] = [positive_data_acceptance]
"""Checks that know schemas only: what two fields say together may be refused although each may say it."""


def document() -> dict[str, Any]:
    world = load_config(None).operators[0].first
    operator = Operator(world, Store(), seed=1, real=lambda: 0.0, wall=lambda: 0.0)
    return create_app(operator).openapi()


schema = schemathesis.openapi.from_dict(document()).exclude(path="/api/v1/events")  # an answer without an end


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with OperatorProcess(tmp_path_factory.mktemp("operator"), seed=1) as process:
        host, port = json.loads(process._ready_file.read_text("utf-8"))["http"]
        yield f"http://{host}:{port}"


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES == FEW,  # the tests do the same every time
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_answers_are_as_documented(case: schemathesis.Case[Any], base_url: str) -> None:
    tame(case)
    case.call_and_validate(base_url=base_url, excluded_checks=BEYOND_THE_SCHEMA)


def tame(case: schemathesis.Case[Any]) -> None:
    """Keeps what is asked for from taking long, or from reaching other programs of the machine."""
    if _can_be_waited(case.query.get("wait")):
        case.query["wait"] = 0.01
    if isinstance(case.body, dict):
        wait = case.body.get("wait")
        if case.path == "/api/v1/verify" and not isinstance(wait, str) and _can_be_waited(wait):
            case.body["wait"] = 0.01
        if case.path == "/api/v1/outbinds" and case.body.get("port") in range(2, 65_536):
            case.body["port"] = CLOSED_PORT


def _can_be_waited(value: object) -> bool:
    """Whether the operator would take it for a number of seconds."""
    try:
        return not isinstance(value, bool) and 0 <= float(value) <= MAX_WAIT  # type: ignore[arg-type] # this tells
    except (TypeError, ValueError):
        return False
