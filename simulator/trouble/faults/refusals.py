"""Submits that are turned away before they are messages: neither judged nor stored, and without a receipt."""

from typing import Literal

from pydantic import Field

from simulator.profiles.profile import Status
from simulator.smpp.consts import CommandStatus
from simulator.smpp.pdus import GenericNack, SubmitSmResp
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault
from simulator.trouble.fault_moments import Refusal, Submitted


class _Refusing(Fault):
    status: Status

    def on_submit(self, submitted: Submitted, /) -> Refusal | None:
        return Refusal(SubmitSmResp(), self.status, submitted.sequence_number)


class Throttled(_Refusing):
    """submit_sm is answered with ESME_RTHROTTLED; `count` or `span` make a burst of it."""

    threads = fault_threads.THROTTLING
    name: Literal["throttled"] = "throttled"
    status: Status = int(CommandStatus.ESME_RTHROTTLED)


class QueueFull(_Refusing):
    """submit_sm is answered with ESME_RMSGQFUL, another way to say "slow down"."""

    threads = fault_threads.QUEUE_FULL
    name: Literal["queue-full"] = "queue-full"
    status: Status = int(CommandStatus.ESME_RMSGQFUL)


class VendorStatus(_Refusing):
    """submit_sm is answered with a status that no standard names: 0x5A (account expired), 0x400 to 0x4FF."""

    threads = fault_threads.VENDOR_STATUS
    name: Literal["vendor-status"] = "vendor-status"
    status: Status = 0x5A


class SystemFailure(_Refusing):
    """submit_sm is answered with ESME_RSYSERR: the operator is in trouble, nobody knows for how long."""

    name: Literal["system-failure"] = "system-failure"
    status: Status = int(CommandStatus.ESME_RSYSERR)


class WindowOverrun(_Refusing):
    """Beyond `window` unanswered submit_sm, on a bind or to one destination, the answer is ESME_RSUBMITFAIL."""

    threads = fault_threads.WINDOWS
    name: Literal["window-overrun"] = "window-overrun"
    status: Status = int(CommandStatus.ESME_RSUBMITFAIL)
    window: int = Field(default=1, ge=1)
    per_destination: bool = False

    def on_submit(self, submitted: Submitted, /) -> Refusal | None:
        """Refuses what is beyond the window."""
        unanswered = submitted.unanswered_there if self.per_destination else submitted.unanswered
        return super().on_submit(submitted) if unanswered > self.window else None


class ErrorWithBody(_Refusing):
    """submit_sm is refused, and the response bears a message_id all the same."""

    threads = fault_threads.BODIES
    name: Literal["error-with-body"] = "error-with-body"
    status: Status = int(CommandStatus.ESME_RSUBMITFAIL)
    message_id: str = Field(default="FAULT-1", min_length=1, max_length=64, pattern=r"^[\x20-\x7E]*$")

    def on_submit(self, submitted: Submitted, /) -> Refusal | None:
        """Refuses with a body."""
        return Refusal(SubmitSmResp(self.message_id), self.status, submitted.sequence_number)


class GenericNacked(_Refusing):
    """A good submit_sm is answered by generic_nack, under its own sequence number, 0, or one that is not known."""

    threads = fault_threads.GENERIC_NACK
    name: Literal["generic-nack"] = "generic-nack"
    status: Status = int(CommandStatus.ESME_RSYSERR)
    sequence: Literal["own", "zero", "other"] = "own"

    def on_submit(self, submitted: Submitted, /) -> Refusal | None:
        """Refuses by generic_nack."""
        number = {"own": submitted.sequence_number, "zero": 0, "other": submitted.sequence_number ^ 0x40000000}
        return Refusal(GenericNack(), self.status, number[self.sequence])


FAULTS: tuple[type[Fault], ...] = (
    Throttled,
    QueueFull,
    VendorStatus,
    SystemFailure,
    WindowOverrun,
    ErrorWithBody,
    GenericNacked,
)
"""In the order of the documentation."""
