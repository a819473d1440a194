"""What a driver is: a real SMPP client in a child process, told what to do and heard in JSON lines.

The child reads one command a line on its standard input and writes one event a line (`harness.driver_events`) on its
standard output; it speaks SMPP to the operator by the library that it wraps, in whatever language. Its first line is
`hello`. It ends when its standard input ends, so that it cannot outlive the runner.

| command | fields | answered by |
|---|---|---|
| `bind` | session, seed, host, port, operator, type (`bind_` follows), system_id, password | sent; bound or closed |
| | where asked for: tls, fields (system_type, interface_version, addr_ton, addr_npi, address_range) | |
| `submit` | session, tag, source, destination, text, receipt | sent and response, once for each part |
| | where asked for: also_to (a list), schedule, validity (as SMPP writes times), fields, tlvs, payload, | |
| | octets (in place of text), pdu (`data_sm` in place of `submit_sm`) | |
| `query` | session, message_id, source | sent, pdu |
| `cancel` | session, message_id, source, destination | sent, pdu |
| `replace` | session, message_id, source, text, receipt; where asked for: schedule, validity | sent, pdu |
| `enquire_link` | session | sent, pdu |
| `unbind` | session | sent, unbound, closed |
| `close` | session | closed |

and of a client with the capability `pdus` only:

| command | fields | answered by |
|---|---|---|
| `open` | session, host, port; where asked for: tls | opened or closed |
| `listen` | session, host | listening; opened once the operator has called |
| `send_pdu` | session, name; where asked for: fields, tlvs, command_status, sequence_number | sent |
| `send_octets` | session, octets | sent |
| `behave` | session; where asked for: unanswered (a list of requests' names), answers (command_status by \
the request's name), reads (false: octets are left in the socket) | behaving |

`operator` is the URL of the operator's HTTP side, for a client that sees nothing of the wire itself; `tls` is an object
whose `ca` is a file of certificates to trust, or null to trust any; `fields` are values by SMPP's names, octets as
hexadecimal digits; `tlvs` are objects with `tag` (a number) and `value` (hexadecimal digits); with `payload` true the
text travels whole in message_payload; `fields` of a submit may be `SUBMIT_FIELDS`, each a capability of its own.

What the client cannot carry out is answered by `failed`. The child answers enquire_link and deliver_sm itself, and
reports as `pdu` what no other event tells. A client with the capability `pdus` reports each PDU so; with `told` where
another event says the same. `notice` is for the person at the console, and reaches no step. A session is a connection;
its name is never used again, so that late events of an old one cannot be mistaken. Several may be open at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.driver_events import Event
from khatban_client import launch

OPTIONS_VARIABLE = "KHATBAN_DRIVER_OPTIONS"
"""Environment variable of the child: what the user said of this driver, a JSON object. No command line shows it."""


class Capability(StrEnum):
    """What a client may or may not be able to do; a scenario that needs more is UNSUPPORTED with that client."""

    TRANSCEIVER = "transceiver"
    TRANSMITTER = "transmitter"
    RECEIVER = "receiver"
    SESSIONS = "sessions"
    """Binds, unbinds and closes when told, and reports how that is answered. Without it, the client keeps a session of
    its own, and only says `bound` once that is there."""
    SEVERAL_SESSIONS = "several_sessions"
    BIND_FIELDS = "bind_fields"
    """Says system_type, interface_version, address_range and its kinds in a bind as told."""
    TLS = "tls"
    RECEIPTS = "receipts"
    """Reports delivery receipts with message_id, state and err."""
    EACH_PART_RECEIPT = "each_part_receipt"
    """Asks for a receipt of each part of a long text, not of one for all."""
    MO = "mo"
    """Reports subscribers' messages."""
    LONG_TEXT = "long_text"
    """Splits a text that does not fit one short message."""
    SEVERAL_RECIPIENTS = "several_recipients"
    """Names several recipients in one call, a submit_multi."""
    SCHEDULE = "schedule"
    VALIDITY = "validity"
    TLVS = "tlvs"
    """Adds any TLVs to a submit."""
    PAYLOAD = "payload"
    """Sends a text in message_payload."""
    SHORT_MESSAGE = "short_message"
    """Sends octets as they are in the place of a text."""
    SERVICE_TYPE = "service_type"
    ADDRESS_TYPES = "address_types"
    """Says TON and NPI of a message's addresses as told."""
    ESM_CLASS = "esm_class"
    PROTOCOL_ID = "protocol_id"
    PRIORITY_FLAG = "priority_flag"
    REGISTERED_DELIVERY = "registered_delivery"
    """Says registered_delivery as told, beyond whether a receipt is wanted."""
    REPLACE_IF_PRESENT_FLAG = "replace_if_present_flag"
    DATA_CODING = "data_coding"
    """Writes a text in the alphabet that a data_coding names."""
    SM_DEFAULT_MSG_ID = "sm_default_msg_id"
    DATA_SM = "data_sm"
    QUERY_SM = "query_sm"
    CANCEL_SM = "cancel_sm"
    REPLACE_SM = "replace_sm"
    ENQUIRE_LINK = "enquire_link"
    """Sends enquire_link when told."""
    PDUS = "pdus"
    """Sends any PDU and any octets, and shows each PDU that comes; does not answer, or not read, when told so."""


SUBMIT_FIELDS: Mapping[str, Capability] = MappingProxyType(
    {
        "service_type": Capability.SERVICE_TYPE,
        "source_addr_ton": Capability.ADDRESS_TYPES,
        "source_addr_npi": Capability.ADDRESS_TYPES,
        "dest_addr_ton": Capability.ADDRESS_TYPES,
        "dest_addr_npi": Capability.ADDRESS_TYPES,
        "esm_class": Capability.ESM_CLASS,
        "protocol_id": Capability.PROTOCOL_ID,
        "priority_flag": Capability.PRIORITY_FLAG,
        "registered_delivery": Capability.REGISTERED_DELIVERY,
        "replace_if_present_flag": Capability.REPLACE_IF_PRESENT_FLAG,
        "data_coding": Capability.DATA_CODING,
        "sm_default_msg_id": Capability.SM_DEFAULT_MSG_ID,
    }
)
"""The fields that a submit may be told, each with what a client must be able to do for it."""


class DriverError(Exception):
    """The client's process could not be started, died, or spoke something else than events."""


class DriverOptionError(ValueError):
    """What the user says of a driver cannot be; says which option and why."""


class Driver(Protocol):
    """A client, as the runner sees it."""

    @property
    def name(self) -> str:
        """The name by which the user chose it."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What it declared in its hello."""

    @property
    def patience(self) -> float:
        """Real seconds that it may take longer than a client which acts at once; a person takes minutes."""

    def send(self, command: str, **fields: Any) -> None:
        """Gives one command to the client.

        Raises:
            DriverError: The process is gone.
        """

    def receive(self, seconds: float) -> Event | None:
        """The next event, or None when none came within so many real seconds.

        Raises:
            DriverError: The process is gone, or wrote something else than an event.
        """


class DriverOptions(BaseModel):
    """What a user may say of a driver; the driver that takes more than this declares it in a model of its own.

    Attributes:
        port: Where the operator is to listen, for a client that is configured with an address; 0 is any free port.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    port: int = 0


_NO_OPTIONS = DriverOptions()


@dataclass(frozen=True, slots=True)
class DriverSpec:
    """How to start a client.

    Attributes:
        name: By which the user chooses it.
        title: The sentence shown in help.
        command: The command line of its child.
        needs: What has to be installed for it, besides us.
        takes: The model of its options.
        options: What the user said of it.
        needs_quiet: There is only one of what it drives, so that scenarios are played one after another.
    """

    name: str
    title: str
    command: Sequence[str]
    needs: str = ""
    takes: type[DriverOptions] = DriverOptions
    options: DriverOptions = _NO_OPTIONS
    needs_quiet: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether no two of it may run at the same time."""
        return self.needs_quiet or bool(self.options.port)

    def configured(self, options: Mapping[str, Any]) -> Self:
        """The same with what the user says of it.

        Raises:
            DriverOptionError: An option is missing, unknown, or not what it has to be.
        """
        try:
            return replace(self, options=self.takes.model_validate(dict(options)))
        except ValidationError as error:
            raise DriverOptionError("; ".join(_complaint(self.name, found) for found in error.errors())) from error


def python_child(module: str) -> tuple[str, ...]:
    """The command line of a child that is a module of ours."""
    return tuple(launch.reading_command(f"harness.drivers.{module}"))


def _complaint(driver: str, found: Any) -> str:
    where = ".".join(map(str, found["loc"]))
    return f"driver {driver}: {where}: {found['msg']}"
