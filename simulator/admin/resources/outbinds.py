"""`/api/v1/outbinds`: has the operator call an ESME that waits to be told to bind (SMPP 5.0, 4.1.1.7)."""

import ipaddress

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.center.operator import Call, Operator


class Outbinding(BaseModel):
    """Where an ESME listens. Only loopback addresses are called: an operator that tests use calls nobody else."""

    model_config = ConfigDict(extra="forbid")

    host: str = Field(default="127.0.0.1", max_length=45, description="A loopback IP address.")
    port: int = Field(ge=1, le=65535, strict=True)
    password: str = Field(default="", max_length=8, description="The password by which the ESME knows the operator.")


class Called(BaseModel):
    """The ESME is being called."""

    host: str
    port: int


def router(operator: Operator) -> APIRouter:
    """The calls of an operator."""
    routes = APIRouter(prefix="/api/v1/outbinds", tags=["outbinds"])

    @routes.post("", status_code=202)
    async def call(wanted: Outbinding) -> Called:
        """Connects to an ESME and sends outbind; the ESME then binds as a receiver."""
        if not _is_loopback(wanted.host):
            fault = ("body.host", f"{wanted.host!r} is no loopback IP address such as 127.0.0.1 or ::1")
            raise ProblemError(problem(422, "the request is not valid", kind=INVALID_REQUEST, errors=[fault]))
        if not operator.call(Call(wanted.host, wanted.port, wanted.password)):
            raise ProblemError(problem(503, "too many calls wait already"))
        return Called(host=wanted.host, port=wanted.port)

    return routes


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
