"""How to start the smpplib client (https://github.com/python-smpplib/python-smpplib), the usual Python ESME."""

import sys

from harness.driver import DriverSpec

SMPPLIB = DriverSpec(
    name="smpplib",
    title="smpplib, the usual Python client",
    command=(sys.executable, "-m", "harness.drivers.smpplib_child"),
)
