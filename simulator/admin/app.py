"""Puts the operator's HTTP side together: the resources, the page, and how every failure is told.

What a request passes before it comes here is the business of `guards`; who serves it, of `server`.
"""

import sys
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import trio
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from simulator.admin.console import console_routes
from simulator.admin.docs import docs_routes
from simulator.admin.events import Broadcaster
from simulator.admin.guards import crash_problem
from simulator.admin.meters import Meters
from simulator.admin.mutation_log import MutationLog
from simulator.admin.problems import PROBLEM_MEDIA_TYPE, Problem, ProblemError, ProblemResponse, problem
from simulator.admin.resources import RESOURCES, Resource
from simulator.admin.strict import methods_of, refuse_unknown_query, validation_problem
from simulator.center.operator import Operator
from simulator.center.outage import UnwritableError

OPENAPI_PATH = "/api/v1/openapi.json"

ANY_FAILURE = {
    "model": Problem,
    "description": "Problem details (RFC 9457)",
    "content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


_DESCRIPTION = """\
All that is sent and answered is JSON in UTF-8, but for lists of numbers, CSV, events and metrics. Times are ISO 8601;
in a request without an offset they are Tehran's, in answers they always have it.

Unknown parameters and keys are refused, as is every request that cannot be carried out as a whole: the answer is a
problem (RFC 9457) that names in `errors` each fault and its place.

Where the operator asks for a token, every request shows it: `Authorization: Bearer TOKEN`.
"""


def _tags(routers: Iterable[tuple[Resource, APIRouter]]) -> list[dict[str, Any]]:
    """What each tag is about: the first words of the first file that has it."""
    about: dict[str, str] = {}
    for resource, router in routers:
        words = str(sys.modules[resource.__module__].__doc__).split("\n\n")[0]
        about.setdefault(str(router.tags[0]), " ".join(words.split()))
    return [{"name": name, "description": description} for name, description in about.items()]


def create_app(
    operator: Operator, doors: Mapping[str, tuple[str, int]] = MappingProxyType({}), meters: Meters | None = None
) -> FastAPI:
    """The HTTP API of an operator, and its page, as an ASGI application.

    `doors` are where it listens, host and port by the name of the door: `smpp`, `smpps`; `meters` are read for
    `/metrics` by it, and written by who serves.
    """
    routers = [(resource, resource(operator)) for resource in RESOURCES]
    app = FastAPI(
        title="Khatban",
        summary="A fake Iranian mobile operator: what it accepted and refused, and why",
        description=_DESCRIPTION,
        version="1",
        openapi_tags=_tags(routers),
        generate_unique_id_function=lambda route: f"{route.tags[0]}_{route.name}",
        openapi_url=OPENAPI_PATH,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(refuse_unknown_query)],
        responses={"default": ANY_FAILURE},
    )
    app.state.doors = doors
    app.state.meters = meters or Meters()
    app.state.broadcaster = Broadcaster(operator)
    app.state.looking = trio.Lock()
    for _, router in routers:
        app.include_router(router)
    app.router.routes += [*console_routes(), *docs_routes()]
    app.add_middleware(MutationLog, operator=operator)
    app.add_exception_handler(RequestValidationError, _tell_validation)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(ProblemError, _tell_problem)
    app.add_exception_handler(UnwritableError, _tell_unwritable)
    app.add_exception_handler(Exception, _tell_crash)
    return app


# Starlette's annotation of a handler allows the base class only, so each names its own kind within.


async def _tell_validation(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - a type, not a check: registered for nothing else
    return ProblemResponse(validation_problem(request, error))


async def _tell_http(request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - as above
    details = {404: f"there is nothing at {request.url.path}", 405: f"{request.method} is not possible here"}
    detail = details.get(error.status_code, str(error.detail))
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and (methods := methods_of(request)):
        headers["allow"] = ", ".join(methods)  # Starlette knows those of the first operation only
    return ProblemResponse(problem(error.status_code, detail), headers=headers)


async def _tell_problem(_request: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, ProblemError)  # noqa: S101 - as above
    return ProblemResponse(error.problem)


async def _tell_unwritable(_request: Request, error: Exception) -> ProblemResponse:
    return ProblemResponse(problem(503, f"the store cannot be written ({error}); nothing was changed"))


async def _tell_crash(_request: Request, _error: Exception) -> ProblemResponse:
    return ProblemResponse(crash_problem())
