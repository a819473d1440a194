"""What a fault is: typed parameters under a name, for whom and how often it bites, and what it makes of a moment.

A fault is a value. It answers with instructions; who carries them out, and when its turn is, is decided elsewhere
(`connection_faults`, `fault_board`).
"""

from enum import Enum
from random import Random
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from simulator.numbers.numbering import line_forms, normal_mobile
from simulator.trouble.fault_moments import Accepted, Addresses, BindAsked, Occasion, Outgoing, Refusal, Submitted
from simulator.trouble.instructions import Instructions


def _read_number(value: Any) -> Any:
    """A number in decimal or 0x notation, as files without number types write it; all else is left to the model."""
    try:
        return int(value, 0) if isinstance(value, str) else value
    except ValueError:
        return value


Number = Annotated[int, BeforeValidator(_read_number)]
"""A number that people write in hexadecimal."""

Seconds = Annotated[float, Field(ge=0, le=86_400)]


class Reach(Enum):
    """What is known when a fault bites, and so what its scope may ask for."""

    CONNECTION = "nothing: the peer has not said who it is"
    SESSION = "account"
    MESSAGE = "account, line, destination"


def _normal(number: str) -> str:
    return normal_mobile(number) or number


class Scope(BaseModel):
    """For whom a fault is; what is left out is for everybody.

    Attributes:
        account: A system_id.
        line: A line's number, as it is registered.
        destination: A subscriber's number, or the beginning of its normal form and an asterisk (`98912*`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    account: str | None = Field(default=None, min_length=1)
    line: str | None = Field(default=None, min_length=1)
    destination: (
        Annotated[str, Field(pattern=r"^(\+?[0-9]{1,20}|98[0-9]{0,18}\*)$"), AfterValidator(_normal)] | None
    ) = None

    def fits(self, account: str, addresses: Addresses | None) -> bool:
        """Whether an account's message, or something else of its session, is meant."""
        if self.account is not None and self.account != account:
            return False
        if self.line is None and self.destination is None:
            return True
        return addresses is not None and self._fits_line(addresses.line) and self._fits_number(addresses.subscriber)

    def _fits_line(self, number: str) -> bool:
        return self.line is None or number in line_forms(self.line)

    def _fits_number(self, number: str) -> bool:
        wanted = self.destination
        if wanted is None:
            return True
        return _normal(number).startswith(wanted[:-1]) if wanted.endswith("*") else _normal(number) == wanted


class Fault(BaseModel):
    """One kind of fault; a subclass for each, its fields the parameters, its docstring what an ESME sees.

    Attributes:
        name: What it is called, in lower case with hyphens.
        scope: For whom it is.
        share: Of the occasions that it could bite on, the share on which it does, drawn from the operator's seed.
        count: After how many bites it ends; None for never.
        span: After how many seconds it ends; None for never.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threads: ClassVar[str] = ""
    """The threads of client libraries that ask for it."""

    name: str
    scope: Scope = Scope()
    share: float = Field(default=1.0, gt=0, le=1, allow_inf_nan=False)
    count: int | None = Field(default=None, ge=1)
    span: float | None = Field(default=None, gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _scope_can_be_known(self) -> Self:
        asked = self.scope.model_dump(exclude_none=True)
        reach = self.reach()
        known = {Reach.CONNECTION: set(), Reach.SESSION: {"account"}, Reach.MESSAGE: set(asked)}[reach]
        if unknown := sorted(asked.keys() - known):
            raise ValueError(f"its scope cannot be by {' and '.join(unknown)}; what is known then: {reach.value}")
        return self

    def reach(self) -> Reach:
        """What is known when it bites."""
        return Reach.MESSAGE

    # Each answers None where the fault has nothing to do with the moment.

    def at_accept(self, _accepted: Accepted, /) -> Instructions | None:
        """A connection was accepted."""
        return None

    def on_bind(self, _asked: BindAsked, /) -> int | None:
        """An ESME asks to bind: the command_status that refuses it."""
        return None

    def on_submit(self, _submitted: Submitted, /) -> Refusal | None:
        """A submit_sm came."""
        return None

    def on_send(self, _outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """A PDU goes out: what is done in its place. `turn` is how often the fault has bitten before."""
        return None


class SessionFault(Fault):
    """A fault of a session, whatever messages it carries."""

    def reach(self) -> Reach:
        """No message is about."""
        return Reach.SESSION


class ConnectionFault(Fault):
    """A fault of a connection on which nobody has said who he is."""

    def reach(self) -> Reach:
        """Nobody is known."""
        return Reach.CONNECTION


class OccasionFault(Fault):
    """A fault that the PDUs of one kind set off."""

    on: Occasion = "submit_sm_resp"

    def reach(self) -> Reach:
        """A message is known to its own PDUs only."""
        return Reach.MESSAGE if self.on in ("submit_sm_resp", "deliver_sm") else Reach.SESSION

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Waits for the occasion."""
        return self.at_occasion(outgoing) if outgoing.occasion == self.on else None

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """What is done in the PDU's place."""
        raise NotImplementedError


def fault_name(kind: type[Fault]) -> str:
    """What a kind of fault is called."""
    return str(kind.model_fields["name"].default)


class Parameter(NamedTuple):
    """A parameter of a kind of fault."""

    name: str
    default: Any
    choices: tuple[str, ...]
    """The words that it may be; none where it is no word of a list."""


def parameters_of(kind: type[Fault]) -> tuple[Parameter, ...]:
    """A kind's own parameters, without those that every fault has."""
    own = ((name, field) for name, field in kind.model_fields.items() if name not in Fault.model_fields)
    return tuple(Parameter(name, field.default, _choices(field.annotation)) for name, field in own)


def _choices(annotation: object) -> tuple[str, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def draws(chance: Random, share: float) -> bool:
    """Whether the share falls on this occasion; the whole costs no draw."""
    return share >= 1 or chance.random() < share
