"""How to start the smpplib client (https://github.com/python-smpplib/python-smpplib), the usual Python ESME."""

from harness.driver import DriverSpec, python_child

SMPPLIB = DriverSpec(
    name="smpplib",
    title="smpplib, the usual Python client",
    command=python_child("smpplib_child"),
)
