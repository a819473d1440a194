"""How to start our own client: any PDU, any octets, any silence, for what no other client will send."""

from harness.driver import DriverSpec, python_child

WIRE = DriverSpec(
    name="wire",
    title="our own sockets and codec: any PDU by name, any octets, no answers where none are wanted",
    command=python_child("wire_child"),
)
