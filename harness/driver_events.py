"""What a driver's child process reports: one JSON object a line on its standard output, checked at this border.

Each model is one kind of line, told apart by its key `event`. Numbers of parts and sequence numbers are as on the wire;
`session` is the name that the runner gave the bind; `tag` is the one that it gave the submit.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hello(_Event):
    """The first line: which client this is and what it can do (see `harness.driver.Capability`).

    `patience` is how many real seconds it may take longer than a client that acts at once.
    """

    event: Literal["hello"]
    driver: str
    version: str
    capabilities: tuple[str, ...]
    patience: float = Field(default=0.0, ge=0, allow_inf_nan=False, strict=False)


class _SessionEvent(_Event):
    """What happened in a session.

    `witness` is absent where the client saw it itself. It is `operator` where the client sees nothing of its wire, so
    that it was looked up in the operator's records; sequence numbers are unknown then. It is `nobody` where the client
    keeps its session by itself, and what was asked needed nothing to be done.
    """

    session: str
    witness: Literal["operator", "nobody"] | None = None


class Notice(_SessionEvent):
    """Something for the person at the console; no step hears of it."""

    event: Literal["notice"]
    text: str


class Opened(_SessionEvent):
    """The connection is there, without a bind."""

    event: Literal["opened"]


class Listening(_SessionEvent):
    """The client waits to be called by the operator at this address."""

    event: Literal["listening"]
    host: str
    port: int


class Behaving(_SessionEvent):
    """From now on the client answers and reads as it was told."""

    event: Literal["behaving"]


class Sent(_SessionEvent):
    """A request PDU that the client wrote to the socket; `tag`, `part` and `parts` only for a submit.

    `pdu` is empty for octets that need not be a PDU.
    """

    event: Literal["sent"]
    pdu: str
    sequence_number: int | None = None
    tag: str | None = None
    part: int | None = None
    parts: int | None = None
    data_coding: int | None = None
    octets: int | None = None


class Bound(_SessionEvent):
    """The answer to the bind; bound only if `command_status` is 0. `system_id` is the peer's."""

    event: Literal["bound"]
    command_status: int
    system_id: str = ""


class Response(_SessionEvent):
    """The submit_sm_resp, submit_multi_resp or data_sm_resp to one part of a submit.

    `message_id` is empty where the answer bears none.
    """

    event: Literal["response"]
    sequence_number: int | None = None
    command_status: int
    message_id: str = ""
    tag: str
    part: int


class Receipt(_SessionEvent):
    """A deliver_sm that the client takes for a delivery receipt, already answered by it.

    `state` and `err` are the receipt's own words (`DELIVRD`, `016`), empty where it bears none.
    """

    event: Literal["receipt"]
    message_id: str
    state: str
    err: str
    source: str
    destination: str
    text: str


class MobileOriginated(_SessionEvent):
    """A deliver_sm that is no receipt, already answered by the client."""

    event: Literal["mo"]
    source: str
    destination: str
    text: str


class EnquireLink(_SessionEvent):
    """The operator asked whether the client lives; the client has answered."""

    event: Literal["enquire_link"]


class Tlv(BaseModel):
    """A TLV: its tag, and its value as hexadecimal digits."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    tag: int
    value: str


class Pdu(_SessionEvent):
    """A PDU that came, whole.

    Attributes:
        name: By the standard, as `query_sm_resp`; `0x000000FF` for a command_id that it does not name.
        command_status: From its header.
        sequence_number: Likewise.
        fields: By the standard's names; octets as hexadecimal digits.
        tlvs: In their order.
        octets: All of it, header included; empty from a client that does not show it.
        error: Why it cannot be read, where it cannot.
        told: Another event says the same.
    """

    event: Literal["pdu"]
    name: str
    command_status: int
    sequence_number: int
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    tlvs: tuple[Tlv, ...] = ()
    octets: str = ""
    error: str = ""
    told: bool = False


class Nack(_SessionEvent):
    """A generic_nack."""

    event: Literal["generic_nack"]
    sequence_number: int
    command_status: int


class Unbound(_SessionEvent):
    """The answer to the unbind."""

    event: Literal["unbound"]
    command_status: int


class Closed(_SessionEvent):
    """The session's connection is gone; always the last event of a session."""

    event: Literal["closed"]
    reason: str


class Failed(_SessionEvent):
    """The client could not carry out a command; says nothing of the operator."""

    event: Literal["failed"]
    command: str
    reason: str


SessionEvent: TypeAlias = (
    Opened
    | Listening
    | Behaving
    | Sent
    | Bound
    | Response
    | Receipt
    | MobileOriginated
    | EnquireLink
    | Pdu
    | Nack
    | Unbound
    | Closed
    | Failed
)
Event: TypeAlias = Hello | SessionEvent
Line: TypeAlias = Event | Notice
"""What a line of a child may be."""

_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="event")])


def parse_event(line: bytes) -> Line:
    """One line of a child's output.

    Raises:
        ValueError: It is no event; says where and why.
    """
    try:
        return _LINE.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error
