"""How to let a person send: the console says what, and the operator's records say what came."""

from harness.driver import DriverSpec, python_child
from harness.drivers.own_system import OwnSystemOptions


class ManualOptions(OwnSystemOptions):
    """What a user says of the person, and of the system that he sends by."""

    patience: float = 600.0


MANUAL = DriverSpec(
    name="manual",
    title="a person, told on the console what to send",
    command=python_child("manual_child"),
    takes=ManualOptions,
    needs_quiet=True,
)
