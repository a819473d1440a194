"""A plain locustfile, for those who know Locust: `locust -f harness/load/locustfile.py`, with its page, or headless.

The plan says everything but how Locust itself is run; `docs/load.md` has the variables. Locust's own ways of many
machines (`--master`, `--worker`) work as well.
"""

import locust  # isort: skip # before all else: gevent must patch the standard library before anybody uses it

import os
import sys
from pathlib import Path
from typing import Any

from harness.load.load_run import LoadRun
from harness.load.order import VARIABLES, Order, TargetError, check_target, is_said
from harness.load.plan_file import load_plan
from harness.load.result import Second
from harness.load.wiring import PlanShape, attach, user_class
from harness.problems import ProblemsError


def _given() -> LoadRun:
    """What the environment asks for."""
    given = {name: os.environ[variable] for name, variable in VARIABLES.items() if os.environ.get(variable)}
    if "plan" not in given:
        sys.exit(f"{VARIABLES['plan']} names no plan; see docs/load.md")
    try:
        plan = load_plan(Path(given["plan"]))
        smpp = given.get("smpp") or (plan.target and plan.target.smpp)
        if not smpp:
            sys.exit(f"neither {VARIABLES['smpp']} nor the plan's [target] says which operator is loaded")
        check_target(smpp, is_mine=is_said(os.environ))
    except (ProblemsError, TargetError) as error:
        sys.exit(str(error))
    out = Path(given["out"]) if "out" in given else None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    http = given.get("http") or (plan.target and plan.target.http) or None
    return LoadRun(plan, Order(plan=Path(given["plan"]), out=out, smpp=smpp, http=http))


def _tell_nobody(_second: Second) -> None:
    """Locust shows the seconds itself."""


_LOAD = _given()
User = user_class(_LOAD)


class Shape(PlanShape):
    """The plan's shape."""

    abstract = False


def _attach(environment: Any, **_more: Any) -> None:
    attach(environment, _LOAD, _tell_nobody)


locust.events.init.add_listener(_attach)
