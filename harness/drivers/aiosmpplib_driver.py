"""How to start aiosmpplib, the ESME of asyncio."""

from harness.driver import DriverSpec, python_child

AIOSMPPLIB = DriverSpec(
    name="aiosmpplib",
    title="aiosmpplib, the ESME of asyncio",
    command=python_child("aiosmpplib_child"),
    needs="`pip install aiosmpplib`",
)
