"""`/api/v1/faults`: what may go wrong, what is switched on to go wrong, and how often it did."""

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.center.operator import Operator
from simulator.registry.world import described_fault
from simulator.trouble.fault import Fault, fault_name, parameters_of
from simulator.trouble.fault_board import Switched
from simulator.trouble.faults import FAULTS, AnyFault
from simulator.trouble.magic_numbers import MAGIC_NUMBERS

_EXAMPLE = {"name": "late-response", "after": 2.0, "scope": {"account": "panel"}, "share": 0.1, "count": 5, "span": 60}


class FaultOn(BaseModel):
    """A fault that is switched on."""

    id: int = Field(description="The number by which it is switched off.")
    fault: dict[str, Any] = Field(description="Its name and all its parameters.", examples=[_EXAMPLE])
    bites: int = Field(description="How often it has bitten.")
    remaining: float | None = Field(description="Seconds until its span is over; null without a span.")

    @classmethod
    def of(cls, switched: Switched) -> "FaultOn":
        """The form of a fault on the board."""
        table = switched.fault.model_dump(mode="json")
        return cls(id=switched.id, fault=table, bites=switched.bites, remaining=switched.remaining)


class ParameterForm(BaseModel):
    """A parameter of a fault."""

    name: str
    default: Any
    choices: list[str] = Field(description="The words that it may be; empty where it is no word of a list.")


class FaultKind(BaseModel):
    """One fault that may be switched on."""

    name: str
    what: str = Field(description="What an ESME sees.")
    threads: str = Field(description="The threads of client libraries that ask for it.")
    parameters: list[ParameterForm] = Field(description="Its own; scope, share, count and span every fault has.")

    @classmethod
    def of(cls, kind: type[Fault]) -> "FaultKind":
        """The form of a kind of fault."""
        own = [
            ParameterForm(name=name, default=default, choices=list(choices))
            for name, default, choices in parameters_of(kind)
        ]
        return cls(name=fault_name(kind), what=kind.__doc__ or "", threads=kind.threads, parameters=own)


class Faults(BaseModel):
    """What is on, what there is, and which numbers bring a fault with them."""

    on: list[FaultOn] = Field(description="In the order in which they are asked.")
    catalogue: list[FaultKind]
    magic: dict[str, str] = Field(
        description="Name of the fault by the last seven digits of a destination, where the world has them."
    )


class SwitchedOn(BaseModel):
    """A fault was switched on."""

    id: int = Field(description="The number by which it is switched off.")


def router(operator: Operator) -> APIRouter:
    """The faults of an operator."""
    routes = APIRouter(prefix="/api/v1/faults", tags=["faults"])
    catalogue = [FaultKind.of(kind) for kind in FAULTS]
    magic = {suffix: fault.name for suffix, fault in MAGIC_NUMBERS.items()}

    @routes.get("")
    async def list_faults() -> Faults:
        """What is on, and what there is."""
        on = [FaultOn.of(switched) for switched in operator.faults_on()]
        return Faults(on=on, catalogue=catalogue, magic=magic if operator.faults.has_magic else {})

    @routes.post("", status_code=201)
    async def switch_on(table: Annotated[dict[str, Any], Body(examples=[_EXAMPLE])]) -> SwitchedOn:
        """Switches a fault on: its name, its parameters, and scope, share, count and span as wanted."""
        return SwitchedOn(id=operator.switch_fault_on(_read(table)))

    @routes.delete("/{id}", status_code=204)
    async def switch_off(id: Annotated[int, Path(ge=1)]) -> None:  # noqa: A002 - the name that the documentation shows
        """Switches one fault off."""
        if not operator.faults.switch_off(id):
            raise ProblemError(problem(404, f"there is no fault {id} on"))

    @routes.delete("", status_code=204)
    async def switch_all_off() -> None:
        """Switches every fault off."""
        operator.faults.switch_off_all()

    return routes


@cache
def _adapter() -> TypeAdapter[Fault]:
    """Made of all kinds of faults, which takes a while: with the first request, not with every one."""
    return TypeAdapter(AnyFault)


def _read(table: dict[str, Any]) -> Fault:
    try:
        return _adapter().validate_python(table)
    except ValidationError as error:
        faults = [(f"body.{path}" if path else "body", message) for path, message in described_fault(error)]
        raise ProblemError(problem(422, "there cannot be such a fault", kind=INVALID_REQUEST, errors=faults)) from None
