"""When a message may be delivered: from schedule_delivery_time to the end of its validity_period (5.0, 4.7.23)."""

import datetime
from typing import NamedTuple

from simulator.numbers.numbering import TEHRAN
from simulator.profiles.profile import Delivery
from simulator.smpp.consts import CommandStatus
from simulator.smpp.times import parse_time


class Times(NamedTuple):
    """Both in POSIX seconds on the operator's clock."""

    scheduled_for: float | None
    """None for at once."""
    valid_until: float


def times_of(
    schedule_delivery_time: str, validity_period: str, delivery: Delivery, now: float
) -> Times | CommandStatus:
    """The times of a message that comes at `now`, from its two fields, or the command_status that refuses them.

    A schedule that has passed means at once. A validity_period counts from now, also for a scheduled message; one that
    has passed, or ends before the schedule, is refused.
    """
    if not schedule_delivery_time and not validity_period:
        return Times(None, now + delivery.validity)
    here = datetime.datetime.fromtimestamp(now, TEHRAN)
    try:
        scheduled = parse_time(schedule_delivery_time, here)
    except ValueError:
        return CommandStatus.ESME_RINVSCHED
    try:
        expiry = parse_time(validity_period, here)
    except ValueError:
        return CommandStatus.ESME_RINVEXPIRY
    scheduled_for = None if scheduled is None or scheduled <= here else scheduled.timestamp()
    begins = scheduled_for or now
    if expiry is None:
        return Times(scheduled_for, begins + delivery.validity)
    if expiry.timestamp() <= begins:
        return CommandStatus.ESME_RINVEXPIRY
    return Times(scheduled_for, min(expiry.timestamp(), begins + delivery.longest_validity))
