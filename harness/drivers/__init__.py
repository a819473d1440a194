"""The clients that can run scenarios, in the order in which help shows them."""

from harness.driver import DriverSpec
from harness.drivers.aiosmpplib_driver import AIOSMPPLIB
from harness.drivers.command_driver import COMMAND
from harness.drivers.http_driver import HTTP
from harness.drivers.kannel_driver import KANNEL
from harness.drivers.manual_driver import MANUAL
from harness.drivers.net_smpp_driver import NET_SMPP
from harness.drivers.node_driver import NODE
from harness.drivers.smpplib_driver import SMPPLIB
from harness.drivers.wire_driver import WIRE

DRIVERS: tuple[DriverSpec, ...] = (SMPPLIB, NODE, NET_SMPP, AIOSMPPLIB, KANNEL, WIRE, COMMAND, HTTP, MANUAL)
