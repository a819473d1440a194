"""What can go wrong with the wire, and what the other side is then told.

::

    octets from the peer
        |
        |  command_length is impossible: where the next PDU begins is unknown
        +---------------------------------> FramingError -> generic_nack(ESME_RINVCMDLEN), then close
        |
        |  the PDU has its own edges, but a field in it is broken
        +---------------------------------> PduError -----> the matching response with the field's status; go on
        |
        v
    a PDU

A third kind has nothing to do with the peer: `SessionError` is raised to our own side when it asks for something that
the state or the window forbids. A value that cannot be encoded is a plain `ValueError`.
"""

from collections.abc import Mapping

from simulator.smpp.consts import status_name


class PduError(Exception):
    """One PDU cannot be taken, the stream can: the request is answered with a status and the session goes on.

    Attributes:
        command_id: of the PDU that was refused.
        sequence_number: of that PDU; the answer repeats it.
        command_status: to answer with.
        path: the field at fault, from the command down, such as `submit_sm.source_addr`.
        reason: what is wrong with it, for people.
        read: the fields before it that could be read, by name, for whoever shows the PDU all the same.
    """

    def __init__(
        self,
        command_id: int,
        sequence_number: int,
        command_status: int,
        path: str,
        reason: str,
        read: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(command_id, sequence_number, command_status, path, reason)
        self.command_id = command_id
        self.sequence_number = sequence_number
        self.command_status = command_status
        self.path = path
        self.reason = reason
        self.read = read or {}

    def __str__(self) -> str:
        answer = status_name(self.command_status)
        return f"{self.path}: {self.reason} ({answer}, sequence_number {self.sequence_number})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PduError) and self.args == other.args

    def __hash__(self) -> int:
        return hash(self.args)


class FramingError(Exception):
    """The stream cannot be trusted any more: one generic_nack, then the connection is closed.

    Attributes:
        command_status: of the generic_nack.
        sequence_number: of the header at fault, 0 where it could not be read.
        reason: what is wrong, for people.
    """

    def __init__(self, command_status: int, sequence_number: int, reason: str) -> None:
        super().__init__(command_status, sequence_number, reason)
        self.command_status = command_status
        self.sequence_number = sequence_number
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason} ({status_name(self.command_status)})"


class SessionError(Exception):
    """Our own side asked for something that the session's state or its window forbids."""
