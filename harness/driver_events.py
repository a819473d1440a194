"""What a driver's child process reports: one JSON object a line on its standard output, checked at this border.

Each model is one kind of line, told apart by its key `event`. Numbers of parts and sequence numbers are as on the wire;
`session` is the name that the runner gave the bind; `tag` is the one that it gave the submit.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hello(_Event):
    """The first line: which client this is and what it can do (see `harness.driver.Capability`)."""

    event: Literal["hello"]
    driver: str
    version: str
    capabilities: tuple[str, ...]


class Sent(_Event):
    """A request PDU that the client wrote to the socket; `tag`, `part` and `parts` only for a submit."""

    event: Literal["sent"]
    session: str
    pdu: str
    sequence_number: int
    tag: str | None = None
    part: int | None = None
    parts: int | None = None
    data_coding: int | None = None
    octets: int | None = None


class Bound(_Event):
    """The answer to the bind; bound only if `command_status` is 0. `system_id` is the peer's."""

    event: Literal["bound"]
    session: str
    command_status: int
    system_id: str = ""


class Response(_Event):
    """The submit_sm_resp or submit_multi_resp to one part of a submit.

    `message_id` is empty where the answer bears none.
    """

    event: Literal["response"]
    session: str
    sequence_number: int
    command_status: int
    message_id: str = ""
    tag: str
    part: int


class Receipt(_Event):
    """A deliver_sm that the client takes for a delivery receipt, already answered by it.

    `state` and `err` are the receipt's own words (`DELIVRD`, `016`), empty where it bears none.
    """

    event: Literal["receipt"]
    session: str
    message_id: str
    state: str
    err: str
    source: str
    destination: str
    text: str


class MobileOriginated(_Event):
    """A deliver_sm that is no receipt, already answered by the client."""

    event: Literal["mo"]
    session: str
    source: str
    destination: str
    text: str


class EnquireLink(_Event):
    """The operator asked whether the client lives; the client has answered."""

    event: Literal["enquire_link"]
    session: str


class Nack(_Event):
    """A generic_nack."""

    event: Literal["generic_nack"]
    session: str
    sequence_number: int
    command_status: int


class Unbound(_Event):
    """The answer to the unbind."""

    event: Literal["unbound"]
    session: str
    command_status: int


class Closed(_Event):
    """The session's connection is gone; always the last event of a session."""

    event: Literal["closed"]
    session: str
    reason: str


class Failed(_Event):
    """The client could not carry out a command; says nothing of the operator."""

    event: Literal["failed"]
    session: str
    command: str
    reason: str


SessionEvent: TypeAlias = (
    Sent | Bound | Response | Receipt | MobileOriginated | EnquireLink | Nack | Unbound | Closed | Failed
)
Event: TypeAlias = Hello | SessionEvent

_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


def parse_event(line: bytes) -> Event:
    """One line of a child's output.

    Raises:
        ValueError: It is no event; says where and why.
    """
    try:
        return _EVENT.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error
